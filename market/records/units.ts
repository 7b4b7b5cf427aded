import { MAX_COUNT } from '../bounds';
import { accepted, refused, type Checked } from '../refusal';
import { quote } from '../text';
import { tooLarge } from './count';

/** A value that holds a number of units, as messages speak of it. */
export interface UnitsValue {
	label: string;
	/** What it must be. */
	wanted: string;
	/** What to give where there is nothing: a blank is never read as zero. */
	zero: string;
}

/** The balance of a row. */
export const STOCK: UnitsValue = {
	label: 'Stock',
	wanted: `Stock must be a whole number from 0 to ${MAX_COUNT}.`,
	zero: 'Send 0 to take the offer off sale.',
};

/** Longest text that can still be a number of units: more than any number with its separators needs. */
const MAX_NUMBER_TEXT = 64;

/**
 * How far from a whole number, in parts of it, a number may be and still be that: 28.999999999999996 is what a
 * spreadsheet holds where it shows 29.
 */
const NOISE = 1e-9;

/** The same in units: of a large number, the part alone would swallow a thousandth, which a source may mean. */
const MOST_NOISE_UNITS = 1e-4;

const GROUP_SPACE = '[ \\u00a0\\u2009\\u202f]';
const PLAIN = /^[+-]?\d+(?:\.\d+)?$/;
const GROUPED = new RegExp(`^[+-]?\\d{1,3}(?:${GROUP_SPACE}\\d{3})+(?:\\.\\d+)?$`);
const EXPONENT = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i;

/**
 * Reads a number of units as a row has it, with its sign and fraction: what the Market takes of it is decided when
 * all rows of a SKU are one (see `cleanCount`).
 * Takes what spreadsheets give ("12", " 12 ", "12.0", "1 234") and refuses whatever can be read in two ways.
 * A blank or missing value is refused, never read as zero: a zero takes the offer off sale.
 */
export function readUnits(raw: unknown, value: UnitsValue): Checked<number> {
	const { label, wanted } = value;
	switch (typeof raw) {
		case 'number':
			return readNumber(raw, raw, value);
		case 'bigint':
			return readNumber(Number(raw), raw, value);
		case 'string':
			return readText(raw, value);
		case 'boolean':
			return refused(
				`${label} is the boolean ${raw}, not a number`,
				`Map ${label} to the number of units, not to an "in stock" mark.`,
			);
		case 'undefined':
			return refused(`${label} is missing`, `It is not read as zero. ${wanted} ${value.zero}`);
		default:
			if (raw === null) return blank(value);
			return refused(
				`${label} is ${quote(raw)}, not a number`,
				`Map ${label} to a field that holds one number. ${wanted}`,
			);
	}
}

/**
 * Adds numbers of units up. What floats make of their sum is no fraction: 0.1 + 0.2 - 0.3 is zero.
 */
export function addUnits(terms: readonly number[]): Checked<number> {
	let total = 0;
	let size = 0;
	for (const term of terms) {
		total += term;
		size += Math.abs(term);
	}
	// Beyond that, units get lost, and which ones would depend on the order of the rows.
	if (size > Number.MAX_SAFE_INTEGER) return tooLarge(STOCK.label, size);
	return accepted(snap(total, size * Number.EPSILON * terms.length));
}

/** The whole number that is meant by a number next to it, otherwise the number as it is. */
function snap(value: number, noise = 0): number {
	const whole = Math.round(value);
	const near = Math.min(Math.max(noise, NOISE * Math.max(1, Math.abs(whole))), MOST_NOISE_UNITS);
	// "+ 0" makes a plain zero of minus zero, which JSON would not show but a comparison would.
	return Math.abs(value - whole) <= near ? whole + 0 : value;
}

function blank({ label, wanted, zero }: UnitsValue): Checked<number> {
	return refused(`${label} is blank`, `It is not read as zero. ${wanted} ${zero}`);
}

function readText(raw: string, value: UnitsValue): Checked<number> {
	const { label, wanted } = value;
	const text = raw.trim();
	if (text === '') return blank(value);
	if (text.length <= MAX_NUMBER_TEXT) {
		if (PLAIN.test(text) || GROUPED.test(text)) return readNumber(Number(text.replace(/\s/g, '')), text, value);
		if (EXPONENT.test(text)) {
			return refused(
				`${label} ${quote(text)} is in exponent form and may have lost digits`,
				`Format the column as a whole number in the source. ${wanted}`,
			);
		}
		if (/^[+-]?[\d\s]*,[\d\s,.]*$/.test(text)) {
			return refused(
				`${label} ${quote(text)} has a comma, which may separate thousands or decimals`,
				`Remove the comma in the source. ${wanted}`,
			);
		}
	}
	return refused(
		`${label} ${quote(text)} is not a number`,
		`Check that ${label} is mapped to the right field. ${wanted}`,
	);
}

function readNumber(number: number, shown: number | bigint | string, { label, wanted }: UnitsValue): Checked<number> {
	if (!Number.isFinite(number)) return refused(`${label} is ${number}, not a number`, wanted);
	// Beyond these a number has lost units, and would lose others in a sum.
	if (number > Number.MAX_SAFE_INTEGER) return tooLarge(label, shown);
	if (number < Number.MIN_SAFE_INTEGER) {
		return refused(
			`${label} ${quote(shown)} is less than any number of units`,
			`Check that ${label} is mapped to the right field. ${wanted}`,
		);
	}
	return accepted(snap(number));
}
