import { STORES } from '../../sandbox';
import { Bench, entry } from './support/bench';

const { campaignId } = STORES.fbs;
const SKU = 'SKU-00001';

async function benchWith(count: number, deductReserves = false): Promise<Bench> {
	const bench = new Bench({ switches: { deductReserves } });
	await bench.send([entry(SKU, count)]);
	return bench;
}

function holdings(bench: Bench): { available: number | null; freeze: number } {
	const { available, freeze } = bench.market.offer(campaignId, SKU);
	return { available, freeze };
}

describe('a buyer’s order', () => {
	it('reserves, and cancelled frees what it reserved', async () => {
		const bench = await benchWith(10);
		const order = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 3 }]);
		expect(holdings(bench)).toEqual({ available: 7, freeze: 3 });
		expect(bench.market.cancelOrder(order.orderId).status).toBe('CANCELLED');
		expect(holdings(bench)).toEqual({ available: 10, freeze: 0 });
	});

	it('cancelled or reduced frees its units later if so wanted, from what is there by then', async () => {
		const bench = await benchWith(10);
		bench.market.setSwitches({ freeingDelayMs: 60_000 });
		const [cancelled, reduced] = [2, 3].map((count) =>
			bench.market.placeOrder(campaignId, [{ sku: SKU, count }]),
		);
		bench.market.cancelOrder(cancelled!.orderId);
		bench.market.reduceOrder(reduced!.orderId, [{ sku: SKU, count: 1 }]);
		expect(holdings(bench)).toEqual({ available: 5, freeze: 5 });
		bench.clock.turn(1_000);
		await bench.send([entry(SKU, 20)]);
		expect(holdings(bench)).toEqual({ available: 20, freeze: 5 });
		bench.clock.turn(60_000);
		await new Promise(setImmediate);
		expect(holdings(bench)).toEqual({ available: 23, freeze: 2 });
	});

	it('shipped takes its reserve along', async () => {
		const bench = await benchWith(10);
		const { orderId } = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 3 }]);
		bench.market.stepOrder(orderId, 'pack');
		expect(holdings(bench)).toEqual({ available: 7, freeze: 3 });
		bench.market.stepOrder(orderId, 'ship');
		expect(holdings(bench)).toEqual({ available: 7, freeze: 0 });
	});

	it('shows in every store of the group', async () => {
		const bench = await benchWith(10);
		bench.market.placeOrder(STORES.groupMate.campaignId, [{ sku: SKU, count: 3 }]);
		expect(await bench.available(SKU, campaignId)).toBe(7);
	});

	it('leaves the date of the balance', async () => {
		const bench = await benchWith(10);
		const before = bench.market.balance(campaignId, SKU)?.stamp;
		bench.clock.turn(1_000);
		bench.market.placeOrder(campaignId, [{ sku: SKU, count: 3 }]);
		expect(bench.market.balance(campaignId, SKU)?.stamp).toBe(before);
	});

	it.each([
		{ name: 'more than there is', items: [{ sku: SKU, count: 11 }] },
		{
			name: 'more than there is in two lines',
			items: [
				{ sku: SKU, count: 6 },
				{ sku: SKU, count: 5 },
			],
		},
		{
			name: 'an offer without a balance',
			items: [
				{ sku: SKU, count: 1 },
				{ sku: 'SKU-00002', count: 1 },
			],
		},
		{ name: 'an unknown SKU', items: [{ sku: 'NONE', count: 1 }] },
		{ name: 'nothing', items: [] },
		{ name: 'no units', items: [{ sku: SKU, count: 0 }] },
		{ name: 'half a unit', items: [{ sku: SKU, count: 0.5 }] },
	])('for $name is refused and reserves nothing', async ({ items }) => {
		const bench = await benchWith(10);
		expect(() => bench.market.placeOrder(campaignId, items)).toThrow();
		expect(holdings(bench)).toEqual({ available: 10, freeze: 0 });
		expect(bench.market.orders()).toEqual([]);
	});

	it('for a hidden offer is refused', async () => {
		const bench = await benchWith(10);
		await bench.hide([SKU]);
		expect(() => bench.market.placeOrder(campaignId, [{ sku: SKU, count: 1 }])).toThrow('hidden');
	});

	it('ends once', async () => {
		const bench = await benchWith(10);
		const { orderId } = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 3 }]);
		bench.market.cancelOrder(orderId);
		expect(() => bench.market.cancelOrder(orderId)).toThrow(
			'is CANCELLED/USER_CHANGED_MIND: cancel takes',
		);
		expect(() => bench.market.stepOrder(orderId, 'pack')).toThrow('takes one that is');
		expect(() => bench.market.cancelOrder(99)).toThrow('No order 99');
		expect(holdings(bench)).toEqual({ available: 10, freeze: 0 });
	});

	it('goes its way step by step, from payment to the buyer', async () => {
		const bench = await benchWith(10);
		const order = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 3 }], { unpaid: true });
		const steps = ['pay', 'pack', 'ship', 'carry', 'arrive', 'receive'] as const;
		const states = steps.map((step) => bench.market.stepOrder(order.orderId, step));
		expect([order, ...states].map(({ status, substatus }) => `${status}/${substatus}`)).toEqual([
			'UNPAID/AWAIT_PAYMENT',
			'PROCESSING/STARTED',
			'PROCESSING/READY_TO_SHIP',
			'PROCESSING/SHIPPED',
			'DELIVERY/DELIVERY_SERVICE_RECEIVED',
			'PICKUP/PICKUP_SERVICE_RECEIVED',
			'DELIVERED/DELIVERY_SERVICE_DELIVERED',
		]);
		expect(holdings(bench)).toEqual({ available: 7, freeze: 0 });
		expect(() => bench.market.cancelOrder(order.orderId)).toThrow('is DELIVERED/');
	});

	it('skips no step, unless its seller delivers', async () => {
		const bench = await benchWith(10);
		const { orderId } = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 3 }]);
		expect(() => bench.market.stepOrder(orderId, 'ship')).toThrow(
			`Order ${orderId} (FBS) is PROCESSING/STARTED: ship takes one that is PROCESSING/READY_TO_SHIP`,
		);
		const delivered = bench.market.placeOrder(STORES.groupMate.campaignId, [
			{ sku: SKU, count: 3 },
		]);
		expect(bench.market.stepOrder(delivered.orderId, 'ship').substatus).toBe('SHIPPED');
	});

	it('has a number that no order had before a reset', async () => {
		const bench = await benchWith(10);
		const first = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 1 }]);
		bench.market.reset();
		bench.market.setBalance(campaignId, SKU, 10);
		const second = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 1 }]);
		expect(second.orderId).toBeGreaterThan(first.orderId);
	});

	it('changes at a later moment each time, even if the clock stands still', async () => {
		const bench = await benchWith(10);
		const { orderId, updatedAt } = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 1 }]);
		expect(bench.market.stepOrder(orderId, 'pack').updatedAt).toBe(updatedAt + 1);
	});
});

