import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { STORES, TOKENS } from '../../sandbox';
import { allAccepted } from '../support/outputRows';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const onError = 'continueRegularOutput';

/** Sends rows. Gives the balances that the Market holds, and what the output says. */
async function send(rows: IDataObject[], options: INodeParameters, parameters?: INodeParameters) {
	const items = rows.map((row, index) => ({ sku: skuOf(index + 1), ...row }));
	const { items: output, hints } = await shop.update(items, { options, parameters, onError });
	return {
		held: items.map((_, index) => shop.available(index + 1)),
		statuses: output.map(({ json }) => json.status),
		reasons: output.map(({ json }) => json.reason),
		advice: output.map(({ json }) => json.advice),
		notes: output.map(({ json }) => json.note),
		hints: hints.map(({ message }) => message),
	};
}

const RULES: Array<[option: string, label: string, rows: IDataObject[], held: number[]]> = [
	['share', 'Share (%)', [{ own: 50 }, { own: '12,5 %' }, { own: 0 }, { own: '' }], [10, 2, 0, 20]],
	['reserve', 'Reserve', [{ own: 3 }, { own: '15' }, { own: 0 }, { own: null }], [17, 5, 20, 20]],
	[
		'minimumStock',
		'Minimum Stock Shown',
		[{ own: 21 }, { own: '20' }, { own: 0 }, { own: ' ' }],
		[0, 20, 20, 20],
	],
	[
		'maximumStock',
		'Maximum Stock Shown',
		[{ own: 4 }, { own: '30' }, { own: 0 }, { own: '' }],
		[4, 20, 0, 20],
	],
];

describe.each(RULES)('%sField', (name, label, rows, held) => {
	const twenty = rows.map((row): IDataObject => ({ stock: 20, ...row }));
	const byField = { [`${name}Field`]: 'own' };

	it('gives each item its own, and a blank cell none', async () => {
		const sent = await send(twenty, byField);
		expect(sent.held).toEqual(held);
		expect(sent.statuses).toEqual(Array(4).fill('accepted'));
		expect(sent.hints).toEqual([allAccepted(4)]);
	});

	it('reads fields within fields, also By Expressions', async () => {
		const nested = twenty.map(({ own, ...row }) => ({ ...row, rules: { own } }));
		const options = { [`${name}Field`]: 'rules.own' };
		const parameters = {
			inputMode: 'expressions',
			sku: '={{ $json.sku }}',
			stock: '={{ $json.stock }}',
		};
		expect((await send(nested, options, parameters)).held).toEqual(held);
	});

	it('that holds no number fails that row alone', async () => {
		const {
			held: after,
			statuses,
			reasons,
		} = await send(
			[
				{ stock: 20, own: 'few' },
				{ stock: 20, own: '' },
			],
			byField,
		);
		expect([after, statuses]).toEqual([
			[null, 20],
			['failed', 'accepted'],
		]);
		expect(reasons[0]).toBe(`${label} "few" is not a number`);
	});

	it('that an item lacks fails that row alone: it is not a blank cell', async () => {
		const { held: after, reasons } = await send(
			[
				{ stock: 20, Own: 5 },
				{ stock: 20, own: '' },
			],
			byField,
		);
		expect(after).toEqual([null, 20]);
		expect(reasons[0]).toBe(
			`${label} is missing: the item has no field "own", but "Own", with different capital and small letters`,
		);
	});

	it('that is blank in every item is reported', async () => {
		const { held: after, hints } = await send(
			[
				{ stock: 20, own: '' },
				{ stock: 20, own: null },
			],
			byField,
		);
		expect(after).toEqual([20, 20]);
		expect(hints).toContain(
			`${label} Field: the field is blank in every item, so the rule applied to none.`,
		);
	});

	it('that the file has twice is reported', async () => {
		const { hints } = await send([{ stock: 20, own: 3, own_1: 4 }], byField);
		expect(hints).toContainEqual(
			expect.stringContaining(`${label} is read from "own", and there is "own_1" too`),
		);
	});

	it.each<[string, INodeParameters, string, RegExp]>([
		[
			'beside the number for all',
			{ [name]: 50, ...byField },
			`${label} and ${label} Field are both set`,
			/^Remove one of the two options/,
		],
		[
			'without a name',
			{ [`${name}Field`]: ' ' },
			`${label} Field names no field`,
			/^Type the name of the field, such as "/,
		],
		[
			'with an expression',
			{ [`${name}Field`]: '={{ $json.own }}' },
			`${label} Field wants the name of a field, not an expression`,
			new RegExp(`use the option ${label.replace(/[()]/g, '\\$&')}\\.$`),
		],
		[
			'with the field of the balance',
			{ [`${name}Field`]: '["stock"]' },
			`Stock Field and ${label} Field are the same field`,
			/^Name the field with the rule/,
		],
		[
			'with the field of the SKU',
			{ [`${name}Field`]: "['sku']" },
			`SKU Field and ${label} Field are the same field`,
			/^Name the field with the rule/,
		],
		[
			'with the field of Subtract',
			{ [`${name}Field`]: "['taken']" },
			`Subtract Field and ${label} Field are the same field`,
			/^Name the field with the rule/,
		],
	])('%s is refused before anything is sent', async (_, options, reason, advice) => {
		const sent = await send([{ stock: 20, own: 5, taken: 1 }], options, {
			subtractField: 'taken',
		});
		expect(sent.reasons).toEqual([reason]);
		expect(sent.advice[0]).toMatch(advice);
		expect(shop.requests()).toEqual([]);
	});

	it('with the field of the balance, which an expression reads, is refused too', async () => {
		const parameters = {
			inputMode: 'expressions',
			sku: '={{ $json.sku }}',
			stock: '={{ $json["stock"] }}',
		};
		const { reasons } = await send([{ stock: 20 }], { [`${name}Field`]: 'stock' }, parameters);
		expect(reasons).toEqual([`Stock Field and ${label} Field are the same field`]);
		expect(shop.requests()).toEqual([]);
	});

	it('of rows that are added up must agree', async () => {
		const sku = skuOf(1);
		const options = { ...byField, duplicateSkus: 'sum' };
		const { reasons } = await send(
			[
				{ sku, stock: 20, own: 60 },
				{ sku, stock: 20, own: 70 },
			],
			options,
		);
		const reason = `The SKU comes more than once with different values of ${label}: 60 in item 0, 70 in item 1`;
		expect(reasons).toEqual([reason, reason]);
		expect(shop.available(1)).toBeNull();
	});
});

