import { LISTS, PAGES } from '../../contract';
import { readBody } from '../body';
import { readBoolean, requireId } from '../fields';
import { Violations } from '../violations';
import { findBusiness } from './access';
import { askedOffers, isOnShelf, readOfferIds } from './askedOffers';
import { refuseWithGroups } from './groups';
import type { Apply, Inbound } from './operation';
import { shownStocks } from './shownStocks';
import { refuseUnknownWarehouses } from './unknownWarehouses';

/** POST v3 offers/stocks: what one warehouse has of every offer, or of the offers asked for. */
export function getStocksOnPartnerWarehouses(call: Inbound): Apply {
	const { state } = call;
	const business = findBusiness(call);
	refuseWithGroups(business, state);
	const { businessId } = business;
	const body = readBody(call.request);
	const violations = new Violations();
	const partnerWarehouseId = requireId(violations, body.partnerWarehouseId, 'partnerWarehouseId');
	const archived = readBoolean(violations, body.archived, 'archived');
	const offerIds = readOfferIds(violations, call, body, {
		bounds: LISTS.stocksOfferIds,
		filters: ['archived'],
	});
	violations.throwIfAny();
	refuseUnknownWarehouses(violations, businessId, [partnerWarehouseId], state);
	violations.throwIfAny();

	const [store] = state.partnerWarehouses.find(businessId, partnerWarehouseId)?.stores ?? [];
	const { entries, nextPageToken } = askedOffers(call, offerIds, {
		list: `stocks of warehouse ${partnerWarehouseId}`,
		rule: PAGES.getStocksOnPartnerWarehouses,
		passes: (offer) => store !== undefined && isOnShelf(offer, archived, offerIds),
	});
	const offers =
		store === undefined ? [] : entries.map(({ sku }) => shownStocks(state, store, sku));
	call.countItems(offers.length);
	return () => ({
		status: 'OK',
		result: { partnerWarehouseId, offers, paging: { nextPageToken } },
	});
}
