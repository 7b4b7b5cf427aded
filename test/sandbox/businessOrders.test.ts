import { STORES, TOKENS } from '../../sandbox';
import { OrderBench, shownOrders } from './support/orderBench';

const DAY_MS = 24 * 60 * 60 * 1_000;
const PATH = '/v1/businesses/1001/orders';

describe('the list of orders', () => {
	it('shows an order without a wrapper, with all that the contract requires', async () => {
		const bench = new OrderBench();
		const orderId = bench.order(STORES.fbs, { count: 2 });
		const { status, body } = await bench.orders();
		expect(status).toBe(200);
		expect(body).toEqual({
			orders: [
				{
					orderId,
					campaignId: 21_000_001,
					programType: 'FBS',
					status: 'PROCESSING',
					substatus: 'STARTED',
					creationDate: '2026-11-23T15:00:00.000+03:00',
					updateDate: '2026-11-23T15:00:00.000+03:00',
					paymentType: 'PREPAID',
					paymentMethod: 'YANDEX',
					fake: false,
					items: [
						{
							id: 800_000_001,
							offerId: 'SKU-00001',
							offerName: 'Birch Mug 1',
							count: 2,
							itemStatuses: [{ status: 'CREATED', count: 2 }],
						},
					],
					delivery: {
						type: 'PICKUP',
						serviceName: 'Market delivery',
						deliveryServiceId: 1_005_486,
						deliveryPartnerType: 'YANDEX_MARKET',
						dates: { fromDate: '2026-11-25' },
						shipment: { shipmentDate: '2026-11-24' },
					},
					sourcePlatform: 'MARKET',
				},
			],
			paging: {},
		});
	});

	it.each([
		{ store: STORES.fbs, programType: 'FBS' },
		{ store: STORES.dbs, programType: 'DBS' },
		{ store: STORES.fby, programType: 'FBY' },
		{ store: STORES.laas, programType: 'LAAS' },
	])('has orders of $programType', async ({ store, programType }) => {
		const bench = new OrderBench();
		bench.order(store);
		expect(shownOrders(await bench.orders())).toMatchObject([{ programType }]);
	});

	it('has orders of EXPRESS under that name, and none of another business', async () => {
		const bench = new OrderBench();
		bench.order(STORES.fbs);
		bench.order(STORES.warehouseExpress);
		const reply = await bench.call('POST', '/v1/businesses/1003/orders', {
			body: {},
			headers: { 'Api-Key': TOKENS.warehouseAll, 'Content-Type': 'application/json' },
		});
		expect(shownOrders(reply)).toMatchObject([{ programType: 'EXPRESS' }]);
	});

	it('tells by unit what became of an order', async () => {
		const bench = new OrderBench();
		const orderId = bench.order(STORES.fbs, { count: 2 });
		const units = async () => shownOrders(await bench.orders())[0]?.items[0]?.itemStatuses;
		bench.market.stepOrder(orderId, 'pack');
		expect(await units()).toEqual([{ status: 'CREATED', count: 2 }]);
		bench.market.stepOrder(orderId, 'ship');
		expect(await units()).toEqual([{ status: 'SHIPPED', count: 2 }]);
		bench.market.stepOrder(orderId, 'carry');
		bench.market.stepOrder(orderId, 'receive');
		expect(await units()).toEqual([{ status: 'DELIVERED_TO_BUYER', count: 2 }]);
		const { returnId } = bench.market.returnOrder(orderId, [{ sku: bench.sku, count: 1 }]);
		bench.market.moveReturn(returnId, 'PICKED');
		expect(await units()).toEqual([
			{ status: 'RETURNED', count: 1 },
			{ status: 'DELIVERED_TO_BUYER', count: 1 },
		]);
		expect(shownOrders(await bench.orders())).toMatchObject([{ status: 'PARTIALLY_RETURNED' }]);
	});

	it.each([
		{ steps: [], status: 'CANCELLED' },
		{ steps: ['pack', 'ship'], status: 'REJECTED' },
	] as const)('shows the units of an order cancelled after $steps as $status', async (row) => {
		const bench = new OrderBench();
		const orderId = bench.order();
		for (const step of row.steps) bench.market.stepOrder(orderId, step);
		bench.market.cancelOrder(orderId);
		expect(shownOrders(await bench.orders())[0]?.items[0]).toMatchObject({
			count: 1,
			itemStatuses: [{ status: row.status, count: 1 }],
		});
	});

	it.each([
		{ removedUnits: 'excluded', count: 3, itemStatuses: [{ status: 'CREATED', count: 3 }] },
		{
			removedUnits: 'listed',
			count: 3,
			itemStatuses: [
				{ status: 'CREATED', count: 3 },
				{ status: 'CANCELLED', count: 2 },
			],
		},
		{
			removedUnits: 'included',
			count: 5,
			itemStatuses: [
				{ status: 'CREATED', count: 3 },
				{ status: 'CANCELLED', count: 2 },
			],
		},
	] as const)('shows removed units $removedUnits', async ({ removedUnits, ...shown }) => {
		const bench = new OrderBench({ switches: { removedUnits } });
		const orderId = bench.order(STORES.fbs, { count: 5 });
		bench.clock.turn(1_000);
		bench.market.reduceOrder(orderId, [{ sku: bench.sku, count: 2 }]);
		expect(shownOrders(await bench.orders())).toMatchObject([
			{ updateDate: '2026-11-23T15:00:01.000+03:00', items: [shown] },
		]);
	});

	it('shows moments to the second, if the switch says so', async () => {
		const bench = new OrderBench({ switches: { orderMoments: 'seconds' } });
		bench.clock.turn(999);
		bench.order();
		expect(shownOrders(await bench.orders())).toMatchObject([
			{ creationDate: '2026-11-23T15:00:00+03:00', updateDate: '2026-11-23T15:00:00+03:00' },
		]);
	});

	it('shows an order, and each change of it, only after the delay', async () => {
		const bench = new OrderBench({ switches: { orderVisibilityDelayMs: 5_000 } });
		const orderId = bench.order();
		expect(await bench.found()).toEqual([]);
		bench.clock.turn(4_999);
		expect(await bench.found({ orderIds: [orderId] })).toEqual([]);
		bench.clock.turn(1);
		bench.market.stepOrder(orderId, 'pack');
		expect(shownOrders(await bench.orders())).toMatchObject([{ substatus: 'STARTED' }]);
		bench.clock.turn(5_000);
		expect(shownOrders(await bench.orders())).toMatchObject([{ substatus: 'READY_TO_SHIP' }]);
	});
});

