import type { INodeParameters } from 'n8n-workflow';

import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { BUSINESSES, extraStores, STORES, TOKENS } from '../../sandbox';
import { startFakeMarket } from '../support/fakeMarket';
import { allPages, openPicker, type Access, type Picker } from '../support/pickers';
import { useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes({ extraStores: extraStores(250, BUSINESSES.warehouse) });

const node = new YandexMarket();
const fromWarehouse = { resource: 'stock', operation: 'getAll', readFrom: 'warehouse' };
const inBusiness = (id: number | string): INodeParameters => ({
	...fromWarehouse,
	business: { __rl: true, mode: 'id', value: String(id) },
});

function businesses(access: Access = {}): Picker {
	return openPicker(node, 'searchBusinesses', {
		apiUrl: shop.sandbox.url,
		apiKey: TOKENS.warehouseAll,
		...access,
	});
}

function warehouses(
	access: Access = {},
	parameters = inBusiness(BUSINESSES.warehouse.businessId),
): Picker {
	const all = { apiUrl: shop.sandbox.url, apiKey: TOKENS.warehouseAll, ...access };
	return openPicker(node, 'searchWarehouses', all, parameters);
}

beforeEach(() => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => jest.restoreAllMocks());

it('Authentication as an expression: says that n8n then gives no credential, not that something broke', async () => {
	const list = warehouses(
		{},
		{ ...inBusiness(BUSINESSES.warehouse.businessId), authentication: "={{ 'apiKey' }}" },
	);
	await expect(list()).rejects.toThrow('Credentials not found');
});

describe('the list of businesses', () => {
	it('has each business once, with the number of its stores', async () => {
		expect(await businesses()()).toEqual({
			results: [{ name: 'Warehouse Cabinet (254 stores, 1003)', value: '1003' }],
		});
		expect(shop.requests()).toEqual(Array(3).fill('GET /v2/campaigns'));
	});

	it.each([
		['the name', 'warehouse cab', 1],
		['the ID', '1003', 1],
		['something that does not exist', '1001', 0],
	])('is searched by %s', async (_name, filter, count) => {
		expect((await businesses()(filter)).results).toHaveLength(count);
	});

	it('reuses the stores that the list of stores has read', async () => {
		const picker = businesses();
		await picker();
		await picker('1003');
		expect(shop.requests()).toHaveLength(3);
	});

	it('shows a refusal as it is', async () => {
		await expect(businesses({ apiKey: TOKENS.revoked })()).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(/^The Market did not accept the Api-Key token \(401\)/),
			description: expect.stringMatching(/^Make a new token in the seller cabinet/),
		});
	});

	it('says so if the credential opens no store', async () => {
		const empty = await startFakeMarket(() => ({ status: 200, body: '{"campaigns":[]}' }));
		await expect(businesses({ apiUrl: empty.url })()).rejects.toThrow(
			'The credential opens no store',
		);
		await empty.stop();
	});
});

