import { randomUUID } from 'node:crypto';

import type { Workflow } from '../../lab/n8n/workflow';
import { generateCatalogue, STORES } from '../../sandbox';
import { eventually } from '../support/eventually';
import { useLedgerBeside } from './support/flows/ledgerBeside';
import { filledInBy } from './support/flows/seller';
import { useTestBed } from './support/testBed';
import { notify, PING, SKU } from './support/triggers';

const { campaignId, businessId } = STORES.fbs;

const bed = useTestBed({ sandbox: { catalogue: generateCatalogue(10) } });
const beside = useLedgerBeside(bed, 'ledger-killed');

const ledger = () => beside().ledger;
const available = () => bed().market.offer(campaignId, SKU).available;
const count = async () => (await ledger().counts())[SKU];
const done = { status: 'success', error: undefined };

const order = () => bed().market.placeOrder(campaignId, [{ sku: SKU, count: 2 }]).orderId;
const send = async () =>
	expect(await bed().run(await filledInBy(beside().seller, 'ledger-send'))).toMatchObject(done);

beforeEach(async () => {
	await ledger().rows('DROP SCHEMA IF EXISTS ledger CASCADE');
	await ledger().install();
	await ledger().book('receipt', '1', { [SKU]: 10 });
	await send();
	expect(available()).toBe(10);
});

describe('n8n killed after its answer to a notification, before the order is in the ledger', () => {
	/** The flow with its address, and with only some of its triggers. */
	async function ordersIn(...without: string[]): Promise<{ flow: Workflow; path: string }> {
		const path = randomUUID();
		const flow = await filledInBy(beside().seller, 'ledger-orders-in');
		const nodes = flow.nodes.map((node) => ({
			...node,
			...(node.name === 'Order Events' && { webhookId: path }),
			disabled: without.includes(node.name),
		}));
		return { flow: { ...flow, nodes }, path };
	}

	const answering = async (url: string) =>
		await eventually(
			'n8n listens',
			async () => (await notify(`${url}/notification`, PING)).status === 200 || undefined,
		);

	/** Publishes the flow, has an order notified, and kills n8n while its step Take Orders waits for the database. */
	async function killed(flow: Workflow, path: string): Promise<number> {
		const { client, market } = bed();
		const workflowId = await client.importWorkflow(flow);
		await client.activate(workflowId);
		const url = `${bed().url}/webhook/${path}`;
		await answering(url);
		await market.notifications.subscribe({ businessId, url, types: ['ORDER_CREATED'] });
		let orderId = 0;
		await ledger().together(async (busy) => {
			await busy.rows('LOCK TABLE ledger.market_order');
			orderId = order();
			await eventually('the notification is answered', () =>
				market.notifications.deliveries().find(({ type }) => type === 'ORDER_CREATED'),
			);
			const [waiting] = await eventually('its execution waits for the ledger', async () => {
				const sql = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
				const rows = await busy.rows<{ pid: number }>(sql);
				return rows.length > 0 ? rows : undefined;
			});
			await bed().killAndRestart();
			// Otherwise PostgreSQL would carry out what nobody waits for any more.
			await busy.rows('SELECT pg_terminate_backend($1)', waiting?.pid);
		});
		const [delivery] = market.notifications
			.deliveries()
			.filter(({ type }) => type === 'ORDER_CREATED');
		expect(delivery).toMatchObject({ outcome: 'DELIVERED', orderId });
		expect(await ledger().rows('SELECT * FROM ledger.market_order')).toEqual([]);
		await answering(url);
		return orderId;
	}

	const taken = async (held: number) => {
		await eventually('the order is in the ledger', async () => {
			return (await count()) === 10 - held || undefined;
		});
		await send();
		expect(available()).toBe(10 - held);
	};

	it('has it there with the next notification of the order', async () => {
		const { flow, path } = await ordersIn('Changed Orders');
		const orderId = await killed(flow, path);
		const url = `${bed().url}/webhook/${path}`;
		await bed().market.notifications.subscribe({ businessId, url });
		bed().market.stepOrder(orderId, 'pack');
		await taken(2);
	});

	it('has it there with the next question for changed orders', async () => {
		const { flow, path } = await ordersIn();
		await killed(flow, path);
		await taken(2);
	});

	it('has it there with the next night', async () => {
		const { flow, path } = await ordersIn('Changed Orders');
		await killed(flow, path);
		expect(await bed().run(flow)).toMatchObject(done);
		await taken(2);
	});
});

describe('n8n killed when an order is in the ledger, before the Market has the balance', () => {
	const lowered = async () => {
		await ledger().book('sale', '1', { [SKU]: 3 });
		expect([await count(), available()]).toEqual([7, 10]);
	};
	const right = async () => {
		bed().market.setSwitches({ faults: [] });
		await send();
		expect([await count(), available()]).toEqual([7, 7]);
	};
	const startSending = async () =>
		await bed().client.start(
			await bed().client.importWorkflow(await filledInBy(beside().seller, 'ledger-send')),
		);

	it.each(['503', 'dropAfter'] as const)(
		'while the Market answers with %s, has it there with the next run',
		async (kind) => {
			await lowered();
			bed().market.setSwitches({ faults: [{ kind, rate: 1, operation: 'updateStocks' }] });
			const before = bed().market.statistics().updateStocks?.requests ?? 0;
			await startSending();
			await eventually('the balance is on its way', () => {
				const requests = bed().market.statistics().updateStocks?.requests ?? 0;
				return requests > before || undefined;
			});
			await bed().killAndRestart();
			await right();
		},
	);

	it('before a run has begun, has it there with the next run', async () => {
		await lowered();
		await bed().killAndRestart();
		await right();
	});
});
