import { BUSINESSES, STORES, TOKENS } from '../../sandbox';
import type { Reply } from './support/bench';
import { MAIN, WarehouseBench, warehousesOf } from './support/warehouseBench';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const { warehouseFbs, warehouseShared, warehouseDbs } = STORES;
const off = { partnerWarehouseId: MAIN, model: 'FBS', enabled: false };
const on = { ...off, enabled: true };

function outcomeOf({ status, messages }: Reply): [number, string[]] {
	return [status, messages];
}

const statusOf = ({ body }: Reply) => (body.result as { status?: string } | undefined)?.status;
const sells = ({ market }: WarehouseBench) => market.isSelling(warehouseFbs.campaignId);

describe('a model of a warehouse', () => {
	it('is switched off and on, and its status told', async () => {
		const bench = new WarehouseBench();
		const { status, body } = await bench.switchModel(off);
		expect([status, body]).toEqual([
			200,
			{ status: 'OK', result: { status: 'DISABLED_MANUALLY' } },
		]);
		expect(statusOf(await bench.switchModel(on))).toBe('OTHER');
	});

	it('is gone from the storefront after 15 minutes, and back after 15; other models stay', async () => {
		const bench = new WarehouseBench();
		await bench.switchModel(off);
		bench.clock.turn(15 * MINUTE_MS - 1);
		expect(sells(bench)).toBe(true);
		await bench.switchModel(off);
		bench.clock.turn(1);
		expect(sells(bench)).toBe(false);
		for (const { campaignId } of [warehouseShared, warehouseDbs])
			expect(bench.market.isSelling(campaignId)).toBe(true);
		await bench.switchModel(on);
		bench.clock.turn(15 * MINUTE_MS - 1);
		expect(sells(bench)).toBe(false);
		bench.clock.turn(1);
		expect(sells(bench)).toBe(true);
	});

	it.each([
		[30 * DAY_MS - 1, 15],
		[30 * DAY_MS, 4 * 60],
	])('that was off for %d ms is back after %d minutes', async (offMs, minutes) => {
		const bench = new WarehouseBench();
		await bench.switchModel(off);
		bench.clock.turn(offMs);
		await bench.switchModel(on);
		bench.clock.turn(minutes * MINUTE_MS - 1);
		expect(sells(bench)).toBe(false);
		bench.clock.turn(1);
		expect(sells(bench)).toBe(true);
	});

	it('that the Market has switched off stays off, and does not say so', async () => {
		const bench = new WarehouseBench({
			switches: { disabledModels: [{ warehouseId: MAIN, model: 'FBS' }] },
		});
		for (const body of [on, off]) expect(statusOf(await bench.switchModel(body))).toBe('OTHER');
		bench.clock.turn(DAY_MS);
		expect(sells(bench)).toBe(false);
	});

	it('takes no orders while it is off', async () => {
		const bench = new WarehouseBench();
		bench.market.setBalance(warehouseFbs.campaignId, 'SKU-00001', 5);
		await bench.switchModel(off);
		bench.clock.turn(15 * MINUTE_MS);
		const order = () =>
			bench.market.placeOrder(warehouseFbs.campaignId, [{ sku: 'SKU-00001', count: 1 }]);
		expect(order).toThrow(`Store ${warehouseFbs.campaignId} is switched off`);
		bench.market.reset();
		bench.market.setBalance(warehouseFbs.campaignId, 'SKU-00001', 5);
		expect(order).not.toThrow();
	});

	it('is shown by the list of warehouses, store by store', async () => {
		const bench = new WarehouseBench();
		await bench.switchModel(off);
		const listed = warehousesOf(await bench.pagedWarehouses({ components: ['STATUS'] }));
		expect(listed.map(({ campaignId, status }) => [campaignId, status?.status])).toEqual([
			[warehouseFbs.campaignId, 'DISABLED_MANUALLY'],
			[warehouseDbs.campaignId, 'OTHER'],
			[STORES.warehouseExpress.campaignId, 'OTHER'],
			[warehouseShared.campaignId, 'OTHER'],
		]);
	});
});

describe('a switch that the Market refuses', () => {
	it.each([
		[{}, ['partnerWarehouseId', 'model', 'enabled'].map((name) => `${name} must not be null`)],
		[
			{ ...off, partnerWarehouseId: 0 },
			['partnerWarehouseId must be greater than or equal to 1 (rejected value: 0)'],
		],
		[{ ...off, partnerWarehouseId: String(MAIN) }, ['Illegal input at partnerWarehouseId']],
		[{ ...off, model: 'FBY' }, ['Illegal input at model']],
		[{ ...off, enabled: 'false' }, ['Illegal input at enabled']],
	])('%j', async (body, messages) => {
		const bench = new WarehouseBench();
		expect(outcomeOf(await bench.switchModel(body))).toEqual([400, messages]);
		bench.clock.turn(DAY_MS);
		expect(sells(bench)).toBe(true);
	});

	it.each([TOKENS.warehouseLists, TOKENS.warehouseStocks])(
		'for a token that may not write warehouses: %s',
		async (apiKey) => {
			expect((await new WarehouseBench().switchModel(off, { apiKey })).status).toBe(403);
		},
	);

	it.each([
		[{ ...off, partnerWarehouseId: 99 }, "Unknown partner warehouse '99'"],
		[{ ...off, model: 'EXPRESS' }, `Partner warehouse '${MAIN}' has no model EXPRESS`],
	])('or ignores, as it is told: %j', async (body, message) => {
		const bench = new WarehouseBench();
		expect(statusOf(await bench.switchModel(body))).toBe('OTHER');
		bench.market.setSwitches({ unknownWarehouse: 'refuse' });
		expect(outcomeOf(await bench.switchModel(body))).toEqual([400, [message]]);
	});

	it('in a business with groups, if it is told so', async () => {
		const bench = new WarehouseBench({ switches: { v3WithGroups: 'refuse' } });
		const access = { businessId: BUSINESSES.sandbox.businessId, apiKey: TOKENS.allMethods };
		const body = { partnerWarehouseId: STORES.dbs.warehouseId, model: 'DBS', enabled: false };
		expect((await bench.switchModel(body, access)).status).toBe(400);
		bench.market.setSwitches({ v3WithGroups: 'accept' });
		expect(statusOf(await bench.switchModel(body, access))).toBe('DISABLED_MANUALLY');
	});

	it('after 100 in an hour', async () => {
		const bench = new WarehouseBench();
		for (let time = 0; time < 100; time += 1) await bench.switchModel(off);
		expect((await bench.switchModel(off)).status).toBe(420);
	});
});
