import { groupsUnknown, sendToWarning, type SendTo } from '../../market/checks/warnings';
import type { StoreWarehouse } from '../../market/read/warehouses';
import type { ToldList } from '../../market/read/warehouseLists';
import type { SentRecord } from '../common/output/fates';
import { warehouseLists } from '../common/connection/processMemory';
import type { AskingRun } from '../common/write/job';

/** What a run wants to know of a business's warehouses. */
interface Wishes {
	/** Whether the list holds what is needed; if not, a remembered list is asked for again. */
	isWanted?(list: readonly StoreWarehouse[]): boolean;
	/** Whether anything that is sent depends on the list: if so, the run waits for it. */
	decides(): Promise<boolean>;
}

/** A business's warehouses, and what the user should know about the way chosen to send. */
export interface CheckedSendTo {
	list: ToldList<StoreWarehouse>;
	warnings: string[];
}

/**
 * Asks once for each business of a run whether it has warehouse groups, and warns if the Market's guide prescribes the
 * other way to send. If the Market does not say, the user is told so.
 */
export async function checkSendTo<R extends SentRecord>(
	businessId: string,
	way: SendTo,
	{ account, ports, patience }: AskingRun<R>,
	{ isWanted, decides }: Wishes,
): Promise<CheckedSendTo> {
	const key = { apiUrl: account.apiUrl, accessKey: account.accessKey, businessId };
	const quick = await warehouseLists.storeWarehouses(key, ports, isWanted);
	const isPassing = !quick.ok && !quick.isDefinite && (await decides());
	const list = isPassing ? await warehouseLists.awaitStoreWarehouses(key, ports, patience) : quick;
	const warning = list.ok
		? sendToWarning(businessId, list.value, way)
		: groupsUnknown(businessId, list.refusal);
	return { list, warnings: warning === undefined ? [] : [warning] };
}
