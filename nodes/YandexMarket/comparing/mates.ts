import { holdersOfStores } from '../../../market/checks/warehouseGroups';
import type { Refusal } from '../../../market/common/refusal';
import { warehouseLists } from '../../common/connection/processMemory';
import { campaignsOf } from '../../common/write/knownIds';
import type { ReadRun } from '../reading/readRun';

/** The stores of a run that hold one number, such as those of a warehouse group. */
export interface Mates {
	/** A store and those that hold its number: the same list for all of them. */
	of(store: string): readonly string[];
	/** Why that is not known of all. */
	refusal?: Refusal;
}

/** Asks which of these stores hold one number. With a single one nothing is asked. */
export async function matesOf(stores: readonly string[], reading: ReadRun): Promise<Mates> {
	const alone: Mates = { of: (store) => [store] };
	if (stores.length < 2) return alone;
	const { account, ports } = reading;
	const campaigns = await campaignsOf(reading);
	if (!campaigns.ok) return { ...alone, refusal: campaigns.refusal };
	const wanted = new Set(stores);
	const owners = new Set(
		campaigns.value.flatMap(({ id, business }) =>
			wanted.has(String(id)) && business?.id !== undefined ? [String(business.id)] : [],
		),
	);
	const joined = new Map<string, readonly string[]>();
	let refusal: Refusal | undefined;
	for (const businessId of owners) {
		const { apiUrl, accessKey } = account;
		const list = await warehouseLists.storeWarehouses({ apiUrl, accessKey, businessId }, ports);
		if (!list.ok) refusal = list.refusal;
		else for (const [store, mates] of joinedBy(list.value)) joined.set(store, mates);
	}
	return { of: (store) => joined.get(store) ?? [store], refusal };
}

function joinedBy(
	warehouses: Parameters<typeof holdersOfStores>[0],
): Map<string, readonly string[]> {
	const lists = new Map<unknown, readonly string[]>();
	const joined = new Map<string, readonly string[]>();
	for (const [store, holders] of holdersOfStores(warehouses)) {
		const known = lists.get(holders);
		const mates = known ?? [...new Set(holders.flatMap(({ stores }) => [...stores]))];
		lists.set(holders, mates);
		joined.set(store, mates);
	}
	return joined;
}
