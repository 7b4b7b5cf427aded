import fc from 'fast-check';

import { cleanCount } from '../../../market/records/count';
import { checkShare, readTerm } from '../../../market/records/termValues';
import { refuseTerms, shownOf, zeroedBy, type Terms } from '../../../market/records/terms';
import { expectUsable, refusalOf, valueOf } from '../../support/checked';

const MOST = 2_000_000_000;
const STRICT = { fractions: 'refuse', negatives: 'refuse' } as const;

describe('What is shown of a balance', () => {
	it.each<[string, number, Terms, number]>([
		['the share, rounded down', 15, { share: 50 }, 7],
		['all of it with a share of 100', 15, { share: 100 }, 15],
		['nothing with a share of 0', 15, { share: 0 }, 0],
		['the share with its decimals', 1_000, { share: 12.5 }, 125],
		['the share first, then less the reserve', 100, { share: 50, reserve: 10 }, 40],
		['nothing if less than the minimum is left', 12, { reserve: 10, minimum: 3 }, 0],
		['the minimum itself', 13, { reserve: 10, minimum: 3 }, 3],
		['nothing with a minimum of 1 and nothing left', 5, { reserve: 5, minimum: 1 }, 0],
		['no more than the maximum', 90, { minimum: 3, maximum: 5 }, 5],
		['the one number that minimum and maximum leave', 90, { minimum: 5, maximum: 5 }, 5],
		['the example of the docs', 45, { share: 50, reserve: 5, minimum: 3, maximum: 10 }, 10],
		['the example of the docs, for few', 15, { share: 50, reserve: 5, minimum: 3, maximum: 10 }, 0],
	])('is %s', (_, whole, terms, shown) => {
		expect(shownOf(whole, terms)).toBe(shown);
	});

	it.each([
		[100, 29, 29],
		[100, 57, 57],
		[100, 58, 58],
		[50, 14, 7],
		[200, 28.5, 57],
		[1_000, 33.3, 333],
		[3, 33.3333, 0],
		[3, 66.6667, 2],
		[MOST, 99.9999, 1_999_998_000],
		[MOST, 0.0001, 2_000],
	])(
		'of %d, a share of %d %% is exactly %d: floating point rounds nothing away',
		(whole, share, shown) => {
			expect(shownOf(whole, { share })).toBe(shown);
		},
	);

	it('follows the order share, reserve, minimum, maximum, for any numbers', () => {
		const units = fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: MOST }));
		const maybe = (one: fc.Arbitrary<number>) => fc.option(one, { nil: undefined });
		const tenThousandths = maybe(
			fc.oneof(
				fc.nat({ max: 100 }).map((n) => n * 10_000),
				fc.nat({ max: 1_000_000 }),
			),
		);
		fc.assert(
			fc.property(
				units,
				tenThousandths,
				maybe(units),
				maybe(units),
				maybe(units),
				(whole, parts, reserve, minimum, maximum) => {
					const share = parts === undefined ? undefined : parts / 10_000;
					const terms = { share, reserve, minimum, maximum };
					const part = (BigInt(whole) * BigInt(parts ?? 1_000_000)) / 1_000_000n;
					const left = part > BigInt(reserve ?? 0) ? part - BigInt(reserve ?? 0) : 0n;
					const enough = left < BigInt(minimum ?? 0) ? 0n : left;
					const shown = Number(enough < BigInt(maximum ?? MOST) ? enough : BigInt(maximum ?? MOST));
					expect(shownOf(whole, terms)).toBe(shown);
					expect(zeroedBy(whole, terms) !== undefined).toBe(shown === 0 && whole > 0);
				},
			),
			{ numRuns: 3_000 },
		);
	});
});

describe('A zero that a rule makes', () => {
	it.each<[number, Terms, string | undefined]>([
		[5, { share: 0 }, 'Share (%)'],
		[5, { share: 19.9999, reserve: 5 }, 'Share (%)'],
		[5, { reserve: 5, minimum: 3 }, 'Reserve'],
		[5, { reserve: 4, minimum: 2 }, 'Minimum Stock Shown'],
		[5, { maximum: 0 }, 'Maximum Stock Shown'],
		[0, { share: 50, reserve: 2, minimum: 5 }, undefined],
	])('of %d units with %j is that of %p', (whole, terms, rule) => {
		expect(zeroedBy(whole, terms)).toBe(rule);
	});
});

