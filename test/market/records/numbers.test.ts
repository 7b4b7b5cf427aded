import fc from 'fast-check';

import { planTargets, type PlanRules, type Row } from '../../../market/records/plan';
import type { CountRules } from '../../../market/records/count';
import { resolveDuplicates, type DuplicateRule } from '../../../market/records/duplicates';
import {
	cleanStock,
	readStockRow,
	type ReadingRules,
	type StockRecord,
	type StockRow,
} from '../../../market/records/stockRecord';
import { accepted } from '../../../market/common/refusal';
import { each } from '../../support/each';

/** A row as a test makes it: thousandths of a unit are exact where floats are not. */
interface Given {
	thousandths: number;
	minute: number;
	isText: boolean;
	terms: { share?: number; reserve: number; minimum?: number; maximum: number | undefined };
}

type Rules = CountRules & { duplicates: DuplicateRule };

const NOW_MS = Date.parse('2026-11-23T12:00:00Z');
const READING: ReadingRules = { decimalSeparator: 'refuse', oldUpdatedAt: 'refuse', nowMs: NOW_MS };
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 11, minute)).toISOString();

/** What the product sends for these rows of one SKU: the balance, or undefined if it is refused. */
async function sent(
	given: readonly Given[],
	{ duplicates, ...rules }: Rules,
): Promise<number | undefined> {
	const rows = given.map(({ thousandths, minute, isText, terms }, index): Row<StockRow> => {
		const number = thousandths / 1_000;
		const raw = {
			sku: 'A',
			stock: isText ? number.toFixed(4) : number,
			updatedAt: { value: at(minute) },
			...terms,
		};
		return { index, target: accepted('1'), sku: 'A', key: 'A', record: readStockRow(raw, READING) };
	});
	const planRules: PlanRules<StockRow, StockRecord> = {
		merge: (repeated) => resolveDuplicates(repeated, duplicates),
		finish: (row) => cleanStock(row, rules),
	};
	const { targets, refused } = await planTargets(rows, planRules, each);
	expect((targets[0]?.together.get(0)?.length ?? targets.length) + refused.size).toBe(given.length);
	return targets[0]?.records[0]?.count;
}

/** What is to be sent, worked out in whole thousandths and one rule after the other. */
function meant(
	given: readonly Given[],
	{ duplicates, fractions, negatives }: Rules,
): number | undefined {
	const latest = Math.max(...given.map(({ minute }) => minute));
	const standing = {
		refuse: given,
		sum: given,
		last: given.slice(-1),
		newest: given.filter(({ minute }) => minute === latest),
	}[duplicates] as [Given, ...Given[]];
	const [first] = standing;
	const isSame = ({ thousandths, terms }: Given) =>
		(duplicates === 'sum' || thousandths === first.thousandths) &&
		(terms.share ?? 100) === (first.terms.share ?? 100) &&
		terms.reserve === first.terms.reserve &&
		(terms.minimum ?? 0) === (first.terms.minimum ?? 0) &&
		terms.maximum === first.terms.maximum;
	if (!standing.every(isSame)) return undefined;
	const { share = 100, reserve, minimum = 0, maximum } = first.terms;
	if (maximum !== undefined && maximum > 0 && minimum > maximum) return undefined;
	const total =
		duplicates === 'sum'
			? standing.reduce<number>((sum, { thousandths }) => sum + thousandths, 0)
			: first.thousandths;
	if (total < 0) return negatives === 'zero' ? 0 : undefined;
	if (total % 1_000 !== 0 && fractions === 'refuse') return undefined;
	const whole = BigInt((total - (total % 1_000)) / 1_000);
	const part = Number((whole * BigInt(Math.round(share * 100))) / 10_000n);
	const left = Math.max(0, part - reserve);
	if (left < minimum) return 0;
	return maximum === undefined ? left : Math.min(left, maximum);
}

it('What is sent is what the rows say together, cleaned once: whatever the rows and rules', async () => {
	const few = fc.constantFrom(
		-30_000,
		-1_500,
		-200,
		-100,
		0,
		100,
		200,
		700,
		1_000,
		1_500,
		28_000,
		100_000,
	);
	const thousandths = fc.oneof(
		few,
		fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
	);
	const terms = fc.constantFrom(
		{ reserve: 0, maximum: undefined },
		{ reserve: 3, maximum: undefined },
		{ reserve: 0, maximum: 20 },
		{ reserve: 2, maximum: 0 },
		{ share: 29, reserve: 0, maximum: undefined },
		{ share: 33.33, reserve: 3, minimum: 5, maximum: 20 },
		{ share: 100, reserve: 0, minimum: 0, maximum: undefined },
		{ share: 0, reserve: 0, minimum: 1, maximum: undefined },
		{ reserve: 0, minimum: 21, maximum: 20 },
		{ reserve: 0, minimum: 28, maximum: 0 },
	);
	const row = fc.record({ thousandths, minute: fc.nat({ max: 2 }), isText: fc.boolean() });
	const given = fc.oneof(
		fc
			.tuple(fc.array(row, { minLength: 1, maxLength: 6 }), terms)
			.map(([rows, own]) => rows.map((one) => ({ ...one, terms: own }))),
		fc.array(
			fc.tuple(row, terms).map(([one, own]) => ({ ...one, terms: own })),
			{ minLength: 1, maxLength: 3 },
		),
	);
	const rules = fc.record({
		duplicates: fc.constantFrom<DuplicateRule>('refuse', 'last', 'newest', 'sum'),
		fractions: fc.constantFrom<CountRules['fractions']>('refuse', 'roundDown'),
		negatives: fc.constantFrom<CountRules['negatives']>('refuse', 'zero'),
	});
	await fc.assert(
		fc.asyncProperty(given, rules, async (rows, rule) => {
			const total = rows.reduce((sum, { thousandths: one }) => sum + Math.abs(one), 0);
			fc.pre(total <= 2_000_000_000_000);
			expect(await sent(rows, rule)).toBe(meant(rows, rule));
		}),
		{ numRuns: 3_000 },
	);
});
