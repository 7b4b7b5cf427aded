import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { BUSINESSES, extraStores, STORES, TOKENS } from '../../sandbox';
import { runNode } from '../support/engine';
import { startFakeMarket } from '../support/fakeMarket';
import { nodesOn } from '../support/nodeRuns';
import { signIn } from '../support/signIn';
import { jsonOf, useFreshSandboxes } from '../support/useSandbox';

const { fbs, fby, laas, inactive } = STORES;
const shop = useFreshSandboxes({
	extraStores: [...extraStores(200), ...extraStores(40, BUSINESSES.warehouse)],
});

const getStore = { resource: 'store', operation: 'get' };
const getStores = { resource: 'store', operation: 'getAll' };
const getWarehouses = (businessId: number | string) => ({
	resource: 'warehouse',
	operation: 'getAll',
	business: { __rl: true, mode: 'id', value: String(businessId) },
});
const getToken = { resource: 'token', operation: 'getInfo' };

describe('a store', () => {
	it('is read with its business and placement, and what it accepts', async () => {
		const { items } = await shop.read([{}], { parameters: getStore });
		expect(items).toEqual([
			{
				json: {
					store: String(fbs.campaignId),
					name: 'fbs.sandbox.example',
					business: '1001',
					businessName: 'Sandbox Cabinet',
					placement: 'FBS',
					apiAvailability: 'AVAILABLE',
					acceptsStocks: true,
					acceptsHiding: true,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each([
		['FBY', fby, false, true],
		['LaaS', laas, false, false],
		['switched off', inactive, false, false],
	])(
		'%s: says what it does not accept',
		async (_name, { campaignId }, acceptsStocks, acceptsHiding) => {
			const { items } = await shop.read([{}], { parameters: getStore, store: campaignId });
			expect(items[0]?.json).toMatchObject({ acceptsStocks, acceptsHiding });
		},
	);

	it('is read once for all items that name it, and goes to each of them', async () => {
		const input = [fbs, fby, fbs].map(({ campaignId }) => ({
			at: campaignId,
			order: campaignId % 10,
		}));
		const options = { includeInputFields: true };
		const { items } = await shop.read(input, {
			parameters: getStore,
			store: '={{ $json.at }}',
			options,
		});
		expect(items.map(({ json, pairedItem }) => [json.input, json.placement, pairedItem])).toEqual([
			[input[0], 'FBS', { item: 0 }],
			[input[1], 'FBY', { item: 1 }],
			[input[2], 'FBS', { item: 2 }],
		]);
		expect(shop.requests()).toHaveLength(2);
	});

	it('is waited for if the Market takes no more requests just now', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const busy = {
			status: 420,
			body: '{"status":"ERROR","errors":[{"code":"LIMIT","message":"Hit rate limit of 4 parallel requests"}]}',
		};
		const market = await startFakeMarket(() =>
			market.requests.length < 3
				? busy
				: { status: 200, body: '{"campaign":{"id":77,"placementType":"FBS"}}' },
		);
		const { items } = await nodesOn(market).read([{}], { parameters: getStore, store: 77 });
		await market.stop();
		jest.restoreAllMocks();
		expect(items[0]?.json).toMatchObject({ store: '77', placement: 'FBS' });
	});

	it('without Simplify is as the Market writes it', async () => {
		const { items } = await shop.read([{}], { parameters: { ...getStore, simplify: false } });
		expect(items[0]?.json).toMatchObject({
			id: fbs.campaignId,
			business: { id: 1001 },
			placementType: 'FBS',
		});
	});
});

describe('all stores', () => {
	it('are read only as far as wanted, once for the run', async () => {
		const some = await shop.read([{}, {}, {}], { parameters: getStores });
		expect(some.items).toHaveLength(50);
		expect(shop.requests()).toEqual(['GET /v2/campaigns']);
		const all = await shop.read([{}], { parameters: { ...getStores, returnAll: true } });
		expect(new Set(all.items.map(({ json }) => json.store)).size).toBe(206);
		expect(shop.requests()).toHaveLength(4);
	});
});

describe('warehouses', () => {
	it('of a business without groups: with their stores and models, to be sent to by warehouse', async () => {
		const parameters = { ...getWarehouses(1003), returnAll: true };
		const { items } = await shop.read([{}], { parameters, apiKey: TOKENS.warehouseLists });
		expect(items).toHaveLength(43);
		expect(jsonOf(items.slice(0, 3))).toEqual([
			{
				business: '1003',
				warehouse: '54000001',
				name: 'Main warehouse',
				stores: ['24000001', '24000004'],
				groupId: null,
				groupName: null,
				express: false,
				models: ['FBS', 'DBS'],
				sendTo: 'Warehouse',
				advice: 'In Update Stocks set Send To to Warehouse, and choose this warehouse.',
			},
			expect.objectContaining({ warehouse: '54000002', stores: ['24000002'], models: ['DBS'] }),
			expect.objectContaining({ warehouse: '54000003', express: true, models: ['EXPRESS'] }),
		]);
		expect(shop.requests().sort()).toEqual([
			...Array(2).fill('POST /v2/businesses/1003/warehouses'),
			...Array(2).fill('POST /v3/businesses/1003/warehouses'),
		]);
	});

	it('of a business with groups: with their group, to be sent to by store', async () => {
		const { items } = await shop.read([{}], { parameters: { ...getWarehouses(1001), limit: 3 } });
		expect(jsonOf(items)).toEqual([
			expect.objectContaining({
				warehouse: '51000001',
				groupId: '61000001',
				groupName: 'Shared goods',
				models: null,
				sendTo: 'Store',
				advice:
					'In Update Stocks set Send To to Store, and send for one store of the group Shared goods: the others follow.',
			}),
			expect.objectContaining({ warehouse: '51000002', groupId: '61000001', sendTo: 'Store' }),
			expect.objectContaining({
				warehouse: '51000003',
				groupId: null,
				sendTo: 'Store',
				advice: 'In Update Stocks set Send To to Store, and choose the store 21000003.',
			}),
		]);
	});

	it('have no more models read than are shown', async () => {
		const business = getWarehouses(1003);
		const { items } = await shop.read([{}], {
			parameters: { ...business, limit: 1 },
			apiKey: TOKENS.warehouseLists,
		});
		expect(items[0]?.json).toMatchObject({ warehouse: '54000001', models: ['FBS', 'DBS'] });
		const ofPartner = shop.requests().filter((request) => request.startsWith('POST /v3'));
		expect(ofPartner).toHaveLength(1);
	});

	it('whose models the Market does not give are listed without them, and the user is told why', async () => {
		const market = await startFakeMarket(({ url }) =>
			url?.startsWith('/v3')
				? {
						status: 400,
						body: '{"status":"ERROR","errors":[{"code":"BAD_REQUEST","message":"Not for you"}]}',
					}
				: { status: 200, body: '{"result":{"warehouses":[{"id":5,"name":"A","campaignId":7}]}}' },
		);
		const { status, items, hints } = await nodesOn(market).read([{}], {
			parameters: getWarehouses(77),
		});
		await market.stop();
		expect(status).toBe('success');
		expect(items[0]?.json).toMatchObject({ warehouse: '5', stores: ['7'], models: null });
		expect(hints[0]?.message).toMatch(/^The models of the warehouses are not known: .*Not for you/);
	});

	it('that a token may not list: names the access group', async () => {
		const { error } = await shop.read([{}], {
			parameters: getWarehouses(1003),
			apiKey: TOKENS.warehouseStocks,
		});
		expect(error?.message).toMatch(/^The Api-Key token lacks an access group \(403\)/);
		expect(error?.description).toContain('inventory-and-order-processing');
	});

	it('of what is not a business: says so, and where to find the ID', async () => {
		const { error } = await shop.read([{}], { parameters: getWarehouses('={{ "my cabinet" }}') });
		expect(error?.message).toBe('Business "my cabinet" is not a business ID');
		expect(error?.description).toContain('under API and modules');
		expect(shop.requests()).toEqual([]);
	});
});

describe('the token', () => {
	it('tells its name and access groups, and what it serves', async () => {
		const { items } = await shop.read([{}, {}], { parameters: getToken });
		expect(jsonOf(items)).toEqual([
			{
				name: 'All methods',
				accessGroups: ['all-methods'],
				serves: expect.objectContaining({ updateStocks: true, readWarehouses: true }),
				summary: 'The token serves all nodes of this package',
				advice: 'Nothing is missing.',
			},
		]);
	});

	it('says what is missing, and where to add it', async () => {
		const { items } = await shop.read([{}], {
			parameters: getToken,
			apiKey: TOKENS.warehouseStocks,
		});
		expect(items[0]?.json).toMatchObject({
			serves: {
				updateStocks: true,
				hideAndUnhideOffers: true,
				readOffersAndStocks: true,
				readWarehouses: false,
			},
			advice: expect.stringMatching(
				/seller cabinet.*inventory-and-order-processing:read-only for lists of warehouses/,
			),
		});
	});

	it('a revoked one is refused', async () => {
		const { error } = await shop.read([{}], { parameters: getToken, apiKey: TOKENS.revoked });
		expect(error?.message).toMatch(/^The Market did not accept the Api-Key token/);
	});

	it('of OAuth2 has no access groups: says so, and asks nothing', async () => {
		const data = await signIn(shop.sandbox);
		const { error } = await runNode({
			node: new YandexMarket(),
			parameters: { authentication: 'oAuth2', ...getToken },
			items: [{}],
			credential: { type: 'yandexMarketOAuth2Api', data },
		});
		expect(error?.message).toMatch(/^Only an Api-Key token has access groups/);
		expect(error?.description).toMatch(/Set Authentication to Api-Key Token/);
		expect(shop.requests()).toEqual([]);
	});

	it('of OAuth2 opens the stores of all businesses', async () => {
		const data = await signIn(shop.sandbox);
		const { items } = await runNode({
			node: new YandexMarket(),
			parameters: { authentication: 'oAuth2', ...getStores, returnAll: true },
			items: [{}],
			credential: { type: 'yandexMarketOAuth2Api', data },
		});
		expect(new Set(items.map(({ json }) => json.business)).size).toBeGreaterThan(1);
	});
});
