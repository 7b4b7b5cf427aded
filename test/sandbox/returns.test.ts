import { STORES } from '../../sandbox';
import type { Reply } from './support/bench';
import { OrderBench, shownOrders } from './support/orderBench';

interface ShownReturn {
	id: number;
	orderId: number;
	returnType: string;
	shipmentStatus: string;
	refundStatus?: string;
	items: Array<{ shopSku: string; count: number }>;
}

function shownReturns({ body }: Reply): ShownReturn[] {
	return (body.result as { returns?: ShownReturn[] } | undefined)?.returns ?? [];
}

/** An order of three units that its buyer has. */
function received(bench: OrderBench): number {
	const orderId = bench.order(STORES.fbs, { count: 3 });
	for (const step of ['pack', 'ship', 'carry', 'arrive', 'receive'] as const)
		bench.market.stepOrder(orderId, step);
	return orderId;
}

/** An order of three units that came to its pick-up point, and that nobody took. */
function unredeemed(bench: OrderBench): number {
	const orderId = bench.order(STORES.fbs, { count: 3 });
	for (const step of ['pack', 'ship', 'carry', 'arrive'] as const)
		bench.market.stepOrder(orderId, step);
	bench.market.cancelOrder(orderId, 'PICKUP_EXPIRED');
	return orderId;
}

describe('a return', () => {
	it('is shown to the contract', async () => {
		const bench = new OrderBench();
		const orderId = received(bench);
		bench.market.returnOrder(orderId, [{ sku: bench.sku, count: 2 }], 'DEFECT');
		const { status, body } = await bench.returns();
		expect(status).toBe(200);
		expect(body).toEqual({
			status: 'OK',
			result: {
				returns: [
					{
						id: 9_000_001,
						orderId,
						creationDate: '2026-11-23T15:00:00.000+03:00',
						updateDate: '2026-11-23T15:00:00.000+03:00',
						refundStatus: 'STARTED_BY_USER',
						shipmentRecipientType: 'SHOP',
						shipmentStatus: 'CREATED',
						items: [
							{
								shopSku: bench.sku,
								count: 2,
								instances: [
									{ stockType: 'DEFECT', status: 'CREATED' },
									{ stockType: 'DEFECT', status: 'CREATED' },
								],
							},
						],
						returnType: 'RETURN',
						fastReturn: false,
					},
				],
				paging: {},
			},
		});
	});

	it.each([
		{
			kind: 'RETURN',
			make: received,
			way: ['RECEIVED', 'IN_TRANSIT', 'READY_FOR_PICKUP', 'PICKED'],
			order: 'RETURNED',
		},
		{
			kind: 'UNREDEEMED',
			make: unredeemed,
			way: ['IN_TRANSIT', 'READY_FOR_PICKUP', 'PICKED'],
			order: 'CANCELLED',
		},
	])('of the kind $kind goes its way back, and no balance with it', async (row) => {
		const bench = new OrderBench();
		const orderId = row.make(bench);
		const before = bench.market.balance(STORES.fbs.campaignId, bench.sku);
		const { returnId } = bench.market.returnOrder(orderId);
		for (const shipmentStatus of row.way)
			expect(bench.market.moveReturn(returnId)).toMatchObject({
				shipmentStatus,
				returnType: row.kind,
				items: [{ sku: bench.sku, count: 3 }],
			});
		expect(() => bench.market.moveReturn(returnId)).toThrow('is PICKED already');
		expect(shownOrders(await bench.orders())).toMatchObject([{ status: row.order }]);
		expect(bench.market.balance(STORES.fbs.campaignId, bench.sku)).toEqual(before);
	});

	it('may also get lost, and goes no further than it is', () => {
		const bench = new OrderBench();
		const { returnId } = bench.market.returnOrder(received(bench));
		expect(() => bench.market.moveReturn(returnId, 'CREATED')).toThrow('is CREATED already');
		expect(bench.market.moveReturn(returnId, 'LOST').shipmentStatus).toBe('LOST');
		expect(bench.market.returns()).toMatchObject([{ refundStatus: 'STARTED_BY_USER' }]);
	});

	it('brings each unit back once', () => {
		const bench = new OrderBench();
		const orderId = received(bench);
		bench.market.returnOrder(orderId, [{ sku: bench.sku, count: 2 }]);
		expect(() => bench.market.returnOrder(orderId, [{ sku: bench.sku, count: 2 }])).toThrow(
			'1 more than the order has',
		);
		expect(bench.market.returnOrder(orderId).items).toEqual([{ sku: bench.sku, count: 1 }]);
		expect(() => bench.market.returnOrder(orderId)).toThrow('on its way back');
	});

	it('needs goods that have left the store', () => {
		const bench = new OrderBench();
		const orderId = bench.order();
		expect(() => bench.market.returnOrder(orderId)).toThrow('is PROCESSING');
		bench.market.stepOrder(orderId, 'pack');
		bench.market.cancelOrder(orderId);
		expect(() => bench.market.returnOrder(orderId)).toThrow('is CANCELLED');
	});
});

