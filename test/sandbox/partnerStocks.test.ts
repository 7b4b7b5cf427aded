import { STORES, TOKENS, type PoisonedSku } from '../../sandbox';
import { Bench, entry, type Reply } from './support/bench';
import { BUSINESS, DBS, MAIN, skuItem, skuItems, WarehouseBench } from './support/warehouseBench';

const DAY_MS = 24 * 60 * 60 * 1_000;
const UPDATE = `/v3/businesses/${BUSINESS}/offers/stocks/update`;
const SIZE_0 = 'skuItems size must be between 1 and 2000 (rejected size: 0)';

function at(bench: Bench, offsetMs: number): string {
	return new Date(bench.clock.now() + offsetMs).toISOString();
}

function outcomeOf({ status, messages }: Reply): [number, string[]] {
	return [status, messages];
}

describe('a v3 body that the Market refuses', () => {
	const headers = { 'Api-Key': TOKENS.warehouseAll, 'Content-Type': 'application/json' };
	const cases: Array<{ name: string; body: unknown; message: string | RegExp }> = [
		{ name: 'no body', body: '', message: 'Required request body is missing' },
		{ name: 'no skuItems', body: {}, message: SIZE_0 },
		{ name: 'the body of v2', body: { skus: [entry('SKU-00001')] }, message: SIZE_0 },
		{ name: '0 skuItems', body: { skuItems: [] }, message: SIZE_0 },
		{
			name: '2001 skuItems',
			body: { skuItems: skuItems(2_001) },
			message: 'skuItems size must be between 1 and 2000 (rejected size: 2001)',
		},
		{ name: 'a text entry', body: { skuItems: ['a'] }, message: 'Illegal input at skuItems[0]' },
		{ name: 'a null entry', body: { skuItems: [null] }, message: 'skuItems[0] must not be null' },
		{
			name: 'no sku',
			body: { skuItems: [skuItem(undefined)] },
			message: 'skuItems[0].sku must not be null',
		},
		{
			name: 'a numeric sku',
			body: { skuItems: [skuItem(557722)] },
			message: 'Illegal input at skuItems[0].sku',
		},
		{
			name: 'a blank sku',
			body: { skuItems: [skuItem(' ')] },
			message: /^skuItems\[0\]\.sku must match REGEX /,
		},
		{
			name: 'no warehouse',
			body: { skuItems: [{ sku: 'a', count: 1 }] },
			message: 'skuItems[0].partnerWarehouseId must not be null',
		},
		{
			name: 'a warehouse as text',
			body: { skuItems: [skuItem('a', String(MAIN))] },
			message: 'Illegal input at skuItems[0].partnerWarehouseId',
		},
		{
			name: 'warehouse 0',
			body: { skuItems: [skuItem('a', 0)] },
			message:
				'skuItems[0].partnerWarehouseId must be greater than or equal to 1 (rejected value: 0)',
		},
		{
			name: 'no count',
			body: { skuItems: [{ sku: 'a', partnerWarehouseId: MAIN }] },
			message: 'skuItems[0].count must not be null',
		},
		{
			name: 'a negative count',
			body: { skuItems: [skuItem('a'), skuItem('b', MAIN, -1)] },
			message: 'skuItems[1].count must be greater than or equal to 0 (rejected value: -1)',
		},
		{
			name: 'a count above the maximum',
			body: { skuItems: [skuItem('a', MAIN, 2_000_000_001)] },
			message:
				'skuItems[0].count must be less than or equal to 2000000000 (rejected value: 2000000001)',
		},
		{
			name: 'a date without an offset',
			body: { skuItems: [skuItem('a', MAIN, 1, '2026-11-23T12:00:00')] },
			message: 'Illegal input at skuItems[0].updatedAt',
		},
		{
			name: 'a SKU twice for one warehouse, after trimming',
			body: { skuItems: [skuItem('a'), skuItem('a', DBS), skuItem(' a ')] },
			message: `Duplicate shop-sku 'a' for warehouse '${MAIN}'`,
		},
	];
	it.each(cases)('$name', async ({ body, message }) => {
		const { status, messages } = await new Bench().call('POST', UPDATE, { body, headers });
		expect([status, messages.length]).toEqual([400, 1]);
		expect(messages[0]).toEqual(
			typeof message === 'string' ? message : expect.stringMatching(message),
		);
	});

	it('costs one request, like any other', async () => {
		const { status, headers: replied } = await new WarehouseBench().sendItems([skuItem('')]);
		expect([
			status,
			replied['x-ratelimit-resource-limit'],
			replied['x-ratelimit-resource-remaining'],
		]).toEqual([400, '50', '49']);
	});
});

