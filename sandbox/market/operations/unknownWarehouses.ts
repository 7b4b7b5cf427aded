import type { MarketState } from '../state';
import type { Violations } from '../violations';

/**
 * It is not documented what the real Market does with a warehouse that is another business's, in a group, or does not
 * exist, hence the switch.
 */
export function refuseUnknownWarehouses(
	violations: Violations,
	businessId: number,
	warehouseIds: readonly number[],
	{ partnerWarehouses, switches }: MarketState,
): void {
	if (switches.unknownWarehouse === 'ignore') return;
	for (const warehouseId of new Set(warehouseIds)) {
		if (partnerWarehouses.find(businessId, warehouseId) === undefined) {
			violations.add(`Unknown partner warehouse '${warehouseId}'`);
		}
	}
}
