import { readFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { useSandbox } from '../support/useSandbox';
import { codeOf, stepOf, type Json } from './support/flowSteps';

const FLOW = 'kits-from-parts';
const STEP = 'Balances of Kits';
const CODE = path.join(__dirname, '..', '..', 'workflows', 'steps', 'balancesOfKits.js');

const run = codeOf(FLOW, STEP);
const shop = useSandbox();

const TEA_SET = [
	{ kit: 'TEA-SET', part: 'CUP', quantity: 2 },
	{ kit: 'TEA-SET', part: 'SAUCER', quantity: 1 },
];
const GIFT = [
	{ kit: 'GIFT', part: 'CUP', quantity: 1 },
	{ kit: 'GIFT', part: 'RIBBON', quantity: 0.5 },
];
const PARTS = [
	{ sku: 'CUP', stock: 10 },
	{ sku: 'SAUCER', stock: 7 },
	{ sku: 'RIBBON', stock: 30 },
];

/** All that the step gives out. @throws Error with the message with which it stops the flow */
function all(input: Json[], kits: Json[] = TEA_SET, params: Json = {}): Json[] {
	try {
		return run({ input, steps: { Kits: kits }, params: { 'Update Stocks': params }, nowMs: 0 });
	} catch (error) {
		throw new Error((error as { message: string }).message);
	}
}

/** What it gives out for the tea set: its balance, or why there is none. */
function teaSet(input: Json[], kits?: Json[], params?: Json): unknown {
	const { stock, notRead } = all(input, kits, params).find(({ sku }) => sku === 'TEA-SET') ?? {};
	return notRead ?? stock;
}

const cups = (stock: unknown) => [
	{ sku: 'CUP', stock },
	{ sku: 'SAUCER', stock: 1_000 },
];

it('has the code of workflows/steps, which "npm run steps" puts there', () => {
	expect(stepOf(FLOW, STEP).parameters).toEqual({ jsCode: readFileSync(CODE, 'utf8') });
});

it('reads the file once, however many rows Kits gives', () => {
	expect(stepOf(FLOW, 'Read the File').executeOnce).toBe(true);
});

describe('The balances of kits', () => {
	it('are those of the example in docs/kits.md, behind the rows of the file', () => {
		expect(all(PARTS, [{ kits: [...TEA_SET, ...GIFT] }])).toEqual([
			...PARTS,
			{ sku: 'TEA-SET', stock: 5 },
			{ sku: 'GIFT', stock: 10 },
		]);
	});

	it.each<[unknown, number]>([
		[11, 5],
		[1, 0],
		[0, 0],
		[-3, 0],
		['1 234', 617],
		['1\u00a0234,000', 617],
		['10,00', 5],
		['4.5', 2],
	])('of %p cups are %d sets of two', (stock, sets) => {
		expect(teaSet(cups(stock))).toBe(sets);
	});

	it.each([[''], ['many'], [null], [undefined], [true], ['1.000'], ['12,000'], ['10 pcs'], [NaN]])(
		'of %p cups are not known',
		(stock) => {
			expect(teaSet(cups(stock))).toBe('its part "CUP" has no balance that is certain');
		},
	);

	it.each([
		['comma', '12,000', 6],
		['dot', '12.000', 6],
		['comma', '12.000', undefined],
	])('go by Decimal Separator: %s, %p', (decimalSeparator, stock, sets) => {
		const said = teaSet(cups(stock), TEA_SET, { options: { decimalSeparator } });
		expect(said).toEqual(sets ?? expect.stringContaining('no balance that is certain'));
	});

	it('go by the columns that Update Stocks names, less what is already ordered', () => {
		const params = { skuField: 'Артикул', stockField: ' Остаток ', subtractField: 'Заказано' };
		const input = [
			{ Артикул: 'CUP', Остаток: '10', Заказано: 3 },
			{ Артикул: 'SAUCER', Остаток: 7, Заказано: 0 },
		];
		expect(all(input, TEA_SET, params)).toEqual([
			...input,
			{ Артикул: 'TEA-SET', Остаток: 3, Заказано: 0 },
		]);
	});

	it.each([
		['a barcode for a balance', { stock: 4600000000000, ordered: 0 }],
		['less than nothing ordered', { stock: 10, ordered: -5 }],
		['a barcode for what is ordered', { stock: 10, ordered: 4600000000000 }],
	])('have none if Update Stocks refuses a part: %s', (_name, cells) => {
		const input = [
			{ sku: 'CUP', ...cells },
			{ sku: 'SAUCER', stock: 7, ordered: 0 },
		];
		const kits = [{ kit: 'TEA-SET', part: 'CUP', quantity: 10_000 }];
		expect(all(input, kits, { subtractField: 'ordered' }).at(-1)).toMatchObject({
			notRead: 'its part "CUP" has no balance that is certain',
		});
	});

	it('are exact for parts by the metre', () => {
		const kits = [{ kit: 'TEA-SET', part: 'RIBBON', quantity: 0.1 }];
		expect(teaSet([{ sku: 'RIBBON', stock: 0.3 }], kits)).toBe(3);
	});

	it('take every part as often as it is named', () => {
		expect(teaSet(cups(10), [...TEA_SET, { kit: 'TEA-SET', part: 'CUP', quantity: 1 }])).toBe(3);
	});

	it('carry what else Kits says of them, and ignore blank rows of it', () => {
		const kits = [
			{ kit: '', part: null },
			{ ...TEA_SET[0], reserve: 1 },
			{ ...TEA_SET[1], reserve: '' },
		];
		expect(all(PARTS, kits).at(-1)).toEqual({ sku: 'TEA-SET', stock: 5, reserve: 1 });
	});

	it('are as many as can be packed, and one more cannot: whatever the parts', () => {
		const part = fc.record({
			stock: fc.nat({ max: 2_000_000_000 }),
			quantity: fc.integer({ min: 1, max: 1_000 }),
		});
		fc.assert(
			fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
				const input = parts.map(({ stock }, index) => ({ sku: `P${index}`, stock }));
				const kits = parts.map(({ quantity }, index) => ({
					kit: 'TEA-SET',
					part: `P${index}`,
					quantity,
				}));
				const sets = teaSet(input, kits) as number;
				expect(parts.every(({ stock, quantity }) => sets * quantity <= stock)).toBe(true);
				expect(parts.every(({ stock, quantity }) => (sets + 1) * quantity <= stock)).toBe(false);
			}),
		);
	});
});

