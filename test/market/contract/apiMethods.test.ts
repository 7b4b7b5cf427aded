import * as bounds from '../../../market/contract/bounds';
import { apiMethods, type ApiMethod } from '../../../market/contract/apiMethods';
import * as documented from '../../../sandbox/contract/bounds';
import { OPERATIONS, type OperationContract } from '../../../sandbox/contract/operations';

const { LISTS, PAGES } = documented;

type Name = keyof typeof apiMethods;

/** Which list a request names its items in, by the sandbox's table of lists; the others name none. */
const LIST_OF: Partial<Record<Name, keyof typeof LISTS>> = {
	updateStocks: 'skus',
	updateStocksOnPartnerWarehouses: 'skuItems',
	addHiddenOffers: 'hiddenOffers',
	deleteHiddenOffers: 'hiddenOffers',
	getStocks: 'stocksOfferIds',
	getStocksOnPartnerWarehouses: 'stocksOfferIds',
	getCampaignOffers: 'campaignOfferIds',
	getOfferMappings: 'mappingOfferIds',
};

/** The sandbox's table comes from the Market's documentation independently: it and ours must not share a mistake. */
describe.each(Object.keys(apiMethods) as Name[])('%s', (name) => {
	const apiMethod: ApiMethod = apiMethods[name];
	const { verb, version, path, quota, scopes, parallel }: OperationContract = OPERATIONS[name];
	const list = LIST_OF[name];

	it("has the name and bounds of the sandbox's own table", () => {
		expect(apiMethod).toMatchObject({
			name,
			verb,
			path: `/${version ?? 'v2'}${path}`,
			quota,
			maxBodyBytes: documented.MAX_BODY_BYTES,
			parallel: parallel ?? documented.PARALLEL_REQUESTS,
		});
		expect(apiMethod.maxItems).toBe(list && LISTS[list].max);
	});

	it('is opened by the same access groups, each named once', () => {
		expect([...apiMethod.scopes].sort()).toEqual([...scopes].sort());
		expect(new Set(apiMethod.scopes).size).toBe(apiMethod.scopes.length);
	});

	it('names its page in the documentation', () => {
		const page = new URL(apiMethod.source);
		expect(page.host).toBe('yandex.ru');
		expect(page.pathname).toMatch(
			new RegExp(`^/dev/market/partner-api/doc/ru/reference/[a-z-]+/${name}$`),
		);
	});
});

it('The sandbox answers the methods that we call, and no others', () => {
	expect(Object.keys(OPERATIONS).sort()).toEqual(Object.keys(apiMethods).sort());
});

it.each([
	['MAX_SKU_LENGTH', documented.MAX_SKU_LENGTH],
	['MAX_COUNT', documented.MAX_COUNT],
	['MAX_UPDATED_AT_AGE_MS', documented.MAX_UPDATED_AT_AGE_MS],
	['MAX_CAMPAIGNS_PER_PAGE', PAGES.getCampaigns.max],
	['MAX_STOCKS_PER_PAGE', PAGES.getStocks.max],
	['MAX_HIDDEN_OFFERS_PER_PAGE', PAGES.getHiddenOffers.max],
	['MAX_WAREHOUSES_PER_PAGE', PAGES.getPartnerWarehouses.max],
	['MAX_OFFERS_PER_PAGE', PAGES.getCampaignOffers.max],
] as const)('%s is %d, as in the sandbox', (name, value) => {
	expect(bounds[name]).toBe(value);
});
