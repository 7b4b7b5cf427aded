import { MAX_SKU_LENGTH, SKU_FORBIDDEN_CHARACTERS } from '../contract/bounds';
import { accepted, refused, type Checked } from '../common/refusal';
import { quote, trimUnseen } from '../common/text';
import { hasFormulaWithin, isSpreadsheetFault, readTextFormula } from './spreadsheet';

const KEEP_AS_TEXT =
	'Format the SKU column as text in the source: a number loses leading zeros, and long ones lose digits.';
const AS_IN_CATALOGUE = 'Give every item a SKU, exactly as it is written in the catalogue.';

/**
 * Letters, digits and inner marks, with at least one digit, no exponent and no word for nothing: none of the damage
 * sought below can occur in such a SKU. Most SKUs are like that, so they cost a single test.
 */
const PLAIN =
	/^(?=\D*\d)(?!\d+[eE]-?\d+$)(?!.*(?:[uU][nN][dD][eE][fF]|[nN][uU][lL][lL]|[nN][aA][nN]))[A-Za-zА-Яа-яЁё\d](?:[A-Za-zА-Яа-яЁё\d_/-]*[A-Za-zА-Яа-яЁё\d])?$/;

/**
 * How programs write a very large or very small number: "4.60123E+12", "4,6e12", "4E+12". Not "12E4" and "12E-4", which
 * may be real SKUs.
 */
const EXPONENT = /^-?\d+(?:[.,]\d+e[+-]?\d+|e\+\d+)$/i;

/**
 * What is left of a long number that a spreadsheet shortened and a program read back: 4600000000000.
 * Spreadsheets shorten numbers of twelve digits or more, and keep at most six of them.
 */
const SHORTENED_NUMBER = /^[1-9]\d{5,}0{6}$/;

/** What programs write when there is nothing, or no text. */
const NOTHING = /^(?:null|nan|-?infinity|invalid date)$/i;
const NOTHING_WITHIN = /(?<![\p{L}\p{N}])undefined(?![\p{L}\p{N}])|\[object /iu;

const ONLY_SEPARATORS = /^[-_:./|\\,;\s\u2010-\u2015]+$/;

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Reads a SKU: text of 1 to 255 characters. Outer whitespace is removed, as the Market does, and so are invisible
 * characters and what a spreadsheet adds to keep a text a text: `="00417"`, `'00417`. Certain damage is refused.
 * A number becomes its plain decimal text; one that could have lost digits is refused.
 * Source: ShopSku in the Market's OpenAPI.
 */
export function readSku(raw: unknown): Checked<string> {
	switch (typeof raw) {
		case 'string':
			return readText(raw);
		case 'number':
			return readNumber(raw);
		case 'bigint':
			return readText(String(raw));
		case 'undefined':
			return refused('SKU is missing', AS_IN_CATALOGUE);
		default:
			if (raw === null) return blank();
			return refused(
				`SKU is ${typeof raw === 'object' ? quote(raw) : nameOf(raw)}, not a text`,
				'Map SKU to a field that holds one SKU as text.',
			);
	}
}

/** Whether a SKU has only letters, digits and marks between them: nothing to wonder about. */
export function isPlainSku(sku: string): boolean {
	return PLAIN.test(sku);
}

function nameOf(raw: unknown): string {
	return typeof raw === 'boolean' ? `the boolean ${raw}` : `a ${typeof raw}`;
}

function blank(): Checked<string> {
	return refused('SKU is blank', AS_IN_CATALOGUE);
}

function readNumber(raw: number): Checked<string> {
	if (!Number.isFinite(raw)) return refused(`SKU is ${raw}, not a text`, KEEP_AS_TEXT);
	const text = String(raw);
	if (
		Math.abs(raw) > Number.MAX_SAFE_INTEGER ||
		text.includes('e') ||
		SHORTENED_NUMBER.test(text)
	) {
		return refused(
			`SKU is the number ${text}, which may have lost digits on its way`,
			KEEP_AS_TEXT,
		);
	}
	return readText(text);
}

function readText(raw: string): Checked<string> {
	const text = raw.trim();
	if (text.length <= MAX_SKU_LENGTH && isPlainSku(text)) return accepted(text);
	const seen = trimUnseen(text);
	if (seen.length > MAX_SKU_LENGTH) {
		return refused(
			`SKU ${quote(seen)} is longer than ${MAX_SKU_LENGTH} characters`,
			'Check that SKU is mapped to the right field.',
		);
	}
	if (seen === '') return blank();
	const typed = seen.includes('{{') ? accepted(seen) : readTextFormula(seen);
	if (!typed.ok) return typed;
	// The text inside is read from the start: it may have spaces around it, or not be a SKU either.
	if (typed.value !== seen) return readText(typed.value);
	return refuseDamage(seen) ?? accepted(seen);
}

/** Why a text cannot be a SKU, or undefined. */
function refuseDamage(sku: string): Checked<string> | undefined {
	if (SKU_FORBIDDEN_CHARACTERS.test(sku)) {
		return refused(
			`SKU ${quote(sku)} contains a line break or another control character`,
			'Remove it in the source: the Market does not allow it in a SKU.',
		);
	}
	if (LONE_SURROGATE.test(sku)) {
		return refused(
			`SKU ${quote(sku)} contains half of a character`,
			'The text was cut or decoded wrongly on its way: read the source as UTF-8.',
		);
	}
	if (sku.includes('\ufffd')) {
		return refused(
			`SKU ${quote(sku)} contains the sign for letters that were lost: the source was read in a wrong encoding`,
			'Read the source in its own encoding, usually windows-1251 or UTF-8: Extract From File has the option Encoding.',
		);
	}
	if (sku.includes('{{')) {
		return refused(
			`SKU ${quote(sku)} is an expression that was not evaluated`,
			'Switch SKU from Fixed to Expression, in the node or where the field is made.',
		);
	}
	if (hasFormulaWithin(sku)) {
		return refused(
			`SKU ${quote(sku)} holds the formula of a cell`,
			"Export the spreadsheet's values instead of its formulas.",
		);
	}
	if (ONLY_SEPARATORS.test(sku))
		return refused(`SKU ${quote(sku)} is nothing but separators`, AS_IN_CATALOGUE);
	if (EXPONENT.test(sku)) {
		return refused(`SKU ${quote(sku)} is a number that a spreadsheet has shortened`, KEEP_AS_TEXT);
	}
	if (isSpreadsheetFault(sku)) {
		return refused(
			`SKU ${quote(sku)} is what a spreadsheet shows when it has no value`,
			'Correct the formula of this cell in the source, or its width if it shows ####.',
		);
	}
	if (NOTHING.test(sku) || NOTHING_WITHIN.test(sku)) {
		return refused(
			`SKU ${quote(sku)} is what a program writes when there is no text`,
			'Map SKU to a field that holds one SKU as text, and check that the source fills it for this item.',
		);
	}
	return undefined;
}
