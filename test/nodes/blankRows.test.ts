import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { allAccepted } from '../support/outputRows';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const good = (offer: number): IDataObject => ({ sku: skuOf(offer), stock: offer });
const statuses = (items: ReadonlyArray<{ json: IDataObject }>) =>
	items.map(({ json }) => json.status);

describe('A blank row', () => {
	it.each<[what: string, row: IDataObject, reason?: string]>([
		['without a field', {}],
		['with blank fields', { sku: '', stock: null }],
		['with spaces that nobody sees', { sku: ' \u00a0', stock: '\u200b' }],
		['with a number of the row only', { row_number: 7, sku: '', stock: '' }],
		[
			'in which other fields hold something',
			{ sku: '', stock: '', name: 'Итого', price: 700 },
			'SKU and Stock are blank',
		],
		[
			'from which the reader left the blank cells out',
			{ name: 'Итого' },
			'SKU and Stock are blank or absent',
		],
	])('%s is skipped, and all others are sent', async (_, row, reason = 'The row is blank') => {
		const { status, items, hints } = await shop.update([
			{ ...good(1), name: 'Vase', price: 7 },
			row,
			good(2),
		]);
		expect(status).toBe('success');
		expect(items.map(({ json, pairedItem }) => [json.status, pairedItem])).toEqual([
			['accepted', { item: 0 }],
			['skipped', { item: 1 }],
			['accepted', { item: 2 }],
		]);
		expect(items[1]?.json).toMatchObject({ reason, advice: expect.stringMatching(/./) });
		const which =
			reason === 'The row is blank' ? '1 blank row' : '1 row with nothing in the mapped fields';
		const message = `2 of 2 accepted by the Market, 1 request; ${which} skipped.`;
		expect(hints).toEqual([{ message, type: 'info', location: 'outputPane' }]);
		expect([shop.available(1), shop.available(2)]).toEqual([1, 2]);
	});

	it('does not spoil All or Nothing', async () => {
		const { items } = await shop.update([good(1), {}, {}], { options: { allOrNothing: true } });
		expect(statuses(items)).toEqual(['accepted', 'skipped', 'skipped']);
	});

	it('is counted in a summary', async () => {
		const { items } = await shop.update([good(1), {}, { sku: '', stock: '' }], {
			options: { output: 'summary' },
		});
		expect(items[0]?.json).toMatchObject({
			total: 3,
			accepted: 1,
			skipped: 2,
			failed: 0,
			failures: [],
		});
	});

	it('is skipped in a dry run, and on the main output if failed items have their own', async () => {
		expect(
			statuses((await shop.update([good(1), {}], { options: { dryRun: true } })).items),
		).toEqual(['planned', 'skipped']);
		const { items, errorItems } = await shop.update([good(1), {}, { sku: 'A', stock: '' }], {
			onError: 'continueErrorOutput',
		});
		expect(statuses(items)).toEqual(['accepted', 'skipped']);
		expect(errorItems).toHaveLength(1);
	});

	it('is not counted if other rows stop the workflow', async () => {
		const { error } = await shop.update([good(1), {}, { sku: 'A', stock: '' }]);
		expect(error?.message).toMatch(/^1 of 2 items were sent and accepted, 1 was not: \[item 2\]/);
	});

	it('has no say in what holds for the whole run', async () => {
		const options = { zeroGuard: '={{ $json.guard }}', dryRun: '={{ $json.dry }}' };
		const row = { guard: 50, dry: false };
		const { status, items } = await shop.update(
			[{}, { ...good(1), ...row }, { sku: '', stock: '' }],
			{ options },
		);
		expect(status).toBe('success');
		expect(statuses(items)).toEqual(['skipped', 'accepted', 'skipped']);
		const { error } = await shop.update(
			[{}, { ...good(1), ...row }, { ...good(2), ...row, guard: 60 }],
			{ options },
		);
		expect(error?.message).toBe(
			'Zero Guard (%) holds for the whole run, but is "50" for item 1 and "60" for item 2',
		);
		const { items: none } = await shop.update([{}, {}], {
			options,
			onError: 'continueRegularOutput',
		});
		expect(none.map(({ json }) => json.reason)).toEqual(
			Array(2).fill(expect.stringMatching(/not blank \[item 0\]$/)),
		);
	});

	it.each(['hide', 'unhide'] as const)('is skipped by %s', async (node) => {
		const { status, items } = await shop[node]([{ sku: skuOf(1) }, { sku: '' }, {}]);
		expect(status).toBe('success');
		expect(statuses(items)).toEqual(['accepted', 'skipped', 'skipped']);
	});

	it('is skipped when SKUs are looked up', async () => {
		const { status, items, hints } = await shop.read([{ sku: skuOf(1) }, {}], {
			parameters: { offers: 'input' },
		});
		expect(status).toBe('success');
		expect(statuses(items)).toEqual(['found', 'skipped']);
		expect(hints.map(({ message }) => message)).toEqual(['1 blank row skipped.']);
	});

	it.each<[expressions: INodeParameters]>([
		[{ sku: '={{ $json.sku }}', stock: '={{ $json.stock }}' }],
		[{ sku: '={{ $json.sku.trim() }}', stock: '={{ $json.stock - 1 }}' }],
		[{ sku: '=SKU-{{ $json.code }}', stock: '={{ $json.stock }}' }],
	])('is skipped if expressions read it: %j', async (expressions) => {
		const { items } = await shop.update(
			[{ sku: 'A', code: '1', stock: 5 }, {}, { sku: null, stock: null, code: null }],
			{
				parameters: { inputMode: 'expressions', ...expressions },
			},
		);
		expect(statuses(items)).toEqual(['accepted', 'skipped', 'skipped']);
	});
});

