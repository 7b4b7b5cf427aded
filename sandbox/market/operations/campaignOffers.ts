import { LISTS, OFFER_STATUSES, PAGES } from '../../contract';
import { readBody } from '../body';
import { readerOf, readFilter } from '../fields';
import { Violations } from '../violations';
import { openStore } from './access';
import { askedOffers, readOfferIds } from './askedOffers';
import { CATALOGUE_FILTERS, readCatalogueFilters } from './offerFilters';
import { offerStatus } from './offerStatus';
import type { Apply, Inbound } from './operation';

/** The catalogue's prices never change. */
const PRICED_AT = '2026-01-01T00:00:00Z';

/** POST offers: price and status of a store's offers. Unlike other reads, it requires a body. */
export function getCampaignOffers(call: Inbound): Apply {
	const { state } = call;
	const store = openStore(call);
	const body = readBody(call.request);
	const violations = new Violations();
	const offerIds = readOfferIds(violations, call, body, {
		bounds: LISTS.campaignOfferIds,
		filters: ['statuses', ...CATALOGUE_FILTERS],
	});
	const statuses = readFilter(
		violations,
		body.statuses,
		'statuses',
		LISTS.filter,
		readerOf(OFFER_STATUSES),
	);
	const isOfNone = readCatalogueFilters(violations, body);
	violations.throwIfAny();

	const { entries, nextPageToken } = askedOffers(call, offerIds, {
		list: `offers ${store.campaignId}`,
		rule: PAGES.getCampaignOffers,
		passes: ({ sku }) => !isOfNone && (statuses?.includes(offerStatus(state, store, sku)) ?? true),
	});
	const offers = entries.map(({ sku, price }) => ({
		offerId: sku,
		basicPrice: { value: price, currencyId: 'RUR', updatedAt: PRICED_AT },
		status: offerStatus(state, store, sku),
	}));
	call.countItems(offers.length);
	return () => ({ status: 'OK', result: { offers, paging: { nextPageToken } } });
}
