import {
	MAX_BODY_BYTES,
	MAX_HIDDEN_OFFERS_PER_REQUEST,
	MAX_OFFER_IDS_PER_MAPPINGS_REQUEST,
	MAX_OFFER_IDS_PER_OFFERS_REQUEST,
	MAX_OFFER_IDS_PER_STOCKS_REQUEST,
	MAX_SKU_ITEMS_PER_REQUEST,
	MAX_SKUS_PER_REQUEST,
	PARALLEL_ORDER_REQUESTS_PER_BUSINESS,
	PARALLEL_REQUESTS_PER_ENTITY,
} from './bounds';

/** What a quota counts: items in the request's or the reply's list, or whole requests. */
export type QuotaUnit = 'items' | 'requests';

/**
 * How much of a method may be used in one window. Windows have a fixed length and are aligned to the clock.
 * Source of every amount: `x-resource-limit-config` of the method in the Market's OpenAPI.
 */
export interface Quota {
	unit: QuotaUnit;
	windowMs: number;
	/** Amount without a paid subscription. */
	none: number;
	/** Amount with the Medium subscription. */
	medium: number;
}

/** Subscription levels with amounts of their own. LIGHT has none and counts as `none`. */
export type Subscription = 'none' | 'medium';

/** One method of the Market's Partner API: everything this package knows about it. */
export interface ApiMethod {
	name: string;
	verb: 'GET' | 'POST' | 'PUT';
	/** Path, with `{campaignId}` or `{businessId}` if the method belongs to a store or a business. */
	path: string;
	/** Maximum items in one request; absent if a request carries no list. */
	maxItems?: number;
	/** Maximum bytes in one request's JSON body. */
	maxBodyBytes: number;
	quota: Quota;
	/**
	 * Maximum concurrent requests for one entity (store or business): of all methods together, or of this one alone if it
	 * has a maximum of its own.
	 */
	parallel: number;
	/**
	 * What a reply must contain to count as a success: `status`, which must be OK, or the path of the data that is read
	 * from it, with `[]` if that is a list; one of them if there are several. Source: the method's response in the Market's
	 * OpenAPI.
	 */
	proof: string | readonly string[];
	/** Access groups of an Api-Key token; any one of them opens the method. The narrowest is the last. */
	scopes: readonly string[];
	/** The method's page in the Market's documentation. */
	source: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DOCS = 'https://yandex.ru/dev/market/partner-api/doc/ru/reference';

const WRITE_OFFERS = ['all-methods', 'offers-and-cards-management'] as const;
const READ_OFFERS = [
	...WRITE_OFFERS,
	'all-methods:read-only',
	'offers-and-cards-management:read-only',
] as const;
/** Reading warehouses and orders takes other access groups than reading stocks. */
const READ_WAREHOUSES_AND_ORDERS = [
	'all-methods',
	'all-methods:read-only',
	'inventory-and-order-processing',
	'inventory-and-order-processing:read-only',
] as const;
const WRITE_WAREHOUSES = ['all-methods', 'inventory-and-order-processing'] as const;
const ANY_ACCESS_GROUP = [
	...READ_OFFERS,
	'inventory-and-order-processing',
	'inventory-and-order-processing:read-only',
	'settings-management',
	'finance-and-accounting',
	'pricing',
	'pricing:read-only',
	'promotion',
	'promotion:read-only',
	'communication',
	'supplies-management:read-only',
] as const;

const common = {
	maxBodyBytes: MAX_BODY_BYTES,
	parallel: PARALLEL_REQUESTS_PER_ENTITY,
};

/** What a method belongs to, and so whose limits it uses: a store, a business, or the caller. */
export type Owner = 'campaign' | 'business' | 'caller';

/** Derives a method's owner from its path. */
export function ownerOf({ path }: ApiMethod): Owner {
	if (path.includes('{campaignId}')) return 'campaign';
	return path.includes('{businessId}') ? 'business' : 'caller';
}

/** Whether a paid subscription changes how much of a method may be used. */
export function dependsOnSubscription({ quota }: ApiMethod): boolean {
	return quota.none !== quota.medium;
}

/** Every method of the Market that this package calls. No other place says anything about a method. */
export const apiMethods = {
	updateStocks: {
		...common,
		name: 'updateStocks',
		verb: 'PUT',
		path: '/v2/campaigns/{campaignId}/offers/stocks',
		maxItems: MAX_SKUS_PER_REQUEST,
		quota: { unit: 'items', windowMs: MINUTE_MS, none: 100_000, medium: 100_000 },
		proof: 'status',
		scopes: WRITE_OFFERS,
		source: `${DOCS}/stocks/updateStocks`,
	},
	updateStocksOnPartnerWarehouses: {
		...common,
		name: 'updateStocksOnPartnerWarehouses',
		verb: 'POST',
		path: '/v3/businesses/{businessId}/offers/stocks/update',
		maxItems: MAX_SKU_ITEMS_PER_REQUEST,
		quota: { unit: 'requests', windowMs: MINUTE_MS, none: 50, medium: 50 },
		proof: 'status',
		scopes: WRITE_OFFERS,
		source: `${DOCS}/stocks/updateStocksOnPartnerWarehouses`,
	},
	addHiddenOffers: {
		...common,
		name: 'addHiddenOffers',
		verb: 'POST',
		path: '/v2/campaigns/{campaignId}/hidden-offers',
		maxItems: MAX_HIDDEN_OFFERS_PER_REQUEST,
		quota: { unit: 'items', windowMs: MINUTE_MS, none: 5_000, medium: 10_000 },
		proof: 'status',
		scopes: WRITE_OFFERS,
		source: `${DOCS}/hidden-offers/addHiddenOffers`,
	},
	deleteHiddenOffers: {
		...common,
		name: 'deleteHiddenOffers',
		verb: 'POST',
		path: '/v2/campaigns/{campaignId}/hidden-offers/delete',
		maxItems: MAX_HIDDEN_OFFERS_PER_REQUEST,
		quota: { unit: 'items', windowMs: MINUTE_MS, none: 5_000, medium: 10_000 },
		proof: 'status',
		scopes: WRITE_OFFERS,
		source: `${DOCS}/hidden-offers/deleteHiddenOffers`,
	},
	getStocks: {
		...common,
		name: 'getStocks',
		verb: 'POST',
		path: '/v2/campaigns/{campaignId}/offers/stocks',
		maxItems: MAX_OFFER_IDS_PER_STOCKS_REQUEST,
		quota: { unit: 'items', windowMs: MINUTE_MS, none: 100_000, medium: 100_000 },
		proof: 'result.warehouses[]',
		scopes: READ_OFFERS,
		source: `${DOCS}/stocks/getStocks`,
	},
	getStocksOnPartnerWarehouses: {
		...common,
		name: 'getStocksOnPartnerWarehouses',
		verb: 'POST',
		path: '/v3/businesses/{businessId}/offers/stocks',
		maxItems: MAX_OFFER_IDS_PER_STOCKS_REQUEST,
		quota: { unit: 'requests', windowMs: MINUTE_MS, none: 500, medium: 500 },
		proof: 'result.offers[]',
		scopes: READ_OFFERS,
		source: `${DOCS}/stocks/getStocksOnPartnerWarehouses`,
	},
	getHiddenOffers: {
		...common,
		name: 'getHiddenOffers',
		verb: 'GET',
		path: '/v2/campaigns/{campaignId}/hidden-offers',
		quota: { unit: 'requests', windowMs: MINUTE_MS, none: 100, medium: 10_000 },
		proof: 'result.hiddenOffers[]',
		scopes: READ_OFFERS,
		source: `${DOCS}/hidden-offers/getHiddenOffers`,
	},
	getCampaignOffers: {
		...common,
		name: 'getCampaignOffers',
		verb: 'POST',
		path: '/v2/campaigns/{campaignId}/offers',
		maxItems: MAX_OFFER_IDS_PER_OFFERS_REQUEST,
		quota: { unit: 'requests', windowMs: MINUTE_MS, none: 1_000, medium: 10_000 },
		proof: 'result.offers[]',
		scopes: READ_OFFERS,
		source: `${DOCS}/assortment/getCampaignOffers`,
	},
	getOfferMappings: {
		...common,
		name: 'getOfferMappings',
		verb: 'POST',
		path: '/v2/businesses/{businessId}/offer-mappings',
		maxItems: MAX_OFFER_IDS_PER_MAPPINGS_REQUEST,
		quota: { unit: 'requests', windowMs: MINUTE_MS, none: 100, medium: 600 },
		proof: 'result.offerMappings[]',
		scopes: READ_OFFERS,
		source: `${DOCS}/business-assortment/getOfferMappings`,
	},
	getPartnerWarehouses: {
		...common,
		name: 'getPartnerWarehouses',
		verb: 'POST',
		path: '/v3/businesses/{businessId}/warehouses',
		quota: { unit: 'requests', windowMs: HOUR_MS, none: 100, medium: 100 },
		proof: 'result.warehouses[]',
		scopes: READ_WAREHOUSES_AND_ORDERS,
		source: `${DOCS}/warehouses/getPartnerWarehouses`,
	},
	getPagedWarehouses: {
		...common,
		name: 'getPagedWarehouses',
		verb: 'POST',
		path: '/v2/businesses/{businessId}/warehouses',
		quota: { unit: 'requests', windowMs: HOUR_MS, none: 100, medium: 100 },
		proof: 'result.warehouses[]',
		scopes: READ_WAREHOUSES_AND_ORDERS,
		source: `${DOCS}/warehouses/getPagedWarehouses`,
	},
	updateWarehouseModelStatus: {
		...common,
		name: 'updateWarehouseModelStatus',
		verb: 'POST',
		path: '/v3/businesses/{businessId}/warehouse/models/status',
		quota: { unit: 'requests', windowMs: HOUR_MS, none: 100, medium: 100 },
		proof: 'status',
		scopes: WRITE_WAREHOUSES,
		source: `${DOCS}/warehouses/updateWarehouseModelStatus`,
	},
	getBusinessOrders: {
		...common,
		name: 'getBusinessOrders',
		verb: 'POST',
		path: '/v1/businesses/{businessId}/orders',
		quota: { unit: 'requests', windowMs: HOUR_MS, none: 10_000, medium: 10_000 },
		parallel: PARALLEL_ORDER_REQUESTS_PER_BUSINESS,
		// The contract has no wrapper here, unlike all other methods: in case it gets one.
		proof: ['orders[]', 'result.orders[]'],
		scopes: ['finance-and-accounting', ...READ_WAREHOUSES_AND_ORDERS],
		source: `${DOCS}/orders/getBusinessOrders`,
	},
	getReturns: {
		...common,
		name: 'getReturns',
		verb: 'GET',
		path: '/v2/campaigns/{campaignId}/returns',
		quota: { unit: 'requests', windowMs: HOUR_MS, none: 5_000, medium: 5_000 },
		proof: 'result.returns[]',
		scopes: READ_WAREHOUSES_AND_ORDERS,
		source: `${DOCS}/returns/getReturns`,
	},
	getCampaigns: {
		...common,
		name: 'getCampaigns',
		verb: 'GET',
		path: '/v2/campaigns',
		quota: { unit: 'requests', windowMs: HOUR_MS, none: 1_000, medium: 1_000 },
		proof: 'campaigns[]',
		scopes: ANY_ACCESS_GROUP,
		source: `${DOCS}/campaigns/getCampaigns`,
	},
	getCampaign: {
		...common,
		name: 'getCampaign',
		verb: 'GET',
		path: '/v2/campaigns/{campaignId}',
		quota: { unit: 'requests', windowMs: HOUR_MS, none: 5_000, medium: 5_000 },
		proof: 'campaign',
		scopes: ANY_ACCESS_GROUP,
		source: `${DOCS}/campaigns/getCampaign`,
	},
	getBusinessSettings: {
		...common,
		name: 'getBusinessSettings',
		verb: 'POST',
		path: '/v2/businesses/{businessId}/settings',
		quota: { unit: 'requests', windowMs: HOUR_MS, none: 100, medium: 100 },
		proof: 'result',
		scopes: ANY_ACCESS_GROUP,
		source: `${DOCS}/businesses/getBusinessSettings`,
	},
	getAuthTokenInfo: {
		...common,
		name: 'getAuthTokenInfo',
		verb: 'POST',
		path: '/v2/auth/token',
		quota: { unit: 'requests', windowMs: HOUR_MS, none: 100, medium: 100 },
		proof: 'result.apiKey.authScopes[]',
		scopes: ANY_ACCESS_GROUP,
		source: `${DOCS}/auth/getAuthTokenInfo`,
	},
} as const satisfies Record<string, ApiMethod>;
