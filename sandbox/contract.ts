/**
 * The Market's contract as its documentation and OpenAPI description state it
 * (https://yandex.ru/dev/market/partner-api/doc/ru/).
 *
 * Written down here a second time on purpose: the sandbox is the other side of the contract, and by sharing
 * the nodes' own table it would share their mistakes.
 */

/** Most bytes in a request's body [docs, general limits]. */
export const MAX_BODY_BYTES = 524_288;

/** Most simultaneous requests for one entity [docs, general limits]. */
export const PARALLEL_REQUESTS = 4;

/** Where the Market names no maximum for a list, its messages name Java's. */
const UNBOUNDED = 2_147_483_647;

/** Bounds of the lists in a request's body [openapi]. */
export const LISTS = {
	skus: { min: 1, max: 2_000 },
	stockItems: { min: 1, max: 1 },
	skuItems: { min: 1, max: 2_000 },
	hiddenOffers: { min: 1, max: 500 },
	stocksOfferIds: { min: 1, max: 500 },
	campaignOfferIds: { min: 1, max: 200 },
	mappingOfferIds: { min: 1, max: 100 },
	campaignIds: { min: 1, max: 25 },
	filter: { min: 1, max: UNBOUNDED },
} as const;

/** Pages of the reading methods; `clamp` cuts a larger limit silently, the others refuse it [openapi]. */
export const PAGES = {
	getStocks: { byDefault: 50, max: 100, clamp: true },
	getStocksOnPartnerWarehouses: { byDefault: 50, max: 100, clamp: true },
	getPartnerWarehouses: { byDefault: 15, max: 30, clamp: false },
	getPagedWarehouses: { byDefault: 15, max: 30, clamp: false },
	getCampaignOffers: { byDefault: 100, max: 200, clamp: false },
	getOfferMappings: { byDefault: 50, max: 100, clamp: true },
	getHiddenOffers: { byDefault: 250, max: 500, clamp: false },
	// The Market names no default for stores: without a limit it fills the largest page.
	getCampaigns: { byDefault: 100, max: 100, clamp: false },
} as const;

/** Largest balance of one SKU [openapi, UpdateStockItemDTO]. */
export const MAX_COUNT = 2_000_000_000;

/** Longest SKU after trimming, in UTF-16 code units [openapi, ShopSku]. */
export const MAX_SKU_LENGTH = 255;

/** Pattern of a SKU after trimming [openapi, ShopSku]. */
export const SKU_PATTERN = '^(?=.*\\S.*)[^\\x00-\\x08\\x0A-\\x1f\\x7f]{1,255}$';

/** Oldest `updatedAt` that a balance may carry [docs, updateStocks]. */
export const MAX_UPDATED_AT_AGE_MS = 24 * 60 * 60 * 1_000;

/** Permission of an OAuth application that opens the Partner API [docs, authorization]. */
export const OAUTH_PERMISSION = 'market:partner-api';

/** How a store works with the Market. EXPRESS stores are shown as FBS by the Market's own list of stores. */
export type PlacementType = 'FBS' | 'DBS' | 'FBY' | 'LAAS';

/** Whether a store may be used through the API. */
export type ApiAvailability =
	| 'AVAILABLE'
	| 'DISABLED_BY_INACTIVITY'
	| 'DISABLED_BY_NO_ACTIVE_CONTRACT'
	| 'MANUALLY_DISABLED'
	| 'DISABLED_BY_NO_PLACEMENT_TYPE';

/** What keeps an offer of a store from being sold, or that nothing does [openapi, OfferCampaignStatusType]. */
export const OFFER_STATUSES = [
	'PUBLISHED',
	'CHECKING',
	'DISABLED_BY_PARTNER',
	'DISABLED_AUTOMATICALLY',
	'REJECTED_BY_MARKET',
	'CREATING_CARD',
	'NO_CARD',
	'NO_STOCKS',
	'ARCHIVED',
	'READY_FOR_PUBLICATION',
] as const;

/** The status of an offer in one store. */
export type OfferStatus = (typeof OFFER_STATUSES)[number];

/** What an offer's card is like [openapi, OfferCardStatusType]. */
export const CARD_STATUSES = [
	'HAS_CARD_CAN_NOT_UPDATE',
	'HAS_CARD_CAN_UPDATE',
	'HAS_CARD_CAN_UPDATE_ERRORS',
	'HAS_CARD_CAN_UPDATE_PROCESSING',
	'NO_CARD_NEED_CONTENT',
	'NO_CARD_MARKET_WILL_CREATE',
	'NO_CARD_ERRORS',
	'NO_CARD_PROCESSING',
	'NO_CARD_ADD_TO_CAMPAIGN',
] as const;

const WRITE_OFFERS = ['all-methods', 'offers-and-cards-management'] as const;
const READ_OFFERS = [
	'all-methods',
	'all-methods:read-only',
	'offers-and-cards-management',
	'offers-and-cards-management:read-only',
] as const;

const READ_WAREHOUSES = [
	'all-methods',
	'all-methods:read-only',
	'inventory-and-order-processing',
	'inventory-and-order-processing:read-only',
] as const;

/** Every access group of an Api-Key token [openapi, x-auth-scopes]. */
export const ACCESS_GROUPS = [
	'all-methods',
	'all-methods:read-only',
	'settings-management',
	'finance-and-accounting',
	'offers-and-cards-management',
	'offers-and-cards-management:read-only',
	'pricing',
	'pricing:read-only',
	'inventory-and-order-processing',
	'inventory-and-order-processing:read-only',
	'promotion',
	'promotion:read-only',
	'communication',
	'supplies-management:read-only',
] as const;

/** One access group of an Api-Key token. */
export type AccessGroup = (typeof ACCESS_GROUPS)[number];

