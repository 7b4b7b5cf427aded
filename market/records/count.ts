import { MAX_COUNT } from '../contract/bounds';
import { accepted, refused, type Checked } from '../common/refusal';
import { quote } from '../common/text';
import { refuseTerms, shownOf, type Terms } from './terms';

/** What to do with a balance that the Market would not accept as it is. */
export interface CountRules {
	fractions: 'refuse' | 'roundDown';
	negatives: 'refuse' | 'zero';
}

/** What the rows of one SKU say together. */
export interface Units extends Terms {
	/** With sign and fraction. */
	units: number;
	/** What the number was computed from, as messages put it; absent if a row has it as it is. */
	origin?: string;
}

/**
 * Turns what the rows say into the balance that the Market is told, a whole number from 0 to 2,000,000,000:
 * first fractions and negatives, then the terms (see `Terms`) decide how much of it is shown.
 * A number that is too large is refused before that: once capped, a barcode would pass for a balance.
 *
 * Source of the bounds: UpdateStockItemDTO in the Market's OpenAPI.
 */
export function cleanCount(stock: Units, { fractions, negatives }: CountRules): Checked<number> {
	const contradiction = refuseTerms(stock);
	if (contradiction) return contradiction;
	const { units } = stock;
	// Even a negative fraction: rounded towards zero, it would pass for a balance.
	if (units < 0) {
		if (negatives === 'zero') return accepted(0);
		return refused(
			`Stock ${named(stock)} is negative`,
			'Correct it in the source, or set the option Negatives to Send Zero.',
		);
	}
	if (fractions === 'refuse' && !Number.isInteger(units)) {
		return refused(
			`Stock ${named(stock)} is not a whole number`,
			'Correct it in the source, or set the option Fractions to Round Down.',
		);
	}
	const whole = Math.floor(units);
	if (whole > MAX_COUNT) return tooLarge('Stock', units, stock.origin);
	return accepted(shownOf(whole, stock));
}

/** A number of units beyond what the Market accepts. */
export function tooLarge<T>(
	label: string,
	units: number | bigint | string,
	origin?: string,
): Checked<T> {
	return refused(
		`${label} ${named({ units, origin })} is larger than ${MAX_COUNT}, the most that the Market takes`,
		`Check that ${label} is mapped to the right field: a barcode or an ID is often mistaken for it.`,
	);
}

function named({ units, origin }: { units: number | bigint | string; origin?: string }): string {
	return origin === undefined ? quote(units) : `${quote(units)} (${origin})`;
}
