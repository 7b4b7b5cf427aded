import type { Offer } from '../../catalogue';
import { LISTS, PAGES } from '../../contract';
import type { Store } from '../../stores';
import { hasBody, readBody } from '../body';
import { readBoolean, readId } from '../fields';
import { placesOf } from '../marketWarehouses';
import { hasOwnWarehouse } from '../partnerWarehouses';
import type { MarketState } from '../state';
import { Violations } from '../violations';
import { openStore } from './access';
import { askedOffers, isOnShelf, readOfferIds } from './askedOffers';
import type { Apply, Inbound } from './operation';
import { shownStocks } from './shownStocks';

interface Filter {
	stocksWarehouseId: number | undefined;
	hasStocks: boolean | undefined;
	archived: boolean | undefined;
	offerIds: readonly string[] | undefined;
}

/** POST offers/stocks: what the store has of every offer, or of the offers asked for. */
export function getStocks(call: Inbound): Apply {
	const { state } = call;
	const store = openStore(call);
	const filter = readFilter(call);
	const { entries, nextPageToken } = askedOffers(call, filter.offerIds, {
		list: `stocks ${store.campaignId}`,
		rule: PAGES.getStocks,
		passes: (offer) =>
			isOnShelf(offer, filter.archived, filter.offerIds) && passes(state, store, offer, filter),
	});
	const warehouses = placesOf(store)
		.filter(({ warehouseId }) => (filter.stocksWarehouseId ?? warehouseId) === warehouseId)
		.map((place) => ({
			warehouseId: place.warehouseId,
			offers: shownAt(place, store, entries, state),
		}))
		.filter(({ offers }) => offers.length > 0);
	call.countItems(warehouses.reduce((sum, { offers }) => sum + offers.length, 0));
	return () => ({ status: 'OK', result: { warehouses, paging: { nextPageToken } } });
}

/** All offers in the store's own warehouse; in one of the Market's, only those with a balance there. */
function shownAt(
	place: Store,
	store: Store,
	entries: readonly Offer[],
	state: MarketState,
): object[] {
	const shown =
		place === store
			? entries
			: entries.filter(({ sku }) => state.balances.shown(place, sku) !== undefined);
	return shown.map(({ sku }) => shownStocks(state, place, sku));
}

function readFilter(call: Inbound): Filter {
	const body = hasBody(call.request) ? readBody(call.request) : {};
	const violations = new Violations();
	const filter: Filter = {
		stocksWarehouseId: readId(violations, body.stocksWarehouseId, 'stocksWarehouseId'),
		hasStocks: readBoolean(violations, body.hasStocks, 'hasStocks'),
		archived: readBoolean(violations, body.archived, 'archived'),
		offerIds: readOfferIds(violations, call, body, {
			bounds: LISTS.stocksOfferIds,
			filters: ['archived'],
		}),
	};
	readBoolean(violations, body.withTurnover, 'withTurnover');
	violations.throwIfAny();
	return filter;
}

/** `hasStocks` applies to the Market's own warehouses, and only if one of them is named. */
function passes(state: MarketState, store: Store, { sku }: Offer, filter: Filter): boolean {
	const { stocksWarehouseId, hasStocks } = filter;
	if (stocksWarehouseId === undefined) return true;
	const place = placesOf(store).find(({ warehouseId }) => warehouseId === stocksWarehouseId);
	if (place === undefined) return false;
	if (hasStocks === undefined || hasOwnWarehouse(store)) return true;
	return (state.balances.shown(place, sku)?.available ?? 0) > 0 === hasStocks;
}
