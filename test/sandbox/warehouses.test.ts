import { BUSINESSES, extraStores, STORES, TOKENS } from '../../sandbox';
import type { Reply } from './support/bench';
import { DBS, MAIN, WarehouseBench, warehousesOf } from './support/warehouseBench';

const withGroups = { businessId: BUSINESSES.sandbox.businessId, apiKey: TOKENS.allMethods };
const EXPRESS = STORES.warehouseExpress.warehouseId;

function outcomeOf({ status, messages }: Reply): [number, string[]] {
	return [status, messages];
}

/** The ids of every page's warehouses. */
async function idsByPage(
	read: (query: string) => Promise<Reply>,
	limit: string,
): Promise<number[][]> {
	const pages: number[][] = [];
	let token: string | undefined;
	do {
		const page = await read(`?${limit}${token === undefined ? '' : `&pageToken=${token}`}`);
		pages.push(warehousesOf(page).map(({ id }) => id));
		token = page.body.result?.paging?.nextPageToken;
	} while (token !== undefined);
	return pages;
}

describe('getPartnerWarehouses', () => {
	it('lists each warehouse once, with the models of the stores that sell from it', async () => {
		const { status, body } = await new WarehouseBench().partnerWarehouses();
		const apiAvailability = 'AVAILABLE';
		expect([status, body]).toEqual([
			200,
			{
				status: 'OK',
				result: {
					warehouses: [
						{
							id: MAIN,
							name: 'Main warehouse',
							models: [
								{ placementType: 'FBS', apiAvailability },
								{ placementType: 'DBS', apiAvailability },
							],
						},
						{ id: DBS, name: 'DBS warehouse', models: [{ placementType: 'DBS', apiAvailability }] },
						{
							id: EXPRESS,
							name: 'Express warehouse',
							models: [{ placementType: 'EXPRESS', apiAvailability }],
						},
					],
					paging: {},
				},
			},
		]);
	});

	it('leaves out groups and the Market’s own warehouses', async () => {
		const warehouses = warehousesOf(
			await new WarehouseBench().partnerWarehouses(undefined, withGroups),
		);
		expect(warehouses.map(({ id, models }) => [id, models?.[0]?.apiAvailability])).toEqual([
			[STORES.dbs.warehouseId, 'AVAILABLE'],
			[STORES.inactive.warehouseId, 'DISABLED_BY_INACTIVITY'],
		]);
	});

	it('lists those of the business’s that are asked for', async () => {
		const reply = await new WarehouseBench().partnerWarehouses({
			warehouseIds: [EXPRESS, MAIN, STORES.dbs.warehouseId],
		});
		expect(warehousesOf(reply).map(({ id }) => id)).toEqual([MAIN, EXPRESS]);
	});

	it('gives addresses if asked to', async () => {
		const [first] = warehousesOf(
			await new WarehouseBench().partnerWarehouses({ components: ['ADDRESS'] }),
		);
		expect(first?.address).toMatchObject({
			city: 'Moscow',
			gps: { latitude: 55.75, longitude: 37.62 },
		});
	});

	it.each([
		{
			body: { warehouseIds: [] },
			message: 'warehouseIds size must be between 1 and 2147483647 (rejected size: 0)',
		},
		{
			body: { warehouseIds: [0] },
			message: 'warehouseIds[0] must be greater than or equal to 1 (rejected value: 0)',
		},
		{ body: { warehouseIds: [1, 1] }, message: 'warehouseIds must only contain unique elements' },
		{ body: { warehouseIds: ['1'] }, message: 'Illegal input at warehouseIds[0]' },
		{ body: { warehouseIds: [null] }, message: 'warehouseIds[0] must not be null' },
		{ body: { components: ['STATUS'] }, message: 'Illegal input at components[0]' },
		{
			body: { components: [] },
			message: 'components size must be between 1 and 2147483647 (rejected size: 0)',
		},
	])('refuses $body', async ({ body, message }) => {
		expect(outcomeOf(await new WarehouseBench().partnerWarehouses(body))).toEqual([400, [message]]);
	});
});