describe('A kit whose balance is not certain has none, and says why:', () => {
	it('a part that the file does not name', () => {
		expect(teaSet(PARTS.slice(1))).toBe('its part "CUP" is not among the rows of the file');
	});

	it('a part that comes twice with different balances, unless these are added up', () => {
		const input = [...PARTS, { sku: 'CUP', stock: 2 }];
		expect(teaSet(input)).toBe('its part "CUP" comes more than once with different balances');
		expect(teaSet(input, TEA_SET, { options: { duplicateSkus: 'sum' } })).toBe(6);
		expect(teaSet([...PARTS, PARTS[0] as Json])).toBe(5);
	});

	it.each([['many'], ['']])('a part of which one row is %p, even if they are added up', (stock) => {
		const options = { duplicateSkus: 'sum' };
		for (const input of [
			[...PARTS, { sku: 'CUP', stock }],
			[{ sku: 'CUP', stock }, ...PARTS],
		]) {
			expect(teaSet(input, TEA_SET, { options })).toBe(
				'its part "CUP" has no balance that is certain',
			);
		}
	});

	it.each([[0], [-1], [''], ['two'], [undefined]])('the quantity %p', (quantity) => {
		expect(teaSet(PARTS, [{ kit: 'TEA-SET', part: 'CUP', quantity }])).toBe(
			'the quantity of its part "CUP" in Kits is no number above 0',
		);
	});

	it('a part that is a kit, and a row of it without a part', () => {
		const box = { kit: 'BOX', part: 'TEA-SET', quantity: 1 };
		expect(all(PARTS, [...TEA_SET, box]).at(-1)).toEqual({
			sku: 'BOX',
			notRead: 'its part "TEA-SET" is a kit: name the parts of that',
		});
		expect(teaSet(PARTS, [...TEA_SET, { kit: 'TEA-SET', part: '', quantity: 1 }])).toBe(
			'one of its rows in Kits names no part',
		);
	});
});

