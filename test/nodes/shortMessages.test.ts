import type { IDataObject } from 'n8n-workflow';

import { STORES, TOKENS } from '../../sandbox';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();

/** Most characters in a line: three reasons, or five names, each with a SKU and a value cut to 40 characters. */
const LONGEST_LINE = { message: 300, description: 700 };

const rowsOf = (stocks: unknown[]): IDataObject[] =>
	stocks.map((stock, index) => ({
		sku: skuOf(index + 1),
		stock: stock as string,
		lineInFile: index + 3,
	}));
const sentencesOf = (description: string) =>
	description.split('<br>').flatMap((line) => line.replace(/^.*?: /, '').split(/(?<=\.) /));

describe('a red message', () => {
	it('counts, gives the first reasons one to a line, and names the lines of the file', async () => {
		const { error } = await shop.update(rowsOf([1, '', -3, 'many', '', 2.5, -4]));
		expect(error?.message.split('\n')).toEqual([
			'1 of 7 items were sent and accepted, 6 were not: [item 1 (line 4 of the file)] SKU "SKU-00002" and 1 more (item 4, line 7 of the file): Stock is blank;',
			'[item 2 (line 5 of the file)] SKU "SKU-00003": Stock "-3" is negative;',
			'[item 3 (line 6 of the file)] SKU "SKU-00004": Stock "many" is not a number;',
			'and 2 more for other reasons (items 5 to 6, lines 8 to 9 of the file)',
		]);
	});

	it('says below which items they are and what to do, once for all that share the advice', async () => {
		const { error } = await shop.update(rowsOf([1, '', -3, -4, '', -5, 2.5]));
		const [blank, five, negative, fraction, ...rest] = error?.description?.split('<br>') ?? [];
		expect(rest).toEqual([]);
		expect(blank).toMatch(
			/^\[item 1 \(line 4 of the file\)\] SKU "SKU-00002", \[item 4 \(line 7 of the file\)\] SKU "SKU-00005": It is not read as zero/,
		);
		expect(five).toBe('[item 5 (line 8 of the file)] SKU "SKU-00006": Stock "-5" is negative.');
		expect(negative).toBe(
			'Items 2 to 3, 5, lines 5 to 6, 8 of the file: Correct it in the source, or set the option Negatives to Send Zero.',
		);
		expect(fraction).toBe(
			'[item 6 (line 9 of the file)] SKU "SKU-00007": Stock "2.5" is not a whole number. Correct it in the source, or set the option Fractions to Round Down.',
		);
	});

	it('says only what to do if the message has said everything else', async () => {
		const { error } = await shop.update([{ sku: skuOf(1), stock: -3 }]);
		expect(error?.message).toBe(
			'0 of 1 items were sent and accepted, 1 was not: [item 0] SKU "SKU-00001": Stock "-3" is negative',
		);
		expect(error?.description).toBe(
			'Correct it in the source, or set the option Negatives to Send Zero.',
		);
	});

	it('names no line unless the item has one, a whole number from 1', async () => {
		const items = [0, 1.5, '7', null].map((lineInFile) => ({
			sku: skuOf(1),
			lineInFile,
			stock: '',
		}));
		const { error } = await shop.update(items);
		expect(error?.message).toContain('[item 0] SKU "SKU-00001" and 3 more (items 1 to 3): Stock');
		expect(error?.message).not.toContain('of the file');
	});

	it('is no longer than it needs to be: no line is long, and no reason or advice comes twice', async () => {
		const long = 'x'.repeat(200);
		const values = ['', -1, 2.5, '1.000', long, true, '1E+3', 9e12, ...Array(20).keys()].map(
			(value) =>
				typeof value === 'number' && value >= 0 && value < 20 ? `${long}${value}` : value,
		);
		const items = Array.from({ length: 1_000 }, (_, index) => ({
			sku: `${index}${long}`,
			stock: values[index % values.length],
		}));
		const { error } = await shop.update(items as IDataObject[]);
		const message = error?.message ?? '';
		const description = error?.description ?? '';
		const reasons = message.split('\n');
		expect(reasons).toHaveLength(4);
		const longest = (lines: string[]) => Math.max(...lines.map(({ length }) => length));
		expect(longest(reasons)).toBeLessThan(LONGEST_LINE.message);
		expect(longest(description.split('<br>'))).toBeLessThan(LONGEST_LINE.description);
		for (const reason of reasons.slice(0, 3))
			expect(description).not.toContain(reason.replace(/^.*SKU [^:]*: /, '').replace(/;$/, ''));
		const sentences = sentencesOf(description);
		expect(sentences.filter((sentence, at) => sentences.indexOf(sentence) !== at)).toEqual([]);
	});

	it('has the traceparent at the very end', async () => {
		const { error } = await shop.update(rowsOf([1, 2]), { apiKey: TOKENS.readOnly });
		expect(error?.message).not.toContain('traceparent');
		expect(error?.description).toMatch(
			/(?:\[|<br>)traceparent 00-[0-9a-f]{32}-[0-9a-f]{16}-01\]?$/,
		);
	});

	it('shows a SKU as it is, although n8n shows a description as HTML', async () => {
		const items = ['A&amp;B', '<b>C</b>'].map((sku) => ({ sku, stock: '' }));
		const { error } = await shop.update(items);
		expect(error?.description).toContain('SKU "A&amp;amp;B", [item 1] SKU "&lt;b>C&lt;/b>": It is');
	});
});

