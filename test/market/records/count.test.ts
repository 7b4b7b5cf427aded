import fc from 'fast-check';

import { cleanCount, type CountRules } from '../../../market/records/count';
import { addUnits, readUnits, STOCK, type DecimalSeparator } from '../../../market/records/units';
import type { Checked } from '../../../market/common/refusal';
import { refusalOf, valueOf } from '../../support/checked';

const STRICT: CountRules = { fractions: 'refuse', negatives: 'refuse' };
const LENIENT: CountRules = { fractions: 'roundDown', negatives: 'zero' };
const MOST = 2_000_000_000;

/** The balance that is sent for a value whose SKU comes once. */
function readCount(
	raw: unknown,
	rules: CountRules,
	separator: DecimalSeparator = 'refuse',
): Checked<number> {
	const units = readUnits(raw, STOCK, separator);
	return units.ok ? cleanCount({ units: units.value }, rules) : units;
}

describe('A balance that a source gives', () => {
	it.each<[string, unknown, number]>([
		['a number', 12, 12],
		['zero', 0, 0],
		['minus zero', -0, 0],
		['the most that the Market takes', MOST, MOST],
		['a big integer', 12n, 12],
		['a text', '12', 12],
		['a text with spaces around', ' 12 ', 12],
		['a text with a line end', '12\r\n', 12],
		['a text with no-break spaces around', '\u00a012\u00a0', 12],
		['the text of zero', '0', 0],
		['the text of minus zero', '-0', 0],
		['a plus sign', '+5', 5],
		['leading zeros', '007', 7],
		['an empty fraction', '12.0', 12],
		['a longer empty fraction', '12.0000', 12],
		['an empty fraction after a comma', '10,00', 10],
		['millions with commas', '1,234,567', 1_234_567],
		['millions with dots', '1.234.567', 1_234_567],
		['thousands with a comma and an empty fraction', '1,234.00', 1_234],
		['thousands with a dot and an empty fraction', '1.234,000', 1_234],
		['three decimals after a space between thousands', '1 234,000', 1_234],
		['three decimals after a zero', '0.000', 0],
		['three decimals of a number too long for a group', '1234.000', 1_234],
		['thousands with an ordinary space', '1 234', 1_234],
		['thousands with a no-break space', '1\u00a0234', 1_234],
		['thousands with a narrow no-break space', '1\u202f234', 1_234],
		['thousands with a thin space', '1\u2009234', 1_234],
		['millions', '2 000 000 000', MOST],
		['thousands and an empty fraction', '1 234.00', 1_234],
		['what a spreadsheet holds where it shows 29', 28.999999999999996, 29],
		['the text of that', '28.999999999999996', 29],
		['a little too much', 3.0000000000000004, 3],
		['a little less than nothing', -5.551115123125783e-17, 0],
		['64 characters', '12'.padStart(64, '0'), 12],
		['no fraction that a computation could mean', '12.0000000000000000000000001', 12],
	])('as %s is read', (_, raw, count) => {
		const value = valueOf(readCount(raw, STRICT));
		expect(Object.is(value, count)).toBe(true);
	});
});

