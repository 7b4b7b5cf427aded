import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import axios from 'axios';
import fastify from 'fastify';

import { STORES } from '../../sandbox';
import { order, type Ledger, type OrderItem } from '../workflows/support/ledger';
import { chain, node } from './support/flow';
import { useLedgerBeside } from './support/flows/ledgerBeside';
import { readyFlow, startedWith } from './support/flows/readyFlow';
import { catalogueOf, filledInBy, SECRET, type Seller } from './support/flows/seller';
import { ROOT } from './support/places';
import { useTestBed } from './support/testBed';

const ZEROS = '0557722';
const CUP = 'КРУЖКА-1';

const bed = useTestBed({ sandbox: { catalogue: catalogueOf(ZEROS, CUP) } });

const beside = useLedgerBeside(bed, 'flows-ledger');
let seller: Seller;
let ledger: Ledger;

const available = (sku: string) => bed().market.offer(STORES.fbs.campaignId, sku).available;

/** Installs the ledger by n8n's own Postgres node, as the notes say. */
const install = async () => {
	const query = await readFile(join(ROOT, 'workflows', 'ledger.sql'), 'utf8');
	const parameters = { operation: 'executeQuery', query, options: {} };
	const step = node('Install', 'n8n-nodes-base.postgres', 2.6, parameters);
	const flow = chain('Install', { ...step, credentials: { postgres: seller.postgres } });
	expect(await bed().run(flow)).toMatchObject({ status: 'success' });
};

const sql = async (query: string) => await ledger.rows(query);
const run = async (name: string) => await bed().run(await filledInBy(seller, name));
const send = async () => await run('ledger-send');

/** The flow's way of items, as its triggers give them. */
const takeOrders = async (...items: object[]) => {
	const flow = await filledInBy(seller, 'ledger-orders-in');
	const before = ['Order Events', 'Changed Orders', 'Every Night', 'Orders of 30 Days'] as const;
	return await bed().run(startedWith(flow, before, items));
};

/** What the ERP does. */
const call = async (body: unknown, headers: object = { [SECRET.name]: SECRET.value }) => {
	const { nodes } = await readyFlow('ledger-goods-in');
	const path = nodes.find(({ name }) => name === 'Document')?.parameters['path'];
	const options = { headers, proxy: false, validateStatus: () => true } as never;
	return await axios.post(`${bed().url}/webhook/${path}`, body, options);
};

const receipt = (number: string, ...counts: Array<[sku: string, count: number]>) => ({
	kind: 'receipt',
	number,
	lines: counts.map(([sku, count]) => ({ sku, count })),
});

beforeAll(async () => {
	({ seller, ledger } = beside());
	await install();
	const flow = await filledInBy(seller, 'ledger-goods-in');
	await bed().client.activate(await bed().client.importWorkflow(flow));
	while ((await call({}, {})).status === 404) await delay(100, undefined, { signal: bed().signal });
});
beforeEach(async () => {
	await sql('DROP SCHEMA ledger CASCADE; DROP TABLE IF EXISTS shop_sales');
	await ledger.install();
	await sql('CREATE TABLE shop_sales (number text, sku text, count numeric, sold_at timestamptz)');
});

it("carries the guide's table to the Market: 10, an order of 2, 10 more, the shop sells 3", async () => {
	const seen: unknown[] = [available(ZEROS)];
	const done = { status: 'success', error: undefined };
	const steps = [
		async () => expect(await call(receipt('1', [ZEROS, 10]))).toMatchObject({ status: 200 }),
		async () => expect(await takeOrders(order('1', 1, { [ZEROS]: 2 }))).toMatchObject(done),
		async () => expect(await call(receipt('2', [ZEROS, 10]))).toMatchObject({ status: 200 }),
		async () => {
			await sql(`INSERT INTO shop_sales SELECT 'S-1', '${ZEROS}', 3, now()
				WHERE NOT EXISTS (SELECT FROM shop_sales)`);
			expect(await run('ledger-shop-sales')).toMatchObject(done);
		},
	];
	for (const step of steps) {
		await step();
		// A repeat changes nothing.
		await step();
		expect(await send()).toMatchObject(done);
		seen.push(available(ZEROS));
	}
	expect(seen).toEqual([null, 10, 8, 18, 15]);
});

