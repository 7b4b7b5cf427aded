import type { Offer } from '../../catalogue';
import { CARD_STATUSES, LISTS, PAGES } from '../../contract';
import type { Store } from '../../stores';
import { hasBody, readBody } from '../body';
import { readBoolean, readerOf, readFilter } from '../fields';
import type { MarketState } from '../state';
import { Violations } from '../violations';
import { findBusiness } from './access';
import { askedOffers, isOnShelf, readOfferIds } from './askedOffers';
import { CATALOGUE_FILTERS, readCatalogueFilters } from './offerFilters';
import { offerStatus } from './offerStatus';
import type { Apply, Inbound } from './operation';

/** The card status of every offer in the catalogue. */
const CARD_STATUS = 'HAS_CARD_CAN_NOT_UPDATE';

/** POST offer-mappings: the business's catalogue, with the status of every offer in each of its stores. */
export function getOfferMappings(call: Inbound): Apply {
	const { state } = call;
	const { businessId } = findBusiness(call);
	const body = hasBody(call.request) ? readBody(call.request) : {};
	const violations = new Violations();
	const offerIds = readOfferIds(violations, call, body, {
		bounds: LISTS.mappingOfferIds,
		filters: ['archived', 'cardStatuses', ...CATALOGUE_FILTERS],
	});
	const archived = readBoolean(violations, body.archived, 'archived');
	const cards = readFilter(
		violations,
		body.cardStatuses,
		'cardStatuses',
		LISTS.filter,
		readerOf(CARD_STATUSES),
	);
	const isOfNone = readCatalogueFilters(violations, body);
	violations.throwIfAny();

	const isOfAll = !isOfNone && (cards?.includes(CARD_STATUS) ?? true);
	const { entries, nextPageToken } = askedOffers(call, offerIds, {
		list: `offer-mappings ${businessId}`,
		rule: PAGES.getOfferMappings,
		passes: (offer) => isOfAll && isOnShelf(offer, archived, offerIds),
	});
	const stores = state.stores.filter((store) => store.businessId === businessId);
	const offerMappings = entries.map((offer) => describe(state, offer, stores));
	call.countItems(offerMappings.length);
	return () => ({ status: 'OK', result: { offerMappings, paging: { nextPageToken } } });
}

function describe(
	state: MarketState,
	{ sku, name, archived = false }: Offer,
	stores: readonly Store[],
): object {
	const campaigns = stores.map((store) => ({
		campaignId: store.campaignId,
		status: offerStatus(state, store, sku),
	}));
	return {
		offer: { offerId: sku, name, archived, cardStatus: CARD_STATUS, campaigns },
		mapping: {},
	};
}
