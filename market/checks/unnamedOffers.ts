import type { Refusal } from '../common/refusal';

/** The option by its name in the panel, and its guard. */
export const NOT_IN_INPUT = 'Offers Not in the Input';
export const MOST_OF_THEM = `${NOT_IN_INPUT}: Most of Them`;

/**
 * Refuses to send anything to a place if the input names too few of its offers: a partial export would take the others
 * off sale.
 *
 * @param place the store or warehouse, as messages name it
 * @param unnamed how many of its offers that have stock the input does not name
 * @param stocked how many of its offers have stock
 * @param mostPercent the largest share of unnamed ones that is allowed, 0 to 100
 */
export function refuseUnnamed(
	place: string,
	unnamed: number,
	stocked: number,
	mostPercent: number,
): Refusal | undefined {
	if (unnamed * 100 <= stocked * mostPercent) return undefined;
	return {
		reason: `${place}: the input does not name ${unnamed} of the ${stocked} offers that have stock, more than the ${mostPercent} % that ${MOST_OF_THEM} allows`,
		advice: `Nothing was sent there. Check that the source is complete: a partial export takes goods off sale. If it is right, raise ${MOST_OF_THEM}.`,
	};
}

const LEFT_ALONE = 'so no offer that the input does not name was set to 0';

/** Nothing is set to 0, because an item may be about any offer. @param item its number */
export function nameUnreadable(place: string, item: number): Refusal {
	return {
		reason: `${place}: item ${item} has no SKU that can be read, ${LEFT_ALONE}: it may be any of them`,
		advice: 'Correct that item, or leave it out of the input.',
	};
}

/** Nothing is set to 0, because the Market's list was not read to its end. */
export function stocksUnread(place: string, { reason, advice }: Refusal): Refusal {
	return { reason: `${place}: its stocks could not be read, ${LEFT_ALONE}: ${reason}`, advice };
}

/** Nothing is set to 0, because the Market's list shows warehouses that need not be the store's own. */
export function ownWarehouseUnknown(place: string): Refusal {
	return {
		reason: `${place}: the Market does not say which warehouse is its own, ${LEFT_ALONE}`,
		advice:
			'Run again later. If it stays so, check that the token has the access group inventory-and-order-processing (reading is enough).',
	};
}

/** Why offers with stock that the input does not name were left as they are. */
export const LEFT_AS_THEY_ARE = {
	alike:
		'the input has SKUs that differ from them only in zeros, letters that look alike, spaces or dashes, and that this list does not have',
	unclear: 'the Market shows them in several warehouses of the store',
} as const;

/**
 * What to say of offers that were left as they are.
 *
 * @param skus some of them, in words
 */
export function leftAsTheyAre(
	place: string,
	why: keyof typeof LEFT_AS_THEY_ARE,
	skus: string,
): string {
	return `${place}: some offers that the input does not name were left as they are, because ${LEFT_AS_THEY_ARE[why]}: ${skus}.`;
}

/** Why an item is in the output that is not in the input. @param shown units that the Market showed */
export function setToZero(shown: number): string {
	return `Not in the input: the Market showed ${shown}`;
}
