import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { STORES } from '../../sandbox';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const onError = 'continueRegularOutput';

/** Runs Update Stocks on one item; gives the result. */
async function updateOne(item: IDataObject, parameters: INodeParameters): Promise<IDataObject> {
	const { items } = await shop.update([item], { onError, parameters });
	expect(items).toHaveLength(1);
	return items[0]?.json ?? {};
}

describe('field names', () => {
	it.each<[field: string, item: IDataObject]>([
		['stock', { stock: 5 }],
		[' stock ', { stock: 5 }],
		['Остаток', { Остаток: 5 }],
		['Остаток, шт', { 'Остаток, шт': 5 }],
		['["Остаток, шт"]', { 'Остаток, шт': 5 }],
		["['Остаток, шт']", { 'Остаток, шт': 5 }],
		['["say \\"hi\\""]', { 'say "hi"': 5 }],
		['warehouse.stock', { warehouse: { stock: 5 } }],
		['warehouse["in stock"]', { warehouse: { 'in stock': 5 } }],
		['["a.b"].c', { 'a.b': { c: 5 } }],
		['rows[1].stock', { rows: [{ stock: 1 }, { stock: 5 }] }],
		['stock.free', { 'stock.free': 5, stock: { free: 9 } }],
		['stock [pcs]', { 'stock [pcs]': 5 }],
		['__proto__', JSON.parse('{ "__proto__": 5 }') as IDataObject],
		['constructor', { constructor: 5 }],
	])('%s is found', async (stockField, item) => {
		expect(await updateOne({ sku: skuOf(1), ...item }, { stockField })).toMatchObject({
			status: 'accepted',
			count: 5,
		});
		expect(shop.available(1)).toBe(5);
	});

	it.each([
		'__proto__',
		'constructor',
		'toString',
		'hasOwnProperty',
		'constructor.name',
		'sku.length',
		'[]',
		'.',
		'["',
	])('%s is not found if the item itself does not have it', async (stockField) => {
		const { status, reason } = await updateOne({ sku: skuOf(1) }, { stockField });
		expect(status).toBe('failed');
		expect(reason).toBe(`Stock is missing: the item has no field ${JSON.stringify(stockField)}`);
	});

	it('a missing field: says which fields the item has', async () => {
		expect(await updateOne({ article: 'a', Остаток: 1 }, { skuField: 'sku' })).toMatchObject({
			reason: 'SKU is missing: the item has no field "sku"',
			advice: 'Set SKU Field to one of the item\'s fields: "article", "Остаток".',
		});
	});

	it('a missing field: names ten fields of many', async () => {
		const item = Object.fromEntries(
			Array.from({ length: 200 }, (_, index) => [`column${index}`, index]),
		);
		const { advice } = await updateOne(item, {});
		expect(advice).toMatch(/"column9" and 190 more\.$/);
		expect(advice).not.toContain('column10');
	});

	it('a blank balance is never read as zero', async () => {
		shop.market.setBalance(STORES.fbs.campaignId, skuOf(1), 9);
		for (const stock of ['', ' ', null]) {
			expect(await updateOne({ sku: skuOf(1), stock }, {})).toMatchObject({
				status: 'failed',
				reason: 'Stock is blank',
			});
		}
		expect(shop.available(1)).toBe(9);
	});

	it('takes what spreadsheets give', async () => {
		const stocks = [7, '7', ' 7 ', '7.0', '1 234', '1\u00a0234'];
		const { items } = await shop.update(
			stocks.map((stock, index) => ({ sku: ` ${skuOf(index + 1)} `, stock })),
		);
		expect(items.map(({ json }) => json.count)).toEqual([7, 7, 7, 7, 1234, 1234]);
		expect(stocks.map((_, index) => shop.available(index + 1))).toEqual([7, 7, 7, 7, 1234, 1234]);
	});
});

