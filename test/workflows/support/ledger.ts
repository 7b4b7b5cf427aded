import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Pool, type PoolClient } from 'pg';

import { Cleanup } from '../../../lab/system/cleanup';
import { freePorts } from '../../../lab/system/freePorts';
import { startPostgres } from '../../../lab/system/postgres';

/** What a seller runs once in the database. */
export const LEDGER_SQL = readFileSync(
	path.join(__dirname, '..', '..', '..', 'workflows', 'ledger.sql'),
	'utf8',
);

const CONNECTIONS = 8;
const STARTS_WITHIN_MS = 60_000;

/** Units by SKU. */
export type Counts = Readonly<Record<string, number>>;

/** A state of an order, as the triggers give it. */
export interface OrderItem {
	campaignId: string;
	orderId: string;
	status: string;
	packed: boolean | null;
	verified: boolean;
	/** If left out, not known. */
	createdAt?: string;
	version: string;
	lines: Array<{ sku: string; count: number; held: number }>;
}

export interface Balance {
	count: number;
	asOf: string;
	changes: string;
}

/** A row that Update Stocks is to send. */
export interface RowToSend {
	sku: string;
	stock: number;
	updatedAt: string;
	change: string;
	target: string;
}

export const CAMPAIGN = '21000001';

const linesOf = <T extends string>(counts: Counts, field: T) =>
	Object.entries(counts).map(([sku, units]) => ({ sku, [field]: units }));

/** A state of an order that holds these units. @param second the second of its version */
export function order(
	orderId: string,
	second: number,
	held: Counts,
	others: Partial<OrderItem> = {},
): OrderItem {
	return {
		campaignId: CAMPAIGN,
		orderId,
		status: Object.keys(held).length > 0 ? 'PROCESSING' : 'CANCELLED',
		packed: false,
		verified: true,
		version: new Date(Date.UTC(2026, 10, 26, 10, 0, second)).toISOString(),
		lines: Object.entries(held).map(([sku, units]) => ({ sku, count: units, held: units })),
		...others,
	};
}

/** A ledger in a PostgreSQL, and the ways in which flows speak with it. Several connections may be busy at once. */
export class Ledger {
	constructor(
		private readonly pool: Pool,
		private readonly connection: Pool | PoolClient = pool,
	) {}

	async install(): Promise<void> {
		await this.connection.query(LEDGER_SQL);
	}

	async rows<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
		return (await this.connection.query<T>(sql, values)).rows;
	}

	/** Does what it is given in one transaction, on a connection of its own. */
	async together(work: (ledger: Ledger) => Promise<void>): Promise<void> {
		const connection = await this.pool.connect();
		try {
			await connection.query('BEGIN');
			await work(new Ledger(this.pool, connection));
			await connection.query('COMMIT');
		} finally {
			connection.release();
		}
	}

	/** @returns whether it was news */
	async takeOrder(item: unknown): Promise<boolean> {
		return await this.value('SELECT ledger.take_order($1::jsonb) AS value', JSON.stringify(item));
	}

	/** @returns whether it was booked just now */
	async takeDocument(document: unknown): Promise<boolean> {
		const sql = 'SELECT ledger.take_document($1::jsonb) AS value';
		return await this.value(sql, JSON.stringify(document));
	}

	async book(kind: string, number: string, counts: Counts, stock?: string): Promise<boolean> {
		return await this.takeDocument({ kind, number, stock, lines: linesOf(counts, 'count') });
	}

	async balances(stock = 'main'): Promise<Record<string, Balance>> {
		const rows = await this.rows<Balance & { sku: string }>(
			'SELECT sku, count, as_of::text AS "asOf", changes FROM ledger.balance WHERE stock = $1',
			stock,
		);
		return Object.fromEntries(rows.map(({ sku, ...balance }) => [sku, balance]));
	}

	/** What is available to order, by SKU. */
	async counts(stock?: string): Promise<Record<string, number>> {
		const balances = Object.entries(await this.balances(stock));
		return Object.fromEntries(balances.map(([sku, { count }]) => [sku, count]));
	}

	async toSend(target = CAMPAIGN, stock = 'main'): Promise<RowToSend[]> {
		return await this.rows('SELECT * FROM ledger.to_send($1, $2)', target, stock);
	}

	async allToSend(stock = 'main'): Promise<Array<Omit<RowToSend, 'target'>>> {
		return await this.rows('SELECT * FROM ledger.all_to_send($1)', stock);
	}

	/** Notes what became of rows that were sent. */
	async noteSent(rows: readonly RowToSend[], taken = true): Promise<void> {
		const outcomes = rows.map(({ sku, change, target }) => ({ target, sku, change, taken }));
		await this.connection.query('SELECT ledger.note_sent($1::jsonb)', [JSON.stringify(outcomes)]);
	}

	/** PostgreSQL has a clock of its own: for the ledger so much time passes. */
	async pass(ms: number): Promise<void> {
		const sql = "UPDATE ledger.freed SET due_at = due_at - $1 * interval '1 millisecond'";
		await this.connection.query(sql, [ms]);
	}

	private async value(sql: string, ...values: unknown[]): Promise<boolean> {
		const [row] = await this.rows<{ value: boolean }>(sql, ...values);
		return row?.value as boolean;
	}
}

/** An empty ledger for each test, in one PostgreSQL for the file. */
export function useLedger(): () => Ledger {
	const cleanup = new Cleanup();
	let ledger: Ledger;
	beforeAll(async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'ledger-'));
		cleanup.add(() => rm(folder, { recursive: true }));
		const [port] = await freePorts(1);
		const log = path.join(folder, 'postgres.log');
		const postgres = await startPostgres(port as number, log, new AbortController().signal);
		cleanup.add(() => postgres.stop());
		const pool = new Pool({ ...postgres.place, max: CONNECTIONS });
		cleanup.add(() => pool.end());
		ledger = new Ledger(pool);
	}, STARTS_WITHIN_MS);
	beforeEach(async () => {
		await ledger.rows('DROP SCHEMA IF EXISTS ledger CASCADE');
		await ledger.install();
	});
	afterAll(async () => await cleanup.run());
	return () => ledger;
}
