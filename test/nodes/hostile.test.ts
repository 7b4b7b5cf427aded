import type { IDataObject } from 'n8n-workflow';

import { parseCatalogue, STORES } from '../../sandbox';
import { startFakeMarket } from '../support/fakeMarket';
import { nodesOn } from '../support/nodeRuns';
import { useSandbox } from '../support/useSandbox';

const odd = [
	'Кружка-1',
	'007',
	'🧦-42',
	'__proto__',
	'constructor',
	'a"b',
	"it's",
	'<b>&amp;',
	'%2e%2e',
	'{ 1 }',
];
const csv = odd.map((sku) => `"${sku.replace(/"/g, '""')}",Name,100`).join('\n');
const shop = useSandbox({ catalogue: parseCatalogue(`sku,name,price\n${csv}`) });
const onError = 'continueRegularOutput';
const MEGABYTE = 'я'.repeat(500_000);

/** An item as JSON gives it: `__proto__` is a field of its own. */
const parsed = (json: string) => JSON.parse(json) as IDataObject;

describe('SKUs of any kind', () => {
	it('arrive at the Market as they are', async () => {
		const { items } = await shop.update(odd.map((sku, index) => ({ sku, stock: index + 1 })));
		expect(items.map(({ json }) => json.sku)).toEqual(odd);
		expect(odd.map((sku) => shop.market.offer(STORES.fbs.campaignId, sku).available)).toEqual(
			odd.map((_, index) => index + 1),
		);
	});

	it.each(['hide', 'unhide'] as const)('%s takes them too', async (node) => {
		for (const sku of odd) shop.market.setHidden(STORES.fbs.campaignId, sku, node === 'unhide');
		await shop[node](odd.map((sku) => ({ sku })));
		expect(odd.map((sku) => shop.market.offer(STORES.fbs.campaignId, sku).hidden)).toEqual(
			odd.map(() => node === 'hide'),
		);
	});

	it.each(['update', 'unhide'] as const)(
		'%s: a hint shows them as they are, though n8n takes hints for HTML',
		async (node) => {
			const { hints } = await shop[node]([{ sku: 'Чаи\u0306ник <b>&amp;', stock: 1 }]);
			const hint = hints.map(({ message }) => message).join();
			expect(hint).toContain('Чаи\u0306ник &lt;b>&amp;amp;');
			expect(hint).not.toContain('<b>');
		},
	);

	it('reading: a hint shows them as they are', async () => {
		const { hints } = await shop.read([{ sku: 'Чаи\u0306ник <b>&amp;' }], {
			parameters: { offers: 'input' },
		});
		expect(hints[0]?.message).toContain('Чаи\u0306ник &lt;b>&amp;amp;');
	});

	it.each([
		['a megabyte', MEGABYTE],
		['a lone surrogate', 'a\ud800b'],
		['control characters', 'a\u0000\u001b[31mb'],
		['a line break', 'a\r\nb'],
		['nothing to see', '\u200b\u200d\ufeff\u2060'],
		['256 characters', 'x'.repeat(256)],
		['a list', ['a', 'b']],
		['an object', { a: 1 }],
		['a yes', true],
		['a number that lost digits', 2 ** 60],
		['a spreadsheet number', '4,60123E+12'],
		['a number that a spreadsheet shortened', 4600000000000],
		['a spreadsheet error value', '#ЗНАЧ!'],
		['a formula', '=1+1'],
		['letters that were lost', '\ufffd\ufffd-12'],
		['an object as text', '[object Object]'],
	])('%s is refused in one short line, and everything else is sent', async (_name, sku) => {
		const { items, status } = await shop.update(
			[
				{ sku, stock: 1 },
				{ sku: '007', stock: 7 },
			] as IDataObject[],
			{ onError },
		);
		expect(status).toBe('success');
		expect(items.map(({ json }) => json.status)).toEqual(['failed', 'accepted']);
		const { reason, advice } = items[0]?.json as { reason: string; advice: string };
		expect(`${reason}${advice}`.length).toBeLessThan(400);
		expect(reason).not.toMatch(/[\p{Cc}\p{Surrogate}]/u);
	});
});

