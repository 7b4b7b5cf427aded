import { MAX_OFFER_IDS_PER_OFFERS_REQUEST, PARALLEL_REQUESTS_PER_ENTITY } from '../contract/bounds';
import type { Subscription } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { findHiddenOffers } from './hiddenOffers';
import { findOffers } from './offers';
import { partsOf, readParts } from './parts';

/**
 * What the Market says about an offer in a store: hidden; in the catalogue and not hidden; or not in the catalogue.
 * `notListed` means that the list of hidden offers does not have it, and the catalogue was not asked.
 */
export type Visibility = 'hidden' | 'shown' | 'absent' | 'notListed';

/** What the Market says about offers, by SKU. */
export interface Visibilities {
	/** Offers about which anything could be read. */
	known: Map<string, Visibility>;
	/** Offers about which something could not be read, with what was thrown. */
	failed: Map<string, unknown>;
}

/** The status of an offer that the seller has hidden [openapi, OfferCampaignStatusType]. */
const HIDDEN_STATUS = 'DISABLED_BY_PARTNER';

/**
 * Reads whether offers are hidden. If the list of hidden offers does not have a SKU, that proves neither that the offer
 * is shown (the catalogue may not have it) nor, if the list changes while it is read, that it is not hidden: so the
 * catalogue is asked about it.
 *
 * @param mostLookedUp if more SKUs than this are not listed, the catalogue is not asked
 */
export async function readVisibility(
	campaignId: string,
	skus: readonly string[],
	mostLookedUp: number,
	subscription: Subscription,
	ports: RunPorts,
): Promise<Visibilities> {
	const { hidden, failed } = await findHiddenOffers(campaignId, skus, subscription, ports);
	const known = new Map<string, Visibility>();
	for (const sku of hidden) known.set(sku, 'hidden');
	const rest = skus.filter((sku) => !hidden.has(sku) && !failed.has(sku));
	for (const sku of rest) known.set(sku, 'notListed');
	if (rest.length > mostLookedUp) return { known, failed };
	const read = async (some: readonly string[]) => {
		const found = new Map<string, Visibility>();
		for await (const { offerId, status } of findOffers(campaignId, some, subscription, ports)) {
			found.set(offerId, status === HIDDEN_STATUS ? 'hidden' : 'shown');
		}
		for (const sku of some) known.set(sku, found.get(sku) ?? 'absent');
	};
	const parts = partsOf(rest, MAX_OFFER_IDS_PER_OFFERS_REQUEST);
	const errors = await readParts(parts, read, PARALLEL_REQUESTS_PER_ENTITY);
	for (const [some, error] of errors) for (const sku of some) failed.set(sku, error);
	return { known, failed };
}