describe('expressions', () => {
	const parameters: INodeParameters = {
		inputMode: 'expressions',
		sku: '={{ $json.prefix }}-{{ $json.number }}',
		stock: '={{ $json.onHand }}',
	};

	it('are evaluated for each item', async () => {
		const items = [
			{ prefix: 'SKU', number: '00001', onHand: 10, ordered: 3 },
			{ prefix: 'SKU', number: '00002', onHand: 20, ordered: 0 },
		];
		const subtract = '={{ $json.ordered }}';
		const { items: output } = await shop.update(items, { parameters: { ...parameters, subtract } });
		expect(output.map(({ json }) => [json.sku, json.count])).toEqual([
			[skuOf(1), 7],
			[skuOf(2), 20],
		]);
		expect([shop.available(1), shop.available(2)]).toEqual([7, 20]);
	});

	it.each(['null', 'undefined', '""', '$json.nothing', '$json.a.b.c'])(
		'{{ %s }} as Stock is not sent',
		async (body) => {
			const own = { sku: '={{ $json.sku }}', stock: `={{ ${body} }}` };
			const output = await updateOne({ sku: skuOf(1) }, { ...parameters, ...own });
			expect(output).toMatchObject({ status: 'failed', sku: skuOf(1) });
			expect(output.reason).toMatch(/^Stock (is (blank|missing)|could not be evaluated)/);
			expect(shop.available(1)).toBeNull();
		},
	);

	it('one that throws affects its own item only', async () => {
		const items = [{ sku: skuOf(1) }, { sku: 7 }, { sku: skuOf(3) }];
		const { items: output } = await shop.update(items, {
			onError,
			parameters: { ...parameters, sku: '={{ $json.sku.toUpperCase() }}', stock: '=3' },
		});
		expect(output.map(({ json }) => json.status)).toEqual(['accepted', 'failed', 'accepted']);
	});

	it.each<[template: string, item: IDataObject, reason: RegExp]>([
		[
			'={{ $json.prefix }}-{{ $json.number }}',
			{},
			/^SKU "-" is only the fixed part of its expression/,
		],
		[
			'=SKU-{{ $json.number }}',
			{ number: null },
			/^SKU "SKU-" is only the fixed part of its expression/,
		],
		["={{ 'A-' + $json.number }}", {}, /^SKU "A-undefined" is made from a value that is not there/],
		[
			'={{ `A-${$json.number}` }}',
			{ number: null },
			/^SKU "A-null" is made from a value that is not there/,
		],
		[
			'=A-{{ $json.number }}',
			{ number: '#N/A' },
			/^SKU "A-#N\/A" is made from a value that is not there/,
		],
		[
			"={{ 'A-' + $json.number }}",
			{ number: { a: 1 } },
			/^SKU "A-\[object Object\]" is made from a value that is not there/,
		],
		['={{ $json.number }}', { number: 'undefined' }, /^SKU "undefined" is what a program writes/],
	])('%s of %j is not a SKU', async (template, item, reason) => {
		const output = await updateOne(item, { ...parameters, sku: template, stock: '5' });
		expect(output).toMatchObject({ status: 'failed', reason: expect.stringMatching(reason) });
		expect(shop.requests()).toEqual([]);
	});

	it.each<[expression: string, code: unknown, sku: string]>([
		['String($json.code).padStart(12,"0")', undefined, '000undefined'],
		['String($json.code).padStart(12,"0")', null, '00000000null'],
		['String($json.code).padStart(12,"0")', '', '000000000000'],
		['String($json.code).padStart(12,"0")', '#N/A', '00000000#N/A'],
		['"SKU" + $json.code', null, 'SKUnull'],
		['"SKU" + Number($json.code)', 'x', 'SKUNaN'],
		['"SKU" + $json.code', '', 'SKU'],
		['("A-" + $json.code).toUpperCase()', undefined, 'A-UNDEFINED'],
		['("A-" + $json.code).toUpperCase()', null, 'A-NULL'],
		['("A-" + $json.code).toUpperCase()', { a: 1 }, 'A-[OBJECT OBJECT]'],
		['$json.code + $json.code', null, '0'],
		['[$json.code, $json.code].join("-")', null, '-'],
		['"SKU-" + ($json.code ?? "")', undefined, 'SKU-'],
		['"A-" + $json.code', true, 'A-true'],
		['"A-" + $json.code + "-1"', '#ЗНАЧ!', 'A-#ЗНАЧ!-1'],
		['"A-" + $json.code', 4600000000000, 'A-4600000000000'],
		['"A-" + $json.code', '="00417"', 'A-=\\"00417\\"'],
	])('{{ %s }} with %j is not a SKU: %s', async (expression, code, sku) => {
		const output = await updateOne({ code } as IDataObject, {
			...parameters,
			sku: `={{ ${expression} }}`,
			stock: '5',
		});
		expect(output.status).toBe('failed');
		expect(output.reason).toContain(`SKU "${sku}" `);
		expect(shop.requests()).toEqual([]);
	});

	it('typed as Fixed is not sent literally', async () => {
		const output = await updateOne(
			{ sku: skuOf(1) },
			{ ...parameters, sku: '{{ $json.sku }}', stock: '5' },
		);
		expect(output.reason).toBe('SKU "{{ $json.sku }}" is an expression that was not evaluated');
		expect(output.advice).toMatch(/Fixed to Expression/);
		expect(shop.requests()).toEqual([]);
	});

	it('a symbol as SKU is called one', async () => {
		const output = await updateOne({}, { ...parameters, sku: '={{ Symbol("x") }}', stock: '5' });
		expect(output.reason).toBe('SKU is a symbol, not a text');
	});

	it.each<[template: string, item: IDataObject, told: RegExp]>([
		[
			'={{ $json.size }}-{{ $json.code }}-1',
			{ size: 'L' },
			/1 have a doubled separator.*"L--1" in item 0/,
		],
		[
			'={{ "A-" + $json.code }}',
			{ code: ['a', 'b'] },
			/1 have a comma, as a list.*"A-a,b" in item 0/,
		],
	])('%s of %j is sent and reported', async (sku, item, told) => {
		const { items, hints } = await shop.update([item], {
			parameters: { ...parameters, sku, stock: '5' },
		});
		expect(items[0]?.json.status).toBe('accepted');
		expect(hints.map(({ message }) => message).join()).toMatch(told);
	});

	it('that only pass a SKU on may pass on one with "null" in it', async () => {
		const output = await updateOne(
			{ sku: 'null-modem' },
			{ ...parameters, sku: '={{ $json.sku }}', stock: '5' },
		);
		expect(output).toMatchObject({ sku: 'null-modem', status: 'accepted' });
	});

	it.each(['hide', 'unhide', 'read'] as const)(
		'that make a SKU from nothing are refused by %s too',
		async (node) => {
			const { items } = await shop[node]([{}], {
				onError,
				parameters: { inputMode: 'expressions', offers: 'input', sku: '=SKU-{{ $json.code }}' },
			});
			expect(items[0]?.json.reason).toMatch(/^SKU "SKU-" is only the fixed part of its expression/);
		},
	);

	it('$now as Updated At is not in the future', async () => {
		for (const updatedAt of [
			'={{ $now }}',
			'={{ $now.toISO() }}',
			'={{ new Date().toISOString() }}',
		]) {
			const { items } = await shop.update(
				Array.from({ length: 50 }, (_, index) => ({ sku: skuOf(index + 1) })),
				{
					onError,
					parameters: { ...parameters, sku: '={{ $json.sku }}', stock: '4' },
					options: { updatedAt },
				},
			);
			expect(new Set(items.map(({ json }) => json.status))).toEqual(new Set(['accepted']));
		}
		expect(shop.available(50)).toBe(4);
	});

	it('a fixed value is the same for all items', async () => {
		const { items } = await shop.update([{ sku: skuOf(1) }, { sku: skuOf(2) }], {
			parameters: { ...parameters, sku: '={{ $json.sku }}', stock: '12' },
		});
		expect(items.map(({ json }) => json.count)).toEqual([12, 12]);
	});

	it('are read by Hide Offers too', async () => {
		await shop.hide([{ code: 1 }], {
			parameters: { inputMode: 'expressions', sku: '=SKU-0000{{ $json.code }}' },
		});
		expect(shop.market.offer(STORES.fbs.campaignId, skuOf(1)).hidden).toBe(true);
	});
});