describe('A balance that is refused', () => {
	it.each(['10 шт', '>100', '-', 'есть'])(
		'for %j beside the number says to leave only the number',
		(raw) => {
			const { reason, advice } = refusalOf(readUnits(raw, STOCK, 'refuse'));
			expect(reason).toBe(`Stock "${raw}" is not a number`);
			expect(advice).toMatch(/^Leave only the number in the cell\. /);
			expect(advice).not.toContain('mapped');
		},
	);

	it.each([
		['25,00', 25],
		['2 500,000', 2_500],
		['1\u00a0234,000', 1_234],
	])('is not %j, as Excel and 1C write it', (raw, units) => {
		expect(valueOf(readUnits(raw, STOCK, 'refuse'))).toBe(units);
	});

	it.each<[string, unknown, RegExp]>([
		['missing', undefined, /Stock is missing/],
		['null', null, /Stock is blank/],
		['empty', '', /Stock is blank/],
		['spaces only', ' \u00a0\t', /Stock is blank/],
		['1,234', '1,234', /"1,234" may be 1234 or 1.234: its comma/],
		['1.234', '1.234', /"1.234" may be 1.234 or 1234: its dot/],
		['12.000', '12.000', /"12.000" may be 12 or 12000: its dot/],
		['-1.000', '-1.000', /"-1.000" may be -1 or -1000/],
		['12,5', '12,5', /"12.5" is not a whole number/],
		['1,234.50', '1,234.50', /"1234.5" is not a whole number/],
		['1 234,50', '1 234,50', /"1234.5" is not a whole number/],
		['0.125', '0.125', /"0.125" is not a whole number/],
		['0,125', '0,125', /"0.125" is not a whole number/],
		['1234,567', '1234,567', /"1234.567" is not a whole number/],
		['groups of two', '12,34,567', /not a number/],
		['a group that begins with zero', '0,123,456', /not a number/],
		['a decimal separator twice', '1.234,5,6', /not a number/],
		['groups parted by both', '1.234,567.890', /not a number/],
		['a comma at the end', '12,', /not a number/],
		['a fraction as text', '12.5', /not a whole number/],
		['a fraction', 12.5, /not a whole number/],
		['a small fraction', '12.00001', /not a whole number/],
		['negative', -1, /negative/],
		['negative as text', '-1', /negative/],
		['negative with thousands', '-1 234', /negative/],
		['a negative fraction', '-0.5', /negative/],
		['a negative big integer', -5n, /negative/],
		['an exponent form', '1.2E+3', /exponent form/],
		['an exponent form with a comma', '1,2E+3', /exponent form/],
		['a short exponent form', '5e3', /exponent form/],
		['NaN', NaN, /Stock is NaN/],
		['infinite', Infinity, /Stock is Infinity/],
		['the text NaN', 'NaN', /not a number/],
		['true', true, /boolean true/],
		['false', false, /boolean false/],
		['a word', 'many', /not a number/],
		['a number and a unit', '12 pcs', /not a number/],
		['more than', '>10', /not a number/],
		['a hexadecimal number', '0x10', /not a number/],
		['digits of another script', '١٢', /not a number/],
		['negative with a true minus sign', '−5', /"-5" is negative/],
		['a minus sign behind', '5−', /not a number/],
		['thousands in twos', '12 34', /not a number/],
		['two spaces between thousands', '1  234', /not a number/],
		['two fractions', '1.23.45', /not a number/],
		['a bare point', '.5', /not a number/],
		['a number after a zero-width space', '\u200b12', /not a number/],
		['__proto__', '__proto__', /not a number/],
		['an object', { count: 1 }, /an object/],
		['a list', [12], /a list/],
		['above the most that the Market takes', MOST + 1, /larger than 2000000000/],
		['above it as text', '2000000001', /larger than 2000000000/],
		['above it as a big integer', 10n ** 30n, /larger than 2000000000/],
		['2^53', 2 ** 53, /larger than 2000000000/],
		['a barcode', '4601234567893', /larger than 2000000000/],
		['65 characters', '12'.padStart(65, '0'), /not a number/],
		['a megabyte of digits', '1'.repeat(1024 * 1024), /not a number/],
		['a megabyte of spaces and commas', '1 ,'.repeat(350_000), /not a number/],
	])('because it is %s says so', (_, raw, reason) => {
		const refusal = refusalOf(readCount(raw, STRICT));
		expect(refusal.reason).toMatch(reason);
		expect(refusal.reason.length).toBeLessThan(200);
	});

	it.each([undefined, null, '', '  '])(
		'because it is %j says that this is not zero, whatever the options',
		(raw) => {
			for (const rules of [STRICT, LENIENT]) {
				expect(refusalOf(readCount(raw, rules)).advice).toMatch(/not read as zero.*Send 0/);
			}
		},
	);

	it('is shown with the invisible character that spoils it', () => {
		expect(refusalOf(readCount('\u200b12', STRICT)).reason).toContain('u200b');
	});

	it('because it is too large does not name an option that would not help', () => {
		expect(refusalOf(readCount(MOST + 1, STRICT)).advice).not.toMatch(/Maximum Stock Shown/);
	});

	it.each([
		['-3', /Negatives to Send Zero/],
		['12.5', /Fractions to Round Down/],
	])('because it is %s names the option that would help', (raw, advice) => {
		expect(refusalOf(readCount(raw, STRICT)).advice).toMatch(advice);
	});
});

describe('With Round Down and Send Zero', () => {
	it.each<[unknown, number]>([
		[12.9, 12],
		['12.9', 12],
		['1 234.9', 1_234],
		['0.0000001', 0],
		[1e-7, 0],
		['2000000000.9', MOST],
		[-5, 0],
		['-5', 0],
		[-0.5, 0],
		['-1 234.5', 0],
	])('%j becomes %d', (raw, count) => {
		expect(Object.is(valueOf(readCount(raw, LENIENT)), count)).toBe(true);
	});

	it.each(['1,234', 'many', true, NaN, -Infinity, '1e3', MOST + 1])(
		'%j is refused all the same',
		(raw) => {
			refusalOf(readCount(raw, LENIENT));
		},
	);

	it('a negative fraction is never rounded to a balance unless negatives may be zero', () => {
		expect(
			refusalOf(readCount('-0.5', { fractions: 'roundDown', negatives: 'refuse' })).reason,
		).toMatch(/negative/);
	});
});