describe('goods in', () => {
	it('answers what was booked, and whether it was news', async () => {
		const document = receipt('42', [ZEROS, 10], [CUP, 1]);
		const booked = { kind: 'receipt', number: '42', status: 'booked' };
		expect(await call(document)).toMatchObject({ status: 200, data: [{ ...booked, news: true }] });
		expect(await call([document])).toMatchObject({
			status: 200,
			data: [{ ...booked, news: false }],
		});
	});

	it('says which documents are refused, and books the others', async () => {
		await call(receipt('1', [ZEROS, 10]));
		const { status, data } = await call([
			receipt('1', [ZEROS, 12]),
			receipt('2', [CUP, 5]),
			receipt('3', [CUP, -5]),
			{ kind: 'gift', number: '4' },
		]);
		expect(status).toBe(422);
		expect(data).toEqual([
			{
				...{ kind: 'receipt', number: '1', status: 'refused', news: null },
				reason: expect.stringContaining('SKU "0557722": 10 is booked, 12 came'),
			},
			{ kind: 'receipt', number: '2', status: 'booked', news: true, reason: null },
			{
				...{ kind: 'receipt', number: '3', status: 'refused', news: null },
				reason: expect.stringContaining('"count" must be a whole number'),
			},
			{
				...{ kind: 'gift', number: '4', status: 'refused', news: null },
				reason: expect.stringContaining('"kind" must be receipt'),
			},
		]);
		expect(await sql('SELECT sku, count FROM ledger.balance ORDER BY sku')).toEqual([
			{ sku: ZEROS, count: 10 },
			{ sku: CUP, count: 5 },
		]);
	});

	it.each([
		['nothing', []],
		['a text', 'receipt'],
	])('refuses %s', async (_, body) => {
		const { status, data } = await call(body);
		expect([status, data[0]?.status]).toEqual([422, 'refused']);
	});

	it('refuses strangers', async () => {
		expect((await call(receipt('1', [ZEROS, 10]), {})).status).toBe(403);
		expect(await sql('SELECT sku FROM ledger.balance')).toEqual([]);
	});
});

describe('orders in', () => {
	it('take the good ones, then turn red and name the others', async () => {
		const unread = order('7', 1, {}, { verified: false, lines: null as never });
		const { status, error } = await takeOrders(unread, order('8', 1, { [CUP]: 2 }));
		expect(status).toBe('error');
		expect(error).toContain('Not in the ledger: 1. Order 7: it was not read from the Market');
		expect(await sql('SELECT sku, count FROM ledger.balance')).toEqual([{ sku: CUP, count: -2 }]);
	});
});

describe('orders of the Market', () => {
	const { campaignId } = STORES.fbs;
	const ordersOf = (count: number) =>
		bed().market.placeOrder(campaignId, [{ sku: CUP, count }]).orderId;
	/** The run of the night, from whose Schedule Trigger a click starts it. */
	const take = async () => {
		const done = { status: 'success', error: undefined };
		expect(await run('ledger-orders-in')).toMatchObject(done);
		return (await ledger.counts())[CUP];
	};

	it('lower the ledger by what they hold, and give back what was not packed', async () => {
		bed().market.setBalance(campaignId, CUP, 10);
		expect(await take()).toBeUndefined();
		const [cancelled, packed] = [ordersOf(2), ordersOf(3)];
		expect([await take(), await take()]).toEqual([-5, -5]);
		bed().market.stepOrder(packed, 'pack');
		await take();
		bed().market.cancelOrder(packed);
		bed().market.cancelOrder(cancelled);
		expect(await take()).toBe(-3);
	});

	it('that were open when the ledger began are not taken off what a stocktake counts', async () => {
		bed().market.setBalance(campaignId, CUP, 10);
		const open = ordersOf(2);
		await take();
		await call({ kind: 'stocktake', number: '1', lines: [{ sku: CUP, count: 8 }] });
		for (const step of ['pack', 'ship'] as const) bed().market.stepOrder(open, step);
		expect(await take()).toBe(8);
		await send();
		expect(available(CUP)).toBe(8);
	});
});

describe('sales of the shop', () => {
	it('book the good ones, then turn red and name a sale that has changed', async () => {
		await sql(
			`INSERT INTO shop_sales VALUES ('S-1', '${ZEROS}', 3, now()), ('S-1', '${CUP}', 1, now())`,
		);
		expect((await run('ledger-shop-sales')).status).toBe('success');
		await sql(`UPDATE shop_sales SET count = 4 WHERE sku = '${CUP}'`);
		await sql(`INSERT INTO shop_sales VALUES ('S-2', '${CUP}', 2, now())`);
		const { status, error } = await run('ledger-shop-sales');
		expect(status).toBe('error');
		expect(error).toContain('Not booked: 1. Sale "S-1" was booked before with other numbers');
		expect(await sql('SELECT sku, count FROM ledger.balance ORDER BY sku')).toEqual([
			{ sku: ZEROS, count: -3 },
			{ sku: CUP, count: -3 },
		]);
	});

	it('of none are none', async () => {
		expect((await run('ledger-shop-sales')).status).toBe('success');
	});
});

