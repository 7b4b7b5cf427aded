import type { MarketState } from '../state';
import type { Violations } from '../violations';

/** How a method refers to a SKU in its list. */
interface Wording {
	named(sku: string): string;
	listed(index: number): string;
}

/** Refuses a request that contains one of the SKUs of the switch `poisonedSkus`. */
export function refusePoisonedSkus(
	violations: Violations,
	skus: readonly string[],
	state: MarketState,
	wording: Wording,
): void {
	const namings = new Map(state.switches.poisonedSkus.map(({ sku, naming }) => [sku, naming]));
	skus.forEach((sku, index) => {
		const naming = namings.get(sku);
		if (naming === 'named') violations.add(wording.named(sku));
		if (naming === 'listed') violations.add(wording.listed(index));
	});
	if (skus.some((sku) => namings.get(sku) === 'unnamed'))
		violations.add('Request contains invalid data');
}
