import type { MarketId } from '../records/ids';
import { isOfStore, ownStockOf, ownWarehousesOf, type OwnWarehouses } from '../read/ownWarehouses';
import type { RunPorts } from '../pacing/runPorts';
import { told } from '../read/read';
import { sumOf, type ShownStock } from '../read/stocks';
import { getCampaign } from '../read/stores';
import type { StoreWarehouse } from '../read/warehouses';
import { accepted, refused, type Checked, type Refusal } from '../common/refusal';
import { isCountedByMarket } from './storeCheck';
import type { ListKey, WarehouseLists } from '../read/warehouseLists';

/** The number of a SKU in a store. */
export interface StoreStock extends Pick<ShownStock, 'counts' | 'updatedAt'> {
	/** Absent if it is the sum of several warehouses. */
	warehouseId?: MarketId;
}

/** Where to ask for the warehouses of a store's business. */
export interface KnownLists extends Omit<ListKey, 'businessId'> {
	lists: WarehouseLists;
}

/** The number of a SKU in a store, or why it is not known. */
export type StoreNumber = Checked<StoreStock> & {
	/** Whether that is because the store's own warehouse, which is known, shows none: there is no balance yet. */
	isAbsent?: boolean;
};

/** Makes one number from what is shown for a SKU, or says why that is not possible. */
export type NumberOf = (shown: readonly ShownStock[]) => StoreNumber;

/**
 * How to get the number of a SKU from what a store's warehouses show. For an FBY store it is their sum; for others it is
 * what the store's own warehouse has: an FBS store also has the Market's warehouse for returns, which may be the only one
 * that has a SKU. If the own warehouse is unknown and there is only one, that one is used.
 *
 * @param warehouses all for which the Market shows anything
 */
export async function openStoreNumber(
	campaignId: string,
	warehouses: ReadonlySet<string>,
	known: KnownLists,
	ports: RunPorts,
): Promise<NumberOf> {
	const store = await findStore(campaignId, known, ports);
	if (store.ok && store.value.isSum)
		return (shown) => accepted(shown.length === 1 ? (shown[0] as ShownStock) : sumOf(shown));
	const own = store.ok ? store.value.own : undefined;
	// Nothing distinguishes the only warehouse there is from the store's own.
	if (!own && warehouses.size <= 1) return ([only]) => accepted(only as ShownStock);
	if (!store.ok) return () => store;
	return (shown) => {
		const stock = own && ownStockOf(shown, own);
		if (stock) return accepted(stock);
		const isAbsent = own !== undefined && !shown.some((one) => isOfStore(one, own));
		return { ok: false, refusal: notTheOwn(own, shown), isAbsent };
	};
}

/** What we need to know of a store with several warehouses. */
interface StoreSeen {
	/** Whether all of them count. */
	isSum: boolean;
	own?: OwnWarehouses;
}

async function findStore(
	campaignId: string,
	{ lists, ...account }: KnownLists,
	ports: RunPorts,
): Promise<Checked<StoreSeen>> {
	const campaign = await told(getCampaign(campaignId, { isImpatient: false }, ports));
	if (!campaign.ok) return unknownStore(campaign.refusal);
	if (isCountedByMarket(campaign.value)) return accepted({ isSum: true });
	const businessId = campaign.value.business?.id;
	if (businessId === undefined) return accepted({ isSum: false });
	const isNamed = (list: readonly StoreWarehouse[]) =>
		ownWarehousesOf(campaignId, list) !== undefined;
	const list = await lists.storeWarehouses(
		{ ...account, businessId: String(businessId) },
		ports,
		isNamed,
	);
	if (!list.ok) return unknownStore(list.refusal);
	return accepted({ isSum: false, own: ownWarehousesOf(campaignId, list.value) });
}

function unknownStore({ reason, advice }: Refusal): Checked<never> {
	return refused(
		`Several warehouses have this SKU, and which of them is the store's own is not known. ${reason}`,
		advice,
	);
}

function notTheOwn(own: OwnWarehouses | undefined, shown: readonly ShownStock[]): Refusal {
	const isOwn = ({ warehouseId }: ShownStock) => own?.own.has(String(warehouseId)) ?? false;
	return {
		reason: own
			? shown.some(isOwn)
				? "Several of the store's own warehouses have this SKU, and which of them counts is not known"
				: `The Market shows no number of the store's own warehouse (${[...own.own].join(', ')})`
			: "Several warehouses have this SKU, and the list of the business's warehouses does not name the store's own",
		advice:
			'Stock: Get Many by SKU lists under warehouses what each of them has. See in the seller cabinet which one is right.',
	};
}