describe('An expression', () => {
	it.each<[string, unknown[], Array<number | null>]>([
		['share', [50, 100, '12.5'], [10, 20, 2]],
		['minimumStock', [21, 20, '0'], [0, 20, 20]],
	])('in %s is computed for each item', async (name, values, held) => {
		const rows = values.map((own) => ({ stock: 20, own: own as number }));
		expect((await send(rows, { [name]: '={{ $json.own }}' })).held).toEqual(held);
	});

	it('in Share (%) that gives a part of one is refused: it may be meant as percent', async () => {
		const { held, reasons } = await send(
			[
				{ stock: 20, own: 0.3 },
				{ stock: 20, own: 30 },
			],
			{ share: '={{ $json.own }}' },
		);
		expect(held).toEqual([null, 6]);
		expect(reasons[0]).toContain('may be 0.3 % or 30 %');
	});
});

it.each([0.5, 1])('Share (%%) %d for all is refused before anything is sent', async (share) => {
	const { error } = await shop.update([{ sku: skuOf(1), stock: 5 }], { options: { share } });
	expect(error?.message).toContain(`Share (%) "${share}" may be ${share} % or ${share * 100} %`);
	expect(shop.requests()).toEqual([]);
});

describe('All rules together', () => {
	const options = {
		duplicateSkus: 'sum',
		fractions: 'roundDown',
		negatives: 'zero',
		share: 50,
		reserve: 5,
		minimumStock: 3,
		maximumStock: 10,
	};

	it('apply in the order of the docs: sum, fractions, negatives, share, reserve, minimum, maximum', async () => {
		const sku = skuOf(1);
		await send(
			[
				{ sku, stock: 40.7 },
				{ sku, stock: 9.8 },
				{ sku, stock: -5 },
			],
			options,
		);
		expect(shop.available(1)).toBe(10);
		await send(
			[
				{ sku, stock: 10.7 },
				{ sku, stock: 9.8 },
				{ sku, stock: -5 },
			],
			options,
		);
		expect(shop.available(1)).toBe(0);
		await send(
			[
				{ sku, stock: 18.7 },
				{ sku, stock: 2.8 },
				{ sku, stock: -3 },
			],
			options,
		);
		expect(shop.available(1)).toBe(4);
	});

	it('may come for each warehouse from the same table', async () => {
		const { businessId, warehouseId: main } = STORES.warehouseFbs;
		const { warehouseId: second } = STORES.warehouseDbs;
		const rows = [
			{ sku: skuOf(1), stock: 20, place: main, part: 50, held: '' },
			{ sku: skuOf(1), stock: 20, place: second, part: '', held: 8 },
		];
		const { status } = await shop.update(rows, {
			parameters: {
				sendTo: 'warehouse',
				business: { __rl: true, mode: 'id', value: String(businessId) },
				warehouseFrom: 'field',
				warehouseField: 'place',
			},
			options: { shareField: 'part', reserveField: 'held' },
			apiKey: TOKENS.warehouseAll,
		});
		expect(status).toBe('success');
		expect([main, second].map((id) => shop.market.warehouseStock(id, skuOf(1)))).toEqual([10, 12]);
	});

	it('that contradict each other refuse the rows for which they do', async () => {
		const rows = [
			{ stock: 20, most: 2 },
			{ stock: 20, most: '' },
			{ stock: 20, most: 0 },
		];
		const { held, reasons } = await send(rows, { minimumStock: 3, maximumStockField: 'most' });
		expect(held).toEqual([null, 20, 0]);
		expect(reasons[0]).toBe('Minimum Stock Shown 3 is more than Maximum Stock Shown 2');
	});
});

