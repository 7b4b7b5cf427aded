/**
 * The Market's bounds, all in this one place, each with its source.
 * [openapi] is the official OpenAPI description of the Partner API, [docs] its documentation,
 * both at https://yandex.ru/dev/market/partner-api/doc/ru/.
 */

/** Maximum bytes in a request body; beyond it: 400 "The request is too big" [docs, general limits]. */
export const MAX_BODY_BYTES = 512 * 1024;

/** Maximum concurrent requests for one store or business; beyond it: 420 [docs, general limits]. */
export const PARALLEL_REQUESTS_PER_ENTITY = 4;

/** The same for the orders of a business, whose method has a bound of its own [openapi, parallel-limit-value]. */
export const PARALLEL_ORDER_REQUESTS_PER_BUSINESS = 6;

/** Maximum SKUs in one updateStocks request [openapi, UpdateStocksRequest]. */
export const MAX_SKUS_PER_REQUEST = 2_000;

/** Maximum offers in one addHiddenOffers or deleteHiddenOffers request [openapi, AddHiddenOffersRequest]. */
export const MAX_HIDDEN_OFFERS_PER_REQUEST = 500;

/** Maximum SKUs in one updateStocksOnPartnerWarehouses request [openapi, UpdateStocksOnWarehousesRequest]. */
export const MAX_SKU_ITEMS_PER_REQUEST = 2_000;

/** Longest SKU, in UTF-16 code units, after outer whitespace is removed [openapi, ShopSku]. */
export const MAX_SKU_LENGTH = 255;

/** Characters that a SKU may not contain: the control characters except tab [openapi, ShopSku]. */
export const SKU_FORBIDDEN_CHARACTERS = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Largest balance of one SKU [openapi, UpdateStockItemDTO]. */
export const MAX_COUNT = 2_000_000_000;

/** Oldest allowed `updatedAt`; beyond it: 400 "should not be older than a day" [docs, updateStocks]. */
export const MAX_UPDATED_AT_AGE_MS = 24 * 60 * 60 * 1_000;

/** Largest page of getCampaigns [openapi, PageLimit100WithoutDefault]. */
export const MAX_CAMPAIGNS_PER_PAGE = 100;

/** Largest page of getPartnerWarehouses and getPagedWarehouses; a larger limit is refused [openapi, PageLimit30]. */
export const MAX_WAREHOUSES_PER_PAGE = 30;

/**
 * Maximum `offerIds` in one getStocks or getStocksOnPartnerWarehouses request
 * [openapi, GetWarehouseStocksRequest, GetStocksOnPartnerWarehousesRequest].
 */
export const MAX_OFFER_IDS_PER_STOCKS_REQUEST = 500;

/** Largest page of either method that reads stocks; a larger limit is clamped [openapi, PageLimit100TruncateStocks]. */
export const MAX_STOCKS_PER_PAGE = 100;

/** Largest page of getHiddenOffers; a larger limit is refused [openapi, PageLimit500]. */
export const MAX_HIDDEN_OFFERS_PER_PAGE = 500;

/** Maximum `offerIds` in one getCampaignOffers request [openapi, GetCampaignOffersRequest]. */
export const MAX_OFFER_IDS_PER_OFFERS_REQUEST = 200;

/** Largest page of getCampaignOffers; a larger limit is refused [openapi, PageLimit200]. */
export const MAX_OFFERS_PER_PAGE = 200;

/** Maximum `offerIds` in one getOfferMappings request [openapi, GetOfferMappingsRequest]. */
export const MAX_OFFER_IDS_PER_MAPPINGS_REQUEST = 100;

/** Largest page of getOfferMappings; a larger limit is clamped [openapi, PageLimit100Truncate]. */
export const MAX_MAPPINGS_PER_PAGE = 100;

/** Page size of getCampaignOffers if none is asked for, as with `offerIds` [openapi, PageLimit200]. */
export const DEFAULT_OFFERS_PAGE = 100;

/** Page size of getOfferMappings if none is asked for, as with `offerIds` [openapi, PageLimit100Truncate]. */
export const DEFAULT_MAPPINGS_PAGE = 50;

/** Page size of both readings of stocks if none is asked for, as with `offerIds` [openapi, PageLimit100TruncateStocks]. */
export const DEFAULT_STOCKS_PAGE = 50;

/** Maximum bytes of `offer_id` values we put in one query: servers and proxies accept an address of 8 KB or more. */
export const MAX_QUERY_BYTES = 6_000;

/**
 * How long the Market may take to carry out a request it has received: it answers within 10 s or gives up [docs,
 * general limits]; the rest is for the network.
 */
export const MAX_ANSWER_MS = 15_000;

/** How long the Market may take to show a change [help for sellers, stocks]. */
export const MAX_UNTIL_SHOWN_MS = 15 * 60_000;

/** Largest page of getBusinessOrders; a larger limit is clamped [openapi, PageLimit50Truncate]. */
export const MAX_ORDERS_PER_PAGE = 50;

/** Maximum `orderIds` in one getBusinessOrders request [openapi, GetBusinessOrdersRequest]. */
export const MAX_ORDER_IDS_PER_REQUEST = 50;

/** Maximum `campaignIds` in one getBusinessOrders request [openapi, GetBusinessOrdersRequest]. */
export const MAX_CAMPAIGN_IDS_PER_REQUEST = 50;

/** Most days from the first to the last day of creation that getBusinessOrders looks at [openapi, OrderDatesFilterDTO]. */
export const MAX_CREATION_DAYS = 30;

/** Largest page of getReturns; a larger limit is clamped [openapi, PageLimit100Truncate]. */
export const MAX_RETURNS_PER_PAGE = 100;

/** How long the Market waits for the answer to a notification other than PING [docs, API notifications]. */
export const MAX_NOTIFICATION_ANSWER_MS = 10_000;

/**
 * Most bytes of a notification that we read. The Market states none; it has a few hundred, and one of an order with a
 * thousand lines about 100 KB.
 */
export const MAX_NOTIFICATION_BYTES = 1024 * 1024;

/** Longest type, status or substatus that we read, in UTF-16 code units. The longest documented one has 46. */
export const MAX_WORD_LENGTH = 100;
