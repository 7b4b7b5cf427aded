import { refused, type Checked } from '../common/refusal';

/**
 * How much of a balance the Market is told, by rules that apply in this order; one that is absent does not apply.
 */
export interface Terms {
	/** Percent of the balance, from 0 to 100, with at most `SHARE_DECIMALS` decimals; what it gives is rounded down. */
	share?: number;
	/** Units held back. */
	reserve?: number;
	/** If fewer units than this are left, none are shown. */
	minimum?: number;
	/** The most units shown. */
	maximum?: number;
}

/** The rules by their names in the panel, in the order in which they apply. */
export const TERM_LABELS: Readonly<Record<keyof Terms, string>> = {
	share: 'Share (%)',
	reserve: 'Reserve',
	minimum: 'Minimum Stock Shown',
	maximum: 'Maximum Stock Shown',
};

/** Decimals of a percentage that count. With them, whole units times a share stay within the integers of a double. */
export const SHARE_DECIMALS = 4;

const PARTS_OF_PERCENT = 10 ** SHARE_DECIMALS;

/**
 * What is shown of a balance.
 *
 * @param whole a whole number of units, from 0 to 2,000,000,000
 */
export function shownOf(whole: number, terms: Terms): number {
	const { reserve = 0, minimum = 0, maximum = Infinity } = terms;
	const left = Math.max(0, partOf(whole, terms) - reserve);
	return left < minimum ? 0 : Math.min(left, maximum);
}

/** The name of the rule by which nothing is shown although there are units; undefined if there is no such rule. */
export function zeroedBy(whole: number, terms: Terms): string | undefined {
	if (whole <= 0 || shownOf(whole, terms) > 0) return undefined;
	const { reserve = 0, minimum = 0 } = terms;
	const part = partOf(whole, terms);
	if (part === 0) return TERM_LABELS.share;
	if (part <= reserve) return TERM_LABELS.reserve;
	return part - reserve < minimum ? TERM_LABELS.minimum : TERM_LABELS.maximum;
}

/**
 * Refuses a minimum above the maximum: what is shown would be more than the one or less than the other. A maximum of
 * zero is no contradiction: it shows nothing, whatever the minimum.
 */
export function refuseTerms({
	minimum = 0,
	maximum = Infinity,
}: Terms): Checked<never> | undefined {
	if (minimum <= maximum || maximum === 0) return undefined;
	return refused(
		`${TERM_LABELS.minimum} ${minimum} is more than ${TERM_LABELS.maximum} ${maximum}`,
		'Lower the minimum or raise the maximum. To show nothing of a SKU, give 0 as its maximum.',
	);
}

/** The share of a balance, computed with integers: in floating point, 29 % of 100 could come out as 28. */
function partOf(whole: number, { share }: Terms): number {
	if (share === undefined) return whole;
	return Math.floor((whole * Math.round(share * PARTS_OF_PERCENT)) / (100 * PARTS_OF_PERCENT));
}
