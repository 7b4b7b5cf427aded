import type { INodeParameters } from 'n8n-workflow';

import { STORES, TOKENS } from '../../sandbox';
import { greenHint } from '../support/outputRows';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const onError = 'continueRegularOutput';
const ways: Array<[string, INodeParameters]> = [
	['By Field Names', { stockField: 'onHand', subtractField: 'ordered' }],
	[
		'By Expressions',
		{
			inputMode: 'expressions',
			sku: '={{ $json.sku }}',
			stock: '={{ $json.onHand }}',
			subtract: '={{ $json.ordered }}',
		},
	],
];

describe.each(ways)('Subtract, %s', (_name, parameters) => {
	const update = async (
		items: Array<[onHand: unknown, ordered: unknown]>,
		options: INodeParameters = {},
	) => {
		const rows = items.map(
			([onHand, ordered], index) => ({ sku: skuOf(index + 1), onHand, ordered }) as never,
		);
		return await shop.update(rows, { parameters, options, onError });
	};

	it('takes units off Stock, even if both are texts', async () => {
		const { items, hints } = await update([
			[10, 3],
			['20', '0'],
			['1 234', '34'],
		]);
		expect(items.map(({ json }) => json.count)).toEqual([7, 20, 1_200]);
		expect([1, 2, 3].map((offer) => shop.available(offer))).toEqual([7, 20, 1_200]);
		expect(hints).toEqual([greenHint(3)]);
	});

	it('refuses a blank in either, and says which', async () => {
		const { items } = await update([
			[10, ''],
			[10, null],
			['', 3],
			[null, 3],
			[10, 3],
		]);
		expect(items.map(({ json }) => json.reason)).toEqual([
			'Subtract is blank',
			'Subtract is blank',
			'Stock is blank',
			'Stock is blank',
			null,
		]);
		expect([1, 2, 3, 4, 5].map((offer) => shop.available(offer))).toEqual([
			null,
			null,
			null,
			null,
			7,
		]);
	});

	it('of more than there is: Negatives decides', async () => {
		const { items } = await update([[10, 13]]);
		expect(items[0]?.json.reason).toBe('Stock "-3" (10 less 13) is negative');
		await update([[10, 13]], { negatives: 'zero' });
		expect(shop.available(1)).toBe(0);
	});

	it('is missing if the item has no such field', async () => {
		const { items } = await shop.update([{ sku: skuOf(1), onHand: 10 }], { parameters, onError });
		expect(items[0]?.json).toMatchObject({
			sku: skuOf(1),
			status: 'failed',
			reason: expect.stringMatching(/^Subtract is missing/),
		});
	});
});

it('Subtract serves warehouses too', async () => {
	const { businessId, warehouseId } = STORES.warehouseFbs;
	const locator = (value: number) => ({ __rl: true, mode: 'id', value: String(value) });
	const parameters = {
		...ways[0]?.[1],
		sendTo: 'warehouse',
		business: locator(businessId),
		warehouse: locator(warehouseId),
	};
	const items = [
		{ sku: skuOf(1), onHand: 10, ordered: 4 },
		{ sku: skuOf(2), onHand: 10, ordered: '' },
	];
	const { items: output } = await shop.update(items, {
		parameters,
		onError,
		apiKey: TOKENS.warehouseAll,
	});
	expect(output.map(({ json }) => json.status)).toEqual(['accepted', 'failed']);
	expect(shop.market.warehouseStock(warehouseId, skuOf(1))).toBe(6);
});

