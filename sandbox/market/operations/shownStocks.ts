import type { Store } from '../../stores';
import type { MarketState } from '../state';

/**
 * What reads show of an offer's stocks in the place a store sells from. An offer that never got a balance is listed
 * without stocks, so that a reader can tell it from one with a balance of 0 and from a SKU that the catalogue does not
 * have, and learns that the list may be empty.
 */
export function shownStocks(state: MarketState, store: Store, sku: string): object {
	const balance = state.balances.shown(store, sku);
	if (balance === undefined) return { offerId: sku, stocks: [] };
	const { available, freeze, shownStamp } = balance;
	return {
		offerId: sku,
		stocks: [
			{ type: 'AVAILABLE', count: available },
			{ type: 'FREEZE', count: freeze },
			{ type: 'FIT', count: available + freeze },
		],
		updatedAt: new Date(shownStamp).toISOString(),
	};
}
