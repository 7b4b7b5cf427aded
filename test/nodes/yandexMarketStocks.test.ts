import type { INodeParameters } from 'n8n-workflow';

import { generateCatalogue, STORES, TOKENS } from '../../sandbox';
import { jsonOf, skuOf, useSandbox } from '../support/useSandbox';

const { fbs, dbs, warehouseFbs, warehouseDbs, warehouseExpress } = STORES;
const shop = useSandbox({ catalogue: generateCatalogue(1_200) });

const bySku: INodeParameters = { offers: 'input' };

/** Parameters that read from a warehouse of the business without groups; the warehouse may be an expression. */
function fromWarehouse(warehouseId: number | string = warehouseFbs.warehouseId): INodeParameters {
	return {
		readFrom: 'warehouse',
		business: { __rl: true, mode: 'id', value: String(warehouseFbs.businessId) },
		warehouse: { __rl: true, mode: 'list', value: String(warehouseId) },
	};
}

const apiKey = TOKENS.warehouseAll;

beforeEach(() => {
	shop.market.setBalance(fbs.campaignId, skuOf(1), 10);
	shop.market.placeOrder(fbs.campaignId, [{ sku: skuOf(1), count: 3 }]);
	shop.market.setBalance(warehouseFbs.campaignId, skuOf(1), 8);
});

describe('all stocks', () => {
	it('of a store: one item per offer, 50 of them unless more are wanted, from one page', async () => {
		const { status, items, hints } = await shop.read([{}]);
		expect(status).toBe('success');
		expect(items).toHaveLength(50);
		expect(Object.keys(items[0]?.json ?? {}).slice(0, 4)).toEqual([
			'sku',
			'available',
			'reserved',
			'sellable',
		]);
		expect(items[0]).toEqual({
			json: {
				sku: skuOf(1),
				store: String(fbs.campaignId),
				warehouseId: String(fbs.warehouseId),
				available: 7,
				sellable: 10,
				reserved: 3,
				updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			},
			pairedItem: { item: 0 },
		});
		expect(shop.requests()).toEqual([`POST /v2/campaigns/${fbs.campaignId}/offers/stocks`]);
		expect(hints.map(({ message }) => message)).toEqual([
			'The first 50 are shown, as Limit says. There may be more.',
		]);
	});

	it('of an offer that never had a balance are zero, without a moment', async () => {
		const { items } = await shop.read([{}], { parameters: { limit: 2 } });
		expect(items[1]?.json).toMatchObject({
			sku: skuOf(2),
			available: 0,
			sellable: 0,
			reserved: 0,
			updatedAt: null,
		});
	});

	it.each([
		[1, 1, 1],
		[100, 100, 1],
		[101, 101, 2],
		[5_000, 1_200, 12],
	])('with Limit %d: %d items, from %d pages', async (limit, count, pages) => {
		const { items } = await shop.read([{}], { parameters: { limit } });
		expect(items).toHaveLength(count);
		expect(shop.requests()).toHaveLength(pages);
	});

	it('with Return All: all of them, each once', async () => {
		const { items, hints } = await shop.read([{}], { parameters: { returnAll: true } });
		expect(new Set(items.map(({ json }) => json.sku)).size).toBe(1_200);
		expect(shop.requests()).toHaveLength(12);
		expect(hints).toEqual([]);
	});

	it.each([
		[0, '"0"'],
		[-1, '"-1"'],
		[1.5, '"1.5"'],
		['={{ "many" }}', '"many" [item 0]'],
	])('Limit %p is refused before anything is asked', async (limit, shown) => {
		const { error } = await shop.read([{}], { parameters: { limit } });
		expect(error?.message).toBe(`Limit must be a whole number from 1, not ${shown}`);
		expect(shop.requests()).toEqual([]);
	});

	it('without Simplify: as the Market writes them', async () => {
		const { items } = await shop.read([{}], { parameters: { limit: 1, simplify: false } });
		expect(items[0]?.json).toEqual({
			sku: skuOf(1),
			store: String(fbs.campaignId),
			warehouseId: fbs.warehouseId,
			offerId: skuOf(1),
			stocks: [
				{ type: 'AVAILABLE', count: 7 },
				{ type: 'FREEZE', count: 3 },
				{ type: 'FIT', count: 10 },
			],
			updatedAt: expect.any(String),
		});
	});

	it('of a warehouse', async () => {
		const { items } = await shop.read([{}], {
			parameters: { ...fromWarehouse(), limit: 1 },
			apiKey,
		});
		expect(jsonOf(items)).toEqual([
			{
				sku: skuOf(1),
				business: '1003',
				warehouse: String(warehouseFbs.warehouseId),
				warehouseId: String(warehouseFbs.warehouseId),
				available: 8,
				sellable: 8,
				reserved: 0,
				updatedAt: expect.any(String),
			},
		]);
		expect(shop.requests()).toEqual(['POST /v3/businesses/1003/offers/stocks']);
	});

	it('of a store whose goods the Market counts', async () => {
		const { items } = await shop.read([{}], {
			store: STORES.fby.campaignId,
			parameters: { limit: 3 },
		});
		expect(items.map(({ json }) => json.store)).toEqual(
			Array(3).fill(String(STORES.fby.campaignId)),
		);
	});
});

