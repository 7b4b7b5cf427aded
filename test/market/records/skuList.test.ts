import { refuseSkuList } from '../../../market/records/skuList';
import { refusalOf } from '../../support/checked';

describe('What a model gives as a SKU', () => {
	it.each<[raw: unknown]>([
		['SKU-00001, SKU-00002'],
		['SKU-00001,SKU-00002'],
		['SKU-00001; SKU-00002'],
		['SKU-00001\nSKU-00002\n'],
		['["A","B"]'],
		[' ["A"] '],
		['[]'],
		[['A', 'B']],
		...[
			...[
				'SKU-00001, SKU-00002 and SKU-00003',
				'SKU-00001, SKU-00002, and SKU-00003',
				'SKU-00001 and SKU-00002',
				'X and Y',
				'X и Y',
			],
			...[
				'SKU-00001 или SKU-00002',
				'SKU-00001 SKU-00002',
				'SKU-00001\tSKU-00002',
				'SKU-00001|SKU-00002',
				'SKU-00001 | SKU-00002',
			],
			...[
				'SKU-00001 / SKU-00002',
				'SKU-00001 & SKU-00002',
				'SKU-00001 + SKU-00002',
				'SKU-00001,',
				'A,',
				'SKU-00001,,SKU-00002',
			],
			...[
				'SKU-00001, SKU-00002 (both)',
				'SKU-00001 and SKU-00002 (both)',
				'A, B',
				'1, 2',
				'SKU-00001, 5',
				'557722,557723',
			],
			...[
				'557722 557723',
				'TEA-01 CUP-02',
				'iPhone 15 and iPhone 16',
				'Vase 12, Vase 13',
				'- SKU-1\n- SKU-2',
				'{"skus":["A","B"]}',
			],
			...['"A", "B"', 'A1 A2'],
		].map((raw): [string] => [raw]),
	])('%j looks like several', (raw) => {
		const list = refuseSkuList(raw);
		expect(refusalOf(list ?? { ok: true, value: raw })).toEqual({
			reason: expect.stringMatching(/^SKU .* looks like several SKUs$/),
			advice: expect.stringContaining('Call once for each SKU'),
		});
	});

	it.each<[raw: unknown]>([
		['SKU-00001'],
		['Vase, red glass'],
		['A-12,5'],
		['T12,50'],
		[' A '],
		[7],
		[undefined],
		['A [1]'],
		...[
			...[
				'Salt and Pepper',
				'Соль и перец',
				'iPhone 15 Pro',
				'04465 33471',
				'06A 115 561 B',
				'H & M',
				'A+B',
				'A/B',
				'10x20 30',
				'M8 12',
			],
			// A size or a part number beside another has a different length.
			...['10x20x30 4x5x6'],
			...['Чайник, 12 л', 'A-1 (2)', 'SKU:1', '1,2', 'Black & White', 'A 1', 'a\u00a01'],
		].map((raw): [string] => [raw]),
	])('%j is one', (raw) => {
		expect(refuseSkuList(raw)).toBeUndefined();
	});

	it.each([
		'"SKU-00001"',
		'`SKU-00001`',
		"'SKU-00001'",
		'“SKU-00001”',
		'{"sku":"SKU-00001"}',
		'{"sku": "SKU-00001"}',
		'SKU: SKU-00001',
		'Артикул: 557722',
	])('%s has something around the SKU', (raw) => {
		expect(refusalOf(refuseSkuList(raw) ?? { ok: true, value: raw })).toEqual({
			reason: expect.stringMatching(/^SKU .* has something around it$/),
			advice: expect.stringMatching(/^Give the SKU alone, exactly as it is in the catalogue/),
		});
	});

	it('is judged by its beginning', () => {
		expect(refuseSkuList('SKU-00001, '.repeat(100_000))).toBeDefined();
		expect(refuseSkuList(' '.repeat(1_000_000))).toBeUndefined();
		expect(refuseSkuList(`${' '.repeat(996)}A, B`)).toBeDefined();
		expect(refuseSkuList(`${' '.repeat(999)}A, B`)).toBeUndefined();
	});
});