describe('A balance that a rule makes zero', () => {
	it('says so in its note, beside that on rows of one SKU', async () => {
		const sku = skuOf(1);
		const { notes } = await send([{ sku, stock: 2 }, { sku, stock: 2 }, { stock: 0 }], {
			minimumStock: 3,
		});
		const note =
			'The SKU appears in items 0, 1: it is sent once for all of them. The balance is 0 because of Minimum Stock Shown';
		expect(notes).toEqual([note, note, null]);
	});

	it('counts for Zero Guard, whose message tells how many a rule made', async () => {
		const rows = [
			{ stock: 0 },
			{ stock: 1 },
			{ stock: 2 },
			{ stock: 9, own: 0 },
			{ stock: 9 },
			{ stock: 9 },
		];
		const { held, reasons, advice } = await send(
			rows.map((row) => ({ own: '', ...row })),
			{ zeroGuard: 50, minimumStock: 3, shareField: 'own' },
		);
		expect(held).toEqual(Array(6).fill(null));
		expect(new Set(reasons)).toEqual(
			new Set([
				'Store 21000001: 4 of 6 balances are zero, more than the 50 % that Zero Guard allows; of these zeros, rules made: Minimum Stock Shown 2, Share (%) 1',
			]),
		);
		expect(advice[0]).toContain('Check these rules, and that the source is complete');
	});

	it('is not taken for one that an expression computed of a blank', async () => {
		const parameters = {
			inputMode: 'expressions',
			sku: '={{ $json.sku }}',
			stock: '={{ $json.a - $json.b }}',
		};
		const few = await send([{ a: 3, b: 1 }], { minimumStock: 3 }, parameters);
		expect([few.held, few.hints]).toEqual([[0], [allAccepted(1)]]);
		const none = await send([{ a: 3, b: 3 }], { minimumStock: 3 }, parameters);
		expect(none.hints).toContainEqual(
			expect.stringContaining('1 of 1 balances, for which an expression computes Stock, are zero'),
		);
	});

	it('is in the summary as it is: accepted', async () => {
		const { items } = await shop.update([{ sku: skuOf(1), stock: 2 }], {
			options: { minimumStock: 3, output: 'summary' },
		});
		expect(items[0]?.json).toMatchObject({ total: 1, accepted: 1, failed: 0 });
		expect(shop.available(1)).toBe(0);
	});
});
