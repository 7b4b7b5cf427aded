import { findHiddenOffers } from '../reads/hiddenOffers';
import type { Subscription } from '../operations';
import type { Ports } from '../ports';
import type { SendStats } from '../sender/exchange';
import { accepted, refused, type Checked } from '../refusal';
import { absentFromStore } from './catalogue';
import type { Compared } from './compared';

/**
 * Compares which offers are hidden with which should be.
 *
 * @param wanted whether the offers were hidden (true) or shown (false)
 * @returns in the order of the SKUs: whether it is hidden, where that is as wanted, or the likely reason
 * @throws MarketReadRefused
 */
export async function compareHidden(
	campaignId: string,
	skus: readonly string[],
	wanted: boolean,
	subscription: Subscription,
	ports: Ports,
	stats: SendStats,
): Promise<Compared[]> {
	const hidden = new Set<string>();
	for await (const sku of findHiddenOffers(campaignId, skus, subscription, ports, stats)) hidden.add(sku);
	const missing = wanted ? skus.filter((sku) => !hidden.has(sku)) : [];
	const absent = await absentFromStore(campaignId, missing, subscription, ports, stats);
	return skus.map((sku) => {
		if (hidden.has(sku) === wanted) return accepted(wanted);
		return wanted ? { ...stillShown(), isFinal: absent.has(sku) } : stillHidden();
	});
}

function stillShown(): Checked<boolean> {
	return refused(
		'The Market does not list the offer as hidden',
		'It may take some minutes. If it stays so, check that the catalogue has this SKU for this store.',
	);
}

function stillHidden(): Checked<boolean> {
	return refused(
		'The Market still lists the offer as hidden',
		'It may take some minutes. If it stays so, it was hidden in the seller cabinet or by a price list: show it there.',
	);
}