describe('sending', () => {
	it('sends nothing if nothing has changed', async () => {
		await call(receipt('1', [ZEROS, 10]));
		await send();
		const before = bed().market.calls().length;
		const { nodes } = await send();
		expect(nodes.get('Update Stocks')).toBeUndefined();
		expect(bed().market.calls()).toHaveLength(before);
	});

	it('sends the moment of the balance, and 0 below zero', async () => {
		await takeOrders(order('1', 1, { [CUP]: 2 }));
		const { nodes } = await send();
		const [{ moment }] = (await sql(
			`SELECT to_char(as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS moment
			FROM ledger.balance`,
		)) as [{ moment: string }];
		expect(nodes.get('Update Stocks')?.items).toMatchObject([
			{ sku: CUP, count: 0, status: 'accepted', updatedAt: moment },
		]);
		expect(available(CUP)).toBe(0);
	});

	it('sends the others, turns red for what is not taken, and does not ask for it every minute', async () => {
		await call(receipt('1', [ZEROS, 10], ['557722', 1]));
		const { status, error } = await send();
		expect(status).toBe('error');
		expect(error).toMatch(
			/^Not taken: 1\. Sent again in 15 minutes: 557722 \(Not in the catalogue.*"0557722"/,
		);
		expect(available(ZEROS)).toBe(10);
		expect((await send()).status).toBe('success');
	});

	it('sends all at night, whatever was changed at the Market', async () => {
		await call(receipt('1', [ZEROS, 10], [CUP, 3]));
		await send();
		bed().market.reset();
		await send();
		expect([ZEROS, CUP].map(available)).toEqual([null, null]);
		expect((await run('ledger-nightly-all')).status).toBe('success');
		expect([ZEROS, CUP].map(available)).toEqual([10, 3]);
	});

	it('sends nothing at night if a balance was changed by hand, and says which', async () => {
		await call(receipt('1', [ZEROS, 10]));
		await sql('UPDATE ledger.balance SET count = 11');
		const { status, error } = await run('ledger-nightly-all');
		expect(status).toBe('error');
		expect(error).toContain('the balance of SKU "0557722" is 11, but 10 is booked');
		expect(available(ZEROS)).toBeNull();
	});
});

describe('orders to the ERP', () => {
	interface Told {
		key: unknown;
		body: object;
	}

	/** An ERP that refuses the order 2. */
	const startErp = async () => {
		const told: Told[] = [];
		const erp = fastify({ forceCloseConnections: true });
		erp.post('/orders', async ({ headers, body }, reply) => {
			if ((body as { orderId: string }).orderId === '2') return await reply.code(422).send();
			told.push({ key: headers['idempotency-key'], body: body as object });
			return { taken: true };
		});
		await erp.listen({ host: '127.0.0.1', port: 0 });
		return { told, url: `http://127.0.0.1:${(erp.server.address() as AddressInfo).port}`, erp };
	};

	it('carry each order with its key, then turn red and name those that it has not', async () => {
		const { told, url, erp } = await startErp();
		const keyed = (item: OrderItem) => ({ ...item, key: `order:${item.orderId}:ЖДЁТ` });
		try {
			const flow = await filledInBy(seller, 'orders-to-erp', {
				node: 'Tell the ERP',
				parameters: { url: `${url}/orders` },
			});
			const items = [
				keyed(order('1', 1, { [CUP]: 2 })),
				keyed(order('2', 1, { [CUP]: 1 })),
				keyed(order('3', 1, {}, { verified: false, lines: null as never })),
				keyed(order('4', 1, { [ZEROS]: 1 })),
			];
			const triggers = ['Order Events', 'Changed Orders'] as const;
			const nodes = flow.nodes.map((step) => ({ ...step, waitBetweenTries: 0 }));
			const { status, error } = await bed().run(startedWith({ ...flow, nodes }, triggers, items));
			expect(status).toBe('error');
			expect(error).toMatch(
				/^Not in the ERP: 2\. Order 2 \(.*\), Order 3 \(it could not be read\)$/,
			);
			expect(told).toEqual(
				[items[0], items[3]].map((body) => ({
					key: encodeURIComponent((body as { key: string }).key),
					body,
				})),
			);
		} finally {
			await erp.close();
		}
	});
});