/** Paid subscriptions of a cabinet [openapi, BusinessSubscriptionLevelType]. LIGHT has no amounts of its own. */
export const SUBSCRIPTIONS = ['NONE', 'LIGHT', 'MEDIUM'] as const;

/** The paid subscription of a cabinet. */
export type Subscription = (typeof SUBSCRIPTIONS)[number];

/** What a quota counts. */
export type QuotaUnit = 'items' | 'requests';

/** One method of the Partner API, as the Market describes it. */
export interface OperationContract {
	verb: 'GET' | 'POST' | 'PUT';
	/** Absent = v2, which a path may leave out. */
	version?: 'v3';
	/** Path without version and suffix; `{campaignId}` or `{businessId}` where it belongs to a store or a cabinet. */
	path: string;
	/** Amounts without a paid subscription and with Medium [openapi, x-resource-limit-config]. */
	quota: { unit: QuotaUnit; none: number; medium: number; windowMs: number };
	/** Access groups, any of which opens the method. */
	scopes: readonly AccessGroup[];
	/** Store models that have the method; absent = all. */
	models?: readonly PlacementType[];
	/** The method answers 423 while the store moves between cabinets [openapi, responses]. */
	lockedByMigration?: true;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The methods that the sandbox answers. */
export const OPERATIONS = {
	updateStocks: {
		verb: 'PUT',
		path: '/campaigns/{campaignId}/offers/stocks',
		quota: { unit: 'items', none: 100_000, medium: 100_000, windowMs: MINUTE_MS },
		scopes: WRITE_OFFERS,
		models: ['FBS', 'DBS'],
	},
	getStocks: {
		verb: 'POST',
		path: '/campaigns/{campaignId}/offers/stocks',
		quota: { unit: 'items', none: 100_000, medium: 100_000, windowMs: MINUTE_MS },
		scopes: READ_OFFERS,
	},
	addHiddenOffers: {
		verb: 'POST',
		path: '/campaigns/{campaignId}/hidden-offers',
		quota: { unit: 'items', none: 5_000, medium: 10_000, windowMs: MINUTE_MS },
		scopes: WRITE_OFFERS,
		models: ['FBY', 'FBS', 'DBS'],
		lockedByMigration: true,
	},
	deleteHiddenOffers: {
		verb: 'POST',
		path: '/campaigns/{campaignId}/hidden-offers/delete',
		quota: { unit: 'items', none: 5_000, medium: 10_000, windowMs: MINUTE_MS },
		scopes: WRITE_OFFERS,
		models: ['FBY', 'FBS', 'DBS'],
		lockedByMigration: true,
	},
	getHiddenOffers: {
		verb: 'GET',
		path: '/campaigns/{campaignId}/hidden-offers',
		quota: { unit: 'requests', none: 100, medium: 10_000, windowMs: MINUTE_MS },
		scopes: READ_OFFERS,
		models: ['FBY', 'FBS', 'DBS'],
	},
	updateStocksOnPartnerWarehouses: {
		verb: 'POST',
		version: 'v3',
		path: '/businesses/{businessId}/offers/stocks/update',
		quota: { unit: 'requests', none: 50, medium: 50, windowMs: MINUTE_MS },
		scopes: WRITE_OFFERS,
	},
	getStocksOnPartnerWarehouses: {
		verb: 'POST',
		version: 'v3',
		path: '/businesses/{businessId}/offers/stocks',
		quota: { unit: 'requests', none: 500, medium: 500, windowMs: MINUTE_MS },
		scopes: READ_OFFERS,
	},
	getPartnerWarehouses: {
		verb: 'POST',
		version: 'v3',
		path: '/businesses/{businessId}/warehouses',
		quota: { unit: 'requests', none: 100, medium: 100, windowMs: HOUR_MS },
		scopes: READ_WAREHOUSES,
	},
	getPagedWarehouses: {
		verb: 'POST',
		path: '/businesses/{businessId}/warehouses',
		quota: { unit: 'requests', none: 100, medium: 100, windowMs: HOUR_MS },
		scopes: READ_WAREHOUSES,
	},
	getCampaignOffers: {
		verb: 'POST',
		path: '/campaigns/{campaignId}/offers',
		quota: { unit: 'requests', none: 1_000, medium: 10_000, windowMs: MINUTE_MS },
		scopes: READ_OFFERS,
	},
	getOfferMappings: {
		verb: 'POST',
		path: '/businesses/{businessId}/offer-mappings',
		quota: { unit: 'requests', none: 100, medium: 600, windowMs: MINUTE_MS },
		scopes: READ_OFFERS,
	},
	getCampaigns: {
		verb: 'GET',
		path: '/campaigns',
		quota: { unit: 'requests', none: 1_000, medium: 1_000, windowMs: HOUR_MS },
		scopes: ACCESS_GROUPS,
	},
	getCampaign: {
		verb: 'GET',
		path: '/campaigns/{campaignId}',
		quota: { unit: 'requests', none: 5_000, medium: 5_000, windowMs: HOUR_MS },
		scopes: ACCESS_GROUPS,
	},
	getBusinessSettings: {
		verb: 'POST',
		path: '/businesses/{businessId}/settings',
		quota: { unit: 'requests', none: 100, medium: 100, windowMs: HOUR_MS },
		scopes: ACCESS_GROUPS,
	},
	getAuthTokenInfo: {
		verb: 'POST',
		path: '/auth/token',
		quota: { unit: 'requests', none: 100, medium: 100, windowMs: HOUR_MS },
		scopes: ACCESS_GROUPS,
	},
} as const satisfies Record<string, OperationContract>;

/** Name of a method that the sandbox answers. */
export type OperationName = keyof typeof OPERATIONS;
