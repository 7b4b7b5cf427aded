import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import axios, { type AxiosResponse } from 'axios';
import { Client } from 'pg';

import type { N8nClient } from '../lab/n8n/client';
import type { Execution } from '../lab/n8n/execution';
import type { Workflow, WorkflowNode } from '../lab/n8n/workflow';
import type { Cleanup } from '../lab/system/cleanup';
import type { Postgres } from '../lab/system/postgres';
import { readFlow, type Settings } from './flow';
import type { LedgerFacts } from './ledgerReport';

const FLOWS = ['ledger-goods-in', 'ledger-orders-in', 'ledger-shop-sales', 'ledger-send'] as const;

type FlowName = (typeof FLOWS)[number];

/** Where the ledger and its flows live. */
export interface LedgerHome {
	client: N8nClient;
	/** Address of n8n. */
	url: string;
	postgres: Postgres;
	/** The folder with the workflows as published. */
	flows: string;
	signal: AbortSignal;
	cleanup: Cleanup;
}

/** What the seller chooses in the flows. */
type Choices = Required<Pick<Settings, 'store' | 'business'>> & {
	/** Address and token of the Market. */
	market: { apiUrl: string; apiKey: string };
};

/** The header that only the seller's own programs send. */
const SECRET = { name: 'X-Secret', value: 'known-to-the-erp-alone' };

const ORDERS = 'Order Events';
const DOCUMENT = 'Document';

const WAIT_MS = 120_000;
const POLL_MS = 200;

/** A ledger in PostgreSQL with its flows: filled in, published, and driven as a seller's programs and hands do it. */
export class LedgerFlows {
	private readonly ended: Array<LedgerFacts['executions'][number]> = [];
	private readonly seenIds = new Set<string>();
	private ordersTaken = 0;

	private constructor(
		private readonly home: LedgerHome,
		private readonly database: Client,
		private readonly ids: ReadonlyMap<FlowName, string>,
		private readonly addresses: { document: string; orders: string },
	) {}

	/** Does what the flows' notes say, and resolves once n8n listens. */
	static async publish(home: LedgerHome, choices: Choices): Promise<LedgerFlows> {
		const { client, url, postgres, flows, signal, cleanup } = home;
		const database = new Client({ ...postgres.place });
		await database.connect();
		cleanup.add(() => database.end());
		await database.query(await readFile(join(flows, 'ledger.sql'), 'utf8'));
		await database.query(
			'CREATE TABLE shop_sales (number text, sku text, count numeric, sold_at timestamptz)',
		);
		const { market, ...chosen } = choices;
		const settings = { ...chosen, credentials: await credentialsFor(client, market, postgres) };
		const ids = new Map<FlowName, string>();
		for (const name of FLOWS) {
			const flow = await readFlow(join(flows, `${name}.json`), settings);
			const id = await client.importWorkflow(flow);
			ids.set(name, id);
			await client.activate(id);
		}
		const documents = await nodeOf(client, ids.get('ledger-goods-in'), DOCUMENT);
		const orders = await nodeOf(client, ids.get('ledger-orders-in'), ORDERS);
		const addresses = {
			document: `${url}/webhook/${documents.parameters['path']}`,
			orders: `${url}/webhook/${orders['webhookId']}`,
		};
		for (const address of Object.values(addresses))
			await until(
				`n8n listens at ${address}`,
				async () => (await post(address, {})).status !== 404,
				signal,
			);
		return new LedgerFlows(home, database, ids, addresses);
	}

	/** The URL for the page of notifications in the seller cabinet. */
	get notifiedAt(): string {
		return this.addresses.orders;
	}

	/** How all executions ended that were waited for. */
	get executions(): LedgerFacts['executions'] {
		return this.ended;
	}

	/** What the ERP does: tells of as many units of each of these goods. @throws Error with the flow's refusal */
	async book(
		kind: string,
		documentNumber: string,
		skus: readonly string[],
		count: number,
	): Promise<void> {
		const lines = skus.map((sku) => ({ sku, count }));
		const document = { kind, number: documentNumber, lines };
		const headers = { [SECRET.name]: SECRET.value };
		const { status, data } = await post(this.addresses.document, document, headers);
		if (status !== 200)
			throw new Error(`The ledger did not take ${kind} ${documentNumber}: ${JSON.stringify(data)}`);
	}

