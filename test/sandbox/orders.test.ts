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
		expect(bench.market.cancelOrder(order.id).status).toBe('CANCELLED');
		expect(holdings(bench)).toEqual({ available: 10, freeze: 0 });
	});

	it('shipped takes its reserve along', async () => {
		const bench = await benchWith(10);
		const order = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 3 }]);
		expect(bench.market.shipOrder(order.id).status).toBe('SHIPPED');
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
		const { id } = bench.market.placeOrder(campaignId, [{ sku: SKU, count: 3 }]);
		bench.market.cancelOrder(id);
		expect(() => bench.market.cancelOrder(id)).toThrow('CANCELLED already');
		expect(() => bench.market.shipOrder(id)).toThrow('CANCELLED already');
		expect(() => bench.market.cancelOrder(99)).toThrow('No order 99');
		expect(holdings(bench)).toEqual({ available: 10, freeze: 0 });
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
