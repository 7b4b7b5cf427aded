import { firstFew, INVISIBLE, itemNumber, quote } from '../common/text';
import type { LineOf } from './plan';
import { isPlainSku } from './sku';

/** What a possibly valid SKU may be the damage of. It is sent as it is, and the seller is told. */
const CALLED = {
	number: 'came as numbers, so that leading zeros may be gone',
	zeroFraction: 'end in .0, as a number that became a text',
	dot: 'end in a dot behind digits, as a number that became a text',
	exponent: 'may be a number in exponent form',
	total: 'look like a row of totals',
	word: 'hold a word that programs write for nothing',
	nothing: 'are a word for nothing or for yes and no',
	html: 'hold signs of HTML',
	encoding: 'look as if they were read in a wrong encoding',
	decomposed:
		'have letters in two parts, such as й made of и and a sign (Unicode NFD), and look the same in one',
	invisible: 'have invisible characters inside',
	quoted: 'have quotation marks or apostrophes at digits',
	apostrophe: 'begin with an apostrophe',
	dangling: 'begin or end with a separator, as if a part was blank',
	doubled: 'have a doubled separator, as if a part was blank',
	list: 'have a comma, as a list that became a text',
} as const;

type Doubt = keyof typeof CALLED;

/** What the text of a SKU may be the damage of. The first match is reported. */
const BY_TEXT: ReadonlyArray<[doubt: Doubt, look: RegExp]> = [
	['zeroFraction', /^-?\d+[.,]0+$/],
	['dot', /^\d+\.$/],
	['exponent', /^\d+e-?\d+$/i],
	[
		'total',
		/^[^\p{L}\p{N}]*(?:(?:итого|всего)(?![\p{L}\p{N}-]).*|(?:(?:общий |промежуточный )?итог|сумма|(?:grand |sub[- ]?)?totals?(?: (?:amount|sum|quantity|qty|stock|count|units|items|pcs))?)(?:[\s:*=(][^\p{L}]*|[-*.\u2013\u2014]*))$/iu,
	],
	['nothing', /^(?:none|nil|true|false|истина|ложь|n\/?a|н\/?д)$/i],
	['word', /(?<![\p{L}\p{N}])(?:null|Null|NULL|nan|NaN)(?![\p{L}\p{N}])/u],
	['html', /<\/?[a-z][^<>]*>|&(?:[a-z]{2,8}|#\d{1,6});/i],
	// UTF-8 read as windows-1252 and as windows-1251; windows-1251 read as windows-1252; letters that became "??".
	[
		'encoding',
		/[ÃÐÑ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|(?:[РС][^\u0000-\u007fА-яЁё]){2}|[À-ß]{3}|[à-ÿ]{4}|\?{2}/,
	],
];

/** The same for a SKU that an expression has put together. */
const BY_COMPOSED_TEXT: ReadonlyArray<[doubt: Doubt, look: RegExp]> = [
	['dangling', /^[-_:./|]|[-_:./|]$/],
	['doubled', /[-_:./|]{2}/],
	['list', /(?<!\d),\S|,[^\s\d]/],
	['word', /(?<![\p{L}\p{N}])(?:null|nan|true|false)(?![\p{L}\p{N}])/iu],
];

/** Quote marks that keep digits a text, or that are left over from a quoted export. */
const QUOTED_DIGITS = /^["'`´‘’“”„«]\d[\p{L}\p{N}-]*["'`´‘’“”»]*$/u;
/** Characters that join or colour emoji are part of them. */
const OF_EMOJI = /\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})\ufe0f/gu;

/** Maximum SKUs shown per kind. */
const MOST_EXAMPLES = 3;

/** Collects the doubtful SKUs of a run, so that they are reported once. */
export class SkuDoubts {
	private readonly kinds = new Map<Doubt, Array<{ sku: string; itemIndex: number }>>();

	/**
	 * Checks a SKU that was read.
	 *
	 * @param raw what it was read from
	 * @param isComposed whether an expression put it together
	 */
	look(sku: string, raw: unknown, isComposed: boolean, itemIndex: number): void {
		const doubt = doubtOf(sku, raw, isComposed);
		if (doubt === undefined) return;
		const found = this.kinds.get(doubt);
		if (found) found.push({ sku, itemIndex });
		else this.kinds.set(doubt, [{ sku, itemIndex }]);
	}

	/** The catalogue was asked, and has every SKU that is taken: nothing is left to compare with it. */
	settle(): void {
		this.kinds.clear();
	}

	/**
	 * What to tell the seller, in one line; empty if there is no doubt.
	 *
	 * @param isTaken whether the SKU of an item was taken in the end: the others have been reported already
	 */
	messages(isTaken: (itemIndex: number) => boolean, lineOf: LineOf): string[] {
		const kinds = Array.from(this.kinds, ([doubt, found]) => ({
			doubt,
			taken: found.filter(({ itemIndex }) => isTaken(itemIndex)),
		}))
			.filter(({ taken }) => taken.length > 0)
			.map(({ doubt, taken }) => {
				const examples = firstFew(
					taken,
					MOST_EXAMPLES,
					({ sku, itemIndex }) =>
						`${quote(sku)} in item ${itemNumber(itemIndex, lineOf(itemIndex))}`,
				);
				return `${taken.length} ${CALLED[doubt]} (${examples})`;
			});
		if (kinds.length === 0) return [];
		return [
			`SKUs to compare with the catalogue, taken as they are: ${kinds.join('; ')}. The Market accepts a SKU that it does not know, and ignores it.`,
		];
	}
}

function doubtOf(sku: string, raw: unknown, isComposed: boolean): Doubt | undefined {
	if (typeof raw === 'number' || typeof raw === 'bigint') return 'number';
	const composed = isComposed ? firstOf(BY_COMPOSED_TEXT, sku) : undefined;
	if (composed || isPlainSku(sku)) return composed;
	const doubt = firstOf(BY_TEXT, sku);
	if (doubt) return doubt;
	if (sku !== sku.normalize('NFC')) return 'decomposed';
	if (INVISIBLE.test(sku) && INVISIBLE.test(sku.replace(OF_EMOJI, ''))) return 'invisible';
	if (QUOTED_DIGITS.test(sku)) return 'quoted';
	return sku.startsWith("'") && !sku.endsWith("'") ? 'apostrophe' : undefined;
}

function firstOf(
	looks: ReadonlyArray<[doubt: Doubt, look: RegExp]>,
	sku: string,
): Doubt | undefined {
	return looks.find(([, look]) => look.test(sku))?.[0];
}
