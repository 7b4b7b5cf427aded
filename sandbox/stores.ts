import type { ApiAvailability, PlacementType } from './contract';

/** A store of the sandbox: a campaign, in the Market's words. */
export interface Store {
	campaignId: number;
	domain: string;
	businessId: number;
	businessName: string;
	placementType: PlacementType;
	apiAvailability: ApiAvailability;
	warehouseId: number;
	/** Stores with the same group hold their goods together: a balance sent to one shows in all. */
	warehouseGroupId?: number;
}

const SANDBOX_CABINET = { businessId: 1001, businessName: 'Sandbox Cabinet' };
const ANOTHER_CABINET = { businessId: 1002, businessName: 'Another Cabinet' };
const FIRST_EXTRA_CAMPAIGN = 23_000_001;
const FIRST_EXTRA_WAREHOUSE = 53_000_001;

/** The stores that every sandbox has, by what they are there for. */
export const STORES = {
	fbs: {
		...SANDBOX_CABINET,
		campaignId: 21_000_001,
		domain: 'fbs.sandbox.example',
		placementType: 'FBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_001,
		warehouseGroupId: 61_000_001,
	},
	/** Holds its goods together with `fbs`. */
	groupMate: {
		...SANDBOX_CABINET,
		campaignId: 21_000_002,
		domain: 'group.sandbox.example',
		placementType: 'DBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_002,
		warehouseGroupId: 61_000_001,
	},
	dbs: {
		...SANDBOX_CABINET,
		campaignId: 21_000_003,
		domain: 'dbs.sandbox.example',
		placementType: 'DBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_003,
	},
	/** The Market itself counts these goods, so a balance cannot be sent. */
	fby: {
		...SANDBOX_CABINET,
		campaignId: 21_000_004,
		domain: 'fby.sandbox.example',
		placementType: 'FBY',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_004,
	},
	/** Neither balances nor hiding. */
	laas: {
		...SANDBOX_CABINET,
		campaignId: 21_000_005,
		domain: 'laas.sandbox.example',
		placementType: 'LAAS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 51_000_005,
	},
	/** Listed, yet closed to the API. */
	inactive: {
		...SANDBOX_CABINET,
		campaignId: 21_000_006,
		domain: 'inactive.sandbox.example',
		placementType: 'FBS',
		apiAvailability: 'DISABLED_BY_INACTIVITY',
		warehouseId: 51_000_006,
	},
	/** Belongs to a cabinet to which no Api-Key token of the sandbox opens the door. */
	foreign: {
		...ANOTHER_CABINET,
		campaignId: 22_000_001,
		domain: 'another.sandbox.example',
		placementType: 'FBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: 52_000_001,
	},
} as const satisfies Record<string, Store>;

/** `count` further FBS stores of the first cabinet, each with a warehouse of its own. */
export function extraStores(count: number): Store[] {
	return Array.from({ length: count }, (_, index) => ({
		...SANDBOX_CABINET,
		campaignId: FIRST_EXTRA_CAMPAIGN + index,
		domain: `extra-${index + 1}.sandbox.example`,
		placementType: 'FBS',
		apiAvailability: 'AVAILABLE',
		warehouseId: FIRST_EXTRA_WAREHOUSE + index,
	}));
}
