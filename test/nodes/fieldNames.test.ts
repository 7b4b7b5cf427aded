import type { IDataObject } from 'n8n-workflow';

import { failedAlone } from '../support/failedAlone';
import { useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const onError = 'continueRegularOutput';

describe('A file that was read with the wrong delimiter', () => {
	it.each<[header: string, columns: string, setting: string]>([
		['sku;stock', 'semicolons', '";"'],
		['"sku";"stock"', 'semicolons', '";"'],
		['\ufeffsku;stock', 'semicolons', '";"'],
		['Артикул;Остаток', 'semicolons', '";"'],
		['sku\tstock', 'tabs', '{{ "\\t" }}'],
		['sku,stock', 'commas', '","'],
		['sku|stock', 'vertical bars', '"|"'],
		['Артикул,Остаток', 'commas', '","'],
		['a|b', 'vertical bars', '"|"'],
		['Артикул\tОстаток', 'tabs', '{{ "\\t" }}'],
	])('%j is recognised', async (header, columns, setting) => {
		const { reason, advice } = await failedAlone(shop, { [header]: 'A-1;5' });
		expect(reason).toMatch(
			/^SKU is missing: the item has no field "sku", but ".+", which is several columns: the file was read with the wrong delimiter$/,
		);
		expect(advice).toContain(
			`separated by ${columns}: set the option Delimiter of Extract From File to`,
		);
		expect(advice).toContain(setting);
	});

	it('is recognised if a comma in a name split it into two columns', async () => {
		expect((await failedAlone(shop, { 'sku;stock': 'A-1;5', ' pcs;price': '7' })).reason).toMatch(
			/wrong delimiter$/,
		);
	});

	it('is reported for Stock Field too, and by Hide and Unhide', async () => {
		expect((await failedAlone(shop, { sku: 'A', 'stock;price': '5;7' })).reason).toMatch(
			/^Stock is missing.*wrong delimiter$/,
		);
		expect((await failedAlone(shop, { 'sku;stock': 'A-1;5' }, 'hide')).reason).toMatch(
			/wrong delimiter$/,
		);
		expect((await failedAlone(shop, { 'sku;stock': 'A-1;5' }, 'unhide')).reason).toMatch(
			/wrong delimiter$/,
		);
	});

	it('is not suspected because of a comma in the name of another field', async () => {
		expect((await failedAlone(shop, { 'Name, sku': 'A', price: 5 })).advice).toBe(
			'Set SKU Field to one of the item\'s fields: "Name, sku", "price".',
		);
	});
});

describe('An item that holds all rows', () => {
	const rows = [
		{ sku: 'A', stock: 1 },
		{ sku: 'B', stock: 2 },
	];

	it.each<[item: IDataObject, field: string]>([
		[{ data: rows }, '"data"'],
		[{ total: 2, next: null, Товары: rows }, '"Товары"'],
		[{ headers: {}, body: { page: 1, rows } }, '"body.rows"'],
		[{ data: [{ article: 'A' }] }, '"data"'],
		[{ result: { page: { rows } }, ok: true }, '"result.page.rows"'],
		[{ data: ['A', 'B'] }, '"data"'],
		[{ skus: ['A', 'B'], total: 2 }, '"skus"'],
	])('%j is pointed to Split Out', async (item, field) => {
		const { reason, advice } = await failedAlone(shop, item);
		expect(reason).toBe(`SKU is missing: the item has no field "sku", but a list in ${field}`);
		expect(advice).toContain(`Split Out before this one, with ${field} in Fields To Split Out`);
	});

	it.each<[item: IDataObject]>([
		[{ images: [{ url: 'x' }], article: 'A' }],
		[{ data: [] }],
		[{ tags: ['A'], article: 'A' }],
	])('is not suspected in %j', async (item) => {
		expect((await failedAlone(shop, item)).advice).toMatch(
			/^Set SKU Field to one of the item's fields/,
		);
	});
});

it.each(['update', 'hide'] as const)(
	'A field that holds a list is pointed to Split Out by %s',
	async (node) => {
		const { reason, advice } = await failedAlone(shop, { sku: ['A', 'B'], stock: 5 }, node);
		expect(reason).toBe('SKU is a list: field "sku" holds several values');
		expect(advice).toContain('Split Out before this one, with "sku" in Fields To Split Out');
		expect((await failedAlone(shop, { sku: 'A', stock: [1, 2] })).reason).toBe(
			'Stock is a list: field "stock" holds several values',
		);
	},
);

it.each<[item: IDataObject]>([
	[{ data: '[{"sku":"A","stock":5}]' }],
	[{ status: 200, data: ' { "rows": [ { "sku": "A" } ] }' }],
])('JSON that is a text in %j is reported', async (item) => {
	const { reason, advice } = await failedAlone(shop, item);
	expect(reason).toBe(
		'SKU is missing: the item has no field "sku", but a text in "data" that is JSON',
	);
	expect(advice).toMatch(/^Parse "data" before this node: .*Split Out/);
});

describe('A field that an expression names', () => {
	async function saidOf(
		item: IDataObject,
		sku = '={{ $json.sku }}',
		stock = '5',
	): Promise<IDataObject> {
		const parameters = { inputMode: 'expressions', sku, stock };
		const { items } = await shop.update([item], { onError, parameters });
		expect(items[0]?.json.status).toBe('failed');
		expect(shop.requests()).toEqual([]);
		return items[0]?.json ?? {};
	}

	it.each<[item: IDataObject, fact: RegExp, advice: RegExp]>([
		[
			{ 'sku;stock': 'A;5' },
			/, but "sku;stock", which is several columns: the file was read with the wrong delimiter$/,
			/Delimiter/,
		],
		[{ data: [{ sku: 'A', stock: 5 }] }, /, but a list in "data"$/, /Split Out/],
		[
			{ 'sku\u00a0': 'A' },
			/, but ".+", which has a no-break space at its end$/,
			/drag the field from the input panel into SKU\.$/,
		],
		[{ article: 'A' }, /no field "sku"$/, /^Set SKU to one of the item's fields: "article"\.$/],
	])('and %j does not have is reported as with field names', async (item, fact, advice) => {
		const said = await saidOf(item);
		expect(said.reason).toMatch(/^SKU is missing: the item has no field "sku"/);
		expect(said.reason).toMatch(fact);
		expect(said.advice).toMatch(advice);
	});

	it('may have any name, and may be for another value', async () => {
		expect((await saidOf({ article: 'A' }, '={{ $json["Код, шт"] }}')).reason).toBe(
			'SKU is missing: the item has no field "Код, шт"',
		);
		expect(
			(await saidOf({ sku: 'A', 'in  stock': 1 }, '={{ $json.sku }}', '={{ $json["in stock"] }}'))
				.reason,
		).toBe(
			'Stock is missing: the item has no field "in stock", but "in  stock", which has two spaces within it',
		);
	});

	it('and holds a list is pointed to Split Out', async () => {
		expect((await saidOf({ sku: ['A', 'B'] })).reason).toBe(
			'SKU is a list: field "sku" holds several values',
		);
	});

	it('is not looked for if the expression does more', async () => {
		expect((await saidOf({ 'sku;stock': 'A;5' }, '={{ $json.sku ?? undefined }}')).reason).toBe(
			'SKU is missing',
		);
	});
});

describe("A field's name that only looks the same", () => {
	it.each<[name: string, difference: string]>([
		['sku ', 'which has a space at its end'],
		[' sku', 'which has a space at its beginning'],
		['sku\u00a0', 'which has a no-break space at its end'],
		['\u200bsku', 'which has a zero-width space at its beginning'],
		['s\u00adku', 'which has a soft hyphen within it'],
		['\ufeffsku', 'which has a byte order mark at its beginning'],
		[
			'\u2060sku\t',
			'which has the invisible character U+2060 at its beginning and a tab at its end',
		],
		['SKU', 'with different capital and small letters'],
		['"sku"', 'which looks the same but is written with other characters'],
	])('%j is shown with its difference, but not read', async (name, difference) => {
		const { reason } = await failedAlone(shop, { [name]: 'A', stock: 5 });
		expect(reason).toContain('SKU is missing: the item has no field "sku", but "');
		expect(String(reason).endsWith(difference)).toBe(true);
	});

	it('is shown if the name in the node is the odd one', async () => {
		const { items } = await shop.update([{ sku: 'A', 'in stock': 5 }], {
			onError,
			parameters: { stockField: 'in\u00a0stock' },
		});
		expect(items[0]?.json.reason).toMatch(/, but "in stock", without a no-break space within it$/);
	});

	it('with a byte order mark: says how to have Extract From File leave it out', async () => {
		expect((await failedAlone(shop, { '\ufeffsku': 'A', stock: 5 })).advice).toBe(
			'Turn on the option Exclude Byte Order Mark (BOM) of Extract From File.',
		);
	});
});
