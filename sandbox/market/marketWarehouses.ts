import type { Store } from '../stores';

/** Where goods of a store lie: its own warehouse, and the Market's that have some too, each as a place of its own. */
export function placesOf(store: Store): Store[] {
	const others = (store.marketWarehouses ?? []).map((warehouse) => ({
		...store,
		...warehouse,
		warehouseGroup: undefined,
	}));
	return [store, ...others];
}
