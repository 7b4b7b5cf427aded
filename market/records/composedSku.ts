import { accepted, refused, type Checked } from '../common/refusal';
import { quote } from '../common/text';
import { hasSpreadsheetFault } from './spreadsheet';

/** A part of an expression that is the same for all items. */
export interface FixedPart {
	text: string;
	/** Whether it pads or joins, so that it may occur any number of times. */
	isRepeated: boolean;
}

/** Whether a closer look is worthwhile: nothing we look for lacks all of these. */
const SUSPICIOUS = /undefined|null|nan|infinity|true|false|invalid|#|err:|ош(?:ибка)?:|\[object/i;

/**
 * What programs write when there is nothing, or no text. In any case after another character, because code may change
 * the case; not as part of a word, such as "BaNaNa"; and "NAN" only at the end, because it may be a name.
 */
const NOTHING_BEHIND = /undefined|invalid date|\[object |[^\p{L}](?:null(?![\p{L}\p{N}])|nan$)/iu;
const NOTHING_AS_WORD = /(?<!\p{L})(?:null|NaN|Infinity|true|false)(?![\p{L}\p{N}])/u;

/** A long number that became an exponent, or lost its last six digits. */
const SHORTENED = /(?<![\d.,])(?:[1-9]\d{5,}0{6}(?!\d)|\d+(?:[.,]\d+e[+-]?\d+|e\+\d+))/i;

const ONLY_ZEROS = /^[-_:./|,\s]*0[-_:./|,\s0]*$/;

const ADVICE =
	'Check the expression of SKU for this item: a field that it uses is absent, blank, or not a text.';

/**
 * Checks SKUs that an expression has put together: what may be a real SKU elsewhere is certain damage here.
 *
 * @param parts the parts that are the same in all of them, in order, such as `SKU-` of `SKU-{{ $json.code }}`
 */
export function composedSkuCheck(parts: readonly FixedPart[]): (sku: string) => Checked<string> {
	const bare = parts
		.map(({ text, isRepeated }) => ({ text: withoutSpaces(text), isRepeated }))
		.filter(({ text }) => text !== '');
	const fixed = new RegExp(bare.map(({ text }) => escaped(text)).join('|') || '$^', 'giu');
	return (sku) => {
		if (
			SUSPICIOUS.test(sku) &&
			(isMadeOfNothing(sku) || isMadeOfNothing(sku.replace(fixed, '\u0000')))
		) {
			return refused(`SKU ${quote(sku)} is made from a value that is not there`, ADVICE);
		}
		if (ONLY_ZEROS.test(sku))
			return refused(
				`SKU ${quote(sku)} is nothing but zeros, which its expression makes of nothing`,
				ADVICE,
			);
		if (isOnlyFixed(sku, bare)) {
			return refused(
				`SKU ${quote(sku)} is only the fixed part of its expression: nothing was added to it`,
				ADVICE,
			);
		}
		if (SHORTENED.test(sku)) {
			return refused(
				`SKU ${quote(sku)} holds a number that may have lost digits on its way`,
				'Format the columns that the SKU is made from as text in the source.',
			);
		}
		return accepted(sku);
	};
}

function isMadeOfNothing(text: string): boolean {
	return NOTHING_BEHIND.test(text) || NOTHING_AS_WORD.test(text) || hasSpreadsheetFault(text);
}

/** Whether the fixed parts follow each other with nothing but spaces between them. */
function isOnlyFixed(sku: string, parts: readonly FixedPart[]): boolean {
	const text = withoutSpaces(sku);
	let at = 0;
	for (const part of parts) {
		const length = part.text.length;
		if (part.isRepeated) while (text.startsWith(part.text, at)) at += length;
		else if (text.startsWith(part.text, at)) at += length;
		else return false;
	}
	return at > 0 && at === text.length;
}

/** Fixed parts are compared with a SKU regardless of spaces and case. */
function withoutSpaces(text: string): string {
	return text.replace(/\s/g, '').toLowerCase();
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
