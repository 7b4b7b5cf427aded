import type { Subscription } from '../operations';
import type { Ports } from '../ports';
import { MarketReadRefused } from '../read';
import { findOffers } from '../reads/offers';
import type { SendStats } from '../sender/exchange';

/** More SKUs than this are not looked up: that would cost more than it spares. */
const MOST_LOOKED_UP = 2_000;

/** The SKUs that the catalogue of a store does not have, as far as the Market tells: they will never be shown there. */
export async function absentFromStore(
	campaignId: string,
	skus: readonly string[],
	subscription: Subscription,
	ports: Ports,
	stats: SendStats,
): Promise<ReadonlySet<string>> {
	if (skus.length === 0 || skus.length > MOST_LOOKED_UP) return new Set();
	const absent = new Set(skus);
	try {
		for await (const { offerId } of findOffers(campaignId, skus, subscription, ports, stats)) absent.delete(offerId);
		return absent;
	} catch (error) {
		if (error instanceof MarketReadRefused) return new Set();
		throw error;
	}
}
