import type { Subscription } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { readVisibility, type Visibility } from '../read/visibility';
import { accepted, refused, type Checked } from '../common/refusal';
import { MOST_LOOKED_UP, notInStore } from './catalogue';
import { unread, type Compare, type Compared } from './compared';

/**
 * Compares which offers are hidden with which should be: for each SKU, that it is as wanted, or the likely reason why
 * not. An offer is shown if the store's catalogue has it and the Market does not say that it is hidden.
 *
 * @param wanted whether the offers were hidden (true) or shown (false)
 */
export function hiddenComparison(
	campaignId: string,
	wanted: boolean,
	subscription: Subscription,
	ports: RunPorts,
): Compare<{ sku: string }> {
	const judge = wanted ? judgeHidden : judgeShown;
	// Proving that an offer is hidden needs no catalogue, which is asked only to explain why one is not.
	const mostLookedUp = wanted ? MOST_LOOKED_UP : Infinity;
	return async (sent) => {
		const skus = sent.map(({ sku }) => sku);
		const { known, failed } = await readVisibility(
			campaignId,
			skus,
			mostLookedUp,
			subscription,
			ports,
		);
		return skus.map((sku) => judge(known.get(sku), failed.get(sku)));
	};
}

function judgeHidden(state: Visibility | undefined, error: unknown): Compared {
	if (state === 'hidden') return accepted(true);
	if (state === 'absent') return { ...notInStore(), isFinal: true };
	return state === undefined ? unread(error) : stillShown();
}

function judgeShown(state: Visibility | undefined, error: unknown): Compared {
	if (state === 'shown') return accepted(false);
	if (state === 'absent') return { ...notInStore(), isFinal: true };
	return state === 'hidden' ? stillHidden() : unread(error);
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
