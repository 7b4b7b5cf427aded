import { groupsUnknown, wayWarning, type Way } from '../../market/guide';
import type { StoreWarehouse } from '../../market/reads/warehouses';
import type { SentRecord } from '../common/fates';
import { warehouseLists } from '../common/shared';
import type { WriteRun } from '../common/writeRun';

/**
 * Asks once for each cabinet of a run whether it has warehouse groups, and warns where the Market's guide gives the
 * other way to send. Where the Market does not tell, sending goes on, and the user learns of that.
 *
 * @param isWanted whether the cabinet's list is as it is hoped for; where it is not, an older one is asked for anew
 * @returns the cabinet's warehouses; undefined where they are not told
 */
export async function checkWay<R extends SentRecord>(
	businessId: string,
	way: Way,
	{ account, ports, stats, alerts }: WriteRun<R>,
	isWanted?: (list: readonly StoreWarehouse[]) => boolean,
): Promise<readonly StoreWarehouse[] | undefined> {
	const { apiUrl, accessKey } = account;
	const list = await warehouseLists.storeWarehouses({ apiUrl, accessKey, businessId }, ports, stats, isWanted);
	if (!list.ok) {
		alerts.push(groupsUnknown(businessId, list.refusal));
		return undefined;
	}
	const warning = wayWarning(businessId, list.value, way);
	if (warning !== undefined) alerts.push(warning);
	return list.value;
}