describe('the pages of orders', () => {
	it('have 50 each, whatever larger limit is asked for, and lead to the last', async () => {
		const bench = new OrderBench();
		const orderIds = Array.from({ length: 120 }, () => bench.order());
		const seen: number[] = [];
		const sizes: number[] = [];
		let token: string | undefined;
		do {
			const query = `?limit=100${token === undefined ? '' : `&pageToken=${token}`}`;
			const reply = await bench.orders({}, query);
			const page = shownOrders(reply).map(({ orderId }) => orderId);
			sizes.push(page.length);
			seen.push(...page);
			token = reply.body.paging?.nextPageToken;
		} while (token !== undefined);
		expect(sizes).toEqual([50, 50, 20]);
		expect(seen).toEqual(orderIds);
		expect(shownOrders(await bench.orders({}, '?limit=7'))).toHaveLength(7);
		expect((await bench.orders({}, '?pageToken=none')).messages).toEqual(['Bad page token']);
	});
});

describe('a filter of orders', () => {
	it('finds real orders, or test orders on request, but never both', async () => {
		const bench = new OrderBench();
		const real = bench.order();
		const fake = bench.order(STORES.fbs, { fake: true });
		expect(await bench.found()).toEqual([real]);
		expect(await bench.found({ fake: false })).toEqual([real]);
		expect(await bench.found({ fake: true })).toEqual([fake]);
		expect(await bench.found({ orderIds: [fake] })).toEqual([]);
	});

	it.each([
		['orderIds', [70_000_000_002], [2]],
		['orderIds', [70_000_000_003, 1], [3]],
		['campaignIds', [21_000_003], [2]],
		['programTypes', ['DBS', 'FBY'], [2, 3]],
		['statuses', ['UNPAID'], [4]],
		['statuses', ['PROCESSING', 'DELIVERY'], [1, 2, 3]],
		['substatuses', ['READY_TO_SHIP'], [1]],
		['waitingForCancellationApprove', true, [2]],
		['waitingForCancellationApprove', false, [1, 2, 3, 4]],
		['sourcePlatforms', ['MARKET'], [1, 2, 3, 4]],
		['sourcePlatforms', ['OTHER'], []],
		['externalOrderIds', ['A-1'], []],
		['orderIds', null, [1, 2, 3, 4]],
	])('%s %j finds %j', async (name, value, numbers) => {
		const bench = new OrderBench();
		const packed = bench.order();
		bench.market.stepOrder(packed, 'pack');
		const unwanted = bench.order(STORES.dbs);
		bench.market.stepOrder(unwanted, 'ship');
		bench.market.stepOrder(unwanted, 'carry');
		bench.market.requestCancellation(unwanted);
		bench.order(STORES.fby);
		bench.order(STORES.fbs, { unpaid: true });
		const wanted = numbers.map((number) => 70_000_000_000 + number);
		expect(await bench.found({ [name]: value })).toEqual(wanted);
	});

	it.each([
		{ dates: {}, found: [2, 3] },
		{ dates: { creationDateFrom: '2026-11-23' }, found: [3] },
		{ dates: { creationDateFrom: '2026-10-24', creationDateTo: '2026-11-23' }, found: [2] },
		{ dates: { creationDateFrom: '2026-11-23', creationDateTo: '2026-11-23' }, found: [3] },
		{ dates: { creationDateFrom: '2026-10-01', creationDateTo: '2026-10-24' }, found: [1] },
		{ dates: { shipmentDateFrom: '2026-11-24' }, found: [3] },
		{ dates: { shipmentDateTo: '2026-11-24' }, found: [2] },
		{ dates: { updateDateFrom: '2026-11-23T12:00:00Z' }, found: [2, 3] },
		{ dates: { updateDateFrom: '2026-11-23T12:00:00.001Z' }, found: [2] },
		{ dates: { updateDateTo: '2026-11-23T12:00:00.001Z' }, found: [3] },
		{ dates: { updateDateTo: '2026-11-23T15:00:00+03:00' }, found: [] },
	])('by $dates finds $found', async ({ dates, found }) => {
		const bench = new OrderBench();
		// The oldest was placed 31 days ago, the next one 30 days ago and changed after the newest was placed.
		bench.clock.turn(-31 * DAY_MS);
		bench.order();
		bench.clock.turn(DAY_MS);
		const old = bench.order();
		bench.clock.turn(30 * DAY_MS);
		bench.order();
		bench.clock.turn(1);
		bench.market.stepOrder(old, 'pack');
		expect(await bench.found({ dates })).toEqual(found.map((number) => 70_000_000_000 + number));
	});

	it.each([
		{ defaultOrderDates: 'always', count: 0 },
		{ defaultOrderDates: 'withoutOrderIds', count: 1 },
	] as const)(
		'by number finds $count that are older, with the default dates $defaultOrderDates',
		async ({ defaultOrderDates, count }) => {
			const bench = new OrderBench({ switches: { defaultOrderDates } });
			const orderId = bench.order();
			bench.clock.turn(32 * DAY_MS);
			expect(await bench.found({ orderIds: [orderId] })).toHaveLength(count);
			expect(await bench.found()).toEqual([]);
		},
	);

	it.each([
		{ body: '', message: 'Required request body is missing' },
		{
			body: { orderIds: [] },
			message: 'orderIds size must be between 1 and 50 (rejected size: 0)',
		},
		{
			body: { orderIds: Array.from({ length: 51 }, (_, index) => index + 1) },
			message: 'orderIds size must be between 1 and 50 (rejected size: 51)',
		},
		{ body: { orderIds: [1, 1] }, message: 'orderIds must only contain unique elements' },
		{ body: { orderIds: ['1'] }, message: 'Illegal input at orderIds[0]' },
		{ body: { statuses: ['SOLD'] }, message: 'Illegal input at statuses[0]' },
		{ body: { substatuses: ['SOLD'] }, message: 'Illegal input at substatuses[0]' },
		{ body: { programTypes: ['FBX'] }, message: 'Illegal input at programTypes[0]' },
		{ body: { fake: 'yes' }, message: 'Illegal input at fake' },
		{ body: { dates: [] }, message: 'Illegal input at dates' },
		{
			body: { dates: { creationDateFrom: '2026-11-23T00:00:00Z' } },
			message: 'Illegal input at dates.creationDateFrom',
		},
		{
			body: { dates: { updateDateFrom: '2026-11-23' } },
			message: 'Illegal input at dates.updateDateFrom',
		},
		{
			body: { dates: { creationDateFrom: '2026-10-23' } },
			message: 'Interval of dates.creationDate must not be more than 30 days',
		},
		{
			body: { dates: { shipmentDateFrom: '2026-11-01', shipmentDateTo: '2026-12-02' } },
			message: 'Interval of dates.shipmentDate must not be more than 30 days',
		},
		{
			body: { dates: { creationDateFrom: '2026-11-23', creationDateTo: '2026-11-22' } },
			message: 'dates.creationDateTo must not be before dates.creationDateFrom',
		},
	])('$body is refused: $message', async ({ body, message }) => {
		const { status, messages } = await new OrderBench().orders(body);
		expect([status, messages]).toEqual([400, [message]]);
	});

	it('for a store of another business is refused', async () => {
		const { status } = await new OrderBench().orders({ campaignIds: [22_000_001] });
		expect(status).toBe(403);
	});
});

