import { BUSINESSES, extraStores, generateCatalogue, STORES } from '../../sandbox';
import { skuAt } from './support/bench';
import { DBS, MAIN, offersAt, skuItem, WarehouseBench } from './support/warehouseBench';

describe('getStocksOnPartnerWarehouses', () => {
	it('shows AVAILABLE, FREEZE and their sum FIT of one warehouse, and the date', async () => {
		const bench = new WarehouseBench();
		await bench.sendItems([skuItem('SKU-00001', MAIN, 10)]);
		bench.market.placeOrder(STORES.warehouseShared.campaignId, [{ sku: 'SKU-00001', count: 2 }]);
		const { status, body } = await bench.warehouseStocks({
			partnerWarehouseId: MAIN,
			offerIds: ['SKU-00001'],
		});
		expect([status, body]).toEqual([
			200,
			{
				status: 'OK',
				result: {
					partnerWarehouseId: MAIN,
					offers: [
						{
							offerId: 'SKU-00001',
							stocks: [
								{ type: 'AVAILABLE', count: 8 },
								{ type: 'FREEZE', count: 2 },
								{ type: 'FIT', count: 10 },
							],
							updatedAt: '2026-11-23T12:00:00.000Z',
						},
					],
					paging: {},
				},
			},
		]);
	});

	it('lists an offer without a balance with no stocks, and an unknown SKU not at all', async () => {
		const reply = await new WarehouseBench().warehouseStocks({
			partnerWarehouseId: DBS,
			offerIds: ['NONE', 'SKU-00002'],
		});
		expect(offersAt(reply)).toEqual([{ offerId: 'SKU-00002', stocks: [] }]);
	});

	it('returns all 500 offerIds in one page', async () => {
		const bench = new WarehouseBench({ catalogue: generateCatalogue(600) });
		const offerIds = Array.from({ length: 500 }, (_, index) => skuAt(index));
		const reply = await bench.warehouseStocks({ partnerWarehouseId: MAIN, offerIds });
		expect(offersAt(reply)).toHaveLength(500);
		expect(reply.body.result?.paging?.nextPageToken).toBeUndefined();
	});

	it.each([
		{ limit: '', sizes: [50, 50, 50, 50, 20] },
		{ limit: 'limit=100', sizes: [100, 100, 20] },
		{ limit: 'limit=500', sizes: [100, 100, 20] },
	])('pages through a warehouse with "$limit"', async ({ limit, sizes }) => {
		const bench = new WarehouseBench({ catalogue: generateCatalogue(220) });
		const pages: string[][] = [];
		let token: string | undefined;
		do {
			const query = `?${limit}${token === undefined ? '' : `&pageToken=${token}`}`;
			const page = await bench.warehouseStocks(
				{ partnerWarehouseId: MAIN, offerIds: null },
				{ query },
			);
			pages.push(offersAt(page).map(({ offerId }) => offerId));
			token = page.body.result?.paging?.nextPageToken;
		} while (token !== undefined);
		expect(pages.map(({ length }) => length)).toEqual(sizes);
		expect(pages.flat()).toEqual(bench.market.catalogue.map(({ sku }) => sku));
	});

	it('has page tokens that are good for one warehouse', async () => {
		const bench = new WarehouseBench({ catalogue: generateCatalogue(120) });
		const token = (await bench.warehouseStocks({ partnerWarehouseId: MAIN })).body.result?.paging
			?.nextPageToken;
		const next = async (partnerWarehouseId: number) =>
			await bench.warehouseStocks({ partnerWarehouseId }, { query: `?pageToken=${token}` });
		expect((await next(MAIN)).status).toBe(200);
		expect((await next(DBS)).messages).toEqual(['Bad page token']);
	});

	it.each([
		{ name: 'no body', body: undefined, message: 'Required request body is missing' },
		{ name: 'no warehouse', body: {}, message: 'partnerWarehouseId must not be null' },
		{
			name: 'a text',
			body: { partnerWarehouseId: '1' },
			message: 'Illegal input at partnerWarehouseId',
		},
		{
			name: 'warehouse 0',
			body: { partnerWarehouseId: 0 },
			message: 'partnerWarehouseId must be greater than or equal to 1 (rejected value: 0)',
		},
		{
			name: '0 offerIds',
			body: { partnerWarehouseId: MAIN, offerIds: [] },
			message: 'offerIds size must be between 1 and 500 (rejected size: 0)',
		},
		{
			name: '501 offerIds',
			body: {
				partnerWarehouseId: MAIN,
				offerIds: Array.from({ length: 501 }, (_, index) => skuAt(index)),
			},
			message: 'offerIds size must be between 1 and 500 (rejected size: 501)',
		},
		{
			name: 'the same offerId twice',
			body: { partnerWarehouseId: MAIN, offerIds: ['a', 'b', ' a'] },
			message: "Duplicate offerId='a' at positions '0, 2'",
		},
		{
			name: 'offerIds and archived',
			body: { partnerWarehouseId: MAIN, offerIds: ['a'], archived: false },
			message: 'offerIds must not be used together with pageToken, limit or archived',
		},
	])('refuses $name', async ({ body, message }) => {
		const { status, messages } = await new WarehouseBench().warehouseStocks(body);
		expect([status, messages]).toEqual([400, [message]]);
	});

	it.each(['?limit=5', '?pageToken=x', '?page_token=x'])(
		'refuses offerIds together with %s',
		async (query) => {
			const reply = await new WarehouseBench().warehouseStocks(
				{ partnerWarehouseId: MAIN, offerIds: ['a'] },
				{ query },
			);
			expect(reply.messages).toEqual([
				'offerIds must not be used together with pageToken, limit or archived',
			]);
		},
	);

	it('finds nothing archived', async () => {
		const reply = await new WarehouseBench().warehouseStocks({
			partnerWarehouseId: MAIN,
			archived: true,
		});
		expect([reply.status, offersAt(reply)]).toEqual([200, []]);
	});

	it('finds nothing in a warehouse that is not the business’s, or refuses it', async () => {
		const bench = new WarehouseBench();
		const { warehouseId: partnerWarehouseId } = STORES.dbs;
		const reply = await bench.warehouseStocks({ partnerWarehouseId });
		expect([reply.status, offersAt(reply)]).toEqual([200, []]);
		bench.market.setSwitches({ unknownWarehouse: 'refuse' });
		const refused = await bench.warehouseStocks({ partnerWarehouseId });
		expect([refused.status, refused.messages]).toEqual([
			400,
			[`Unknown partner warehouse '${partnerWarehouseId}'`],
		]);
	});

	it('500 requests a minute, however many offers', async () => {
		const bench = new WarehouseBench();
		for (let time = 0; time < 500; time += 1)
			await bench.warehouseStocks({ partnerWarehouseId: MAIN });
		expect((await bench.warehouseStocks({ partnerWarehouseId: MAIN })).status).toBe(420);
	});

	it('works for hundreds of warehouses', async () => {
		const bench = new WarehouseBench({ extraStores: extraStores(300, BUSINESSES.warehouse) });
		const warehouses = extraStores(300, BUSINESSES.warehouse).map(({ warehouseId }) => warehouseId);
		await bench.sendItems(
			warehouses.map((warehouseId, index) => skuItem('SKU-00001', warehouseId, index)),
		);
		expect(await bench.availableAt(warehouses[299] ?? 0, 'SKU-00001')).toBe(299);
		expect(await bench.availableAt(MAIN, 'SKU-00001')).toBeUndefined();
	});
});