describe('other items that an item is told about are named by their lines too', () => {
	const onError = 'continueRegularOutput';
	const twice = (...stocks: unknown[]) => rowsOf(stocks).map((row) => ({ ...row, sku: skuOf(1) }));

	it('with different balances for one SKU', async () => {
		const { error } = await shop.update(twice(10, 4));
		expect(error?.message).toContain(
			'The SKU comes more than once with different balances: 10 in item 0 (line 3 of the file), 4 in item 1 (line 4 of the file)',
		);
	});

	it('with the same balance for one SKU', async () => {
		const { items } = await shop.update(twice(10, 10));
		expect(items[0]?.json.note).toBe(
			'The SKU appears in items 0 (line 3 of the file), 1 (line 4 of the file): it is sent once for all of them',
		);
	});

	it('in another store of the group', async () => {
		const stores = [STORES.fbs.campaignId, STORES.groupMate.campaignId];
		const items = twice(5, '').map((row, index) => ({ ...row, store: stores[index] }));
		const { items: output } = await shop.update(items as IDataObject[], {
			store: '={{ $json.store }}',
			onError,
		});
		expect(output[0]?.json.reason).toContain(
			'and item 1 (line 4 of the file), which has this SKU for the other one, was refused',
		);
	});

	it('in another store of the group, held back by Zero Guard', async () => {
		const stores = [STORES.fbs.campaignId, STORES.groupMate.campaignId];
		const items = twice(5, 0).map((row, index) => ({ ...row, store: stores[index] }));
		const { items: output } = await shop.update(items as IDataObject[], {
			store: '={{ $json.store }}',
			options: { zeroGuard: 50 },
			onError,
		});
		expect(output[0]?.json.reason).toContain(
			'and item 1 (line 4 of the file), which has this SKU for the other one, was refused',
		);
	});

	it('with another value of an option that holds for the whole run', async () => {
		const { error } = await shop.update(rowsOf([1, 2]), {
			options: { zeroGuard: '={{ $json.stock }}' },
		});
		expect(error?.message).toContain(
			'is "1" for item 0 (line 3 of the file) and "2" for item 1 (line 4 of the file)',
		);
	});

	it.each(['update', 'read'] as const)('with a doubtful SKU, in %s', async (node) => {
		const rows = rowsOf([1]).map((row) => ({ ...row, sku: 417 }));
		const parameters = node === 'read' ? { offers: 'input' } : {};
		const { hints } = await shop[node](rows, { parameters, onError });
		expect(hints.map(({ message }) => message).join()).toContain(
			'("417" in item 0 (line 3 of the file))',
		);
	});
});

it('an item on the error output is named by its line too', async () => {
	const { errorItems } = await shop.update(rowsOf(['']), { onError: 'continueErrorOutput' });
	expect((errorItems[0]?.json.error as IDataObject).message).toMatch(
		/^\[item 0 \(line 3 of the file\)\] SKU "SKU-00001": Stock is blank\. It is not/,
	);
});
