import { MAX_WAREHOUSES_PER_PAGE } from '../contract/bounds';
import type { MarketId } from '../records/ids';
import { operations, type Operation } from '../contract/apiMethods';
import type { Ports } from '../wire/ports';
import { readPages, type Patience } from './read';
import type { SendStats } from '../pacing/exchange';

/** A warehouse that balances are sent to by its own ID (v3): one that is in no group. */
export interface PartnerWarehouse {
	id: MarketId;
	name?: string;
	models?: Array<{ placementType?: string; apiAvailability?: string }>;
}

/** A warehouse as the stores of a cabinet have them, each with its group where it is in one. */
export interface StoreWarehouse {
	id: MarketId;
	name?: string;
	campaignId?: MarketId;
	express?: boolean;
	groupInfo?: { id: MarketId; name?: string };
}

/** The warehouses of a cabinet that are in no group, page by page: 100 requests an hour. @throws MarketReadRefused */
export async function* listPartnerWarehouses(
	businessId: string,
	patience: Patience,
	ports: Ports,
	stats: SendStats,
): AsyncGenerator<PartnerWarehouse[]> {
	yield* listWarehouses<PartnerWarehouse>(
		operations.getPartnerWarehouses,
		businessId,
		patience,
		ports,
		stats,
	);
}

/** The warehouses of a cabinet's stores, grouped or not, page by page. @throws MarketReadRefused */
export async function* listStoreWarehouses(
	businessId: string,
	patience: Patience,
	ports: Ports,
	stats: SendStats,
): AsyncGenerator<StoreWarehouse[]> {
	yield* listWarehouses<StoreWarehouse>(
		operations.getPagedWarehouses,
		businessId,
		patience,
		ports,
		stats,
	);
}

async function* listWarehouses<W>(
	operation: Operation,
	businessId: string,
	patience: Patience,
	ports: Ports,
	stats: SendStats,
): AsyncGenerator<W[]> {
	const request = {
		operation,
		id: businessId,
		query: { limit: MAX_WAREHOUSES_PER_PAGE },
		...patience,
	};
	const warehousesOf = (page: object) =>
		(page as { result?: { warehouses?: W[] } }).result?.warehouses ?? [];
	yield* readPages(request, warehousesOf, ports, stats);
}
