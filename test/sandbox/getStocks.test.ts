import { generateCatalogue, STORES } from '../../sandbox';
import { Bench, entry, shownOffers, skuAt } from './support/bench';

describe('getStocks', () => {
	it('shows AVAILABLE, FREEZE and their sum FIT, and the date', async () => {
		const bench = new Bench();
		await bench.send([entry('SKU-00001', 10)]);
		bench.market.placeOrder(STORES.fbs.campaignId, [{ sku: 'SKU-00001', count: 2 }]);
		const { body } = await bench.stocks('', { offerIds: ['SKU-00001'] });
		expect(body).toEqual({
			status: 'OK',
			result: {
				warehouses: [
					{
						warehouseId: STORES.fbs.warehouseId,
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
					},
				],
				paging: {},
			},
		});
	});

	it('lists an offer without a balance with no stocks, and an unknown SKU not at all', async () => {
		const reply = await new Bench().stocks('', { offerIds: ['NONE', 'SKU-00002'] });
		expect(shownOffers(reply)).toEqual([{ offerId: 'SKU-00002', stocks: [] }]);
	});

	it('needs no body', async () => {
		expect(shownOffers(await new Bench().stocks())).toHaveLength(50);
	});

	it('returns all 500 offerIds in one page', async () => {
		const bench = new Bench({ catalogue: generateCatalogue(600) });
		const reply = await bench.stocks('', {
			offerIds: Array.from({ length: 500 }, (_, index) => skuAt(index)),
		});
		expect(shownOffers(reply)).toHaveLength(500);
		expect(reply.body.result?.paging?.nextPageToken).toBeUndefined();
	});

	const refusals = [
		{
			name: '0 offerIds',
			body: { offerIds: [] },
			message: 'offerIds size must be between 1 and 500 (rejected size: 0)',
		},
		{
			name: '501 offerIds',
			body: { offerIds: Array.from({ length: 501 }, (_, index) => skuAt(index)) },
			message: 'offerIds size must be between 1 and 500 (rejected size: 501)',
		},
		{
			name: 'the same offerId twice',
			body: { offerIds: ['a', 'b', ' a'] },
			message: "Duplicate offerId='a' at positions '0, 2'",
		},
		{ name: 'a numeric offerId', body: { offerIds: [5] }, message: 'Illegal input at offerIds[0]' },
		{ name: 'a text for yes', body: { archived: 'true' }, message: 'Illegal input at archived' },
		{
			name: 'a text for yes',
			body: { withTurnover: 'no' },
			message: 'Illegal input at withTurnover',
		},
		{
			name: 'a text for an id',
			body: { stocksWarehouseId: '5' },
			message: 'Illegal input at stocksWarehouseId',
		},
		{
			name: 'warehouse 0',
			body: { stocksWarehouseId: 0 },
			message: 'stocksWarehouseId must be greater than or equal to 1 (rejected value: 0)',
		},
	];
	it.each(refusals)('refuses $name', async ({ body, message }) => {
		const { status, messages } = await new Bench().stocks('', body);
		expect([status, messages]).toEqual([400, [message]]);
	});

	it.each([
		{ query: '?limit=5', body: { offerIds: ['a'] } },
		{ query: '?pageToken=x', body: { offerIds: ['a'] } },
		{ query: '?page_token=x', body: { offerIds: ['a'] } },
		{ query: '', body: { offerIds: ['a'], archived: false } },
	])('refuses offerIds together with $query $body', async ({ query, body }) => {
		expect((await new Bench().stocks(query, body)).status).toBe(400);
	});

	it('treats null offerIds as none', async () => {
		expect(shownOffers(await new Bench().stocks('', { offerIds: null }))).toHaveLength(50);
	});

	it('finds nothing archived, and nothing in another store’s warehouse', async () => {
		const bench = new Bench();
		expect((await bench.stocks('', { archived: true })).body.result?.warehouses).toEqual([]);
		const { warehouseId } = STORES.dbs;
		expect(
			(await bench.stocks('', { stocksWarehouseId: warehouseId })).body.result?.warehouses,
		).toEqual([]);
	});

	it('filters by stock in the Market’s own warehouses', async () => {
		const bench = new Bench();
		const { campaignId, warehouseId } = STORES.fby;
		bench.market.setBalance(campaignId, 'SKU-00002', 3);
		const read = async (hasStocks: boolean) =>
			shownOffers(
				await bench.stocks('', { stocksWarehouseId: warehouseId, hasStocks }, campaignId),
			);
		expect((await read(true)).map(({ offerId }) => offerId)).toEqual(['SKU-00002']);
		expect(await read(false)).toHaveLength(49);
	});

	it('shows the Market’s warehouse for returns beside an FBS store’s own, with what it holds', async () => {
		const bench = new Bench();
		const [returns] = STORES.fbs.marketWarehouses;
		await bench.send([entry('SKU-00001', 5)]);
		bench.market.setMarketStock(STORES.fbs.campaignId, returns.warehouseId, 'SKU-00001', 2);
		const { body } = await bench.stocks('', { offerIds: ['SKU-00001', 'SKU-00002'] });
		const available = body.result?.warehouses?.map(({ warehouseId, offers }) => [
			warehouseId,
			offers.map(({ offerId, stocks }) => [offerId, stocks[0]?.count]),
		]);
		expect(available).toEqual([
			[
				STORES.fbs.warehouseId,
				[
					['SKU-00001', 5],
					['SKU-00002', undefined],
				],
			],
			[returns.warehouseId, [['SKU-00001', 2]]],
		]);
	});

	it('shows several warehouses of an FBY store, and any of them alone', async () => {
		const bench = new Bench();
		const { campaignId, warehouseId, marketWarehouses } = STORES.fby;
		const [second, third] = marketWarehouses;
		bench.market.setBalance(campaignId, 'SKU-00001', 40);
		bench.market.setMarketStock(campaignId, second.warehouseId, 'SKU-00001', 2);
		bench.market.setMarketStock(campaignId, third.warehouseId, 'SKU-00001', 0);
		const read = async (body: object) =>
			(await bench.stocks('', body, campaignId)).body.result?.warehouses ?? [];
		const all = await read({ offerIds: ['SKU-00001'] });
		expect(all.map((shown) => shown.warehouseId)).toEqual([
			warehouseId,
			second.warehouseId,
			third.warehouseId,
		]);
		const inStock = { stocksWarehouseId: second.warehouseId, hasStocks: true };
		expect((await read(inStock)).map((shown) => [shown.warehouseId, shown.offers.length])).toEqual([
			[second.warehouseId, 1],
		]);
		expect(await read({ ...inStock, stocksWarehouseId: third.warehouseId })).toEqual([]);
	});
});