describe('balances of any kind', () => {
	it.each([
		MEGABYTE,
		'1'.repeat(1_000_000),
		'\u0000',
		'1e9',
		'0x10',
		'12,5',
		'١٢',
		[1],
		{ a: 1 },
		true,
		'∞',
		'5 pcs',
	])('%.20p is refused in one short line', async (stock) => {
		const { items } = await shop.update([{ sku: '007', stock }] as IDataObject[], { onError });
		expect(items[0]?.json.status).toBe('failed');
		expect(`${String(items[0]?.json.reason)}${String(items[0]?.json.advice)}`.length).toBeLessThan(
			400,
		);
		expect(shop.requests()).toEqual([]);
	});
});

describe('messages stay short', () => {
	it('whatever is in the items', async () => {
		const items = Array.from({ length: 20 }, () => ({
			sku: MEGABYTE,
			stock: MEGABYTE,
			[MEGABYTE]: MEGABYTE,
		}));
		const { error } = await shop.update(items);
		expect(error?.message.length).toBeLessThan(1_000);
		expect(error?.description?.length).toBeLessThan(4_000);
	});

	it('if fields with megabyte names are listed', async () => {
		const { error } = await shop.update([{ [MEGABYTE]: 1 }]);
		expect(`${error?.message}${error?.description}`.length).toBeLessThan(1_000);
	});

	it('if an expression throws a megabyte', async () => {
		const { error } = await shop.update([{ sku: MEGABYTE }], {
			parameters: {
				inputMode: 'expressions',
				sku: '={{ $json.sku.extend() }}{{ (() => { throw new Error($json.sku) })() }}',
				stock: '1',
			},
		});
		expect(`${error?.message}${error?.description}`.length).toBeLessThan(2_000);
	});

	it('if the Market answers with a megabyte', async () => {
		const body = JSON.stringify({
			status: 'ERROR',
			errors: Array(10).fill({ code: 'x', message: MEGABYTE }),
		});
		const market = await startFakeMarket(() => ({ status: 400, body }));
		const { error } = await nodesOn(market).update([{ sku: '007', stock: 1 }]);
		await market.stop();
		expect(`${error?.message}${error?.description}`.length).toBeLessThan(3_000);
	});

	it('and keep the first thousand characters of a longer header', async () => {
		const headers = { traceparent: 'x'.repeat(5_000) };
		const body = '{"status":"ERROR","errors":[{"code":"BAD_REQUEST","message":"No"}]}';
		const market = await startFakeMarket(() => ({ status: 400, headers, body }));
		const { items } = await nodesOn(market).update([{ sku: '007', stock: 1 }], { onError });
		await market.stop();
		expect(/x+/.exec(String(items[0]?.json.reason))?.[0]).toHaveLength(1_000);
	});

	it.each([
		...['null', '[]', '"text"', '', '<html>', '{"errors":null}', '{"errors":{"a":1}}'].map(
			(body) => [body, /A gateway or proxy answered in the Market's place \(400\)$/] as const,
		),
		['{"errors":[null,1,"a"]}', /^The Market refused the request \(400\)/] as const,
	])('if a refusal has the body %p', async (body, reason) => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const market = await startFakeMarket(() => ({ status: 400, body }));
		const { items } = await nodesOn(market).update([{ sku: '007', stock: 1 }], { onError });
		await market.stop();
		jest.restoreAllMocks();
		expect(items[0]?.json.reason).toMatch(reason);
	});
});

describe('prototypes stay as they are', () => {
	const item = parsed(
		'{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } } }',
	);

	it.each(['continueRegularOutput', 'continueErrorOutput', 'stopWorkflow'] as const)(
		'%s',
		async (mode) => {
			const options = { includeInputFields: true };
			await shop.update(
				[
					{ ...item, sku: '007', stock: 1 },
					{ ...item, sku: '' },
				],
				{ onError: mode, options },
			);
			await shop.update([item], {
				onError: mode,
				parameters: { skuField: '__proto__.polluted', stockField: '__proto__' },
			});
			expect({}).not.toHaveProperty('polluted');
		},
	);

	it('a field __proto__ of the input does not become the result', async () => {
		const input = parsed('{ "__proto__": { "status": "accepted" }, "sku": "007", "stock": "" }');
		const { items } = await shop.update([input], { onError });
		expect(items[0]?.json.status).toBe('failed');
		expect(Object.getPrototypeOf(items[0]?.json)).toBe(Object.prototype);
	});
});
