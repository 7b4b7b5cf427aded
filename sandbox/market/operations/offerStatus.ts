import type { OfferStatus } from '../../contract';
import type { Store } from '../../stores';
import type { MarketState } from '../state';

/** The status of an offer in a store, as reads currently show it. */
export function offerStatus(state: MarketState, store: Store, sku: string): OfferStatus {
	if (state.offer(sku)?.archived) return 'ARCHIVED';
	if (state.hiddenOffers.shown(store, sku)) return 'DISABLED_BY_PARTNER';
	return (state.balances.shown(store, sku)?.available ?? 0) > 0 ? 'PUBLISHED' : 'NO_STOCKS';
}