describe('the list of warehouses', () => {
	it('shows name, models and ID', async () => {
		const { results } = await warehouses()();
		expect(results.slice(0, 3)).toEqual([
			{
				name: 'Main warehouse (FBS, DBS, 54000001)',
				value: String(STORES.warehouseFbs.warehouseId),
			},
			{ name: 'DBS warehouse (DBS, 54000002)', value: String(STORES.warehouseDbs.warehouseId) },
			{
				name: 'Express warehouse (EXPRESS, 54000003)',
				value: String(STORES.warehouseExpress.warehouseId),
			},
		]);
	});

	it('reads only as many pages from the Market as are shown, each once', async () => {
		const picker = warehouses();
		const first = await picker();
		expect(first.results).toHaveLength(30);
		expect(shop.requests()).toEqual(['POST /v3/businesses/1003/warehouses']);
		await picker();
		await picker('main');
		const results = await allPages(picker);
		expect(new Set(results.map(({ value }) => value)).size).toBe(253);
		expect(shop.requests()).toEqual(Array(9).fill('POST /v3/businesses/1003/warehouses'));
	});

	it('is read on from where it was left, even with tokens from another process', async () => {
		const first = await warehouses()();
		const second = await warehouses()(undefined, first.paginationToken);
		expect(second.results.map(({ value }) => value)).not.toContain(first.results[0]?.value);
		expect(second.results).toHaveLength(30);
	});

	it.each([
		['the name', 'extra warehouse 250', 1],
		['the model', 'express', 1],
		['the ID', '54000002', 1],
		['something that does not exist', 'no such warehouse', 0],
	])('is searched by %s to its end', async (_name, filter, count) => {
		expect((await warehouses()(filter)).results).toHaveLength(count);
		expect(shop.requests()).toHaveLength(9);
	});

	it('a search that finds many stops at a full page', async () => {
		const page = await warehouses()('extra');
		expect(page.results).toHaveLength(30);
		expect(shop.requests()).toHaveLength(2);
	});

	it('is shared by simultaneous searches', async () => {
		const picker = warehouses();
		const pages = await Promise.all([picker(), picker(), picker('main')]);
		expect(pages.map(({ results }) => results.length)).toEqual([30, 30, 1]);
		expect(shop.requests().length).toBe(9);
	});

	it('is read again with another credential, and otherwise later than the stores', async () => {
		const start = Date.now();
		const now = jest.spyOn(Date, 'now');
		const [mine, stores] = [warehouses(), businesses()];
		await mine();
		await stores();
		await warehouses()();
		const questions = () => shop.requests().filter((path) => path.includes('v3')).length;
		expect(questions()).toBe(2);
		now.mockImplementation(() => start + 9 * 60_000);
		await mine();
		await stores();
		expect(questions()).toBe(2);
		expect(shop.requests().filter((path) => path.includes('campaigns'))).toHaveLength(6);
		now.mockImplementation(() => start + 11 * 60_000);
		await mine();
		expect(questions()).toBe(3);
	});
});

describe('if there is nothing to list', () => {
	it.each([
		['no business is chosen', inBusiness('')],
		['Business is an expression without a value', inBusiness('={{ $json.business }}')],
		['Business is not filled in', fromWarehouse],
	])('%s: says to choose it first', async (_name, parameters) => {
		await expect(warehouses({}, parameters)()).rejects.toMatchObject({
			message: expect.stringMatching(/^Choose the business first/),
			description: expect.stringMatching(/its ID/),
		});
		expect(shop.requests()).toEqual([]);
	});

	it('what is given is not a business ID: says so', async () => {
		await expect(warehouses({}, inBusiness('my cabinet'))()).rejects.toThrow(
			'Business "my cabinet" is not a business ID',
		);
	});

	it('a business whose warehouses are all in groups: points to the other way', async () => {
		const empty = await startFakeMarket(() => ({
			status: 200,
			body: '{"status":"OK","result":{"warehouses":[]}}',
		}));
		await expect(warehouses({ apiUrl: empty.url })()).rejects.toMatchObject({
			message: expect.stringMatching(
				/^Business 1003 has no warehouse outside warehouse groups\. .*set Send To to Store/,
			),
		});
		await empty.stop();
	});
});

describe('a refusal of the list of warehouses', () => {
	it('names the access group that the token lacks', async () => {
		await expect(warehouses({ apiKey: TOKENS.warehouseStocks })()).rejects.toMatchObject({
			message: expect.stringMatching(/^The Api-Key token lacks an access group \(403\)/),
			description: expect.stringMatching(/inventory-and-order-processing/),
		});
	});

	it('is not remembered', async () => {
		const picker = warehouses();
		shop.market.setSwitches({ faults: [{ kind: '500', count: 2 }] });
		await expect(picker()).rejects.toThrow('The Market is not working at the moment (500)');
		expect((await picker()).results).toHaveLength(30);
	});

	it('on a later page is not taken for the end of the list', async () => {
		const picker = warehouses();
		const { paginationToken } = await picker();
		shop.market.setSwitches({ faults: [{ kind: '500', count: 2 }] });
		const outcomes = await Promise.allSettled([
			picker('', paginationToken),
			picker('', paginationToken),
		]);
		expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect((await picker('', paginationToken)).results).toHaveLength(30);
	});

	it("comes at once if the hour's quota is used up", async () => {
		shop.market.setSwitches({ quotas: 0.02 });
		const picker = warehouses();
		const page = await picker();
		const second = await picker('', page.paginationToken);
		await expect(picker('', second.paginationToken)).rejects.toMatchObject({
			message: "The Market's quota for this question is used up. Run again later.",
		});
	});
});