	/** What the cash register does: sells as many units of each of these goods. Then somebody executes the flow. */
	async sellInTheShop(sale: string, skus: readonly string[], count: number): Promise<void> {
		await this.database.query(
			'INSERT INTO shop_sales SELECT $1, sku, $2, now() FROM unnest($3::text[]) AS sku',
			[sale, count, skus],
		);
		await this.execute('ledger-shop-sales');
	}

	/** Somebody executes the flow, not to wait for the next minute. */
	async send(): Promise<void> {
		await this.execute('ledger-send');
	}

	/**
	 * Waits until n8n has nothing left to do of notifications. One that it answered too late has started the flow all the
	 * same, so there may be more executions than notifications.
	 *
	 * @param notifications how many it has taken since the start
	 */
	async untilTaken(notifications: number): Promise<void> {
		const { client, signal } = this.home;
		const flow = this.idOf('ledger-orders-in');
		const look = async () => {
			if ((await client.unfinished(flow)) > 0) return false;
			// n8n lists those that have ended, the latest 100: more than this part of the demo has.
			const ids = await client.executionIds(flow);
			for (const id of ids.filter((known) => !this.seenIds.has(known))) {
				const execution = await client.finished(id, signal);
				this.seenIds.add(id);
				this.note('ledger-orders-in', execution);
				if (execution.nodes.has(ORDERS)) this.ordersTaken += 1;
			}
			return this.ordersTaken >= notifications;
		};
		await until(`n8n has taken ${notifications} notifications`, look, signal);
	}

	/** What is available to order, by SKU. */
	async balances(): Promise<Map<string, number>> {
		const { rows } = await this.database.query<{ sku: string; count: number }>(
			"SELECT sku, count FROM ledger.balance WHERE stock = 'main'",
		);
		return new Map(rows.map(({ sku, count }) => [sku, count]));
	}

	private async execute(name: FlowName): Promise<void> {
		const { client, signal } = this.home;
		this.note(name, await client.execute(this.idOf(name), signal));
	}

	private note(flow: FlowName, { status, error }: Execution): void {
		this.ended.push({ flow, status, error });
	}

	private idOf(name: FlowName): string {
		return this.ids.get(name) as string;
	}
}

/** Looks again until it is so. @throws Error that says what did not come about within two minutes */
export async function until(
	words: string,
	isSo: () => Promise<boolean>,
	signal: AbortSignal,
): Promise<void> {
	const end = Date.now() + WAIT_MS;
	while (!(await isSo())) {
		if (Date.now() > end)
			throw new Error(`It did not come about within ${WAIT_MS / 1_000} s that ${words}`);
		await delay(POLL_MS, undefined, { signal });
	}
}

async function credentialsFor(
	client: N8nClient,
	market: Choices['market'],
	postgres: Postgres,
): Promise<Settings['credentials']> {
	const made = [
		{
			name: 'Yandex Market sandbox, ledger',
			type: 'yandexMarketApi',
			data: { environment: 'sandbox', ...market },
		},
		{ name: 'Ledger', type: 'postgres', data: postgres.credential },
		{ name: 'ERP', type: 'httpHeaderAuth', data: SECRET },
	];
	const credentials: Settings['credentials'] = {};
	for (const credential of made)
		credentials[credential.type] = await client.createCredential(credential);
	return credentials;
}

/** A step as n8n keeps it. */
async function nodeOf(
	client: N8nClient,
	id: string | undefined,
	name: string,
): Promise<WorkflowNode> {
	const { nodes } = await client.get<Workflow>(`/rest/workflows/${id}`);
	const found = nodes.find((node) => node.name === name);
	if (found === undefined) throw new Error(`The flow has no step "${name}"`);
	return found;
}

async function post(
	address: string,
	body: unknown,
	headers: Record<string, string> = {},
): Promise<AxiosResponse> {
	return await axios.post(address, body, { headers, proxy: false, validateStatus: null });
}