describe('A minimum above the maximum', () => {
	it('is refused whatever the balance', () => {
		for (const units of [0, 3, 7, 100, -1]) {
			const refusal = refusalOf(
				cleanCount(
					{ units, minimum: 6, maximum: 5 },
					{ fractions: 'roundDown', negatives: 'zero' },
				),
			);
			expectUsable(refusal);
			expect(refusal.reason).toBe('Minimum Stock Shown 6 is more than Maximum Stock Shown 5');
		}
	});

	it.each([{ minimum: 5, maximum: 5 }, { minimum: 5 }, { maximum: 5 }, {}])(
		'%j is none',
		(terms) => {
			expect(refuseTerms(terms)).toBeUndefined();
		},
	);

	it('is none with a maximum of 0: that shows nothing, whatever the minimum', () => {
		expect(valueOf(cleanCount({ units: 9, minimum: 3, maximum: 0 }, STRICT))).toBe(0);
	});
});

const UNITS_TERMS = ['reserve', 'minimum', 'maximum'] as const;

describe.each([...UNITS_TERMS, 'share'] as const)('%s in a field', (term) => {
	it.each([[''], ['  '], ['\u00a0'], ['\u200b'], [null]])('%j does not apply', (raw) => {
		expect(valueOf(readTerm(term, raw, 'refuse'))).toBeUndefined();
	});

	it.each<[unknown, number]>([
		[30, 30],
		['30', 30],
		[' 30 ', 30],
		['30,0', 30],
		[0, 0],
		['0', 0],
		[28.999999999999996, 29],
	])('%p is %d', (raw, value) => {
		expect(valueOf(readTerm(term, raw, 'refuse'))).toBe(value);
	});

	it.each([['few'], [true], [-1], ['-1'], [{}], ['=B2'], ['#N/A'], [NaN], [4_601_234_567_893]])(
		'%p is refused, with the name of the rule',
		(raw) => {
			const refusal = refusalOf(readTerm(term, raw, 'refuse'));
			expectUsable(refusal);
			expect(refusal.reason).toMatch(
				term === 'share' ? /^Share \(%\) / : /^(Reserve|M\w+ Stock Shown) /,
			);
		},
	);
});

describe('Units in a field', () => {
	it.each(UNITS_TERMS)('of %s are whole', (term) => {
		expect(refusalOf(readTerm(term, 2.5, 'refuse')).reason).toMatch(
			/ must be a whole number from 0 to 2000000000, not "2.5"$/,
		);
		expect(refusalOf(readTerm(term, '1.000', 'refuse')).reason).toContain('may be 1 or 1000');
		expect(valueOf(readTerm(term, '1.000', 'comma'))).toBe(1_000);
	});
});

describe('A share in a field', () => {
	it.each<[unknown, number]>([
		['12,5', 12.5],
		['30%', 30],
		['30 %', 30],
		['12,5\u00a0%', 12.5],
		['0.5 %', 0.5],
		['1 %', 1],
		[100, 100],
		[33.333_333_333, 33.3333],
		[28.499_999_999_999_996, 28.5],
	])('%p is %d percent', (raw, share) => {
		expect(valueOf(readTerm('share', raw, 'refuse'))).toBe(share);
	});

	it.each<[unknown, string]>([
		[
			0.3,
			'Share (%) "0.3" may be 0.3 % or 30 %: a cell in the format percent holds 0.3 where it shows 30 %',
		],
		[
			1,
			'Share (%) "1" may be 1 % or 100 %: a cell in the format percent holds 0.3 where it shows 30 %',
		],
		[
			'0,07',
			'Share (%) "0.07" may be 0.07 % or 7 %: a cell in the format percent holds 0.3 where it shows 30 %',
		],
		[101, 'Share (%) must be a number from 0 to 100, not "101"'],
		['130 %', 'Share (%) must be a number from 0 to 100, not "130 %"'],
		['%', 'Share (%) is blank'],
	])('%p is refused', (raw, reason) => {
		const refusal = refusalOf(readTerm('share', raw, 'refuse'));
		expectUsable(refusal);
		expect(refusal.reason).toBe(reason);
	});

	it('that an expression computes is freed of the noise of its computing', () => {
		expect(valueOf(checkShare(0.29 * 100))).toBe(29);
		expect(valueOf(checkShare(0.285 * 100))).toBe(28.5);
		expect(refusalOf(checkShare(0.29)).reason).toContain('may be 0.29 % or 29 %');
		expect(valueOf(checkShare(1.0001))).toBe(1.0001);
	});
});
