import fc from 'fast-check';

import { alikeForm, differenceOf, spellingsOf } from '../../../market/records/alikeSkus';

const RUNS = { numRuns: 300, seed: 20261126 };

/** Letters of both alphabets, digits, and what stands between them. */
const sign = fc.constantFrom(
	...'ABCEHKMOPTXYabceopxySKUАВЕКМНОРСТУХавекмнорстухЖяйёЁЇ0012579-–_/. ',
);
const sku = fc
	.string({ unit: sign, minLength: 1, maxLength: 20 })
	.map((text) => text.trim())
	.filter((text) => alikeForm(text) !== '');

const LATIN = 'ABEKMHOPCTYXabekmhopctyx';
const CYRILLIC = 'АВЕКМНОРСТУХавекмнорстух';

/** The letter that looks the same, if there is one. */
function lookAlike(letter: string): string {
	const [latin, cyrillic] = [LATIN.indexOf(letter), CYRILLIC.indexOf(letter)];
	return CYRILLIC[latin] ?? LATIN[cyrillic] ?? letter;
}

const flips = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 });
const gaps = fc.array(fc.constantFrom('', '', '-', ' ', '\u00a0', '–', '\u200b'), {
	minLength: 20,
	maxLength: 20,
});

/** What spoils a SKU, one kind each. */
const MANGLES: Record<string, fc.Arbitrary<(text: string) => string>> = {
	'zeros before it': fc
		.nat(9)
		.map((zeros) => (text) => text.replace(/^\d/, '0'.repeat(zeros) + '$&')),
	'no zeros before it': fc.constant((text) => text.replace(/^0+(?=\d)/, '')),
	'zeros behind a letter': fc
		.nat(9)
		.map((zeros) => (text) => text.replace(/(?<=\p{L})\d/u, '0'.repeat(zeros) + '$&')),
	capitals: fc.constant((text) => text.toUpperCase()),
	'small letters': fc.constant((text) => text.toLowerCase()),
	'letters of the other alphabet': flips.map(
		(flip) => (text) =>
			Array.from(text, (letter, at) => (flip[at] ? lookAlike(letter) : letter)).join(''),
	),
	'no spaces and dashes': fc.constant((text) => text.replace(/[\s–-]/g, '')),
	'more spaces and dashes': gaps.map(
		(between) => (text) => Array.from(text, (letter, at) => letter + (between[at] ?? '')).join(''),
	),
	'letters in two parts': fc.constant((text) => text.normalize('NFD')),
	'letters in one part': fc.constant((text) => text.normalize('NFC')),
};
const kinds = Object.entries(MANGLES);

describe('A SKU', () => {
	it.each(kinds)('with %s has the form that it had', (_, mangle) => {
		fc.assert(
			fc.property(sku, mangle, (text, spoil) => {
				expect(alikeForm(spoil(text))).toBe(alikeForm(text));
			}),
			RUNS,
		);
	});

	it('has the form that it had after several of these, one after another', () => {
		const some = fc.tuple(...kinds.map(([, mangle]) => mangle));
		fc.assert(
			fc.property(sku, some, fc.shuffledSubarray(kinds.map((__, at) => at)), (text, all, order) => {
				const spoilt = order.reduce((so, at) => all[at]?.(so) ?? so, text);
				expect(alikeForm(spoilt)).toBe(alikeForm(text));
			}),
			RUNS,
		);
	});

	it.each([
		['557722', '557723'],
		['10-01', '101'],
		['A-1', 'A-10'],
		['100', '1'],
		['Ж-1', 'X-1'],
		['B-8', 'B-3'],
		['O-1', '0-1'],
		['й', 'и'],
		['A.1', 'A1'],
	])('%s is no other spelling of %s', (one, other) => {
		expect(alikeForm(one)).not.toBe(alikeForm(other));
	});

	it('of dashes alone has no form', () => {
		expect(alikeForm(' -–')).toBe('');
	});
});

describe('Spellings to ask for', () => {
	it('are others of the same form, each once, and not too many', () => {
		fc.assert(
			fc.property(
				fc.oneof(sku, fc.string({ unit: 'binary', minLength: 1, maxLength: 255 })),
				(text) => {
					const others = spellingsOf(text);
					expect(others).not.toContain(text);
					expect(new Set(others).size).toBe(others.length);
					expect(others.length).toBeLessThanOrEqual(80);
					expect(others.filter((other) => alikeForm(other) !== alikeForm(text))).toEqual([]);
					expect(others.filter(({ length }) => length < 1 || length > 255)).toEqual([]);
				},
			),
			RUNS,
		);
	});

	/** As catalogues have them: a prefix of capitals, a dash, digits with or without leading zeros. */
	const usual = fc
		.tuple(fc.constantFrom('', 'A', 'TE', 'SKU', 'ВАЗА', 'ЧАЙ'), fc.nat(99_999), fc.nat(6))
		.map(([word, number, zeros]) => `${word}${word && '-'}${'0'.repeat(zeros)}${number}`);
	it.each([
		['leading zeros lost', (text: string) => text.replace(/(?<!\d)0+(?=\d)/, '')],
		['small letters', (text: string) => text.toLowerCase()],
		['a space for the dash', (text: string) => text.replace('-', ' ')],
		['a long dash', (text: string) => text.replace('-', ' – ')],
		[
			'the first letter of the other alphabet',
			(text: string) => lookAlike(text.charAt(0)) + text.slice(1),
		],
		['letters in two parts', (text: string) => text.normalize('NFD')],
		['letters of the other alphabet', (text: string) => Array.from(text, lookAlike).join('')],
		[
			'small letters and leading zeros lost',
			(text: string) => text.toLowerCase().replace(/(?<!\d)0+(?=\d)/, ''),
		],
	])('undo %s', (_, spoil) => {
		fc.assert(
			fc.property(usual, (text) => {
				const spoilt = spoil(text);
				expect([spoilt, ...spellingsOf(spoilt)]).toContain(text);
			}),
			RUNS,
		);
	});
});

describe('What two spellings differ in', () => {
	it.each([
		['557722', '0557722', 'leading zeros'],
		['abc-1', 'ABC-1', 'capital and small letters'],
		['BA3A-1', 'ВА3А-1', 'Latin and Cyrillic letters'],
		['вaза-1', 'ваза-1', 'Latin and Cyrillic letters'],
		['A1', 'A-1', 'spaces or dashes'],
		['чай'.normalize('NFD'), 'чай', 'the Unicode form of letters (NFC, NFD)'],
		['a 1', 'A-01', 'capital and small letters, spaces or dashes, leading zeros'],
	])('%s and %s: %s', (one, other, words) => {
		expect([differenceOf(one, other), differenceOf(other, one)]).toEqual([words, words]);
	});
});
