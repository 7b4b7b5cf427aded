import { Memory } from '../../../../market/read/memory';
import type { RunPorts } from '../../../../market/pacing/runPorts';
import type { PagedList } from '../../../../market/read/read';
import { campaignList, type Campaign } from '../../../../market/read/stores';
import { partnerWarehouseList, type PartnerWarehouse } from '../../../../market/read/warehouses';
import type { Account } from '../../connection/account';
import { LazyList } from './lazyList';

/** A new store should show up soon, and a panel asks several times while it is filled in. */
const REMEMBER_STORES_MS = 60_000;

/** A business's warehouses may be asked for 100 times an hour, 30 at a time, by everybody who works with it. */
const REMEMBER_WAREHOUSES_MS = 10 * 60_000;

/** The lists of stores and warehouses that the pickers of this n8n process have read. A failure is never kept. */
const stores = new Memory<LazyList<Campaign>>(REMEMBER_STORES_MS);
const warehouses = new Memory<LazyList<PartnerWarehouse>>(REMEMBER_WAREHOUSES_MS);

/** Reads a list, and forgets it if that fails. */
export type UseList<T> = <R>(read: (list: LazyList<T>) => Promise<R>) => Promise<R>;

/** The stores that a credential opens. An empty quota is not waited for: somebody is sitting there, watching. */
export function storeList(account: Account, ports: RunPorts): UseList<Campaign> {
	return remembered(stores, [account.apiUrl, account.accessKey], ports, () =>
		campaignList({ isImpatient: true }),
	);
}

/** The warehouses of a business that are in no group, likewise. */
export function warehouseList(
	account: Account,
	businessId: string,
	ports: RunPorts,
): UseList<PartnerWarehouse> {
	return remembered(warehouses, [account.apiUrl, account.accessKey, businessId], ports, () =>
		partnerWarehouseList(businessId, { isImpatient: true }),
	);
}

function remembered<T>(
	memory: Memory<LazyList<T>>,
	whose: readonly string[],
	ports: RunPorts,
	open: () => PagedList<T>,
): UseList<T> {
	const key = JSON.stringify(whose);
	const nowMs = ports.clock.now();
	const known = memory.recall(key, nowMs);
	const list = known ?? new LazyList(open());
	if (!known) memory.remember(key, list, nowMs);
	return async (read) => {
		const reading = read(list);
		memory.forgetUnlessRead(key, reading);
		return await reading;
	};
}
