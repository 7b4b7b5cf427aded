/** Maximum bytes in a request body [docs, general limits]. */
export const MAX_BODY_BYTES = 524_288;

/** Maximum simultaneous requests for one entity [docs, general limits]. */
export const PARALLEL_REQUESTS = 4;

/** The same for the list of orders, which has a bound of its own [openapi, parallel-limit-value]. */
export const PARALLEL_ORDER_REQUESTS = 6;

/** If the Market names no maximum for a list, its messages show Java's. */
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
	orderIds: { min: 1, max: 50 },
	externalOrderIds: { min: 1, max: 50 },
	orderCampaignIds: { min: 1, max: 50 },
	returnOrderIds: { min: 1, max: 50 },
	filter: { min: 1, max: UNBOUNDED },
} as const;

/** Pages of the reading methods; `clamp` silently reduces a larger limit, the others refuse it [openapi]. */
export const PAGES = {
	getStocks: { byDefault: 50, max: 100, clamp: true },
	getStocksOnPartnerWarehouses: { byDefault: 50, max: 100, clamp: true },
	getPartnerWarehouses: { byDefault: 15, max: 30, clamp: false },
	getPagedWarehouses: { byDefault: 15, max: 30, clamp: false },
	getCampaignOffers: { byDefault: 100, max: 200, clamp: false },
	getOfferMappings: { byDefault: 50, max: 100, clamp: true },
	getHiddenOffers: { byDefault: 250, max: 500, clamp: false },
	getBusinessOrders: { byDefault: 50, max: 50, clamp: true },
	getReturns: { byDefault: 50, max: 100, clamp: true },
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
