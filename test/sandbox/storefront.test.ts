import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import axios from 'axios';

import { startSandbox, STORES, TOKENS, type Sandbox } from '../../sandbox';
import { entries, entry } from './support/bench';
import { skuItem } from './support/warehouseBench';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.stop());

/** Follows a store's events. `next` waits for the next one of a kind. */
async function follow(campaignId: number) {
	const { data: stream } = await axios.get(
		`${sandbox.url}/_sandbox/events?campaignId=${campaignId}`,
		{
			responseType: 'stream',
		},
	);
	let text = '';
	let arrived = () => {};
	stream.on('data', (chunk: Buffer) => {
		text += String(chunk);
		arrived();
	});
	const next = async (event: string): Promise<unknown> => {
		const pattern = new RegExp(`event: ${event}\ndata: (.*)\n\n`);
		for (;;) {
			const match = pattern.exec(text);
			if (match !== null) {
				text = text.slice(match.index + match[0].length);
				return JSON.parse(match[1] ?? '');
			}
			await new Promise<void>((resolve) => {
				arrived = resolve;
			});
		}
	};
	await next('ready');
	return { next, close: () => stream.destroy() };
}

async function send(campaignId: number, skus: unknown): Promise<void> {
	await axios.put(
		`${sandbox.url}/v2/campaigns/${campaignId}/offers/stocks`,
		{ skus },
		{
			headers: { 'Api-Key': TOKENS.allMethods },
		},
	);
}

describe('the storefront page', () => {
	it.each([
		{ path: '/', type: 'text/html', part: '<script src="storefront.js"' },
		{ path: '/notifications.html', type: 'text/html', part: '<script src="notifications.js"' },
		{ path: '/storefront.css', type: 'text/css', part: ':root' },
		{ path: '/storefront.js', type: 'text/javascript', part: 'EventSource' },
		{ path: '/orders.js', type: 'text/javascript', part: 'export' },
		{ path: '/notifications.js', type: 'text/javascript', part: 'EventSource' },
		{ path: '/page.js', type: 'text/javascript', part: 'textContent' },
	])('$path is served, and may load nothing from elsewhere', async ({ path, type, part }) => {
		const { data, headers } = await axios.get(sandbox.url + path);
		expect(headers['content-type']).toContain(type);
		expect(headers['content-security-policy']).toContain("default-src 'self'");
		expect(data).toContain(part);
	});

	it.each(['storefront.js', 'orders.js', 'notifications.js', 'page.js'])(
		'never takes data for markup: %s',
		async (file) => {
			const script = await readFile(join(__dirname, '../../sandbox/storefront', file), 'utf8');
			expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/);
		},
	);
});