describe('all stocks, with several input items', () => {
	it('a store that all of them name is read once', async () => {
		const { items } = await shop.read(
			Array.from({ length: 100 }, () => ({ any: 1 })),
			{ parameters: { limit: 3 } },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(Array(3).fill({ item: 0 }));
		expect(shop.requests()).toHaveLength(1);
	});

	it('each different store is read once, up to the limit, and belongs to the first item that names it', async () => {
		const input = [fbs, dbs, fbs, dbs].map(({ campaignId }) => ({ campaignId }));
		const { items, hints } = await shop.read(input, {
			store: '={{ $json.campaignId }}',
			parameters: { limit: 2 },
		});
		expect(hints.map(({ message }) => message)).toEqual([
			'The first 2 of each of 2 lists are shown, as Limit says. There may be more.',
		]);
		expect(items.map(({ json, pairedItem }) => [json.store, pairedItem])).toEqual([
			[String(fbs.campaignId), { item: 0 }],
			[String(fbs.campaignId), { item: 0 }],
			[String(dbs.campaignId), { item: 1 }],
			[String(dbs.campaignId), { item: 1 }],
		]);
		expect(shop.requests()).toHaveLength(2);
	});

	it('each different warehouse is read once', async () => {
		const input = [warehouseFbs, warehouseDbs, warehouseExpress].map(({ warehouseId }) => ({
			warehouseId,
		}));
		const parameters = { ...fromWarehouse('={{ $json.warehouseId }}'), limit: 1 };
		const { items } = await shop.read(input, { parameters, apiKey });
		expect(items.map(({ json }) => json.warehouse)).toEqual(
			input.map(({ warehouseId }) => String(warehouseId)),
		);
	});
});

describe('the SKUs of the input items', () => {
	it('give one output item for each, in order, found or not in the catalogue', async () => {
		const input = [skuOf(3), 'no such', ` ${skuOf(1)} `].map((sku) => ({ sku, colour: 'red' }));
		const { items, hints } = await shop.read(input, { parameters: bySku });
		expect(items).toEqual([
			{
				json: {
					sku: skuOf(3),
					store: String(fbs.campaignId),
					warehouseId: String(fbs.warehouseId),
					available: 0,
					sellable: 0,
					reserved: 0,
					updatedAt: null,
					status: 'found',
					reason: null,
					advice: null,
				},
				pairedItem: { item: 0 },
			},
			{
				json: {
					sku: 'no such',
					store: String(fbs.campaignId),
					warehouseId: null,
					available: null,
					sellable: null,
					reserved: null,
					updatedAt: null,
					status: 'not in the catalogue',
					reason: `The Market shows no such SKU in store ${fbs.campaignId}: it is not in the catalogue there`,
					advice: expect.stringContaining('exactly as in the catalogue'),
				},
				pairedItem: { item: 1 },
			},
			{
				json: expect.objectContaining({ sku: skuOf(1), available: 7, status: 'found' }),
				pairedItem: { item: 2 },
			},
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			'1 of 3 items have a SKU that is not in the catalogue there.',
		]);
	});

	it('are asked for 500 at a time, a SKU of several items once', async () => {
		const input = Array.from({ length: 2_400 }, (_, index) => ({
			sku: skuOf((index % 1_200) + 1),
		}));
		const { items } = await shop.read(input, { parameters: bySku });
		expect(items.map(({ json }) => json.sku)).toEqual(input.map(({ sku }) => sku));
		expect(items.every(({ json }) => json.status === 'found')).toBe(true);
		expect(shop.requests().filter((request) => request.endsWith('/offers/stocks'))).toHaveLength(3);
		// Plus one for the store and one for its business's warehouses.
		expect(shop.requests()).toHaveLength(5);
	});

	it('may be from several stores', async () => {
		const input = [fbs, dbs, fbs].map(({ campaignId }) => ({ sku: skuOf(1), campaignId }));
		const { items } = await shop.read(input, {
			store: '={{ $json.campaignId }}',
			parameters: bySku,
		});
		expect(items.map(({ json }) => json.available)).toEqual([7, 0, 7]);
		expect(shop.requests().filter((request) => request.endsWith('/offers/stocks'))).toHaveLength(2);
		// Plus one for each store and one for their business's warehouses.
		expect(shop.requests()).toHaveLength(5);
	});

	it('may be from several warehouses', async () => {
		const input = [warehouseFbs, warehouseDbs].map(({ warehouseId }) => ({
			sku: skuOf(1),
			warehouseId,
		}));
		const parameters = { ...bySku, ...fromWarehouse('={{ $json.warehouseId }}') };
		const { items } = await shop.read([...input, { sku: 'no such', warehouseId: 54_000_001 }], {
			parameters,
			apiKey,
		});
		expect(items.map(({ json }) => [json.warehouse, json.available, json.status])).toEqual([
			['54000001', 8, 'found'],
			['54000002', 0, 'found'],
			['54000001', null, 'not in the catalogue'],
		]);
		expect(items[2]?.json.reason).toContain('in warehouse 54000001');
	});

	it('are read by expressions too', async () => {
		const parameters = { ...bySku, inputMode: 'expressions', sku: '=SKU-0000{{ $json.number }}' };
		const { items } = await shop.read([{ number: 1 }], { parameters });
		expect(items[0]?.json).toMatchObject({ sku: skuOf(1), available: 7 });
	});

	it('come back with the fields of the input if wanted', async () => {
		const options = { includeInputFields: true };
		const input = { sku: ` ${skuOf(1)}`, available: 'mine', error: 'mine' };
		const { items } = await shop.read([input], { parameters: bySku, options });
		expect(items[0]?.json).toMatchObject({ sku: skuOf(1), available: 7, input });
		expect(items[0]?.json).not.toHaveProperty('error');
	});

	it('without Simplify: as the Market writes them', async () => {
		const { items } = await shop.read([{ sku: skuOf(1) }], {
			parameters: { ...bySku, simplify: false },
		});
		expect(items[0]?.json).toMatchObject({
			warehouseId: fbs.warehouseId,
			offerId: skuOf(1),
			stocks: expect.arrayContaining([{ type: 'FIT', count: 10 }]),
			status: 'found',
		});
	});

	it('need to be mapped', async () => {
		const { error } = await shop.read([{ sku: skuOf(1) }], {
			parameters: { ...bySku, skuField: ' ' },
		});
		expect(error?.message).toBe('SKU is not mapped');
	});
});

describe('the SKUs of a store with several warehouses', () => {
	const [returns] = fbs.marketWarehouses;
	const input = [{ sku: skuOf(1) }, { sku: skuOf(2) }];

	it("have the number of the store's own warehouse, and beside it that of the one for returns", async () => {
		shop.market.setMarketStock(fbs.campaignId, returns.warehouseId, skuOf(1), 2);
		const { items, hints } = await shop.read(input, { parameters: bySku });
		expect(items[0]?.json).toMatchObject({
			warehouseId: '51000001',
			available: 7,
			reserved: 3,
			sellable: 10,
			status: 'found',
		});
		expect(items[0]?.json.warehouses).toEqual([
			expect.objectContaining({ warehouseId: '51000001', available: 7 }),
			expect.objectContaining({ warehouseId: '59000001', available: 2 }),
		]);
		expect(items[1]?.json).toMatchObject({
			warehouseId: '51000001',
			available: 0,
			warehouses: null,
		});
		expect(hints).toEqual([]);
		expect(shop.requests()).toEqual([
			'POST /v2/campaigns/21000001/offers/stocks',
			'GET /v2/campaigns/21000001',
			'POST /v2/businesses/1001/warehouses',
		]);
	});

	it('are summed up in an FBY store, with each warehouse beside the sum', async () => {
		const { campaignId, warehouseId, marketWarehouses } = STORES.fby;
		shop.market.setBalance(campaignId, skuOf(1), 40);
		shop.market.placeOrder(campaignId, [{ sku: skuOf(1), count: 1 }]);
		shop.market.setMarketStock(campaignId, marketWarehouses[0].warehouseId, skuOf(1), 2);
		shop.market.setMarketStock(campaignId, marketWarehouses[1].warehouseId, skuOf(1), 0);
		const { items } = await shop.read(input, { store: campaignId, parameters: bySku });
		expect(items[0]?.json).toMatchObject({
			warehouseId: null,
			available: 41,
			reserved: 1,
			sellable: 42,
			status: 'found',
		});
		expect(
			(items[0]?.json.warehouses as Array<Record<string, unknown>>).map((one) => [
				one.warehouseId,
				one.available,
			]),
		).toEqual([
			[String(warehouseId), 39],
			['59000002', 2],
			['59000003', 0],
		]);
		expect(items[0]?.json.updatedAt).toBe(
			(items[0]?.json.warehouses as Array<{ updatedAt: string }>)
				.map(({ updatedAt }) => updatedAt)
				.sort()
				.at(-1),
		);
		const simplify = { ...bySku, simplify: false };
		const { items: raw } = await shop.read(input, { store: campaignId, parameters: simplify });
		expect(raw[0]?.json).toMatchObject({
			offerId: skuOf(1),
			stocks: expect.arrayContaining([{ type: 'AVAILABLE', count: 41 }]),
		});
	});

	it("have no number if it is not known which warehouse is the store's own", async () => {
		shop.market.setMarketStock(fbs.campaignId, returns.warehouseId, skuOf(1), 2);
		const { status, items, hints } = await shop.read(input, {
			parameters: bySku,
			apiKey: TOKENS.offersManagement,
		});
		expect(status).toBe('success');
		expect(items[0]?.json).toMatchObject({
			available: null,
			status: 'found',
			reason: expect.stringMatching(
				/which of them is the store's own is not known\. .*access group/,
			),
			advice: expect.stringContaining('inventory-and-order-processing'),
			warehouses: [
				expect.objectContaining({ available: 7 }),
				expect.objectContaining({ available: 2 }),
			],
		});
		expect(hints.map(({ message }) => message)).toEqual([
			`The number of 2 SKUs in store ${fbs.campaignId} is not known: see reason and advice.`,
		]);
	});
});