describe('getPagedWarehouses', () => {
	it('lists the warehouses of a business with groups store by store', async () => {
		const { status, body } = await new WarehouseBench().pagedWarehouses({}, withGroups);
		const groupInfo = { id: 61_000_001, name: 'Shared goods' };
		const { fbs, groupMate, dbs, inactive } = STORES;
		const listed = (store: typeof fbs | typeof groupMate | typeof dbs | typeof inactive) => ({
			id: store.warehouseId,
			name: store.warehouseName,
			campaignId: store.campaignId,
			express: false,
		});
		expect([status, body]).toEqual([
			200,
			{
				status: 'OK',
				result: {
					warehouses: [
						{ ...listed(fbs), groupInfo },
						{ ...listed(groupMate), groupInfo },
						listed(dbs),
						listed(inactive),
					],
					paging: {},
				},
			},
		]);
	});

	it('has no groups if there are none, and shows EXPRESS', async () => {
		const warehouses = warehousesOf(await new WarehouseBench().pagedWarehouses());
		expect(warehouses.map(({ id, campaignId, express }) => [id, campaignId, express])).toEqual([
			[MAIN, STORES.warehouseFbs.campaignId, false],
			[DBS, STORES.warehouseDbs.campaignId, false],
			[EXPRESS, STORES.warehouseExpress.campaignId, true],
			[MAIN, STORES.warehouseShared.campaignId, false],
		]);
		expect(warehouses.some((warehouse) => 'groupInfo' in warehouse)).toBe(false);
	});

	it('lists the warehouses of the stores that are asked for, with address and status', async () => {
		const body = {
			campaignIds: [STORES.warehouseDbs.campaignId],
			components: ['ADDRESS', 'STATUS'],
		};
		const warehouses = warehousesOf(await new WarehouseBench().pagedWarehouses(body));
		expect(warehouses).toMatchObject([
			{ id: DBS, address: { city: 'Moscow' }, status: { status: 'OTHER' } },
		]);
	});

	it.each([21_000_001, 5])(
		'refuses the store %d, which is not the business’s',
		async (campaignId) => {
			const reply = await new WarehouseBench().pagedWarehouses({
				campaignIds: [24_000_001, campaignId],
			});
			expect(outcomeOf(reply)).toEqual([403, [`No access to campaigns: ${campaignId}`]]);
		},
	);

	it.each([
		{
			body: { campaignIds: Array.from({ length: 26 }, (_, index) => index + 1) },
			message: 'campaignIds size must be between 1 and 25 (rejected size: 26)',
		},
		{ body: { campaignIds: [7, 7] }, message: 'campaignIds must only contain unique elements' },
		{
			body: { components: ['STATUS', 'STATUS'] },
			message: 'components must only contain unique elements',
		},
		{ body: { components: 'STATUS' }, message: 'Illegal input at components' },
		{ body: { components: [5] }, message: 'Illegal input at components[0]' },
	])('refuses $body', async ({ body, message }) => {
		expect(outcomeOf(await new WarehouseBench().pagedWarehouses(body))).toEqual([400, [message]]);
	});

	it('is a different method from v3, with its own quota; v2 may be left out', async () => {
		const bench = new WarehouseBench();
		await bench.pagedWarehouses();
		const headers = { 'Api-Key': TOKENS.warehouseAll };
		await bench.call('POST', '/businesses/1003/warehouses.json', { headers });
		await bench.partnerWarehouses();
		expect(bench.market.windows()).toMatchObject([
			{ operation: 'getPagedWarehouses', entity: 'businessId 1003', used: 2 },
			{ operation: 'getPartnerWarehouses', entity: 'businessId 1003', used: 1 },
		]);
	});
});

describe.each(['partnerWarehouses', 'pagedWarehouses'] as const)('%s', (method) => {
	it.each([
		{ limit: '', sizes: [15, 15, 15, 15, 10] },
		{ limit: 'limit=30', sizes: [30, 30, 10] },
	])('comes in pages with "$limit"', async ({ limit, sizes }) => {
		const business = { businessId: 1004, businessName: 'Cabinet of a test' };
		const apiKey = `ACMA:${'t'.repeat(40)}:00000009`;
		const bench = new WarehouseBench({
			extraStores: extraStores(70, business),
			apiKeys: [
				{
					token: apiKey,
					name: 'Test',
					scopes: ['all-methods:read-only'],
					businessId: 1004,
					revoked: false,
				},
			],
		});
		const pages = await idsByPage(
			async (query) => await bench[method]({}, { query, apiKey, businessId: 1004 }),
			limit,
		);
		expect(pages.map(({ length }) => length)).toEqual(sizes);
		expect(pages.flat()).toEqual(extraStores(70, business).map(({ warehouseId }) => warehouseId));
	});

	it('refuses a page of more than 30', async () => {
		const reply = await new WarehouseBench()[method](undefined, { query: '?limit=31' });
		expect(outcomeOf(reply)).toEqual([
			400,
			['Parameter limit must be less than or equal to 30 (rejected value: 31)'],
		]);
	});

	it('may be asked for 100 times an hour', async () => {
		const bench = new WarehouseBench();
		for (let time = 0; time < 100; time += 1) await bench[method]();
		const refused = await bench[method]();
		expect([refused.status, refused.headers['x-ratelimit-resource-until']]).toEqual([
			420,
			'Mon, 23 Nov 2026 13:00:00 GMT',
		]);
	});
});

describe('further stores', () => {
	it('of two businesses have no id in common', () => {
		const stores = [...extraStores(300), ...extraStores(300, BUSINESSES.warehouse)];
		expect(new Set(stores.map(({ campaignId }) => campaignId)).size).toBe(600);
		expect(new Set(stores.map(({ warehouseId }) => warehouseId)).size).toBe(600);
		expect(stores[300]).toMatchObject(BUSINESSES.warehouse);
	});

	it('must not have another store’s id', () => {
		expect(() => new WarehouseBench({ extraStores: [STORES.fbs] })).toThrow(
			'Two stores have the same campaignId',
		);
	});
});