describe('the list of returns', () => {
	it.each([
		{ query: '', found: [1, 2] },
		{ query: '?type=UNREDEEMED', found: [2] },
		{ query: '?type=RETURN', found: [1] },
		{ query: '?shipmentStatuses=IN_TRANSIT,PICKED', found: [2] },
		{ query: '?statuses=STARTED_BY_USER', found: [1] },
		{ query: '?orderIds=70000000002,70000000009', found: [2] },
		{ query: '?fromDate=2026-11-24', found: [2] },
		{ query: '?toDate=2026-11-23', found: [1] },
		{ query: '?from_date=2026-11-24&to_date=2026-11-24', found: [2] },
		{ query: '?limit=1', found: [1] },
	])('finds $found by $query', async ({ query, found }) => {
		const bench = new OrderBench();
		bench.market.returnOrder(received(bench));
		const { returnId } = bench.market.returnOrder(unredeemed(bench));
		// Past midnight in Moscow.
		bench.clock.turn(9 * 60 * 60 * 1_000);
		bench.market.moveReturn(returnId, 'IN_TRANSIT');
		const ids = shownReturns(await bench.returns(query)).map(({ id }) => id);
		expect(ids).toEqual(found.map((number) => 9_000_000 + number));
	});

	it('has pages of 50, or of 100 at most, and nothing of other stores', async () => {
		const bench = new OrderBench();
		Array.from({ length: 101 }, () => bench.market.returnOrder(unredeemed(bench)));
		const first = await bench.returns();
		expect(shownReturns(first)).toHaveLength(50);
		const token = (body: Reply['body']) => body.result?.paging?.nextPageToken;
		const rest = await bench.returns(`?limit=500&page_token=${token(first.body)}`);
		expect(shownReturns(rest)).toHaveLength(51);
		expect(token(rest.body)).toBeUndefined();
		expect(shownReturns(await bench.returns('?limit=500'))).toHaveLength(100);
		expect(shownReturns(await bench.returns('', STORES.dbs))).toEqual([]);
	});

	it.each([
		['?type=LOST', 'Illegal input at type'],
		['?orderIds=1,x', 'Illegal input at orderIds[1]'],
		['?orderIds=1,1', 'orderIds must only contain unique elements'],
		['?shipmentStatuses=GONE', 'Illegal input at shipmentStatuses[0]'],
		['?fromDate=23.11.2026', 'Illegal input at fromDate'],
		['?limit=0', 'Parameter limit must be greater than or equal to 1 (rejected value: 0)'],
	])('refuses %s', async (query, message) => {
		const { status, messages } = await new OrderBench().returns(query);
		expect([status, messages]).toEqual([400, [message]]);
	});

	it('has a quota of 5,000 an hour', async () => {
		const { headers } = await new OrderBench().returns();
		expect(headers['x-ratelimit-resource-limit']).toBe('5000');
	});
});
