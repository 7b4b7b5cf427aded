import fc from 'fast-check';

import { firstFew, quote, trimUnseen, utf8Length } from '../../../market/common/text';

describe('A value in a message', () => {
	it.each<[string, unknown, string]>([
		['a text', 'ABC', '"ABC"'],
		['a quote', 'a"b', '"a\\"b"'],
		['a line break', 'a\nb', '"a\\nb"'],
		['a line separator', 'a\u2028b', '"a\\u2028b"'],
		['a zero-width space', 'a\u200bb', '"a\\u200bb"'],
		['a reversal of the writing direction', 'a\u202eb', '"a\\u202eb"'],
		['a Hangul filler', 'a\u3164b', '"a\\u3164b"'],
		['a variation selector behind no emoji', 'a\ufe0fb', '"a\\ufe0fb"'],
		['a red heart', '\u2764\ufe0f', '"\u2764\ufe0f"'],
		['a DEL character', 'a\u007fb', '"a\\u007fb"'],
		['Cyrillic letters', 'Чай', '"Чай"'],
		['an emoji', '🫖', '"🫖"'],
		['half of an emoji', '\ud83e', '"\\ud83e"'],
		['a number', 1.5, '"1.5"'],
		['a big integer', 10n, '"10"'],
		['nothing', null, '"null"'],
		['an object', { a: 1 }, 'an object'],
		['an object without a prototype', Object.create(null), 'an object'],
		['a list', [1], 'a list'],
		['40 characters', 'x'.repeat(40), `"${'x'.repeat(40)}"`],
		['41 characters', 'x'.repeat(41), `"${'x'.repeat(40)}..." (41 characters)`],
	])('shows %s', (_, value, shown) => {
		expect(quote(value)).toBe(shown);
	});

	it('is short and on one line whatever it is', () => {
		const text = fc.string({ unit: 'binary', maxLength: 200 });
		fc.assert(
			fc.property(fc.oneof(text, fc.anything()), (value) => {
				const shown = quote(value);
				expect(shown.length).toBeLessThan(300);
				expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
				expect(shown).not.toMatch(/\p{Surrogate}/u);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('A text without what is invisible at its ends', () => {
	it.each([
		[' a b ', 'a b'],
		['\u200ba\ufeff', 'a'],
		['a\ufe0f', 'a'],
		['\u2764\ufe0f \n', '\u2764\ufe0f'],
		['', ''],
		[' \u200b', ''],
	])('of %j is %j', (text, trimmed) => {
		expect(trimUnseen(text)).toBe(trimmed);
	});
});

describe('The bytes of a text', () => {
	it.each([
		'',
		'A',
		'ж',
		'€',
		'🫖',
		'👨‍👩‍👧',
		'\u0000',
		'\u007f\u0080',
		'\u07ff\u0800',
		'\ud7ff\ue000',
		'\uffff',
	])('of %j are counted as in UTF-8', (text) => {
		expect(utf8Length(text)).toBe(Buffer.byteLength(text));
	});

	it('of any well-formed text are counted as in UTF-8', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })),
				(text) => {
					expect(utf8Length(text)).toBe(Buffer.byteLength(text));
				},
			),
			{ numRuns: 1_000 },
		);
	});
});

describe('The first few of many', () => {
	it.each<[number[], string]>([
		[[], ''],
		[[1], '1'],
		[[1, 2], '1, 2'],
		[[1, 2, 3, 4, 5], '1, 2 and 3 more'],
	])('%j', (all, text) => {
		expect(firstFew(all, 2)).toBe(text);
	});

	it('are named as the caller wants, and no others', () => {
		const named: string[] = [];
		const say = (one: string) => {
			named.push(one);
			return one.toUpperCase();
		};
		expect(firstFew(['a', 'b', 'c'], 2, say)).toBe('A, B and 1 more');
		expect(named).toEqual(['a', 'b']);
	});
});