describe('Zeros that an expression computes', () => {
	const rows = [
		{ sku: skuOf(1), onHand: null, ordered: 0 },
		{ sku: skuOf(2), onHand: 10, ordered: 3 },
		{ sku: skuOf(3), onHand: '', ordered: null },
		{ sku: skuOf(4), onHand: 0, ordered: 0 },
		{ sku: skuOf(5), onHand: 2, ordered: 2 },
	];
	const hintsOf = async (own: INodeParameters, items = rows, options: INodeParameters = {}) => {
		const parameters = { inputMode: 'expressions', sku: '={{ $json.sku }}', ...own };
		const { hints } = await shop.update(items, { parameters, onError, options });
		return hints.map(({ message }) => message).filter((message) => message.includes('computes'));
	};

	it('are reported in one hint, with some of them', async () => {
		expect(await hintsOf({ stock: '={{ $json.onHand - $json.ordered }}' })).toEqual([
			'4 of 5 balances, for which an expression computes Stock, are zero ("SKU-00001", "SKU-00003", "SKU-00004" and others): ' +
				'in a computation a blank field counts as zero. Use Subtract beside Stock instead of a minus: a blank in ' +
				'either is refused.',
		]);
	});

	it('are reported in a dry run too, where nothing is sent yet', async () => {
		expect(
			await hintsOf({ stock: '={{ Number($json.onHand) }}' }, rows.slice(0, 1), { dryRun: true }),
		).toEqual([expect.stringMatching(/^1 of 1 balances.* Stock, are zero \("SKU-00001"\):/)]);
	});

	it('are reported for Subtract as well: a blank there leaves too much', async () => {
		const own = { stock: '=5', subtract: '={{ Number($json.ordered) }}' };
		expect(await hintsOf(own, rows.slice(1, 3))).toEqual([
			expect.stringMatching(/^1 of 2 values of Subtract .* too much is sent/),
		]);
	});

	it.each<[string, INodeParameters, INodeParameters]>([
		['Send Zero', { stock: '={{ $json.onHand - $json.ordered }}' }, { negatives: 'zero' }],
		['Round Down', { stock: '={{ $json.onHand + 0.4 }}' }, { fractions: 'roundDown' }],
		['Reserve', { stock: '={{ $json.onHand * 1 }}' }, { reserve: 3 }],
		['a length', { stock: '={{ $json.text.length }}' }, {}],
		['a text', { stock: '={{ $json.onHand.toFixed(2).replace(".", ",") }}' }, {}],
	])('are reported if %s makes them', async (_name, own, options) => {
		const row = { sku: skuOf(1), onHand: 0, ordered: 3, text: '' };
		expect(await hintsOf(own, [row], options)).toEqual([expect.stringMatching(/^1 of 1 balances/)]);
	});

	it.each([
		[
			'where a choice hands on a field',
			{ stock: '={{ $json.onHand ?? $json.ordered }}' },
			rows.slice(3, 4),
		],
		[
			'where a condition chooses a field',
			{ stock: '={{ $json.ordered > 5 ? $json.ordered : $json.onHand }}' },
			rows.slice(3, 4),
		],
		['where none is zero', { stock: '={{ $json.onHand - $json.ordered }}' }, rows.slice(1, 2)],
		[
			'where a field gives them',
			{ stock: '={{ $json.onHand }}', subtract: '={{ $json.ordered }}' },
			rows.slice(3),
		],
	])('are not reported %s', async (_name, own, items) => {
		expect(await hintsOf(own, items)).toEqual([]);
	});
});

it.each<[string, INodeParameters]>([
	['field', { stockField: 'stock', subtractField: ' stock ' }],
	['field, by another spelling', { stockField: 'stock', subtractField: '["stock"]' }],
	[
		'expression',
		{
			inputMode: 'expressions',
			sku: '={{ $json.sku }}',
			stock: '={{ $json.stock }}',
			subtract: '={{ $json.stock }}',
		},
	],
])(
	'Subtract of the same %s as Stock is refused before anything is sent',
	async (_name, parameters) => {
		const { error } = await shop.update([{ sku: skuOf(1), stock: 7 }], { parameters });
		expect(error?.message).toBe('Stock and Subtract are the same: every balance would be zero');
		expect(shop.requests()).toEqual([]);
	},
);

describe.each([
	['Stock', 'stock'],
	['Subtract', 'subtract'],
])('%s of the same', (label, name) => {
	const own = { stockField: 'stock', stock: '={{ $json.stock }}', sku: '={{ $json.code }}' };

	it.each<[string, INodeParameters]>([
		['field', { skuField: 'code', [`${name}Field`]: ' code ' }],
		['field, by another spelling', { skuField: 'code', [`${name}Field`]: "['code']" }],
		['expression', { inputMode: 'expressions', [name]: '={{ $json.code }}' }],
		['expression, by another spelling', { inputMode: 'expressions', [name]: '={{$json["code"]}}' }],
	])('%s as SKU is refused before anything is sent', async (_name, parameters) => {
		const { error } = await shop.update([{ code: '557722', stock: 7 }], {
			parameters: { ...own, ...parameters },
			options: { negatives: 'zero' },
		});
		expect(error?.message).toBe(`SKU and ${label} are the same: a SKU would count as units`);
		expect(shop.requests()).toEqual([]);
	});
});

it('A SKU that is typed as its balance is, as text, is no mistake', async () => {
	const parameters = { inputMode: 'expressions', sku: '7', stock: '7' };
	const { items } = await shop.update([{}], { parameters });
	expect(items[0]?.json).toMatchObject({ sku: '7', count: 7, status: 'accepted' });
});
