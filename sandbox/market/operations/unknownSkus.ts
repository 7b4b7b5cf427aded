import type { MarketState } from '../state';
import type { Violations } from '../violations';

/** It is not documented what the real Market does with a SKU that it does not know, hence the switch. */
export function refuseUnknownSkus(
	violations: Violations,
	skus: readonly string[],
	state: MarketState,
): void {
	if (state.switches.unknownSku === 'ignore') return;
	for (const sku of skus) {
		if (state.offer(sku) === undefined) violations.add(`Unknown shop-sku '${sku}'`);
	}
}