describe('What is not a blank row still fails', () => {
	const onError = 'continueRegularOutput';

	it.each<[what: string, rows: IDataObject[]]>([
		['a run of nothing but blank rows', [{}, { sku: '', stock: '' }]],
		['a run whose field names are wrong', [{ article: 'A', qty: 1 }, { article: '', qty: '' }, {}]],
	])('%s', async (_, rows) => {
		const { items } = await shop.update(rows, { onError });
		expect(new Set(statuses(items.slice(0, 1)))).toEqual(new Set(['failed']));
		expect(items[0]?.json.reason).toMatch(/^(SKU is missing|The source has no rows$)/);
		expect(shop.requests()).toEqual([]);
	});

	it('all rows blank: no row is skipped', async () => {
		const { items } = await shop.update([{}, { sku: '', stock: '' }], { onError });
		expect(statuses(items)).toEqual(['failed', 'failed']);
	});

	it.each<[what: string, row: IDataObject]>([
		['a SKU that is blank beside a balance', { sku: '', stock: 5 }],
		['a SKU that is absent beside a balance', { stock: 5 }],
		['a balance that is blank', { sku: skuOf(2), stock: '' }],
		['a row of another kind', { article: 'A', qty: 5 }],
		['a row that holds an object', { name: { sku: 'A' } }],
	])('%s', async (_, row) => {
		const { items } = await shop.update([{ ...good(1), name: 'Vase' }, row], { onError });
		expect(statuses(items)).toEqual(['accepted', 'failed']);
	});

	it('rows whose fields are filled in only in rows without a SKU', async () => {
		const rows = [
			{ ...good(1), article: '', qty: ' ' },
			{ article: 'B', qty: 5 },
			{ article: 'C', qty: 0 },
		];
		const { items } = await shop.update(rows, { onError });
		expect(statuses(items)).toEqual(['accepted', 'failed', 'failed']);
	});

	it('a warehouse in a field, with nothing beside it', async () => {
		const warehouse = 1_002_001;
		const parameters = {
			sendTo: 'warehouse',
			business: { __rl: true, mode: 'id', value: '1' },
			warehouseFrom: 'field',
			warehouseField: 'warehouse',
		};
		const rows = [
			{ ...good(1), warehouse },
			{ sku: '', stock: '', warehouse },
			{ sku: '', stock: '', warehouse: '', name: 'Cup' },
		];
		const { items } = await shop.update(rows, { onError, parameters });
		expect(items.slice(1).map(({ json }) => [json.status, json.reason])).toEqual([
			['failed', 'SKU is blank'],
			['skipped', 'SKU, Stock and Warehouse are blank'],
		]);
	});

	it('a blank SKU that is mapped alone, beside a field that is not blank', async () => {
		const { items } = await shop.hide(
			[{ sku: skuOf(1), name: 'Vase' }, { sku: '', name: 'Cup' }, { name: 'Jar' }],
			{ onError },
		);
		expect(statuses(items)).toEqual(['accepted', 'failed', 'failed']);
	});

	it('an expression that throws, beside fields that are filled in', async () => {
		const parameters = {
			inputMode: 'expressions',
			sku: '={{ $json.code.trim() }}',
			stock: '={{ $json.code.length() }}',
		};
		const { items } = await shop.update([{ code: 5 }, { code: 6 }], { onError, parameters });
		expect(statuses(items)).toEqual(['failed', 'failed']);
	});
});

