import type { Store } from '../stores';

/** Where a store's goods are: its own warehouse, and the Market's that hold some too, each as a place of its own. */
export function placesOf(store: Store): Store[] {
	const others = (store.marketWarehouses ?? []).map((warehouse) => ({
		...store,
		...warehouse,
		warehouseGroup: undefined,
	}));
	return [store, ...others];
}
