import type { MarketState } from '../state';
import type { Violations } from '../violations';

/**
 * What the real Market does with a warehouse that is another cabinet's, or in a group, or none at all, is not
 * documented, hence the switch.
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
