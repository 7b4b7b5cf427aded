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
		['an exact long number', 4600123456789, '4600123456789'],
		['a number with five zeros at its end', 460012300000, '460012300000'],
		['a number with six zeros that is not long', 46001000000, '46001000000'],
		['the same long number as text', '4600000000000', '4600000000000'],
		['a word for nothing as a part', 'null-modem', 'null-modem'],
		['a sign that is no value of a spreadsheet', '#SALE!', '#SALE!'],
		['an apostrophe before letters', "'s-Gravenhage", "'s-Gravenhage"],
		['digits in apostrophes', "'00417'", "'00417'"],
		['an exponent that may be letters and digits', '12E4', '12E4'],
		['a model that reads as an exponent', '12E-4', '12E-4'],
		['a name that is a word for nothing with other letters', 'NAN-800', 'NAN-800'],
		['a sign that is no value of a spreadsheet, with digits', '#REF-12', '#REF-12'],
		['a word that some programs write for nothing', 'None', 'None'],
		['a red heart', '\u2764\ufe0f', '\u2764\ufe0f'],
		['a sign', '★', '★'],
		['a zero', '0', '0'],
	])('with %s is read as it is', (_, raw, sku) => {
		expect(valueOf(readSku(raw))).toBe(sku);
	});
});

describe('A SKU that is put right', () => {
	it.each([
		['the text formula of exports', '="00417"', '00417'],
		['the same with doubled quotes', '=""00417""', '00417'],
		['a text formula with a quote inside', '="a""b"', 'a"b'],
		['a text formula with spaces inside', ' =" 00417 " ', '00417'],
		['an apostrophe before digits', "'00417", '00417'],
		['an apostrophe before digits and letters', "'00417-A", '00417-A'],
		...[
			'\u200b',
			'\u200c',
			'\u200d',
			'\u200e',
			'\u200f',
			'\u202a',
			'\u202c',
			'\u2060',
			'\u2066',
			'\u2069',
			'\u00ad',
			'\u061c',
			'\ufeff',
			'\u034f',
			'\u2800',
			'\u3164',
			'\ufe0f',
		].map((unseen): [string, string, string] => [
			`U+${unseen.charCodeAt(0).toString(16)} around`,
			`${unseen}00417 ${unseen}`,
			'00417',
		]),
	])('if it has %s', (_, raw, sku) => {
		expect(valueOf(readSku(raw))).toBe(sku);
	});

	it('in a time that grows only with its length', () => {
		const sku = `\u200b${'\u200b'.repeat(1024 * 1024)}a`.repeat(2);
		expect(refusalOf(readSku(sku)).reason).toMatch(/longer than 255/);
	});
});

