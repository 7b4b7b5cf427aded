import * as bounds from '../../../market/contract/bounds';
import { operations, type Operation } from '../../../market/contract/apiMethods';

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Verb, path, most items, quota: as the Market's documentation has them. */
const TABLE: Array<
	[keyof typeof operations, string, string, number | undefined, Operation['quota']]
> = [
	[
		'updateStocks',
		'PUT',
		'/v2/campaigns/{campaignId}/offers/stocks',
		2_000,
		{ unit: 'items', windowMs: MINUTE, none: 100_000, medium: 100_000 },
	],
	[
		'updateStocksOnPartnerWarehouses',
		'POST',
		'/v3/businesses/{businessId}/offers/stocks/update',
		2_000,
		{ unit: 'requests', windowMs: MINUTE, none: 50, medium: 50 },
	],
	[
		'addHiddenOffers',
		'POST',
		'/v2/campaigns/{campaignId}/hidden-offers',
		500,
		{ unit: 'items', windowMs: MINUTE, none: 5_000, medium: 10_000 },
	],
	[
		'deleteHiddenOffers',
		'POST',
		'/v2/campaigns/{campaignId}/hidden-offers/delete',
		500,
		{ unit: 'items', windowMs: MINUTE, none: 5_000, medium: 10_000 },
	],
	[
		'getStocks',
		'POST',
		'/v2/campaigns/{campaignId}/offers/stocks',
		500,
		{ unit: 'items', windowMs: MINUTE, none: 100_000, medium: 100_000 },
	],
	[
		'getStocksOnPartnerWarehouses',
		'POST',
		'/v3/businesses/{businessId}/offers/stocks',
		500,
		{ unit: 'requests', windowMs: MINUTE, none: 500, medium: 500 },
	],
	[
		'getHiddenOffers',
		'GET',
		'/v2/campaigns/{campaignId}/hidden-offers',
		undefined,
		{ unit: 'requests', windowMs: MINUTE, none: 100, medium: 10_000 },
	],
	[
		'getCampaignOffers',
		'POST',
		'/v2/campaigns/{campaignId}/offers',
		200,
		{ unit: 'requests', windowMs: MINUTE, none: 1_000, medium: 10_000 },
	],
	[
		'getOfferMappings',
		'POST',
		'/v2/businesses/{businessId}/offer-mappings',
		100,
		{ unit: 'requests', windowMs: MINUTE, none: 100, medium: 600 },
	],
	[
		'getPartnerWarehouses',
		'POST',
		'/v3/businesses/{businessId}/warehouses',
		undefined,
		{ unit: 'requests', windowMs: HOUR, none: 100, medium: 100 },
	],
	[
		'getPagedWarehouses',
		'POST',
		'/v2/businesses/{businessId}/warehouses',
		undefined,
		{ unit: 'requests', windowMs: HOUR, none: 100, medium: 100 },
	],
	[
		'getCampaigns',
		'GET',
		'/v2/campaigns',
		undefined,
		{ unit: 'requests', windowMs: HOUR, none: 1_000, medium: 1_000 },
	],
	[
		'getCampaign',
		'GET',
		'/v2/campaigns/{campaignId}',
		undefined,
		{ unit: 'requests', windowMs: HOUR, none: 5_000, medium: 5_000 },
	],
	[
		'getBusinessSettings',
		'POST',
		'/v2/businesses/{businessId}/settings',
		undefined,
		{ unit: 'requests', windowMs: HOUR, none: 100, medium: 100 },
	],
	[
		'getAuthTokenInfo',
		'POST',
		'/v2/auth/token',
		undefined,
		{ unit: 'requests', windowMs: HOUR, none: 100, medium: 100 },
	],
];

describe.each(TABLE)('%s', (name, verb, path, maxItems, quota) => {
	const operation: Operation = operations[name];

	it('is called and bounded as the Market documents it', () => {
		expect(operation).toMatchObject({
			name,
			verb,
			path,
			quota,
			maxBodyBytes: 524_288,
			parallel: 4,
		});
		expect(operation.maxItems).toBe(maxItems);
	});

	it('names its page in the documentation', () => {
		const page = new URL(operation.source);
		expect(page.host).toBe('yandex.ru');
		expect(page.pathname).toMatch(
			new RegExp(`^/dev/market/partner-api/doc/ru/reference/[a-z-]+/${name}$`),
		);
	});
});

it('Every method of the table is checked here', () => {
	expect(Object.keys(operations).sort()).toEqual(TABLE.map(([name]) => name).sort());
});

describe('The access groups of a token', () => {
	const WRITE = ['all-methods', 'offers-and-cards-management'];
	const READ = [...WRITE, 'all-methods:read-only', 'offers-and-cards-management:read-only'];

	const WRITES = [
		'updateStocks',
		'updateStocksOnPartnerWarehouses',
		'addHiddenOffers',
		'deleteHiddenOffers',
	] as const;
	const READS = [
		'getStocks',
		'getStocksOnPartnerWarehouses',
		'getHiddenOffers',
		'getCampaignOffers',
		'getOfferMappings',
	] as const;

	it.each(WRITES)('for %s allow writing', (name) => {
		expect([...operations[name].scopes].sort()).toEqual([...WRITE].sort());
	});

	it.each(READS)('for %s allow reading', (name) => {
		expect([...operations[name].scopes].sort()).toEqual([...READ].sort());
	});

	it.each(['getPartnerWarehouses', 'getPagedWarehouses'] as const)(
		'for %s are those of orders',
		(name) => {
			expect([...operations[name].scopes].sort()).toEqual([
				'all-methods',
				'all-methods:read-only',
				'inventory-and-order-processing',
				'inventory-and-order-processing:read-only',
			]);
		},
	);

	it.each(['getCampaigns', 'getCampaign', 'getBusinessSettings', 'getAuthTokenInfo'] as const)(
		'for %s are all there are',
		(name) => {
			const { scopes } = operations[name];
			expect(scopes).toHaveLength(14);
			expect(new Set(scopes).size).toBe(14);
			expect(scopes).toEqual(
				expect.arrayContaining(['pricing:read-only', 'communication', 'settings-management']),
			);
		},
	);
});

it.each([
	['MAX_SKU_LENGTH', 255],
	['MAX_COUNT', 2_000_000_000],
	['MAX_UPDATED_AT_AGE_MS', 86_400_000],
	['MAX_CAMPAIGNS_PER_PAGE', 100],
	['MAX_STOCKS_PER_PAGE', 100],
	['MAX_HIDDEN_OFFERS_PER_PAGE', 500],
	['MAX_WAREHOUSES_PER_PAGE', 30],
	['MAX_OFFERS_PER_PAGE', 200],
] as const)('%s is %d', (name, value) => {
	expect(bounds[name]).toBe(value);
});
