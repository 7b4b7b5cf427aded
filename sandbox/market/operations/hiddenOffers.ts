import { LISTS, PAGES } from '../../contract';
import type { Store } from '../../stores';
import { readBody } from '../body';
import { readList, readObject, readSku } from '../fields';
import { pageOf } from '../pages';
import type { MarketState } from '../state';
import { Violations } from '../violations';
import { openStore } from './access';
import { refuseRepeatedOfferIds } from './askedOffers';
import { OK, type Apply, type Inbound } from './operation';
import { refusePoisonedSkus } from './poisonedSkus';
import { refuseUnknownSkus } from './unknownSkus';

/** POST hidden-offers: takes offers off sale until they are shown again. */
export function addHiddenOffers(call: Inbound): Apply {
	const store = openStore(call);
	const offerIds = readOfferIds(call);
	const violations = new Violations();
	refuseRepeatedOfferIds(violations, offerIds);
	refuseOffers(violations, offerIds, call.state);
	violations.throwIfAny();
	return () => setHidden(call.state, store, offerIds, true);
}

/** POST hidden-offers/delete: shows offers again. Repeated ones are accepted: nothing forbids them. */
export function deleteHiddenOffers(call: Inbound): Apply {
	const store = openStore(call);
	const offerIds = readOfferIds(call);
	const violations = new Violations();
	refuseOffers(violations, offerIds, call.state);
	violations.throwIfAny();
	return () => setHidden(call.state, store, offerIds, false);
}

/** GET hidden-offers: what reads show as hidden, in the catalogue's order. */
export function getHiddenOffers(call: Inbound): Apply {
	const { state, query } = call;
	const store = openStore(call);
	const violations = new Violations();
	const asked = query
		.getAll('offer_id')
		.map((offerId, index) => readSku(violations, offerId, `offer_id[${index}]`));
	violations.throwIfAny();

	const wanted = new Set(asked);
	const hidden = state.catalogue
		.filter(
			({ sku }) => state.hiddenOffers.shown(store, sku) && (wanted.size === 0 || wanted.has(sku)),
		)
		.map(({ sku }) => ({ offerId: sku }));
	const page = pageOf(hidden, `hidden-offers ${store.campaignId}`, query, PAGES.getHiddenOffers);
	call.countItems(page.entries.length);
	return () => ({
		status: 'OK',
		result: { hiddenOffers: page.entries, paging: { nextPageToken: page.nextPageToken } },
	});
}

function readOfferIds(call: Inbound): string[] {
	const { hiddenOffers } = readBody(call.request);
	if (Array.isArray(hiddenOffers)) call.countItems(hiddenOffers.length);
	const violations = new Violations();
	const offerIds = readList(violations, hiddenOffers, 'hiddenOffers', LISTS.hiddenOffers).flatMap(
		(value, index) => {
			const path = `hiddenOffers[${index}]`;
			const entry = readObject(violations, value, path);
			return entry === undefined ? [] : [readSku(violations, entry.offerId, `${path}.offerId`)];
		},
	);
	violations.throwIfAny();
	return offerIds;
}

/** The Market's objections to an offer, when hiding it and when showing it again. */
function refuseOffers(
	violations: Violations,
	offerIds: readonly string[],
	state: MarketState,
): void {
	refuseUnknownSkus(violations, offerIds, state);
	refusePoisonedSkus(violations, offerIds, state, {
		named: (sku) => `Offer '${sku}' is not allowed`,
		listed: (index) => `hiddenOffers[${index}].offerId is not allowed`,
	});
}

function setHidden(
	state: MarketState,
	store: Store,
	offerIds: readonly string[],
	hidden: boolean,
): typeof OK {
	for (const sku of offerIds) {
		if (state.offer(sku) !== undefined) state.hiddenOffers.set(store, sku, hidden);
	}
	return OK;
}
