import { MAX_SKU_LENGTH, SKU_FORBIDDEN_CHARACTERS } from '../bounds';
import { accepted, refused, type Checked } from '../refusal';
import { quote } from '../text';

const KEEP_AS_TEXT =
	'Format the SKU column as text in the source: a number loses leading zeros, and long ones lose digits.';

/** What a spreadsheet makes of a long number: "4.60123E+12", "4,60123E+12", "4E+12". */
const SPREADSHEET_EXPONENT = /^\d(?:[.,]\d+)?e\+\d+$/i;

/** Characters that take no room on the screen and that `trim` leaves alone. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff\s]/gu;

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Reads a SKU: text of 1 to 255 characters, outer whitespace removed as the Market does it.
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
			return refused('SKU is missing', 'Give every item a SKU, exactly as it is written in the catalogue.');
		default:
			if (raw === null) return refused('SKU is blank', 'Give every item a SKU, exactly as it is in the catalogue.');
			return refused(
				`SKU is ${typeof raw === 'object' ? quote(raw) : `the boolean ${String(raw)}`}, not a text`,
				'Map SKU to a field that holds one SKU as text.',
			);
	}
}

function readNumber(raw: number): Checked<string> {
	if (!Number.isFinite(raw)) return refused(`SKU is ${raw}, not a text`, KEEP_AS_TEXT);
	const text = String(raw);
	if (Math.abs(raw) > Number.MAX_SAFE_INTEGER || text.includes('e')) {
		return refused(`SKU is the number ${text}, which may have lost digits on its way`, KEEP_AS_TEXT);
	}
	return readText(text);
}

function readText(raw: string): Checked<string> {
	const sku = raw.trim();
	if (sku.length > MAX_SKU_LENGTH) {
		return refused(
			`SKU ${quote(sku)} is longer than ${MAX_SKU_LENGTH} characters`,
			'Check that SKU is mapped to the right field.',
		);
	}
	if (sku.replace(INVISIBLE, '') === '') {
		return refused('SKU is blank', 'Give every item a SKU, exactly as it is written in the catalogue.');
	}
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
	if (SPREADSHEET_EXPONENT.test(sku)) {
		return refused(`SKU ${quote(sku)} is a number that a spreadsheet has shortened`, KEEP_AS_TEXT);
	}
	return accepted(sku);
}
