import { MAX_COUNT } from '../bounds';
import { accepted, refused, type Checked } from '../refusal';
import { quote } from '../text';

/** What to do with a balance that the Market would not take as it is. */
export interface CountRules {
	fractions: 'refuse' | 'roundDown';
	negatives: 'refuse' | 'zero';
}

/** Longest text that can still be a balance: more than any number with its separators needs. */
const MAX_NUMBER_TEXT = 64;

const GROUP_SPACE = '[ \\u00a0\\u2009\\u202f]';
const PLAIN = /^[+-]?\d+(?:\.\d+)?$/;
const GROUPED = new RegExp(`^[+-]?\\d{1,3}(?:${GROUP_SPACE}\\d{3})+(?:\\.\\d+)?$`);
const EXPONENT = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i;
const NOT_A_WHOLE_NUMBER = /\.\d*[1-9]/;

const WANTED = `Stock must be a whole number from 0 to ${MAX_COUNT}.`;

/**
 * Reads a balance: a whole number from 0 to 2,000,000,000 units available to order.
 * Takes what spreadsheets give ("12", " 12 ", "12.0", "1 234") and refuses whatever can be read in two ways.
 * A blank or missing balance is refused, never read as zero: a zero takes the offer off sale.
 * Source of the bounds: UpdateStockItemDTO in the Market's OpenAPI.
 */
export function readCount(raw: unknown, rules: CountRules): Checked<number> {
	switch (typeof raw) {
		case 'number':
			return readNumber(raw, raw, !Number.isInteger(raw), rules);
		case 'bigint':
			return readNumber(Number(raw), raw, false, rules);
		case 'string':
			return readText(raw, rules);
		case 'boolean':
			return refused(
				`Stock is the boolean ${raw}, not a number`,
				'Map Stock to the number of units, not to an "in stock" mark.',
			);
		case 'undefined':
			return refused('Stock is missing', `It is not read as zero. ${WANTED} Send 0 to take the offer off sale.`);
		default:
			if (raw === null) return blank();
			return refused(`Stock is ${quote(raw)}, not a number`, `Map Stock to a field that holds one number. ${WANTED}`);
	}
}

function blank(): Checked<number> {
	return refused('Stock is blank', `It is not read as zero. ${WANTED} Send 0 to take the offer off sale.`);
}

function readText(raw: string, rules: CountRules): Checked<number> {
	const text = raw.trim();
	if (text === '') return blank();
	if (text.length <= MAX_NUMBER_TEXT) {
		if (PLAIN.test(text) || GROUPED.test(text)) {
			const plain = text.replace(/\s/g, '');
			return readNumber(Number(plain), text, NOT_A_WHOLE_NUMBER.test(plain), rules);
		}
		if (EXPONENT.test(text)) {
			return refused(
				`Stock ${quote(text)} is in exponent form and may have lost digits`,
				`Format the column as a whole number in the source. ${WANTED}`,
			);
		}
		if (/^[+-]?[\d\s]*,[\d\s,.]*$/.test(text)) {
			return refused(
				`Stock ${quote(text)} has a comma, which may separate thousands or decimals`,
				`Remove the comma in the source. ${WANTED}`,
			);
		}
	}
	return refused(`Stock ${quote(text)} is not a number`, `Check that Stock is mapped to the right field. ${WANTED}`);
}

function readNumber(
	value: number,
	shown: number | bigint | string,
	isFraction: boolean,
	rules: CountRules,
): Checked<number> {
	if (!Number.isFinite(value)) return refused(`Stock is ${value}, not a number`, WANTED);
	if (value < 0) {
		if (rules.negatives === 'zero') return accepted(0);
		return refused(
			`Stock ${quote(shown)} is negative`,
			'Correct it in the source, or set the option Negatives to Send Zero.',
		);
	}
	if (isFraction && rules.fractions === 'refuse') {
		return refused(
			`Stock ${quote(shown)} is not a whole number`,
			'Correct it in the source, or set the option Fractions to Round Down.',
		);
	}
	// "+ 0" makes a plain zero of minus zero, which JSON would not show but a comparison would.
	const count = Math.floor(value) + 0;
	return countInBounds(count);
}

/** A whole number that is not negative, checked against the Market's upper bound. */
export function countInBounds(count: number): Checked<number> {
	if (count <= MAX_COUNT) return accepted(count);
	return refused(
		`Stock ${quote(count)} is larger than ${MAX_COUNT}, the most that the Market takes`,
		'Check that Stock is mapped to the right field: a barcode or an ID is often mistaken for it.',
	);
}
