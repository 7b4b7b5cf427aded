import type { ShownStock } from './stocks';
import type { StoreWarehouse } from './warehouses';

/** The IDs of the warehouses that hold a store's number. */
export interface OwnWarehouses {
	/** The store's own: usually one. */
	own: ReadonlySet<string>;
	/** The others of its warehouse groups, which hold the same number. */
	mates: ReadonlySet<string>;
}

/**
 * Which warehouses hold a store's number; undefined if the list does not name the store.
 *
 * @param warehouses those of the business's FBS, DBS and Express stores, as getPagedWarehouses lists them: their IDs are
 *   the ones that getStocks shows. A warehouse of the Market, such as the one for returns, is never among them.
 */
export function ownWarehousesOf(
	campaignId: string,
	warehouses: readonly StoreWarehouse[],
): OwnWarehouses | undefined {
	const ofStore = warehouses.filter((warehouse) => String(warehouse.campaignId) === campaignId);
	if (ofStore.length === 0) return undefined;
	const groups = new Set(ofStore.flatMap(({ groupInfo }) => (groupInfo ? [groupInfo.id] : [])));
	const inGroups = warehouses.filter(({ groupInfo }) => groupInfo && groups.has(groupInfo.id));
	return { own: idsOf(ofStore), mates: idsOf(inGroups) };
}

/**
 * What a store itself has of a SKU, out of what the Market shows in several warehouses. Undefined if that is unclear:
 * nothing is guessed.
 *
 * @param shown what a reading of the store shows for the SKU
 * @param known the store's warehouses
 */
export function ownStockOf(
	shown: readonly ShownStock[],
	known: OwnWarehouses,
): ShownStock | undefined {
	const inOwn = shown.filter(({ warehouseId }) => known.own.has(String(warehouseId)));
	if (inOwn.length > 0) return onlyOf(inOwn);
	return onlyOf(shown.filter(({ warehouseId }) => known.mates.has(String(warehouseId))));
}

/** Whether a balance is in one of the warehouses that hold a store's number. */
export function isOfStore({ warehouseId }: ShownStock, { own, mates }: OwnWarehouses): boolean {
	return own.has(String(warehouseId)) || mates.has(String(warehouseId));
}

function idsOf(warehouses: readonly StoreWarehouse[]): Set<string> {
	return new Set(warehouses.map(({ id }) => String(id)));
}

function onlyOf<T>([first, ...others]: readonly T[]): T | undefined {
	return others.length === 0 ? first : undefined;
}