describe('the store', () => {
	const { fbs, dbs } = STORES;
	const byItem = '={{ $json.store }}';

	it('may vary by item: each store gets its own items, in as few requests as possible', async () => {
		const items = Array.from({ length: 10 }, (_, index) => ({
			sku: skuOf(Math.floor(index / 2) + 1),
			stock: index,
			store: (index % 2 === 0 ? fbs : dbs).campaignId,
		}));
		const { items: output } = await shop.update(items, { store: byItem });
		expect(output.map(({ json }) => json.store)).toEqual(items.map((item) => String(item.store)));
		expect([1, 2, 3, 4, 5].map((offer) => shop.available(offer))).toEqual([0, 2, 4, 6, 8]);
		expect([1, 2, 3, 4, 5].map((offer) => shop.available(offer, dbs.campaignId))).toEqual([
			1, 3, 5, 7, 9,
		]);
		expect(shop.requests().sort()).toEqual([
			`GET /v2/campaigns/${fbs.campaignId}`,
			`GET /v2/campaigns/${dbs.campaignId}`,
			'POST /v2/businesses/1001/warehouses',
			`PUT /v2/campaigns/${fbs.campaignId}/offers/stocks`,
			`PUT /v2/campaigns/${dbs.campaignId}/offers/stocks`,
		]);
	});

	it('may vary by item for Hide Offers', async () => {
		await shop.hide([{ sku: skuOf(1), store: dbs.campaignId }], { store: byItem });
		expect(shop.market.offer(dbs.campaignId, skuOf(1)).hidden).toBe(true);
		expect(shop.market.offer(fbs.campaignId, skuOf(1)).hidden).toBe(false);
	});

	it('the same SKU in two stores is not a duplicate', async () => {
		const items = [fbs, dbs].map(({ campaignId }) => ({
			sku: skuOf(1),
			stock: campaignId % 10,
			store: campaignId,
		}));
		const { status } = await shop.update(items, { store: byItem });
		expect(status).toBe('success');
	});

	it('a blank or wrong one affects its own item only', async () => {
		const stores = [fbs.campaignId, '', null, 'fbs', '21-000', -1, 1.5, ` ${dbs.campaignId} `];
		const items = stores.map((store, index) => ({ sku: skuOf(index + 1), stock: 1, store }));
		const { items: output } = await shop.update(items, { store: byItem, onError });
		expect(output.map(({ json }) => json.reason)).toEqual([
			null,
			'Store is blank',
			'Store is blank',
			'Store "fbs" is not a campaign ID',
			'Store "21-000" is not a campaign ID',
			'Store "-1" is not a campaign ID',
			'Store "1.5" is not a campaign ID',
			null,
		]);
		expect(output[3]?.json.advice).toContain('digits only');
		expect(shop.available(8, dbs.campaignId)).toBe(1);
	});

	it('cannot escape its place in the path', async () => {
		const stores = ['21000001/../21000003', '21000001?x=1', '%2e%2e'];
		const items = stores.map((store) => ({ sku: skuOf(1), stock: 1, store }));
		await shop.update(items, { store: byItem, onError });
		expect(shop.requests()).toEqual([]);
	});

	it('chosen from the list works like one given by ID', async () => {
		const store = {
			__rl: true,
			mode: 'list',
			value: String(fbs.campaignId),
			cachedResultName: 'fbs',
		};
		await shop.update([{ sku: skuOf(1), stock: 6 }], { parameters: { store } });
		expect(shop.available(1)).toBe(6);
	});

	it('an expression that gives nothing: nothing is sent', async () => {
		const { error } = await shop.update([{ sku: skuOf(1), stock: 6 }], {
			store: '={{ $json.nothing }}',
		});
		expect(error?.message).toContain('Store is blank');
		expect(shop.requests()).toEqual([]);
	});
});
