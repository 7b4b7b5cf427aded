import { MAX_COUNT } from '../contract/bounds';
import { accepted, refused, type Checked } from '../common/refusal';
import { quote } from '../common/text';
import { tooLarge } from './count';

/** A value that holds a number of units, as messages refer to it. */
export interface UnitsValue {
	label: string;
	/** What it must be. */
	wanted: string;
	/** What to give if there is nothing: a blank is never read as zero. */
	zero: string;
}

/** The balance of a row. */
export const STOCK: UnitsValue = {
	label: 'Stock',
	wanted: `Stock must be a whole number from 0 to ${MAX_COUNT}.`,
	zero: 'Send 0 to take the offer off sale.',
};

/** What is taken off a row's balance. */
export const SUBTRACT: UnitsValue = {
	label: 'Subtract',
	wanted: 'Subtract must be a number of units, 0 or more.',
	zero: 'Give 0 if there is nothing to subtract.',
};

/**
 * What a dot or a comma in a text means: the character before the decimals throughout a table, or only what it can mean
 * in that text alone.
 */
export type DecimalSeparator = 'refuse' | 'dot' | 'comma';

/** Longest text that can still be a number of units: more than any number with its separators needs. */
const MAX_NUMBER_TEXT = 64;

/**
 * How far, relatively, a number may be from a whole number and still mean it: a spreadsheet that shows 29 may hold
 * 28.999999999999996.
 */
const NOISE = 1e-9;

/** The same in units: for a large number, the ratio alone would swallow a thousandth, which a source may mean. */
const MOST_NOISE_UNITS = 1e-4;

const DIGITS = /^\d+$/;
const MINUS = /^[-\u2212]/;

/** A number format: what numbers look like, and which of their characters are neither digit nor decimal separator. */
interface Form {
	look: RegExp;
	unneeded: RegExp;
}

const DOT = formOf('.', ',');
const COMMA = formOf(',', '.');

const EXPONENT = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i;

/**
 * Reads a number of units as a row has it, with its sign and fraction: what the Market is told is decided once all rows
 * of a SKU are combined (see `cleanCount`).
 * Accepts what spreadsheets give ("12", " 12 ", "12.0", "1 234", "1 234,50") and refuses whatever can be read in two
 * ways: "1.234" is more than a thousand in half of the world.
 * A blank or missing value is refused, never read as zero: a zero takes the offer off sale.
 */
export function readUnits(
	raw: unknown,
	value: UnitsValue,
	separator: DecimalSeparator,
): Checked<number> {
	const { label, wanted } = value;
	switch (typeof raw) {
		case 'number':
			return readNumber(raw, raw, value);
		case 'bigint':
			return readNumber(Number(raw), raw, value);
		case 'string':
			return readText(raw, value, separator);
		case 'boolean':
			return refused(
				`${label} is the boolean ${raw}, not a number`,
				`Map ${label} to the number itself, not to an "in stock" mark.`,
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
 * Adds up numbers of units. What floating point leaves of their sum is not a fraction: 0.1 + 0.2 - 0.3 is zero.
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

/** The whole number that a number next to it means, otherwise the number as it is. */
function snap(value: number, noise = 0): number {
	const whole = Math.round(value);
	const near = Math.min(Math.max(noise, NOISE * Math.max(1, Math.abs(whole))), MOST_NOISE_UNITS);
	// "+ 0" turns minus zero into plain zero: JSON would not show the difference but a comparison would.
	return Math.abs(value - whole) <= near ? whole + 0 : value;
}

function blank({ label, wanted, zero }: UnitsValue): Checked<number> {
	return refused(`${label} is blank`, `It is not read as zero. ${wanted} ${zero}`);
}

function readText(raw: string, value: UnitsValue, separator: DecimalSeparator): Checked<number> {
	const { label, wanted } = value;
	const text = raw.trim();
	if (text === '') return blank(value);
	if (text.length <= MAX_NUMBER_TEXT) {
		if (DIGITS.test(text)) return readNumber(Number(text), text, value);
		const byDot = separator === 'comma' ? undefined : numberIn(text, DOT);
		const byComma = separator === 'dot' ? undefined : numberIn(text, COMMA);
		if (byDot !== undefined && byComma !== undefined && byDot !== byComma) {
			return refused(
				`${label} ${quote(text)} may be ${byDot} or ${byComma}: its ${text.includes('.') ? 'dot' : 'comma'} may stand ` +
					'before decimals or between thousands',
				'Set the option Decimal Separator to the one that the whole table has, or write the numbers without separators ' +
					'in the source.',
			);
		}
		const number = byDot ?? byComma;
		if (number !== undefined) return readNumber(number, text, value);
		if (separator !== 'refuse' && numberIn(text, separator === 'dot' ? COMMA : DOT) !== undefined) {
			return refused(
				`${label} ${quote(text)} is not a number with a ${separator} before its decimals`,
				`Correct it in the source, or change the option Decimal Separator, which says how the whole table is read. ${wanted}`,
			);
		}
		if (EXPONENT.test(text)) {
			return refused(
				`${label} ${quote(text)} is in exponent form and may have lost digits`,
				`Format the column as a whole number in the source. ${wanted}`,
			);
		}
	}
	return refused(
		`${label} ${quote(text)} is not a number`,
		`Leave only the number in the cell. ${wanted}`,
	);
}

/**
 * Numbers with one character before their decimals, and optional groups of three digits separated by spaces or by the
 * other character. A group cannot begin with zero: such a zero comes before decimals.
 */
function formOf(decimal: string, group: string): Form {
	const whole = `(?:\\d+|\\d{1,3}(?:[ \\u00a0\\u2009\\u202f]\\d{3})+|[1-9]\\d{0,2}(?:[${group}]\\d{3})+)`;
	return {
		look: new RegExp(`^[-+\\u2212]?${whole}(?:[${decimal}]\\d+)?$`),
		unneeded: new RegExp(`[^\\d${decimal}]`, 'g'),
	};
}

function numberIn(text: string, { look, unneeded }: Form): number | undefined {
	if (!look.test(text)) return undefined;
	const size = Number(text.replace(unneeded, '').replace(',', '.'));
	return MINUS.test(text) ? -size : size;
}

function readNumber(
	number: number,
	shown: number | bigint | string,
	{ label, wanted }: UnitsValue,
): Checked<number> {
	if (!Number.isFinite(number)) return refused(`${label} is ${number}, not a number`, wanted);
	const units = snap(number);
	// For a single row too: with a barcode subtracted, any balance would become zero if Negatives is Send Zero.
	if (Math.trunc(units) > MAX_COUNT) return tooLarge(label, shown);
	if (Math.trunc(units) < -MAX_COUNT) {
		return refused(
			`${label} ${quote(shown)} is negative, and larger than any number of units`,
			`Check that ${label} is mapped to the right field: a barcode or an ID is often mistaken for it. ${wanted}`,
		);
	}
	return accepted(units);
}
