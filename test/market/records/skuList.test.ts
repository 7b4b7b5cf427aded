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
	])('%j looks like several', (raw) => {
		const list = refuseSkuList(raw);
		expect(refusalOf(list ?? { ok: true, value: raw })).toEqual({
			reason: expect.stringMatching(/^SKU .* looks like several SKUs$/),
			advice: expect.stringContaining('Call once for each SKU'),
		});
	});

	it.each<[raw: unknown]>([['SKU-00001'], ['Vase, red glass'], ['A-12,5'], [' A '], ['A,'], [7], [undefined], ['A [1]']])(
		'%j is one',
		(raw) => {
			expect(refuseSkuList(raw)).toBeUndefined();
		},
	);
});
