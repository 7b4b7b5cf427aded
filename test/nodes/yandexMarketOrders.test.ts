import { STORES, TOKENS } from '../../sandbox';
import { newOrderItem } from '../support/orderItem';
import { jsonOf, skuOf, useFreshSandboxes } from '../support/useSandbox';

const { fbs, fby } = STORES;
const shop = useFreshSandboxes();
const [first, second] = [skuOf(1), skuOf(2)];

const business = { __rl: true, mode: 'id', value: String(fbs.businessId) };
const getOrder = { resource: 'order', operation: 'get', business, orderId: '={{ $json.order }}' };
const getOrders = { resource: 'order', operation: 'getAll', business };
const getReturns = { resource: 'return', operation: 'getAll' };

/** A buyer orders two units of the first offer and one of the second. */
function order(options: { fake?: boolean } = {}, store: { campaignId: number } = fbs): number {
	const { campaignId } = store;
	for (const sku of [first, second]) shop.market.setBalance(campaignId, sku, 100);
	const items = [
		{ sku: second, count: 1 },
		{ sku: first, count: 2 },
	];
	return shop.market.placeOrder(campaignId, items, options).orderId;
}

describe('Order: Get', () => {
	it('says what the order takes, in the order of the input', async () => {
		const ids = [order(), order()];
		shop.market.stepOrder(ids[1] as number, 'pack');
		const input = [{ order: ids[1] }, { order: String(ids[0]) }, { order: ids[1] }];
		const { items } = await shop.read(input, { parameters: getOrder });
		const bought = [
			{ sku: first, count: 2 },
			{ sku: second, count: 1 },
		];
		expect(items[1]).toEqual({
			json: newOrderItem('ORDER_READ', ids[0] as number, bought),
			pairedItem: { item: 1 },
		});
		expect(items.map(({ json }) => [json.orderId, json.packed])).toEqual([
			[String(ids[1]), true],
			[String(ids[0]), false],
			[String(ids[1]), true],
		]);
		expect(shop.requests()).toEqual([`POST /v1/businesses/${fbs.businessId}/orders`]);
	});

	it('gives the same key until the order changes', async () => {
		const id = order();
		const key = async () =>
			(await shop.read([{ order: id }], { parameters: getOrder })).items[0]?.json.key;
		const before = await key();
		expect(await key()).toBe(before);
		shop.market.cancelOrder(id);
		expect(await key()).not.toBe(before);
	});

	it.each([
		['cancelled before it is packed', (id: number) => void shop.market.cancelOrder(id), [0, 0]],
		[
			'reduced',
			(id: number) => void shop.market.reduceOrder(id, [{ sku: first, count: 1 }]),
			[1, 1],
		],
		['packed', (id: number) => void shop.market.stepOrder(id, 'pack'), [2, 1]],
	])('%s: says what it takes now', async (_name, change, held) => {
		const id = order();
		change(id);
		const { items } = await shop.read([{ order: id }], {
			parameters: getOrder,
			options: { oneItemPerLine: true },
		});
		expect(items.map(({ json }) => [json.sku, json.held])).toEqual([
			[first, held[0]],
			[second, held[1]],
		]);
		expect(items.every(({ json }) => json.lines === undefined)).toBe(true);
	});

	it.each([
		['of a test', { fake: true }, fbs, { fake: true }],
		['of FBY', {}, fby, { programType: 'FBY' }],
	])('%s takes nothing', async (_name, options, store, said) => {
		const id = order(options, store);
		const { items } = await shop.read([{ order: id }], { parameters: getOrder });
		expect(items[0]?.json).toMatchObject({
			...said,
			lines: [
				{ sku: first, held: 0 },
				{ sku: second, held: 0 },
			],
		});
	});

	it('names each item whose order is not there, and keeps the others', async () => {
		const id = order();
		const input = [{ order: 12345 }, { order: id }, { order: 'A-17' }, { order: '' }];
		const { items } = await shop.read(input, {
			parameters: getOrder,
			onError: 'continueRegularOutput',
		});
		const byItem = items.map(({ json, pairedItem }) => [
			(pairedItem as { item: number }).item,
			json.reason ?? json.orderId,
		]);
		expect(byItem.sort()).toEqual([
			[0, `The Market shows no order 12345 in business ${fbs.businessId}`],
			[1, String(id)],
			[2, 'Order ID "A-17" is not a number of an order'],
			[3, 'Order ID is blank'],
		]);
	});

	it('says which access group a token lacks', async () => {
		const { error } = await shop.read([{ order: order() }], {
			parameters: getOrder,
			apiKey: TOKENS.offersManagement,
		});
		expect(error?.description).toContain('inventory-and-order-processing:read-only');
	});
});