describe('the events', () => {
	it('tell of balances and calls as they come, a batch in one event', async () => {
		const { next, close } = await follow(STORES.fbs.campaignId);
		await send(STORES.fbs.campaignId, entries(50));
		expect(await next('offers')).toHaveLength(50);
		expect(await next('calls')).toMatchObject([
			{ operation: 'updateStocks', items: 50, status: 200 },
		]);
		close();
	});

	it('tell of a fault by its name', async () => {
		const { next, close } = await follow(STORES.fbs.campaignId);
		sandbox.market.setSwitches({ faults: [{ kind: 'truncatedJson', count: 1 }] });
		await send(STORES.fbs.campaignId, entries(1));
		expect(await next('calls')).toMatchObject([{ status: 200, fault: 'truncatedJson' }]);
		close();
	});

	it('tell of a balance sent to another store of the group, and of no other store’s', async () => {
		const { next, close } = await follow(STORES.fbs.campaignId);
		await send(STORES.dbs.campaignId, [entry('SKU-00001', 1)]);
		await send(STORES.groupMate.campaignId, [entry('SKU-00002', 7)]);
		expect(await next('offers')).toMatchObject([{ sku: 'SKU-00002', available: 7, hidden: false }]);
		close();
	});

	it('tell of a balance sent to the warehouse that the store shares, and of the call for its business', async () => {
		const { businessId, warehouseId } = STORES.warehouseFbs;
		const { next, close } = await follow(STORES.warehouseShared.campaignId);
		await axios.post(
			`${sandbox.url}/v3/businesses/${businessId}/offers/stocks/update`,
			{
				skuItems: [
					skuItem('SKU-00002', STORES.warehouseDbs.warehouseId),
					skuItem('SKU-00001', warehouseId, 7),
				],
			},
			{ headers: { 'Api-Key': TOKENS.warehouseAll } },
		);
		expect(await next('offers')).toMatchObject([{ sku: 'SKU-00001', available: 7 }]);
		expect(await next('calls')).toMatchObject([
			{ operation: 'updateStocksOnPartnerWarehouses', businessId, items: 2, status: 200 },
		]);
		close();
	});

	it('tell of hiding, orders and a reset', async () => {
		const { next, close } = await follow(STORES.dbs.campaignId);
		sandbox.market.setBalance(STORES.dbs.campaignId, 'SKU-00003', 5);
		sandbox.market.placeOrder(STORES.dbs.campaignId, [{ sku: 'SKU-00003', count: 2 }]);
		sandbox.market.setHidden(STORES.dbs.campaignId, 'SKU-00003', true);
		expect(await next('offers')).toMatchObject([
			{ sku: 'SKU-00003', available: 3, freeze: 2, hidden: true },
		]);
		sandbox.market.reset();
		expect(await next('reset')).toEqual({});
		close();
	});

	it('tell of orders of the store, with what can be done with them, and of deliveries', async () => {
		const { dbs, fbs } = STORES;
		const { next, close } = await follow(dbs.campaignId);
		for (const { campaignId } of [fbs, dbs]) sandbox.market.setBalance(campaignId, 'SKU-00003', 5);
		const items = [{ sku: 'SKU-00003', count: 2 }];
		sandbox.market.placeOrder(fbs.campaignId, items);
		const { orderId } = sandbox.market.placeOrder(dbs.campaignId, items);
		const placed = {
			orderId,
			actions: ['pack', 'ship', 'cancel', 'postpone', 'reduce'],
			returns: [],
		};
		expect(await next('orders')).toMatchObject([placed]);
		const { data } = await axios.get(`${sandbox.url}/_sandbox/orders?campaignId=${dbs.campaignId}`);
		expect(data).toMatchObject([placed]);
		for (const step of ['ship', 'carry', 'receive'] as const)
			sandbox.market.stepOrder(orderId, step);
		sandbox.market.returnOrder(orderId, [{ sku: 'SKU-00003', count: 1 }]);
		expect(await next('orders')).toMatchObject([
			{ actions: ['return'], returns: [{ shipmentStatus: 'CREATED' }] },
		]);
		sandbox.market.returnOrder(orderId);
		expect(await next('orders')).toMatchObject([{ actions: [], returns: [{}, {}] }]);
		await expect(
			sandbox.market.notifications.subscribe({ businessId: 1001, url: 'http://127.0.0.1:1/' }),
		).rejects.toThrow('CONNECTION_REFUSED');
		expect(await next('deliveries')).toMatchObject([{ type: 'PING', outcome: 'FAILED' }]);
		close();
	});

	it('survive a reset with orders that nobody was told of yet', async () => {
		const { next, close } = await follow(STORES.dbs.campaignId);
		sandbox.market.setBalance(STORES.dbs.campaignId, 'SKU-00003', 5);
		sandbox.market.placeOrder(STORES.dbs.campaignId, [{ sku: 'SKU-00003', count: 2 }]);
		sandbox.market.reset();
		expect(await next('reset')).toEqual({});
		sandbox.market.setBalance(STORES.dbs.campaignId, 'SKU-00004', 5);
		sandbox.market.placeOrder(STORES.dbs.campaignId, [{ sku: 'SKU-00004', count: 1 }]);
		expect(await next('orders')).toMatchObject([{ lines: [{ sku: 'SKU-00004' }] }]);
		close();
	});

	it('are those of a store that exists', async () => {
		const { status } = await axios.get(`${sandbox.url}/_sandbox/events?campaignId=1`, {
			validateStatus: () => true,
		});
		expect(status).toBe(400);
	});
});
