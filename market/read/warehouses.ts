import { MAX_WAREHOUSES_PER_PAGE } from '../contract/bounds';
import type { MarketId } from '../records/ids';
import { apiMethods, type ApiMethod } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { pagesOf, PagedList, type Patience } from './read';

/** A warehouse that balances are sent to by its own ID (v3): one that is in no group. */
export interface PartnerWarehouse {
	id: MarketId;
	name?: string;
	models?: Array<{ placementType?: string; apiAvailability?: string }>;
}

/** A warehouse as a business's stores have it, with its group if it is in one. */
export interface StoreWarehouse {
	id: MarketId;
	name?: string;
	campaignId?: MarketId;
	express?: boolean;
	groupInfo?: { id: MarketId; name?: string };
}

/** The list of a business's warehouses that are in no group. */
export function partnerWarehouseList(
	businessId: string,
	patience: Patience,
): PagedList<PartnerWarehouse> {
	return warehouseList(apiMethods.getPartnerWarehouses, businessId, patience);
}

/** The warehouses of a business that are in no group, page by page. @throws MarketReadRefused */
export function listPartnerWarehouses(
	businessId: string,
	patience: Patience,
	ports: RunPorts,
): AsyncGenerator<PartnerWarehouse[]> {
	return pagesOf(partnerWarehouseList(businessId, patience), ports);
}

/** The warehouses of a business's stores, grouped or not, page by page. @throws MarketReadRefused */
export function listStoreWarehouses(
	businessId: string,
	patience: Patience,
	ports: RunPorts,
): AsyncGenerator<StoreWarehouse[]> {
	const list = warehouseList<StoreWarehouse>(apiMethods.getPagedWarehouses, businessId, patience);
	return pagesOf(list, ports);
}

function warehouseList<W>(
	apiMethod: ApiMethod,
	businessId: string,
	patience: Patience,
): PagedList<W> {
	const request = {
		apiMethod,
		id: businessId,
		query: { limit: MAX_WAREHOUSES_PER_PAGE },
		...patience,
	};
	return new PagedList(
		request,
		(page) => (page as { result?: { warehouses?: W[] } }).result?.warehouses ?? [],
	);
}
