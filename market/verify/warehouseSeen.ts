import type { RunPorts } from '../pacing/runPorts';
import { told } from '../read/read';
import { findStocks } from '../read/stocks';
import type { Refusal } from '../common/refusal';

/**
 * Why it is doubtful that a business has a warehouse, or undefined if the Market shows any of these SKUs in it. For a
 * warehouse that no list names: the Market may accept balances for a wrong one and ignore them.
 */
export async function refuseUnseenWarehouse(
	businessId: string,
	warehouseId: string,
	skus: readonly string[],
	ports: RunPorts,
): Promise<Refusal | undefined> {
	const unchecked = `Whether business ${businessId} has warehouse ${warehouseId} could not be checked`;
	const advice =
		'Check the ID of the warehouse, and read it back later: the Market ignores balances for a wrong one.';
	const first = await told(findStocks({ businessId, warehouseId }, skus, ports).next());
	if (!first.ok) {
		const { reason } = first.refusal;
		return { reason: `${unchecked}, nor could it be read back. ${reason}`, advice };
	}
	if (!first.value.done) return undefined;
	return { reason: `${unchecked}, and none of the SKUs read back is shown there`, advice };
}
