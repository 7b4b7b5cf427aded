import { INVISIBLE, quote } from '../text';
import { isPlainSku } from './sku';

/** What a SKU that can be right may be the damage of. Sent as it is, and told. */
type Doubt = 'number' | 'zeroFraction' | 'total' | 'decomposed' | 'invisible' | 'apostrophe' | 'dangling';

const CALLED: Record<Doubt, string> = {
	number: 'came as numbers, so that leading zeros may be gone',
	zeroFraction: 'end in .0, as a number that became a text',
	total: 'look like a row of totals',
	decomposed: 'have letters in two parts, such as й made of и and a sign (Unicode NFD), and look the same in one',
	invisible: 'have invisible characters inside',
	apostrophe: 'begin with an apostrophe',
	dangling: 'begin or end with a separator, as if a part was blank',
};

const ZERO_FRACTION = /^-?\d+[.,]0+$/;
const TOTAL = /^(?:(?:итого|всего)(?:[\s:].*)?|(?:общий |промежуточный )?итог|сумма|(?:grand |sub-?)?totals?)[\s:]*[\d\s.,]*$/i;
const DANGLING = /^[-_:./|]|[-_:./|]$/;
/** What joins two emoji is part of them. */
const JOINED_EMOJI = /\u200d(?=\p{Extended_Pictographic})/gu;

/** Most SKUs of a kind that are shown. */
const MOST_EXAMPLES = 3;

/** Gathers the doubtful SKUs of a run, so that they are told once. */
export class SkuDoubts {
	private readonly kinds = new Map<Doubt, { count: number; examples: string[] }>();

	/**
	 * Looks at a SKU that is to be sent.
	 *
	 * @param raw what it was read from
	 * @param isComposed whether an expression has put it together
	 */
	look(sku: string, raw: unknown, isComposed: boolean, itemIndex: number): void {
		const doubt = doubtOf(sku, raw, isComposed);
		if (doubt === undefined) return;
		const kind = this.kinds.get(doubt) ?? { count: 0, examples: [] };
		kind.count += 1;
		if (kind.examples.length < MOST_EXAMPLES) kind.examples.push(`${quote(sku)} in item ${itemIndex}`);
		this.kinds.set(doubt, kind);
	}

	/** What to tell the seller, in one line; none where there is no doubt. */
	messages(): string[] {
		if (this.kinds.size === 0) return [];
		const kinds = Array.from(this.kinds, ([doubt, { count, examples }]) => {
			const more = count > examples.length ? ', ...' : '';
			return `${count} ${CALLED[doubt]} (${examples.join(', ')}${more})`;
		});
		return [
			`SKUs to compare with the catalogue, taken as they are: ${kinds.join('; ')}. The Market accepts a SKU that it does not know, and ignores it.`,
		];
	}
}

function doubtOf(sku: string, raw: unknown, isComposed: boolean): Doubt | undefined {
	if (typeof raw === 'number' || typeof raw === 'bigint') return 'number';
	if (isPlainSku(sku)) return undefined;
	if (ZERO_FRACTION.test(sku)) return 'zeroFraction';
	if (TOTAL.test(sku)) return 'total';
	if (sku !== sku.normalize('NFC')) return 'decomposed';
	if (INVISIBLE.test(sku) && INVISIBLE.test(sku.replace(JOINED_EMOJI, ''))) return 'invisible';
	if (sku.startsWith("'") && !sku.endsWith("'")) return 'apostrophe';
	return isComposed && DANGLING.test(sku) ? 'dangling' : undefined;
}