describe('balances sent to warehouses', () => {
	it('are taken for several warehouses at once, and replace the ones before', async () => {
		const bench = new WarehouseBench();
		await bench.sendItems([skuItem('SKU-00001', MAIN, 3)]);
		const sent = await bench.sendItems([
			skuItem(' SKU-00001 ', MAIN, 5),
			skuItem('SKU-00001', DBS, 7),
		]);
		expect([sent.status, sent.body]).toEqual([200, { status: 'OK' }]);
		expect(await bench.availableAt(MAIN, 'SKU-00001')).toBe(5);
		expect(await bench.availableAt(DBS, 'SKU-00001')).toBe(7);
		expect(
			bench.market.warehouseStock(STORES.warehouseExpress.warehouseId, 'SKU-00001'),
		).toBeNull();
	});

	it('are those of every store that sells from the warehouse', async () => {
		const bench = new WarehouseBench();
		await bench.sendItems([skuItem('SKU-00001', MAIN, 5)]);
		for (const { campaignId } of [STORES.warehouseFbs, STORES.warehouseShared]) {
			expect(bench.market.offer(campaignId, 'SKU-00001').available).toBe(5);
		}
		expect(bench.market.offer(STORES.warehouseDbs.campaignId, 'SKU-00001').available).toBeNull();
	});

	it('may be 2000, and come by v3 only', async () => {
		const bench = new WarehouseBench();
		expect((await bench.sendItems(skuItems(2_000))).status).toBe(200);
		const path = UPDATE.replace('/v3', '');
		for (const other of [path, `/v2${path}`])
			expect((await bench.call('POST', other)).status).toBe(404);
	});

	it('50 requests a minute, of whatever size, from whatever token of the business', async () => {
		const bench = new WarehouseBench();
		for (let time = 0; time < 49; time += 1) await bench.sendItems(skuItems(2_000));
		expect((await bench.sendItems(skuItems(1), { apiKey: TOKENS.warehouseStocks })).status).toBe(
			200,
		);
		expect(outcomeOf(await bench.sendItems(skuItems(1)))).toEqual([
			420,
			[
				'Hit rate limit of 50 requests per 1 minute for resource ' +
					`/v3/businesses/{businessId}/offers/stocks/update.json for businessId ${BUSINESS}`,
			],
		]);
		expect((await bench.warehouseStocks({ partnerWarehouseId: MAIN })).status).toBe(200);
		bench.clock.turn(60_000);
		expect((await bench.sendItems(skuItems(1))).status).toBe(200);
		expect(bench.market.statistics().updateStocksOnPartnerWarehouses).toMatchObject({
			requests: 52,
			items: 49 * 2_000 + 2,
			statuses: { 200: 51, 420: 1 },
		});
	});

	it('4 requests of a business at once', async () => {
		const bench = new WarehouseBench({ switches: { latencyMs: 10 } });
		const calls = Array.from({ length: 5 }, async () => await bench.sendItems(skuItems(1)));
		bench.clock.turn(10);
		const replies = await Promise.all(calls);
		expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 420]);
		expect(replies[4]?.messages).toEqual([
			`Hit rate limit of 4 parallel requests for businessId ${BUSINESS}`,
		]);
	});

	it('are all refused if one is', async () => {
		const bench = new WarehouseBench();
		const ahead = await bench.sendItems([
			skuItem('SKU-00001'),
			skuItem('SKU-00002', DBS, 1, at(bench, 1)),
		]);
		expect(outcomeOf(ahead)).toEqual([400, ["Stock for 'SKU-00002' should not be in the future"]]);
		const old = await bench.sendItems([
			skuItem('SKU-00001'),
			skuItem('SKU-00002', DBS, 1, at(bench, -DAY_MS - 1)),
		]);
		expect(outcomeOf(old)).toEqual([400, ["Stock for 'SKU-00002' should not be older than a day"]]);
		expect(bench.market.warehouseStock(MAIN, 'SKU-00001')).toBeNull();
	});

	it('older than what is held: 200, and not applied', async () => {
		const bench = new WarehouseBench();
		await bench.sendItems([skuItem('SKU-00001', MAIN, 5, at(bench, -1_000))]);
		expect((await bench.sendItems([skuItem('SKU-00001', MAIN, 9, at(bench, -2_000))])).status).toBe(
			200,
		);
		expect(await bench.availableAt(MAIN, 'SKU-00001')).toBe(5);
	});

	it('of a SKU that the catalogue does not have are passed over, or spoil the request', async () => {
		const bench = new WarehouseBench();
		const items = [skuItem('NONE'), skuItem('SKU-00001', MAIN, 5)];
		expect((await bench.sendItems(items)).status).toBe(200);
		expect(await bench.availableAt(MAIN, 'SKU-00001')).toBe(5);
		bench.market.setSwitches({ unknownSku: 'refuse' });
		expect(outcomeOf(await bench.sendItems(items))).toEqual([400, ["Unknown shop-sku 'NONE'"]]);
	});

	it.each<{ naming: PoisonedSku['naming']; message: string }>([
		{ naming: 'named', message: "Stock for 'SKU-00004' is not allowed" },
		{ naming: 'listed', message: 'skuItems[3].sku is not allowed' },
		{ naming: 'unnamed', message: 'Request contains invalid data' },
	])('of a poisoned SKU that is $naming spoil the request', async ({ naming, message }) => {
		const bench = new WarehouseBench({
			switches: { poisonedSkus: [{ sku: 'SKU-00004', naming }] },
		});
		expect(outcomeOf(await bench.sendItems(skuItems(10)))).toEqual([400, [message]]);
		expect(bench.market.warehouseStock(MAIN, 'SKU-00001')).toBeNull();
	});

	it('can be looked up behind the counter, if the warehouse and the offer exist', () => {
		const { market } = new Bench();
		expect(() => market.warehouseStock(1, 'SKU-00001')).toThrow('No warehouse 1');
		expect(() => market.warehouseStock(MAIN, 'NONE')).toThrow("'NONE'");
	});
});

