import { LISTS, PAGES } from '../../contract';
import type { Store } from '../../stores';
import { hasBody, readBody } from '../body';
import { duplicatesOf, readBoolean, readId, readList, readSku } from '../fields';
import { pageOf, pageTokenOf, type Page } from '../pages';
import type { MarketState } from '../state';
import { Violations } from '../violations';
import { openStore } from './access';
import type { Apply, Inbound } from './operation';

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
	const { entries, nextPageToken } = pageOfSkus(call, store, filter);
	const offers = entries.map((sku) => stocksOf(state, store, sku));
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
		offerIds: readOfferIds(violations, body.offerIds),
	};
	readBoolean(violations, body.withTurnover, 'withTurnover');
	if (filter.offerIds !== undefined) {
		const others = filter.archived !== undefined || call.query.has('limit') || pageTokenOf(call.query) !== null;
		if (others) violations.add('offerIds must not be used together with pageToken, limit or archived');
	}
	violations.throwIfAny();
	return filter;
}

function readOfferIds(violations: Violations, value: unknown): string[] | undefined {
	if (value === undefined || value === null) return undefined;
	const offerIds = readList(violations, value, 'offerIds', LISTS.offerIds).map((offerId, index) =>
		readSku(violations, offerId, `offerIds[${index}]`),
	);
	for (const { value: offerId, positions } of duplicatesOf(offerIds)) {
		violations.add(`Duplicate offerId='${offerId}' at positions '${positions.join(', ')}'`);
	}
	return offerIds;
}

function pageOfSkus(call: Inbound, store: Store, filter: Filter): Pick<Page<string>, 'entries' | 'nextPageToken'> {
	const { state } = call;
	const isElsewhere = filter.stocksWarehouseId !== undefined && filter.stocksWarehouseId !== store.warehouseId;
	// The catalogue has no archived offers.
	if (isElsewhere || filter.archived === true) return { entries: [] };
	if (filter.offerIds !== undefined) {
		return { entries: filter.offerIds.filter((sku) => state.offer(sku) !== undefined) };
	}
	const skus = state.catalogue.map(({ sku }) => sku).filter((sku) => passes(state, store, sku, filter));
	return pageOf(skus, `stocks ${store.campaignId}`, call.query, PAGES.getStocks);
}

/** `hasStocks` is for the Market's own warehouses, and only where one of them is named. */
function passes(state: MarketState, store: Store, sku: string, filter: Filter): boolean {
	const isMarketWarehouse = store.placementType === 'FBY' || store.placementType === 'LAAS';
	if (filter.hasStocks === undefined || filter.stocksWarehouseId === undefined || !isMarketWarehouse) return true;
	return (state.balances.shown(store, sku)?.available ?? 0) > 0 === filter.hasStocks;
}

/**
 * An offer that never got a balance is listed with no stocks: so a reader can tell it from one with a balance
 * of 0 and from a SKU that the catalogue does not have, and learns that the list may be empty.
 */
function stocksOf(state: MarketState, store: Store, sku: string): object {
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