describe('Order: Get Many', () => {
	it('reads all pages, and only what is asked for', async () => {
		const ids = Array.from({ length: 60 }, () => order());
		const cancelled = ids[7] as number;
		shop.market.cancelOrder(cancelled);
		const all = await shop.read([{}], { parameters: { ...getOrders, returnAll: true } });
		expect(all.items.map(({ json }) => json.orderId).sort()).toEqual(ids.map(String).sort());
		const some = await shop.read([{}], {
			parameters: { ...getOrders, returnAll: true },
			options: { orderStatuses: ['CANCELLED'], updatedWithinHours: 1 },
		});
		expect(some.items.map(({ json }) => json.orderId)).toEqual([String(cancelled)]);
		const few = await shop.read([{}], {
			parameters: { ...getOrders, limit: 2 },
			options: { oneItemPerLine: true },
		});
		expect(few.items.map(({ json }) => json.sku)).toEqual([first, second, first, second]);
		expect(few.hints.map(({ message }) => message)).toContainEqual(
			expect.stringContaining('The first 2 are shown'),
		);
	});

	it('of some stores, and of tests', async () => {
		const id = order();
		const test = order({ fake: true });
		const ids = async (options: object) => {
			const run = { parameters: getOrders, options: { ...options } };
			return (await shop.read([{}], run)).items.map(({ json }) => json.orderId);
		};
		expect(await ids({ orderStores: `${fbs.campaignId}, ${fby.campaignId}` })).toEqual([
			String(id),
		]);
		expect(await ids({ orderStores: String(fby.campaignId) })).toEqual([]);
		expect(await ids({ testOrders: true })).toEqual([String(test)]);
	});

	it('refuses a store that is none, before anything is asked', async () => {
		const { error } = await shop.read([{}], {
			parameters: getOrders,
			options: { orderStores: '21000001, shop' },
		});
		expect(error?.message).toBe('Store "shop" is not a campaign ID');
		expect(shop.requests()).toEqual([]);
	});

	it('says that an ID is not that of a business', async () => {
		const parameters = {
			...getOrders,
			business: { ...business, value: String(fbs.campaignId) },
		};
		const { error } = await shop.read([{}], { parameters });
		expect(error?.message).toContain(String(fbs.campaignId));
	});
});

describe('Return: Get Many', () => {
	it('says which units the shop has in its hands again', async () => {
		const id = order();
		for (const step of ['pack', 'ship', 'carry', 'receive'] as const)
			shop.market.stepOrder(id, step);
		const { returnId } = shop.market.returnOrder(id, [{ sku: first, count: 1 }], 'FIT');
		const read = async (options = {}) =>
			jsonOf((await shop.read([{}], { parameters: getReturns, options })).items);
		const [before] = await read();
		expect(before).toMatchObject({
			key: `return:${fbs.campaignId}:${returnId}`,
			event: 'RETURN_READ',
			orderId: String(id),
			returnType: 'RETURN',
			lines: [{ sku: first, count: 1, picked: 0, fit: null }],
		});
		expect(await read({ shipmentStatuses: ['PICKED'] })).toEqual([]);
		shop.market.moveReturn(returnId, 'PICKED');
		expect(await read({ shipmentStatuses: ['PICKED'], returnType: 'RETURN' })).toMatchObject([
			{
				key: `return:${fbs.campaignId}:${returnId}`,
				shipmentStatus: 'PICKED',
				lines: [{ sku: first, count: 1, picked: 1, fit: 1 }],
			},
		]);
		expect(await read({ returnType: 'UNREDEEMED' })).toEqual([]);
		expect(await read({ updatedWithinDays: 1, oneItemPerLine: true })).toMatchObject([
			{ sku: first, count: 1, picked: 1, fit: 1 },
		]);
	});
});