describe('a warehouse that is not a partner warehouse of the business', () => {
	const { fbs, fby, laas, foreign, dbs } = STORES;
	const strangers: Array<[string, number]> = [
		['unknown', 99],
		['another business’s', DBS],
		['another business’s without a token', foreign.warehouseId],
		['in a group', fbs.warehouseId],
		['the Market’s own', fby.warehouseId],
		['a LAAS store’s', laas.warehouseId],
	];
	const access = { businessId: fbs.businessId, apiKey: TOKENS.allMethods };

	it.each(strangers)('%s: passed over', async (_, warehouseId) => {
		const bench = new WarehouseBench();
		const items = [skuItem('SKU-00001', warehouseId, 5), skuItem('SKU-00001', dbs.warehouseId, 7)];
		expect((await bench.sendItems(items, access)).status).toBe(200);
		const held = bench.market.stores.filter(({ campaignId }) =>
			bench.market.balance(campaignId, 'SKU-00001'),
		);
		expect(held.map(({ campaignId }) => campaignId)).toEqual([dbs.campaignId]);
	});

	it.each(strangers)('%s: refused by its number if the switch says so', async (_, warehouseId) => {
		const bench = new WarehouseBench({ switches: { unknownWarehouse: 'refuse' } });
		const items = ['SKU-00001', 'SKU-00002'].map((sku) => skuItem(sku, warehouseId));
		const reply = await bench.sendItems([...items, skuItem('SKU-00001', dbs.warehouseId)], access);
		expect(outcomeOf(reply)).toEqual([400, [`Unknown partner warehouse '${warehouseId}'`]]);
		expect(bench.market.warehouseStock(dbs.warehouseId, 'SKU-00001')).toBeNull();
	});
});

describe('the method for the other kind of business', () => {
	const withGroups = { businessId: STORES.fbs.businessId, apiKey: TOKENS.allMethods };
	const headers = { 'Api-Key': TOKENS.warehouseAll, 'Content-Type': 'application/json' };
	const put = async (bench: Bench, skus: object[]) =>
		await bench.call('PUT', `/v2/campaigns/${STORES.warehouseFbs.campaignId}/offers/stocks`, {
			body: { skus },
			headers,
		});

	it('v2 writes without groups, unless the switch refuses it', async () => {
		const bench = new WarehouseBench();
		expect((await put(bench, [entry('SKU-00001', 5)])).status).toBe(200);
		expect(await bench.availableAt(MAIN, 'SKU-00001')).toBe(5);
		bench.market.setSwitches({ v2WithoutGroups: 'refuse' });
		expect(outcomeOf(await put(bench, [entry('SKU-00001', 6)]))).toEqual([
			400,
			['The method is not allowed: business 1003 has no warehouse groups'],
		]);
		expect(await bench.availableAt(MAIN, 'SKU-00001')).toBe(5);
		expect((await bench.send([entry('SKU-00001')])).status).toBe(200);
	});

	it('v3 reads and writes beside groups, unless the switch refuses it', async () => {
		const bench = new WarehouseBench();
		const { warehouseId: partnerWarehouseId } = STORES.dbs;
		expect(
			(await bench.sendItems([skuItem('SKU-00001', partnerWarehouseId, 5)], withGroups)).status,
		).toBe(200);
		expect((await bench.warehouseStocks({ partnerWarehouseId }, withGroups)).status).toBe(200);
		bench.market.setSwitches({ v3WithGroups: 'refuse' });
		const refusal = [400, ['The method is not allowed: business 1001 has warehouse groups']];
		expect(
			outcomeOf(await bench.sendItems([skuItem('SKU-00001', partnerWarehouseId, 6)], withGroups)),
		).toEqual(refusal);
		expect(outcomeOf(await bench.warehouseStocks({ partnerWarehouseId }, withGroups))).toEqual(
			refusal,
		);
		expect(bench.market.warehouseStock(partnerWarehouseId, 'SKU-00001')).toBe(5);
		expect((await bench.partnerWarehouses(undefined, withGroups)).status).toBe(200);
		expect((await bench.sendItems(skuItems(1))).status).toBe(200);
	});
});
