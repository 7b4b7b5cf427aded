import fc from 'fast-check';

import { readSku } from '../../../market/records/sku';
import { refusalOf, valueOf } from '../../support/checked';

/** ShopSku in the Market's OpenAPI. */
const MARKET_PATTERN = /^(?=.*\S.*)[^\x00-\x08\x0A-\x1f\x7f]{1,255}$/;

const MEGABYTE = 'x'.repeat(1024 * 1024);

describe('A SKU that the Market takes', () => {
	it.each([
		['plain text', 'ABC-1', 'ABC-1'],
		['leading zeros', '00042', '00042'],
		['Cyrillic letters', 'Чайник-ё', 'Чайник-ё'],
		['an emoji', 'tea 🫖', 'tea 🫖'],
		['a joined emoji', '👨‍👩‍👧', '👨‍👩‍👧'],
		['a tab inside', 'a\tb', 'a\tb'],
		['a zero-width space inside', 'a\u200bb', 'a\u200bb'],
		['spaces around', '  ABC 1 ', 'ABC 1'],
		['a no-break space and a BOM around', '\u00a0\ufeffABC\u00a0', 'ABC'],
		['line ends around', '\r\nABC\n', 'ABC'],
		['one character', 'x', 'x'],
		['255 characters', 'x'.repeat(255), 'x'.repeat(255)],
		['255 characters and spaces around', ` ${'ж'.repeat(255)} `, 'ж'.repeat(255)],
		['names of object members', '__proto__', '__proto__'],
		['what looks like a sum', '1E5', '1E5'],
		['what looks like a date', '1-2', '1-2'],
		['a number', 557722, '557722'],
		['zero', 0, '0'],
		['minus zero', -0, '0'],
		['a number with a fraction', 12.5, '12.5'],
		['the largest safe number', Number.MAX_SAFE_INTEGER, '9007199254740991'],
		['a big integer', 12345678901234567890n, '12345678901234567890'],
	])('with %s is read as it is', (_, raw, sku) => {
		expect(valueOf(readSku(raw))).toBe(sku);
	});
});

describe('A SKU that is refused', () => {
	it.each([
		['missing', undefined, /SKU is missing/],
		['null', null, /SKU is blank/],
		['empty', '', /SKU is blank/],
		['spaces only', '  \t\n', /SKU is blank/],
		['zero-width characters only', '\u200b\u200d\u2060', /SKU is blank/],
		['a soft hyphen only', '\u00ad', /SKU is blank/],
		['too long', 'x'.repeat(256), /longer than 255 characters/],
		['a megabyte', MEGABYTE, /longer than 255 characters/],
		['broken over two lines', 'ab\ncd', /line break or another control character/],
		['with a zero character', 'ab\u0000cd', /control character/],
		['with a DEL character', 'ab\u007fcd', /control character/],
		['with the first half of a pair', 'ab\ud83d', /half of a character/],
		['with the second half of a pair', '\udc00ab', /half of a character/],
		['beyond 2^53', 2 ** 53, /may have lost digits/],
		['far below zero', -(2 ** 53), /may have lost digits/],
		['a number in exponent form', 4.6e21, /may have lost digits/],
		['a tiny number', 1e-7, /may have lost digits/],
		['what a spreadsheet shows of a long number', '4.60123E+12', /spreadsheet has shortened/],
		['the same with a comma', '4,60123E+12', /spreadsheet has shortened/],
		['the same of a number that rounds to one digit', '4E+12', /spreadsheet has shortened/],
		['NaN', NaN, /SKU is NaN/],
		['infinite', Infinity, /SKU is Infinity/],
		['true', true, /boolean true/],
		['an object', { sku: 'A' }, /an object/],
		['a list', ['A'], /a list/],
		['a list without end', [[[[]]]], /a list/],
	])('because it is %s says so', (_, raw, reason) => {
		expect(refusalOf(readSku(raw)).reason).toMatch(reason);
	});

	it('is named only by its beginning', () => {
		const { reason } = refusalOf(readSku(MEGABYTE));
		expect(reason.length).toBeLessThan(200);
		expect(reason).toContain('(1048576 characters)');
	});

	it('because digits may be lost is told how to keep them', () => {
		expect(refusalOf(readSku(2 ** 53)).advice).toMatch(/as text/);
		expect(refusalOf(readSku('4.6E+12')).advice).toMatch(/as text/);
	});
});

describe('Any SKU', () => {
	it('as text is refused, or its trimmed text fits the pattern of the Market', () => {
		const unit = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string());
		fc.assert(
			fc.property(unit, (raw) => {
				const checked = readSku(raw);
				if (!checked.ok) return void refusalOf(checked);
				expect(checked.value).toBe(raw.trim());
				expect(checked.value).toMatch(MARKET_PATTERN);
				expect(checked.value).not.toMatch(/\p{Surrogate}/u);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('of any length up to 255 is read, and of any greater length refused', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 400 }), (length) => {
				expect(readSku('Ж'.repeat(length)).ok).toBe(length <= 255);
			}),
		);
	});

	it('as a safe whole number becomes exactly its digits', () => {
		fc.assert(
			fc.property(fc.maxSafeNat(), (number) => {
				expect(valueOf(readSku(number))).toBe(BigInt(number).toString());
			}),
		);
	});

	it('of any type never throws', () => {
		fc.assert(
			fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }), (raw) => {
				const checked = readSku(raw);
				if (checked.ok) expect(checked.value).toMatch(MARKET_PATTERN);
				else refusalOf(checked);
			}),
		);
	});
});