describe('the limits of orders', () => {
	it('are 10,000 requests an hour', async () => {
		const bench = new OrderBench();
		const { headers } = await bench.orders();
		expect(headers).toMatchObject({
			'x-ratelimit-resource-limit': '10000',
			'x-ratelimit-resource-remaining': '9999',
			'x-ratelimit-resource-until': 'Mon, 23 Nov 2026 13:00:00 GMT',
		});
	});

	it('are six at once, beside the four of the other methods', async () => {
		const bench = new OrderBench({ switches: { latencyMs: 1_000 } });
		const others = Array.from({ length: 4 }, async () =>
			bench.call('POST', '/v2/businesses/1001/warehouses'),
		);
		const calls = Array.from({ length: 7 }, async () => bench.orders());
		bench.clock.turn(1_000);
		const statuses = (await Promise.all(calls)).map(({ status }) => status);
		expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 420]);
		expect((await calls[6])?.messages).toEqual([
			'Hit rate limit of 6 parallel requests for businessId 1001',
		]);
		expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
	});

	it.each([
		{ token: TOKENS.readOnly, status: 200 },
		{ token: TOKENS.offersManagement, status: 403 },
		{ token: TOKENS.warehouseLists, status: 403 },
	])('are those of the token: $status', async ({ token, status }) => {
		const reply = await new OrderBench().call('POST', PATH, {
			body: {},
			headers: { 'Api-Key': token, 'Content-Type': 'application/json' },
		});
		expect(reply.status).toBe(status);
	});

	it('open the list to finance-and-accounting too, but not to prices', async () => {
		const scopes = ['finance-and-accounting'] as const;
		const key = { token: `ACMA:${'F'.repeat(40)}:00000009`, name: 'Finance', revoked: false };
		const bench = new OrderBench({ apiKeys: [{ ...key, scopes, businessId: 1001 }] });
		const headers = { 'Api-Key': key.token, 'Content-Type': 'application/json' };
		expect((await bench.call('POST', PATH, { body: {}, headers })).status).toBe(200);
		const returns = await bench.call('GET', '/v2/campaigns/21000001/returns', { headers });
		expect(returns.status).toBe(403);
	});

	it('answer under /v1 only', async () => {
		const bench = new OrderBench();
		expect((await bench.call('POST', '/v2/businesses/1001/orders', { body: {} })).status).toBe(404);
		expect((await bench.call('GET', PATH)).status).toBe(405);
	});
});
