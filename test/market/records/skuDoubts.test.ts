import { readSku } from '../../../market/records/sku';
import { SkuDoubts } from '../../../market/records/skuDoubts';
import { valueOf } from '../../support/checked';

const noLine = () => undefined;

/** What is reported of raw SKUs, all of which are taken. */
function told(raws: readonly unknown[], isComposed = false): string {
	const doubts = new SkuDoubts();
	raws.forEach((raw, item) => doubts.look(valueOf(readSku(raw)), raw, isComposed, item));
	const messages = doubts.messages(() => true, noLine);
	expect(messages.length).toBeLessThanOrEqual(1);
	return messages.join('');
}

describe('The SKUs of a run that are reported', () => {
	it.each<[what: string, raw: unknown, kind: RegExp]>([
		[
			'a number',
			557722,
			/: 1 came as numbers, so that leading zeros may be gone \("557722" in item 0\)\./,
		],
		['a big integer', 557722n, /came as numbers/],
		['a number that became a text', '557722.0', /: 1 end in \.0, as a number that became a text/],
		['the same with a comma', '557722,00', /end in \.0/],
		...[
			'Итого',
			'ИТОГО:',
			'Всего',
			'Итого по складу',
			'Итого: 1 234',
			'Общий итог',
			'Total',
			'total 17',
			'Grand Total',
			'Subtotal',
			'TOTAL',
			'Total amount',
			'Sub total',
			'TOTAL (5)',
			'- Итого -',
			'*Итого*',
			'Total:',
			'Totals = 12',
		].map((raw): [string, string, RegExp] => [raw, raw, /: 1 look like a row of totals/]),
		['decomposed Cyrillic', 'Чаи\u0306ник-1', /letters in two parts/],
		['decomposed Latin', 'Cafe\u0301-1', /letters in two parts/],
		[
			'a zero-width space inside',
			'A\u200bB-1',
			/invisible characters inside \("A\\u200bB-1" in item 0\)/,
		],
		['an apostrophe before letters', "'ABC", /begin with an apostrophe/],
		['a number that became a text and lost its zero', '557722.', /end in a dot behind digits/],
		['what may be a number in exponent form', '12E4', /may be a number in exponent form/],
		['a small number in exponent form', '46e-11', /may be a number in exponent form/],
		['quotes around digits', '"00417"', /have quotation marks or apostrophes at digits/],
		['apostrophes around digits', "'00417'", /have quotation marks or apostrophes at digits/],
		['another apostrophe', '\u201900417', /have quotation marks or apostrophes at digits/],
		['a backtick', '`00417', /have quotation marks or apostrophes at digits/],
		...['null-modem', 'SKU-null', 'A-NaN', 'A NULL'].map((raw): [string, string, RegExp] => [
			raw,
			raw,
			/hold a word that programs write for nothing/,
		]),
		...['None', 'nil', 'true', 'FALSE', 'ИСТИНА', 'ложь', 'N/A', 'н/д', 'n/a', 'NA'].map(
			(raw): [string, string, RegExp] => [raw, raw, /are a word for nothing or for yes and no/],
		),
		...['<br>', 'A-1<br/>', '&nbsp;', 'A&amp;B-1', '<b>1</b>'].map(
			(raw): [string, string, RegExp] => [raw, raw, /hold signs of HTML/],
		),
		...['Ð¡ÐšÐ£-1', 'РђР±Р²-1', '????', '???-12', 'ÑÊÓ-1', 'CafÃ©-1'].map(
			(raw): [string, string, RegExp] => [
				raw,
				raw,
				/look as if they were read in a wrong encoding/,
			],
		),
	])('%s', (_, raw, kind) => {
		expect(told([raw])).toMatch(kind);
		expect(told([raw])).toMatch(
			/^SKUs to compare with the catalogue, taken as they are: .* ignores it\.$/,
		);
	});

	it.each(['A-', '-1', 'A_', '/A'])(
		'as a separator at an edge, only if an expression made them: %s',
		(raw) => {
			expect(told([raw], true)).toMatch(/begin or end with a separator/);
			expect(told([raw])).toBe('');
		},
	);

	it.each(['A--1', 'L--1', 'A-/-1'])(
		'as a doubled separator, only if an expression made them: %s',
		(raw) => {
			expect(told([raw], true)).toMatch(/have a doubled separator, as if a part was blank/);
			expect(told([raw])).toBe('');
		},
	);

	it('as a comma, only if an expression made them', () => {
		expect(told(['A-a,b'], true)).toMatch(/have a comma, as a list that became a text/);
		expect(told(['A-a,b'])).toBe('');
		expect(told(['Vase-12,5'], true)).toBe('');
	});

	it('as a word for nothing in capitals, only if an expression made them', () => {
		expect(told(['NAN-800', 'A-TRUE'], true)).toMatch(
			/: 2 hold a word that programs write for nothing/,
		);
		expect(told(['NAN-800', 'A-TRUE'])).toBe('');
	});

	it('are those that are taken in the end', () => {
		const doubts = new SkuDoubts();
		[1, 2, 3].forEach((raw, item) => doubts.look(String(raw), raw, false, item));
		expect(doubts.messages((item) => item === 1, noLine)).toEqual([
			expect.stringMatching(/: 1 came as numbers.*\("2" in item 1\)\./),
		]);
		expect(doubts.messages(() => false, noLine)).toEqual([]);
	});

	it('are named by their lines too, where these are known', () => {
		const doubts = new SkuDoubts();
		[1, 2].forEach((raw, item) => doubts.look(String(raw), raw, false, item));
		const lineOf = (item: number) => (item === 0 ? 2 : undefined);
		expect(doubts.messages(() => true, lineOf).join('')).toContain(
			'("1" in item 0 (line 2 of the file), "2" in item 1)',
		);
	});

	it.each([
		'0557722',
		'ABC-1',
		'Чайник-ё',
		'Totally new',
		'Totals-7',
		'Всегомир',
		'👨‍👩‍👧',
		"'00417",
		"'a'",
		'1.5',
		'10.05',
		'A 0.0',
		'tea 🫖',
		'NAN-800',
		'\u2764\ufe0f-1',
		'AE4',
		'E4',
		'12E4-A',
		'Ёлка-Рё',
		'What?',
		'A < B',
		'AT&T',
		'Nanny-1',
	])('do not include %s', (raw) => {
		expect(told([raw])).toBe('');
	});

	it('are counted by kind, three of each shown', () => {
		expect(told([1, 2, 'A', 3, 4, 'Итого'])).toMatch(
			/: 4 came as numbers, so that leading zeros may be gone \("1" in item 0, "2" in item 1, "3" in item 3 and 1 more\); 1 look like a row of totals \("Итого" in item 5\)\./,
		);
	});

	it('are none if all is well', () => {
		expect(told(['A-1', '00042'])).toBe('');
	});
});