describe('a cancellation', () => {
	it.each([
		{ store: STORES.fbs, steps: [], available: 10 },
		{ store: STORES.fbs, steps: ['pack'], available: 7 },
		{ store: STORES.fbs, steps: ['pack', 'ship'], available: 7 },
		{ store: STORES.fbs, steps: ['pack', 'ship', 'carry', 'arrive'], available: 7 },
		{ store: STORES.groupMate, steps: ['pack'], available: 10 },
		{ store: STORES.groupMate, steps: ['pack', 'ship'], available: 7 },
	] as const)(
		'of an order of $store.placementType after $steps leaves $available for sale, and none reserved',
		async ({ store, steps, available }) => {
			const bench = await benchWith(10);
			const { orderId } = bench.market.placeOrder(store.campaignId, [{ sku: SKU, count: 3 }]);
			for (const step of steps) bench.market.stepOrder(orderId, step);
			bench.market.cancelOrder(orderId, 'SHOP_FAILED');
			expect(holdings(bench)).toEqual({ available, freeze: 0 });
		},
	);

	it('says why, by itself too', async () => {
		const bench = await benchWith(10);
		const place = (unpaid: boolean) =>
			bench.market.placeOrder(campaignId, [{ sku: SKU, count: 1 }], { unpaid }).orderId;
		expect(bench.market.cancelOrder(place(true)).substatus).toBe('USER_NOT_PAID');
		expect(bench.market.cancelOrder(place(false)).substatus).toBe('USER_CHANGED_MIND');
		expect(bench.market.cancelOrder(place(false), 'SHOP_FAILED').substatus).toBe('SHOP_FAILED');
	});
});

