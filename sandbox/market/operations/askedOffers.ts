import type { Offer } from '../../catalogue';
import { duplicatesOf, readList, readSku } from '../fields';
import { pageOf, pageTokenOf, type Page, type PageRule } from '../pages';
import type { Violations } from '../violations';
import type { Inbound } from './operation';

/**
 * The SKUs that a read asks for; undefined = a page of all offers.
 * @param filters fields of the body that, like paging, must not be combined with SKUs.
 */
export function readOfferIds(
	violations: Violations,
	{ query }: Inbound,
	body: Readonly<Record<string, unknown>>,
	{ bounds, filters }: { bounds: { min: number; max: number }; filters: readonly string[] },
): string[] | undefined {
	if (!isGiven(body.offerIds)) return undefined;
	const offerIds = readList(violations, body.offerIds, 'offerIds', bounds).map((offerId, index) =>
		readSku(violations, offerId, `offerIds[${index}]`),
	);
	refuseRepeatedOfferIds(violations, offerIds);
	if (
		query.has('limit') ||
		pageTokenOf(query) !== null ||
		filters.some((name) => isGiven(body[name]))
	) {
		const others = ['pageToken', 'limit', ...filters];
		violations.add(
			`offerIds must not be used together with ${others.slice(0, -1).join(', ')} or ${others.at(-1)}`,
		);
	}
	return offerIds;
}

/** Names the SKUs that a list has more than once. */
export function refuseRepeatedOfferIds(violations: Violations, offerIds: readonly string[]): void {
	for (const { value, positions } of duplicatesOf(offerIds)) {
		violations.add(`Duplicate offerId='${value}' at positions '${positions.join(', ')}'`);
	}
}

/**
 * The offers that a read shows: all those it asks for by SKU, or else those of its page.
 * @param list names the list, because page tokens are only valid for their own list.
 */
export function askedOffers(
	{ query, state }: Inbound,
	offerIds: readonly string[] | undefined,
	{ list, rule, passes }: { list: string; rule: PageRule; passes: (offer: Offer) => boolean },
): Pick<Page<Offer>, 'entries' | 'nextPageToken'> {
	if (offerIds === undefined) return pageOf(state.catalogue.filter(passes), list, query, rule);
	const named = offerIds.map((sku) => state.offer(sku)).filter((offer) => offer !== undefined);
	return { entries: named.filter(passes) };
}

/**
 * Whether a read that may ask for the archive shows an offer: a list has either what is in the archive or what is not; by
 * SKU both are shown.
 */
export function isOnShelf(
	{ archived = false }: Offer,
	wanted: boolean | undefined,
	offerIds: readonly string[] | undefined,
): boolean {
	return offerIds !== undefined || archived === (wanted ?? false);
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null;
}
