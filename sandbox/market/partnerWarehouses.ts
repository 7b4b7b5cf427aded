import type { PlacementType } from '../contract';
import type { Store } from '../stores';

/** A seller's own warehouse, outside groups. */
export interface PartnerWarehouse {
	id: number;
	name: string;
	businessId: number;
	/** The stores that sell from it. */
	stores: readonly [Store, ...Store[]];
}

/** Models whose goods are in a warehouse of the seller. */
const SELLERS_OWN: readonly PlacementType[] = ['FBS', 'DBS'];

/** Whether a store sells from a warehouse of the seller, in a group or not. */
export function hasOwnWarehouse(store: Store): boolean {
	return SELLERS_OWN.includes(store.placementType);
}

/** Whether any warehouse of a business belongs to a group. */
export function hasGroups(stores: readonly Store[], businessId: number): boolean {
	return stores.some(
		(store) => store.businessId === businessId && store.warehouseGroup !== undefined,
	);
}

/** The warehouses that v3 knows: those of FBS, DBS and EXPRESS stores outside groups, each of them once. */
export class PartnerWarehouses {
	private readonly byId = new Map<number, PartnerWarehouse>();

	constructor(stores: readonly Store[]) {
		for (const store of stores) {
			if (!hasOwnWarehouse(store) || store.warehouseGroup !== undefined) continue;
			const { businessId, warehouseId: id, warehouseName: name } = store;
			const known = this.byId.get(id);
			this.byId.set(
				id,
				known
					? { ...known, stores: [...known.stores, store] }
					: { id, name, businessId, stores: [store] },
			);
		}
	}

	/** All warehouses of a business, in the order of its stores. */
	of(businessId: number): PartnerWarehouse[] {
		return [...this.byId.values()].filter((warehouse) => warehouse.businessId === businessId);
	}

	/** One warehouse of a business; undefined if it is another business's or does not exist. */
	find(businessId: number, warehouseId: number): PartnerWarehouse | undefined {
		const warehouse = this.byId.get(warehouseId);
		return warehouse?.businessId === businessId ? warehouse : undefined;
	}
}
