import { LISTS, PAGES } from '../../contract';
import type { Store } from '../../stores';
import { hasBody, readBody } from '../body';
import { readBoolean, readId } from '../fields';
import { hasOwnWarehouse } from '../partner-warehouses';
import type { MarketState } from '../state';
import { Violations } from '../violations';
import { openStore } from './access';
import { askedOffers, readOfferIds } from './asked-offers';
import type { Apply, Inbound } from './operation';
import { shownStocks } from './shown-stocks';

interface Filter {
	stocksWarehouseId: number | undefined;
	hasStocks: boolean | undefined;
	archived: boolean | undefined;
	offerIds: readonly string[] | undefined;
}

/** POST offers/stocks: what the store has of every offer, or of the offers that are asked for. */
export function getStocks(call: Inbound): Apply {
	const { state } = call;
	const store = openStore(call);
	const filter = readFilter(call);
	const { entries, nextPageToken } = askedOffers(call, filter.offerIds, {
		list: `stocks ${store.campaignId}`,
		rule: PAGES.getStocks,
		passes: ({ sku }) => passes(state, store, sku, filter),
	});
	const offers = entries.map(({ sku }) => shownStocks(state, store, sku));
	const warehouses = offers.length > 0 ? [{ warehouseId: store.warehouseId, offers }] : [];
	call.countItems(offers.length);
	return () => ({ status: 'OK', result: { warehouses, paging: { nextPageToken } } });
}

function readFilter(call: Inbound): Filter {
	const body = hasBody(call.request) ? readBody(call.request) : {};
	const violations = new Violations();
	const filter: Filter = {
		stocksWarehouseId: readId(violations, body.stocksWarehouseId, 'stocksWarehouseId'),
		hasStocks: readBoolean(violations, body.hasStocks, 'hasStocks'),
		archived: readBoolean(violations, body.archived, 'archived'),
		offerIds: readOfferIds(violations, call, body, { bounds: LISTS.stocksOfferIds, filters: ['archived'] }),
	};
	readBoolean(violations, body.withTurnover, 'withTurnover');
	violations.throwIfAny();
	return filter;
}

/** `hasStocks` is for the Market's own warehouses, and only where one of them is named. */
function passes(state: MarketState, store: Store, sku: string, filter: Filter): boolean {
	const { stocksWarehouseId, hasStocks, archived } = filter;
	const isElsewhere = stocksWarehouseId !== undefined && stocksWarehouseId !== store.warehouseId;
	// The catalogue has no archived offers.
	if (isElsewhere || archived === true) return false;
	if (hasStocks === undefined || stocksWarehouseId === undefined || hasOwnWarehouse(store)) return true;
	return (state.balances.shown(store, sku)?.available ?? 0) > 0 === hasStocks;
}