describe('With MISSING_PART_IS_ZERO', () => {
	const code = String(stepOf(FLOW, STEP).parameters.jsCode);
	const lenient = codeOf(
		FLOW,
		STEP,
		code.replace('MISSING_PART_IS_ZERO = false', 'MISSING_PART_IS_ZERO = true'),
	);
	const last = (input: Json[]) =>
		lenient({ input, steps: { Kits: TEA_SET }, params: { 'Update Stocks': {} }, nowMs: 0 }).at(-1);

	it('a kit is 0 if the file does not name a part', () => {
		expect(last(PARTS.slice(1))).toEqual({ sku: 'TEA-SET', stock: 0 });
	});

	it('its balance is still not known if a row could not be read: it may be the part', () => {
		expect(last([...PARTS.slice(1), { notRead: 'it has 3 cells' }])?.notRead).toBe(
			'its part "CUP" is not among the rows of the file that could be read',
		);
	});
});

describe('The rows of the file', () => {
	it('without SEND_PARTS are not sent', () => {
		const code = String(stepOf(FLOW, STEP).parameters.jsCode);
		const kitsOnly = codeOf(FLOW, STEP, code.replace('SEND_PARTS = true', 'SEND_PARTS = false'));
		const given = {
			input: PARTS,
			steps: { Kits: TEA_SET },
			params: { 'Update Stocks': {} },
			nowMs: 0,
		};
		expect(kitsOnly(given)).toEqual([{ sku: 'TEA-SET', stock: 5 }]);
	});

	it('that are those of kits are left out, which the first item tells', () => {
		const input = [{ sku: 'TEA-SET', stock: 99, leftOut: '2 blank rows.' }, ...PARTS];
		const [first, ...rest] = all(input);
		expect(first).toEqual({
			...PARTS[0],
			leftOut: '2 blank rows. The file\'s own rows of kits, whose balance is computed: "TEA-SET".',
		});
		expect(rest.map(({ sku, leftOut }) => [sku, leftOut])).toEqual([
			['SAUCER', undefined],
			['RIBBON', undefined],
			['TEA-SET', undefined],
		]);
	});
});

describe('The flow stops, and says so,', () => {
	it.each<[string, Json[], Json, RegExp]>([
		['if Kits names no kit', [{ kits: [] }], {}, /^Kits names no kit/],
		[
			'if a row of Kits names no kit',
			[{ part: 'CUP', quantity: 1 }],
			{},
			/^Row 1 of Kits names no kit/,
		],
		[
			'if Update Stocks computes its values',
			TEA_SET,
			{ inputMode: 'expressions' },
			/By Field Names/,
		],
		[
			'if each row has a moment',
			TEA_SET,
			{ options: { updatedAtField: 'at' } },
			/^Remove Updated At Field/,
		],
	])('%s', (_, kits, params, message) => {
		expect(() => all(PARTS, kits, params)).toThrow(message);
	});
});

it('Update Stocks refuses a kit without a balance alone, and says why', async () => {
	const rows = all(PARTS.slice(1)) as IDataObject[];
	const { items } = await shop.update(rows, { onError: 'continueRegularOutput' });
	expect(items.map(({ json }) => [json.sku, json.status])).toEqual([
		['SAUCER', 'accepted'],
		['RIBBON', 'accepted'],
		['TEA-SET', 'failed'],
	]);
	expect(items[2]?.json.reason).toBe(
		'Its balance could not be computed: its part "CUP" is not among the rows of the file',
	);
});