describe('SKUs that may be damaged', () => {
	const rows = [
		{ sku: 557722, stock: 1 },
		{ sku: 'Итого', stock: 9 },
		{ sku: 'Чаи\u0306ник-1', stock: 2 },
		{ sku: '12.0', stock: 2 },
	];

	it.each([
		['update', []],
		['hide', [expect.stringMatching(/^4 offers are hidden now/)]],
		['unhide', []],
	] as const)('are sent by %s, and mentioned in one hint', async (node, others) => {
		const { status, items, hints } = await shop[node](rows);
		expect(status).toBe('success');
		expect(items.map(({ json }) => json.sku)).toEqual([
			'557722',
			'Итого',
			'Чаи\u0306ник-1',
			'12.0',
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			allAccepted(4),
			expect.any(String),
			...others,
		]);
		expect(hints[1]?.message).toMatch(
			/^SKUs to compare with the catalogue.*"557722" in item 0.*"Итого" in item 1.*item 2.*"12.0" in item 3/,
		);
	});

	it('are not mentioned if they were not taken', async () => {
		const onError = 'continueRegularOutput';
		const { hints } = await shop.update(
			[...rows, { sku: 'Total', stock: '' }, { sku: '', stock: 5 }],
			{ onError },
		);
		expect(hints.map(({ message }) => message).join()).toMatch(
			/1 look like a row of totals \("Итого" in item 1\)/,
		);
		const options = { allOrNothing: true };
		const none = await shop.update([...rows, { sku: '', stock: 5 }], { onError, options });
		expect(none.hints.map(({ message }) => message).join()).not.toMatch(/taken as they are/);
		const dry = await shop.update(rows, { options: { dryRun: true } });
		expect(dry.hints.map(({ message }) => message).join()).toMatch(/taken as they are/);
	});

	it('are mentioned when they are looked up', async () => {
		const { hints } = await shop.read(rows, { parameters: { offers: 'input' } });
		expect(hints[0]?.message).toMatch(/^SKUs to compare with the catalogue.*"557722" in item 0/);
	});

	it('are mentioned if an expression left part of them blank', async () => {
		const parameters = {
			inputMode: 'expressions',
			sku: '={{ $json.code }}-{{ $json.size }}',
			stock: '5',
		};
		const { items, hints } = await shop.update(
			[
				{ code: 'A', size: '' },
				{ code: 'B', size: 'XL' },
			],
			{ parameters },
		);
		expect(items.map(({ json }) => json.sku)).toEqual(['A-', 'B-XL']);
		expect(hints[1]?.message).toMatch(
			/: 1 begin or end with a separator, as if a part was blank \("A-" in item 0\)/,
		);
	});
});
