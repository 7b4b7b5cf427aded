import type { RunPorts } from '../pacing/runPorts';
import { allOf, told } from '../read/read';
import { findOffers } from '../read/offers';
import { refused, type Checked } from '../common/refusal';

/** More SKUs than this are not looked up: it would cost more than it saves. */
export const MOST_LOOKED_UP = 2_000;

/** The SKUs that a store's catalogue does not have, as far as the Market tells: they will never be shown there. */
export async function absentFromStore(
	campaignId: string,
	skus: readonly string[],
	ports: RunPorts,
): Promise<ReadonlySet<string>> {
	if (skus.length === 0 || skus.length > MOST_LOOKED_UP) return new Set();
	const offers = await told(allOf(findOffers(campaignId, skus, 'none', ports)));
	if (!offers.ok) return new Set();
	const absent = new Set(skus);
	for (const { offerId } of offers.value) absent.delete(offerId);
	return absent;
}

/** What to say about a SKU that the Market does not show in a store. */
export function notInStore(): Checked<never> {
	return notIn('store');
}

/** The same for a warehouse. */
export function notInWarehouse(): Checked<never> {
	return notIn('warehouse');
}

function notIn(where: string): Checked<never> {
	return refused(
		`The Market shows no such SKU in this ${where}`,
		`Check that the SKU is written as in the catalogue, and that the catalogue has it for this ${where}.`,
	);
}
