import type { ApiAvailability, PlacementType } from './contract';

/** A seller's cabinet: a business, in the Market's words. */
export interface Cabinet {
	businessId: number;
	businessName: string;
}

/** Warehouses that hold their goods together. */
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
export interface Store extends Cabinet {
	campaignId: number;
	domain: string;
	placementType: PlacementType;
	/** The store delivers by EXPRESS: the lists of warehouses tell it from FBS, the list of stores does not. */
	express?: true;
	apiAvailability: ApiAvailability;
	/** Stores that name the same warehouse hold their goods together. */
	warehouseId: number;
	warehouseName: string;
	/** Stores with the same group hold their goods together: a balance sent to one shows in all. */
	warehouseGroup?: WarehouseGroup;
	/**
	 * Warehouses of the Market that have goods of this store too: of an FBS store the one for returns, of an FBY store its
	 * further ones. Reads of the store's stocks show them beside its own, with the offers of which they hold anything.
	 */
	marketWarehouses?: readonly MarketWarehouse[];
}

/** The cabinets that every sandbox has. */
export const CABINETS = {
	/** Its first two stores are a warehouse group. */
	sandbox: { businessId: 1001, businessName: 'Sandbox Cabinet' },
	/** No Api-Key token of the sandbox opens its door. */
	another: { businessId: 1002, businessName: 'Another Cabinet' },
	/** Without warehouse groups: balances go to warehouses. */
	warehouse: { businessId: 1003, businessName: 'Warehouse Cabinet' },
} as const satisfies Record<string, Cabinet>;

const SHARED_GOODS = { id: 61_000_001, name: 'Shared goods' };
const MAIN_WAREHOUSE = { warehouseId: 54_000_001, warehouseName: 'Main warehouse' };

/** The stores that every sandbox has, by what they are there for. */
export const STORES = {
	fbs: {
		...CABINETS.sandbox,
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
	/** Holds its goods together with `fbs`. */
	groupMate: {
		...CABINETS.sandbox,
		campaignId: 21_000_002,
		domain: 'group.sandbox.example',
		placementType: 'DBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_002,
		warehouseName: 'Group warehouse',
		warehouseGroup: SHARED_GOODS,
	},
	dbs: {
		...CABINETS.sandbox,
		campaignId: 21_000_003,
		domain: 'dbs.sandbox.example',
		placementType: 'DBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_003,
		warehouseName: 'DBS warehouse',
	},
	/** The Market itself counts these goods, so a balance cannot be sent. */
	fby: {
		...CABINETS.sandbox,
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
	/** Neither balances nor hiding. */
	laas: {
		...CABINETS.sandbox,
		campaignId: 21_000_005,
		domain: 'laas.sandbox.example',
		placementType: 'LAAS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_005,
		warehouseName: 'LAAS warehouse',
	},
	/** Listed, yet closed to the API. */
	inactive: {
		...CABINETS.sandbox,
		campaignId: 21_000_006,
		domain: 'inactive.sandbox.example',
		placementType: 'FBS',
		apiAvailability: 'DISABLED_BY_INACTIVITY',
		warehouseId: 51_000_006,
		warehouseName: 'Inactive warehouse',
	},
	/** Belongs to a cabinet to which no Api-Key token of the sandbox opens the door. */
	foreign: {
		...CABINETS.another,
		campaignId: 22_000_001,
		domain: 'another.sandbox.example',
		placementType: 'FBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 52_000_001,
		warehouseName: 'Another warehouse',
	},
	/** In a cabinet without warehouse groups, as the three after it. */
	warehouseFbs: {
		...CABINETS.warehouse,
		...MAIN_WAREHOUSE,
		campaignId: 24_000_001,
		domain: 'main.warehouse.example',
		placementType: 'FBS',
		apiAvailability: 'AVAILABLE',
	},
	warehouseDbs: {
		...CABINETS.warehouse,
		campaignId: 24_000_002,
		domain: 'dbs.warehouse.example',
		placementType: 'DBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 54_000_002,
		warehouseName: 'DBS warehouse',
	},
	warehouseExpress: {
		...CABINETS.warehouse,
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
		...CABINETS.warehouse,
		...MAIN_WAREHOUSE,
		campaignId: 24_000_004,
		domain: 'shared.warehouse.example',
		placementType: 'DBS',
		apiAvailability: 'AVAILABLE',
	},
} as const satisfies Record<string, Store>;

const FIRST_EXTRA_CAMPAIGN = 23_000_001;
const FIRST_EXTRA_WAREHOUSE = 53_000_001;

/** How far apart the ids of two cabinets' further stores are. */
const EXTRA_IDS_OF_CABINET = 10_000;

/**
 * Further FBS stores of a cabinet, each with a warehouse of its own, outside groups.
 * @param count up to 10,000; their ids are none of another cabinet's.
 */
export function extraStores(
	count: number,
	{ businessId, businessName }: Cabinet = CABINETS.sandbox,
): Store[] {
	const offset = (businessId - CABINETS.sandbox.businessId) * EXTRA_IDS_OF_CABINET;
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