describe('an order that the seller reduces', () => {
	it('frees what was taken out, and the rest when it is cancelled', async () => {
		const bench = await benchWith(10);
		const items = [
			{ sku: SKU, count: 2 },
			{ sku: SKU, count: 3 },
		];
		const { orderId } = bench.market.placeOrder(campaignId, items);
		const { lines } = bench.market.reduceOrder(orderId, [{ sku: SKU, count: 4 }]);
		expect(lines.map(({ ordered, removed }) => [ordered, removed])).toEqual([
			[2, 2],
			[3, 2],
		]);
		expect(holdings(bench)).toEqual({ available: 9, freeze: 1 });
		bench.market.cancelOrder(orderId);
		expect(holdings(bench)).toEqual({ available: 10, freeze: 0 });
	});

	it.each([
		{ name: 'all of it', items: [{ sku: SKU, count: 3 }], message: 'cancel it instead' },
		{ name: 'more than it has', items: [{ sku: SKU, count: 4 }], message: '1 more than' },
		{ name: 'something else', items: [{ sku: 'SKU-00002', count: 1 }], message: '1 more than' },
		{ name: 'nothing', items: [], message: 'At least one item' },
	])('keeps at least a unit of its own: $name is refused', async ({ items, message }) => {
		const bench = await benchWith(10);
		const { orderId } = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 3 }]);
		expect(() => bench.market.reduceOrder(orderId, items)).toThrow(message);
		expect(holdings(bench)).toEqual({ available: 7, freeze: 3 });
	});

	it('is one that is not packed yet', async () => {
		const bench = await benchWith(10);
		const { orderId } = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 3 }]);
		bench.market.stepOrder(orderId, 'pack');
		expect(() => bench.market.reduceOrder(orderId, [{ sku: SKU, count: 1 }])).toThrow('is PROC');
	});
});

describe('an order that takes nothing from the seller', () => {
	it('is a test order: from beginning to end it touches no balance', async () => {
		const bench = await benchWith(10);
		const { orderId } = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 99 }], {
			fake: true,
		});
		expect(holdings(bench)).toEqual({ available: 10, freeze: 0 });
		bench.market.cancelOrder(orderId);
		expect(holdings(bench)).toEqual({ available: 10, freeze: 0 });
	});

	it.each([STORES.fby, STORES.laas])('is one of $placementType', async (store) => {
		const bench = await benchWith(10);
		const { orderId } = bench.market.placeOrder(store.campaignId, [{ sku: SKU, count: 2 }]);
		expect(holdings(bench)).toEqual({ available: 10, freeze: 0 });
		bench.market.cancelOrder(orderId);
		expect(holdings(bench)).toEqual({ available: 10, freeze: 0 });
		expect(bench.market.balance(store.campaignId, SKU)).toBeUndefined();
	});

	it('of FBY lowers what the Market itself has, if it has a number', async () => {
		const bench = new Bench();
		bench.market.setBalance(STORES.fby.campaignId, SKU, 5);
		bench.market.placeOrder(STORES.fby.campaignId, [{ sku: SKU, count: 2 }]);
		expect(bench.market.balance(STORES.fby.campaignId, SKU)).toMatchObject({
			available: 3,
			freeze: 2,
		});
	});
});

describe('a balance sent while an order is open', () => {
	it.each([
		{ deductReserves: false, sent: 10, available: 10 },
		{ deductReserves: true, sent: 10, available: 7 },
		{ deductReserves: true, sent: 2, available: 0 },
	])('of $sent with deductReserves $deductReserves leaves $available for sale', async (row) => {
		const bench = await benchWith(10, row.deductReserves);
		bench.market.placeOrder(campaignId, [{ sku: SKU, count: 3 }]);
		await bench.send([entry(SKU, row.sent)]);
		expect(holdings(bench)).toEqual({ available: row.available, freeze: 3 });
	});
});
