import { groupsUnknown, wayWarning, type Way } from '../../market/guide';
import type { StoreWarehouse } from '../../market/reads/warehouses';
import type { SentRecord } from '../common/fates';
import { warehouseLists } from '../common/shared';
import type { WriteRun } from '../common/writeRun';

/**
 * Asks once for each cabinet of a run whether it has warehouse groups, and warns where the Market's guide gives the
 * other way to send. Where the Market does not tell, sending goes on, and the user learns of that.
 *
 * @returns the cabinet's warehouses; none where they are not told
 */
export async function checkWay<R extends SentRecord>(
	businessId: string,
	way: Way,
	{ account, ports, stats, warnings }: WriteRun<R>,
): Promise<readonly StoreWarehouse[]> {
	const { apiUrl, credentialId } = account;
	const list = await warehouseLists.storeWarehouses({ apiUrl, credentialId, businessId }, ports, stats);
	if (!list.ok) {
		warnings.push(groupsUnknown(businessId, list.refusal));
		return [];
	}
	const warning = wayWarning(businessId, list.value, way);
	if (warning !== undefined) warnings.push(warning);
	return list.value;
}
