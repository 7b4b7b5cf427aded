import { composedSkuCheck, type FixedPart } from '../../../market/records/composedSku';
import { refusalOf, valueOf } from '../../support/checked';

const fixed = (...texts: string[]): FixedPart[] =>
	texts.map((text) => ({ text, isRepeated: false }));
const ZEROS: FixedPart = { text: '0', isRepeated: true };

describe('A SKU that an expression has put together', () => {
	it.each<[sku: string, parts: FixedPart[]]>([
		...['A-undefined', 'undefined-1', 'SKUundefined', 'A-null', 'A_NaN', 'null 7', 'A-#N/A'].map(
			(sku): [string, []] => [sku, []],
		),
		...[
			'A-UNDEFINED',
			'A-NULL',
			'A-Null',
			'A-NAN',
			'000undefined',
			'00000000null',
			'000000000NaN',
			'A-Infinity',
		].map((sku): [string, []] => [sku, []]),
		...['A-true', 'false-1', 'A-Invalid Date', 'A-####', 'A-Err:502', 'A-[object Map]'].map(
			(sku): [string, []] => [sku, []],
		),
		['SKUnull', fixed('SKU')],
		['SKUNaN', fixed('SKU')],
		['SKUNULL', fixed('sku')],
		['SKUtrue', fixed('SKU')],
		['nullSKU', fixed('SKU')],
	])('from nothing is refused: %s', (sku, parts) => {
		expect(refusalOf(composedSkuCheck(parts)(sku)).reason).toMatch(
			/is made from a value that is not there/,
		);
	});

	it.each<[sku: string, parts: FixedPart[]]>([
		['SKU-', fixed('SKU-')],
		['SKU-', fixed(' SKU- ')],
		['SKU--X', fixed('SKU-', '-X')],
		['sku-', fixed('SKU-')],
		['SKU-000000', [...fixed('SKU-'), ZEROS]],
		['SKU-', [...fixed('SKU'), { text: '-', isRepeated: true }]],
	])('is refused if it is %j, its fixed parts alone: %j', (sku, parts) => {
		expect(refusalOf(composedSkuCheck(parts)(sku)).reason).toMatch(
			/is only the fixed part of its expression/,
		);
	});

	it.each(['0', '000000000000', '0.00', '00-00'])('is refused if it is %s, all zeros', (sku) => {
		expect(refusalOf(composedSkuCheck([ZEROS])(sku)).reason).toMatch(/is nothing but zeros/);
	});

	it.each(['A-4600000000000', '4600000000000-XL', 'A-4.6E+12', 'A_4,6e12', 'A-1e+21'])(
		'is refused with a number that was shortened: %s',
		(sku) => {
			expect(refusalOf(composedSkuCheck([])(sku)).reason).toMatch(
				/holds a number that may have lost digits/,
			);
		},
	);

	it.each([
		...[
			'SKU-1',
			'BaNaNa',
			'nullable-1',
			'A-',
			'Null-1',
			'A#1',
			'NAN-800',
			'annulled',
			'A-TRUE',
			'Trueman',
			'SKU-000001',
		],
		...['A-4600123456789', '100', 'A-12E4', 'A12E-4', 'NESTLE-NAN-800', 'SKU', 'L--1', 'A-a,b'],
	])('from something is taken: %s', (sku) => {
		expect(valueOf(composedSkuCheck([...fixed('SKU-'), ZEROS])(sku))).toBe(sku);
	});
});
