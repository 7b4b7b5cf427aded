import type { ApiAvailability, PlacementType } from './contract';

/** A seller's business, which the seller's web site calls a cabinet. */
export interface Business {
	businessId: number;
	businessName: string;
}

/** Warehouses that share their goods. */
export interface WarehouseGroup {
	id: number;
	name: string;
}

/** A warehouse that the Market runs. */
export interface MarketWarehouse {
	warehouseId: number;
	warehouseName: string;
}

/** A store of the sandbox: a campaign, in the Market's words. */
export interface Store extends Business {
	campaignId: number;
	domain: string;
	placementType: PlacementType;
	/** The store delivers by EXPRESS: the lists of warehouses distinguish it from FBS, the list of stores does not. */
	express?: true;
	apiAvailability: ApiAvailability;
	/** Stores that name the same warehouse share their goods. */
	warehouseId: number;
	warehouseName: string;
	/** Stores with the same group share their goods: a balance sent to one shows in all. */
	warehouseGroup?: WarehouseGroup;
	/**
	 * Warehouses of the Market that also hold goods of this store: for an FBS store the one for returns, for an FBY store
	 * its additional ones. Reads of the store's stocks show them next to its own, with the offers that they hold.
	 */
	marketWarehouses?: readonly MarketWarehouse[];
}

/** The businesses that every sandbox has. */
export const BUSINESSES = {
	/** Its first two stores form a warehouse group. */
	sandbox: { businessId: 1001, businessName: 'Sandbox Cabinet' },
	/** No Api-Key token of the sandbox opens it. */
	another: { businessId: 1002, businessName: 'Another Cabinet' },
	/** Without warehouse groups: balances go to warehouses. */
	warehouse: { businessId: 1003, businessName: 'Warehouse Cabinet' },
} as const satisfies Record<string, Business>;

const SHARED_GOODS = { id: 61_000_001, name: 'Shared goods' };
const MAIN_WAREHOUSE = { warehouseId: 54_000_001, warehouseName: 'Main warehouse' };

/** The stores that every sandbox has, by their purpose. */
export const STORES = {
	fbs: {
		...BUSINESSES.sandbox,
		campaignId: 21_000_001,
		domain: 'fbs.sandbox.example',
		placementType: 'FBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_001,
		warehouseName: 'FBS warehouse',
		warehouseGroup: SHARED_GOODS,
		marketWarehouses: [
			{ warehouseId: 59_000_001, warehouseName: "The Market's warehouse for returns" },
		],
	},
	/** Shares its goods with `fbs`. */
	groupMate: {
		...BUSINESSES.sandbox,
		campaignId: 21_000_002,
		domain: 'group.sandbox.example',
		placementType: 'DBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_002,
		warehouseName: 'Group warehouse',
		warehouseGroup: SHARED_GOODS,
	},
	dbs: {
		...BUSINESSES.sandbox,
		campaignId: 21_000_003,
		domain: 'dbs.sandbox.example',
		placementType: 'DBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_003,
		warehouseName: 'DBS warehouse',
	},
	/** The Market itself counts these goods, so a balance cannot be sent. */
	fby: {
		...BUSINESSES.sandbox,
		campaignId: 21_000_004,
		domain: 'fby.sandbox.example',
		placementType: 'FBY',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_004,
		warehouseName: "The Market's warehouse",
		marketWarehouses: [
			{ warehouseId: 59_000_002, warehouseName: "The Market's second warehouse" },
			{ warehouseId: 59_000_003, warehouseName: "The Market's third warehouse" },
		],
	},
	/** Accepts neither balances nor hiding. */
	laas: {
		...BUSINESSES.sandbox,
		campaignId: 21_000_005,
		domain: 'laas.sandbox.example',
		placementType: 'LAAS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_005,
		warehouseName: 'LAAS warehouse',
	},
	/** Listed, yet closed to the API. */
	inactive: {
		...BUSINESSES.sandbox,
		campaignId: 21_000_006,
		domain: 'inactive.sandbox.example',
		placementType: 'FBS',
		apiAvailability: 'DISABLED_BY_INACTIVITY',
		warehouseId: 51_000_006,
		warehouseName: 'Inactive warehouse',
	},
	/** Belongs to a business that no Api-Key token of the sandbox opens. */
	foreign: {
		...BUSINESSES.another,
		campaignId: 22_000_001,
		domain: 'another.sandbox.example',
		placementType: 'FBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 52_000_001,
		warehouseName: 'Another warehouse',
	},
	/** In a business without warehouse groups, like the three after it. */
	warehouseFbs: {
		...BUSINESSES.warehouse,
		...MAIN_WAREHOUSE,
		campaignId: 24_000_001,
		domain: 'main.warehouse.example',
		placementType: 'FBS',
		apiAvailability: 'AVAILABLE',
	},
	warehouseDbs: {
		...BUSINESSES.warehouse,
		campaignId: 24_000_002,
		domain: 'dbs.warehouse.example',
		placementType: 'DBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 54_000_002,
		warehouseName: 'DBS warehouse',
	},
	warehouseExpress: {
		...BUSINESSES.warehouse,
		campaignId: 24_000_003,
		domain: 'express.warehouse.example',
		placementType: 'FBS',
		express: true,
		apiAvailability: 'AVAILABLE',
		warehouseId: 54_000_003,
		warehouseName: 'Express warehouse',
	},
	/** Sells from the warehouse of `warehouseFbs`. */
	warehouseShared: {
		...BUSINESSES.warehouse,
		...MAIN_WAREHOUSE,
		campaignId: 24_000_004,
		domain: 'shared.warehouse.example',
		placementType: 'DBS',
		apiAvailability: 'AVAILABLE',
	},
} as const satisfies Record<string, Store>;

const FIRST_EXTRA_CAMPAIGN = 23_000_001;
const FIRST_EXTRA_WAREHOUSE = 53_000_001;

/** How far apart the IDs of two businesses' extra stores are. */
const EXTRA_IDS_OF_BUSINESS = 10_000;

/**
 * Extra FBS stores of a business, each with a warehouse of its own, outside groups.
 * @param count up to 10,000, so that their IDs never overlap with another business's.
 */
export function extraStores(
	count: number,
	{ businessId, businessName }: Business = BUSINESSES.sandbox,
): Store[] {
	const offset = (businessId - BUSINESSES.sandbox.businessId) * EXTRA_IDS_OF_BUSINESS;
	return Array.from({ length: count }, (_, index) => ({
		businessId,
		businessName,
		campaignId: FIRST_EXTRA_CAMPAIGN + offset + index,
		domain: `extra-${index + 1}.sandbox.example`,
		placementType: 'FBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: FIRST_EXTRA_WAREHOUSE + offset + index,
		warehouseName: `Extra warehouse ${index + 1}`,
	}));
}