describe('Any balance', () => {
	const count = fc.integer({ min: 0, max: MOST });
	const spellings: Array<(count: number) => unknown> = [
		(n) => n,
		(n) => BigInt(n),
		String,
		(n) => `  ${n}\t`,
		(n) => `+${n}`,
		(n) => `${n}.0`,
		(n) => `000${n}`,
		...[' ', '\u00a0', '\u2009', '\u202f'].map((space) => (n: number) => grouped(n, space)),
	];

	it('from 0 to 2,000,000,000 reads back the same in every accepted spelling', () => {
		fc.assert(
			fc.property(count, fc.constantFrom(...spellings), (n, spell) => {
				expect(valueOf(readCount(spell(n), STRICT))).toBe(n);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('below zero or above the bound is refused in every spelling', () => {
		const outside = fc.oneof(
			fc.integer({ min: -MOST, max: -1 }),
			fc.integer({ min: MOST + 1, max: 2 ** 40 }),
		);
		fc.assert(
			fc.property(
				outside,
				fc.constantFrom(String, (n: number) => grouped(n, ' '), Number),
				(n, spell) => {
					expect(refusalOf(readCount(spell(n), STRICT)).reason).toMatch(
						n < 0 ? /negative/ : /larger/,
					);
				},
			),
		);
	});

	it('of any type never throws and is never read as anything but a whole number within the bounds', () => {
		const numberLike = fc.string({ unit: fc.constantFrom(...'0123456789 .,+-eE\u00a0') });
		const raw = fc.oneof(
			fc.string({ unit: 'binary' }),
			numberLike,
			fc.double(),
			fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
		);
		fc.assert(
			fc.property(raw, fc.constantFrom(STRICT, LENIENT), (value, rules) => {
				const checked = readCount(value, rules);
				if (!checked.ok) return void refusalOf(checked);
				expect(Number.isInteger(checked.value)).toBe(true);
				expect(checked.value).toBeGreaterThanOrEqual(0);
				expect(checked.value).toBeLessThanOrEqual(MOST);
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('With Decimal Separator', () => {
	it.each<[DecimalSeparator, string, number]>([
		['dot', '12.000', 12],
		['dot', '1,234', 1_234],
		['dot', '1,234,567.000', 1_234_567],
		['dot', '1 234.000', 1_234],
		['comma', '12,000', 12],
		['comma', '1.234', 1_234],
		['comma', '1.234.567,000', 1_234_567],
		['comma', '1 234,000', 1_234],
		['comma', '−12', -12],
	])('%s, %p is %d', (separator, raw, units) => {
		expect(valueOf(readUnits(raw, STOCK, separator))).toBe(units);
	});

	it.each<[DecimalSeparator, string]>([
		['dot', '12,5'],
		['dot', '1.234.567'],
		['dot', '1.234,50'],
		['comma', '12.5'],
		['comma', '1,234,567'],
		['comma', '1,234.50'],
	])('%s, %p is refused, and the option is named', (separator, raw) => {
		const { reason, advice } = refusalOf(readUnits(raw, STOCK, separator));
		expect(reason).toBe(`Stock "${raw}" is not a number with a ${separator} before its decimals`);
		expect(advice).toContain('option Decimal Separator');
	});

	it('a number is what it is', () => {
		for (const separator of ['refuse', 'dot', 'comma'] as const) {
			expect(valueOf(readUnits(12.125, STOCK, separator))).toBe(12.125);
		}
	});

	it('with it a text is read as meant, and without it the same way or not at all', () => {
		const signs = fc.constantFrom('', '-', '+', '\u2212');
		const decimals = fc.stringMatching(/^\d{0,4}$/);
		fc.assert(
			fc.property(
				fc.nat({ max: MOST }),
				decimals,
				signs,
				fc.boolean(),
				fc.constantFrom('', ' ', 'other'),
				(n, digits, sign, isDot, parted) => {
					const [separator, mark, other] = isDot
						? (['dot', '.', ','] as const)
						: (['comma', ',', '.'] as const);
					const text = `${sign}${grouped(n, parted === 'other' ? other : parted)}${digits === '' ? '' : mark + digits}`;
					const size = Number(`${n}.${digits}`);
					const number = sign === '-' || sign === '\u2212' ? -size : size;
					const meant =
						Math.abs(number - Math.round(number)) <= 1e-9 ? Math.round(number) + 0 : number;
					const read = valueOf(readUnits(text, STOCK, separator));
					expect(Math.abs(read - meant)).toBeLessThanOrEqual(1e-4);
					const guess = readUnits(text, STOCK, 'refuse');
					if (guess.ok) expect(guess.value).toBe(read);
					else expect(guess.refusal.reason).toContain('may be');
				},
			),
			{ numRuns: 2_000 },
		);
	});
});

describe('The noise of computing', () => {
	it.each([
		[1.000_000_002, 'a fraction that is larger'],
		[0.000_000_01, 'next to zero'],
		[1_500_000_000.5, 'half a unit of very many'],
		[1_999_999_999.999, 'a thousandth less than all'],
	])('is not %d: %s', (raw) => {
		expect(refusalOf(readCount(raw, STRICT)).reason).toMatch(/not a whole number/);
	});

	it('is not what Round Down rounds', () => {
		expect(valueOf(readCount(28.999999999999996, LENIENT))).toBe(29);
		expect(valueOf(readCount(28.99, LENIENT))).toBe(28);
		expect(valueOf(readCount(1_999_999_999.5, LENIENT))).toBe(1_999_999_999);
	});
});

describe('A sum', () => {
	it.each([
		[[0.1, 0.2, -0.3], 0],
		[[0.1, 0.2, 0.7], 1],
		[[1_000_000_000.1, 0.9, -1_000_000_000], 1],
		[[1.5, 1.5], 3],
		[[0.1, 0.2], 0.3],
		[[7, -9, 1], -1],
		[[-0], 0],
	])('of %j is %d, without the noise of its computing', (terms, total) => {
		expect(valueOf(addUnits(terms))).toBeCloseTo(total, 12);
		if (Number.isInteger(total)) expect(Object.is(valueOf(addUnits(terms)), total)).toBe(true);
	});

	it('of numbers so large that units get lost is refused', () => {
		expect(refusalOf(addUnits([2 ** 53 - 1, 1, 1 - 2 ** 53])).reason).toMatch(
			/larger than 2000000000/,
		);
	});

	it('that is refused names the rows that it is made of', () => {
		const origin = 'the sum of 7 in item 0, -9 in item 1';
		expect(refusalOf(cleanCount({ units: -2, origin }, STRICT)).reason).toBe(
			`Stock "-2" (${origin}) is negative`,
		);
		expect(refusalOf(cleanCount({ units: 1.5, origin }, STRICT)).reason).toContain(
			`"1.5" (${origin}) is not a whole`,
		);
		expect(refusalOf(cleanCount({ units: MOST + 1, origin }, LENIENT)).reason).toContain(
			`(${origin}) is larger`,
		);
	});
});

describe('What the Market is told of a balance', () => {
	it.each([
		['all of it by default', { units: 10 }, 10],
		['less the reserve', { units: 10, reserve: 3 }, 7],
		['nothing where the reserve is as large', { units: 3, reserve: 3 }, 0],
		['nothing, never less, where the reserve is larger', { units: 2, reserve: 3 }, 0],
		['no more than the maximum', { units: 500, maximum: 100 }, 100],
		['less than the maximum as it is', { units: 50, maximum: 100 }, 50],
		['the maximum of what is left after the reserve', { units: 103, reserve: 5, maximum: 100 }, 98],
		['nothing with a maximum of zero', { units: 7, maximum: 0 }, 0],
		['a fraction less the reserve, rounded before', { units: 3.9, reserve: 3 }, 0],
		['nothing of a negative, whatever the reserve', { units: -3, reserve: 3 }, 0],
	])('is %s', (_, stock, shown) => {
		expect(valueOf(cleanCount(stock, LENIENT))).toBe(shown);
	});

	it('is never a barcode that the maximum would hide', () => {
		expect(
			refusalOf(cleanCount({ units: 4_601_234_567_893, maximum: 100 }, LENIENT)).reason,
		).toMatch(/larger than/);
	});

	it('is never more than there is, nor than the maximum, nor less than zero', () => {
		const units = fc.integer({ min: 0, max: MOST });
		fc.assert(
			fc.property(units, units, fc.option(units, { nil: undefined }), (count, reserve, maximum) => {
				const shown = valueOf(cleanCount({ units: count, reserve, maximum }, STRICT));
				expect(shown).toBe(Math.max(0, Math.min(count - reserve, maximum ?? Infinity)));
			}),
		);
	});
});

/** The number as spreadsheets show it, in groups of three. */
function grouped(n: number, space: string): string {
	return String(n).replace(/\B(?=(?:\d{3})+$)/g, space);
}
