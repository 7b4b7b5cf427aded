import { ACCESS_GROUPS, type AccessGroup } from './access';
import { PARALLEL_ORDER_REQUESTS } from './bounds';
import type { PlacementType } from './values';

/** What a quota counts. */
export type QuotaUnit = 'items' | 'requests';

/** One method of the Partner API, as the Market describes it. */
export interface OperationContract {
	verb: 'GET' | 'POST' | 'PUT';
	/** Absent = v2, which a path may omit. */
	version?: 'v1' | 'v3';
	/** Path without version and suffix; `{campaignId}` or `{businessId}` if it belongs to a store or a business. */
	path: string;
	/** Amounts without a paid subscription and with Medium [openapi, x-resource-limit-config]. */
	quota: { unit: QuotaUnit; none: number; medium: number; windowMs: number };
	/** Requests at once of one store or business; absent = the bound that all methods share. */
	parallel?: number;
	/** Access groups; any one of them opens the method. */
	scopes: readonly AccessGroup[];
	/** Store models that have the method; absent = all. */
	models?: readonly PlacementType[];
	/** The method answers 423 while the store moves between businesses [openapi, responses]. */
	lockedByMigration?: true;
}

const WRITE_OFFERS = ['all-methods', 'offers-and-cards-management'] as const;
const READ_OFFERS = [
	'all-methods',
	'all-methods:read-only',
	'offers-and-cards-management',
	'offers-and-cards-management:read-only',
] as const;

const READ_WAREHOUSES_AND_ORDERS = [
	'all-methods',
	'all-methods:read-only',
	'inventory-and-order-processing',
	'inventory-and-order-processing:read-only',
] as const;

const WRITE_WAREHOUSES = ['all-methods', 'inventory-and-order-processing'] as const;

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
		scopes: READ_WAREHOUSES_AND_ORDERS,
	},
	getPagedWarehouses: {
		verb: 'POST',
		path: '/businesses/{businessId}/warehouses',
		quota: { unit: 'requests', none: 100, medium: 100, windowMs: HOUR_MS },
		scopes: READ_WAREHOUSES_AND_ORDERS,
	},
	updateWarehouseModelStatus: {
		verb: 'POST',
		version: 'v3',
		path: '/businesses/{businessId}/warehouse/models/status',
		quota: { unit: 'requests', none: 100, medium: 100, windowMs: HOUR_MS },
		scopes: WRITE_WAREHOUSES,
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
	getBusinessOrders: {
		verb: 'POST',
		version: 'v1',
		path: '/businesses/{businessId}/orders',
		quota: { unit: 'requests', none: 10_000, medium: 10_000, windowMs: HOUR_MS },
		parallel: PARALLEL_ORDER_REQUESTS,
		scopes: [...READ_WAREHOUSES_AND_ORDERS, 'finance-and-accounting'],
	},
	getReturns: {
		verb: 'GET',
		path: '/campaigns/{campaignId}/returns',
		quota: { unit: 'requests', none: 5_000, medium: 5_000, windowMs: HOUR_MS },
		scopes: READ_WAREHOUSES_AND_ORDERS,
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