describe('A SKU that only a spreadsheet or a program can have written', () => {
	it.each([
		...[
			'#VALUE!',
			'#NAME?',
			'#REF!',
			'#DIV/0!',
			'#N/A',
			'#NUM!',
			'#NULL!',
			'#GETTING_DATA',
			'#SPILL!',
			'#CALC!',
		],
		...[
			'#FIELD!',
			'#BLOCKED!',
			'#CONNECT!',
			'#UNKNOWN!',
			'#BUSY!',
			'#PYTHON!',
			'#ERROR!',
			'#EXTERNAL!',
		],
		...[
			'#ЗНАЧ!',
			'#ИМЯ?',
			'#ССЫЛКА!',
			'#ДЕЛ/0!',
			'#Н/Д',
			'#ЧИСЛО!',
			'#ПУСТО!',
			'#ПЕРЕНОС!',
			'#ВЫЧИСЛ!',
			'#ПОЛЕ!',
		],
		...[
			'#ОШИБКА!',
			'#ЗАНЯТО!',
			'#ПОДКЛЮЧЕНИЕ!',
			'#ЗАБЛОКИРОВАНО!',
			'#НЕИЗВЕСТНО!',
			'#ПОЛУЧЕНИЕ_ДАННЫХ',
		],
		...[
			'####',
			'Err:502',
			'Ошибка:502',
			' #знач! ',
			'="#N/A"',
			'#n/a',
			'#REF',
			'#VALUE',
			'#N/A N/A',
			'#ЗНАЧ',
			'#ИМЯ',
		],
		...['#N/A-XL', 'XL-#N/A-1', '00000000#N/A', 'A-#ЗНАЧ!', 'A #div/0! B', 'A-#Н/Д'],
	])('%s is refused', (raw) => {
		expect(refusalOf(readSku(raw)).reason).toMatch(
			/is what a spreadsheet shows when it has no value/,
		);
	});

	it.each([
		...[
			'undefined',
			'null',
			'NaN',
			' null ',
			'[object Object]',
			'A-[object Object]',
			'NULL',
			'Null',
			'nan',
			'Invalid Date',
		],
		...[
			'Infinity',
			'-Infinity',
			'UNDEFINED',
			'[object Undefined]',
			'A-[OBJECT OBJECT]',
			'A-undefined',
			'undefined-1',
			'1_undefined',
		],
	])('%s is refused', (raw) => {
		expect(refusalOf(readSku(raw)).reason).toMatch(
			/is what a program writes when there is no text/,
		);
	});

	it.each(['{{ $json.sku }}', 'A-{{ $json.code }}', '={{ $json.sku }}'])(
		'an expression that was not evaluated is refused: %s',
		(raw) => {
			const { reason, advice } = refusalOf(readSku(raw));
			expect(reason).toMatch(/is an expression that was not evaluated$/);
			expect(advice).toMatch(/Fixed to Expression/);
		},
	);

	it.each(['-', '---', ' - ', '_', '/', '.', '-/-', '\u2014'])(
		'nothing but separators is refused: %s',
		(raw) => {
			expect(refusalOf(readSku(raw)).reason).toMatch(/is nothing but separators$/);
		},
	);

	it.each(['A-="00417"', 'SKU-=""00417""'])('a formula within is refused: %s', (raw) => {
		expect(refusalOf(readSku(raw)).reason).toMatch(/holds the formula of a cell$/);
	});

	it.each(['=A1', '=1+1', '=VLOOKUP(A2;B:C;2;0)', '="0"&A1', '=', '="00417'])(
		'the formula %s is refused',
		(raw) => {
			const { reason, advice } = refusalOf(readSku(raw));
			expect(reason).toMatch(/is a formula, not its value$/);
			expect(advice).toMatch(/values/);
		},
	);

	it.each(['\ufffd\ufffd\ufffd\ufffd-12', 'AB\ufffd'])('lost letters are refused: %s', (raw) => {
		const { reason, advice } = refusalOf(readSku(raw));
		expect(reason).toMatch(/wrong encoding/);
		expect(advice).toMatch(/windows-1251.*UTF-8.*Extract From File.*Encoding/);
	});

	it.each([4600000000000, 4.6e12, 460012000000, 1e12, 9e15])(
		'the number %s may have been shortened',
		(raw) => {
			const { reason, advice } = refusalOf(readSku(raw));
			expect(reason).toMatch(/may have lost digits/);
			expect(advice).toMatch(/as text/);
		},
	);
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
		...['4.6E12', '4,6e12', '46E+11', '46.0E+11', '4.6E-5', '-4.6E+12'].map(
			(raw): [string, string, RegExp] => [
				`the number ${raw} in exponent form`,
				raw,
				/spreadsheet has shortened/,
			],
		),
		['NaN', NaN, /SKU is NaN/],
		['infinite', Infinity, /SKU is Infinity/],
		['true', true, /boolean true/],
		['a symbol', Symbol('x'), /^SKU is a symbol, not a text$/],
		['a function', () => 'A', /^SKU is a function, not a text$/],
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

	it('because digits may be lost says how to keep them', () => {
		expect(refusalOf(readSku(2 ** 53)).advice).toMatch(/as text/);
		expect(refusalOf(readSku('4.6E+12')).advice).toMatch(/as text/);
	});
});

describe('Any SKU', () => {
	it('as text is refused, or its trimmed text fits the pattern of the Market', () => {
		const unit = fc.oneof(
			fc.string({ unit: 'grapheme' }),
			fc.string({ unit: 'binary' }),
			fc.string(),
		);
		fc.assert(
			fc.property(unit, (raw) => {
				const checked = readSku(raw);
				if (!checked.ok) return void refusalOf(checked);
				// What is taken off is around the SKU, never within it.
				expect(raw).toContain(checked.value.replace(/"/g, raw.startsWith('=') ? '""' : '"'));
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
			fc.property(
				fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
				(raw) => {
					const checked = readSku(raw);
					if (checked.ok) expect(checked.value).toMatch(MARKET_PATTERN);
					else refusalOf(checked);
				},
			),
		);
	});
});
