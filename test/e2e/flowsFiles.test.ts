import { generateCatalogue, STORES } from '../../sandbox';
import { shownWithDigits, writeExcel } from './support/flows/excel';
import { useFiles } from './support/flows/files';
import { noteOf } from './support/flows/readyFlow';
import { catalogueOf, filledInBy, sellerOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

const ZEROS = '0557722';
const CYRILLIC = 'КРУЖКА-01';

const bed = useTestBed({
	sandbox: { catalogue: [...catalogueOf(ZEROS, CYRILLIC), ...generateCatalogue(20)] },
});
const files = useFiles(bed);

const available = (sku: string, { campaignId }: { campaignId: number } = STORES.fbs) =>
	bed().market.offer(campaignId, sku).available;

/** The flow, filled in for a file with this name. */
const flowFor = async (name: string, file: string) =>
	await filledInBy(await sellerOf(bed(), file), name);

describe('a CSV or Excel file', () => {
	const run = async (file: string) => await bed().run(await flowFor('csv-or-excel-file', file));

	it('is read as CSV: leading zeros and Cyrillic letters arrive', async () => {
		await files.write(
			'balances.csv',
			'\uFEFFsku,stock',
			`${ZEROS},12`,
			`${CYRILLIC},1 234`,
			'SKU-00001,0',
		);
		const { status, nodes } = await run('balances.csv');
		expect(status).toBe('success');
		expect(nodes.get('Update Stocks')?.items).toMatchObject([
			{ sku: ZEROS, count: 12, status: 'accepted' },
			{ sku: CYRILLIC, count: 1_234, status: 'accepted' },
			{ sku: 'SKU-00001', count: 0, status: 'accepted' },
		]);
		expect([ZEROS, CYRILLIC, 'SKU-00001'].map((sku) => available(sku))).toEqual([12, 1_234, 0]);
	});

	it('is read as Excel: leading zeros arrive from a column with the format Text', async () => {
		await writeExcel(files.pathOf('balances.xlsx'), [
			['sku', 'stock'],
			[ZEROS, 7],
			[CYRILLIC, '8'],
			['SKU-00001', 0],
		]);
		expect((await run('balances.xlsx')).status).toBe('success');
		expect([ZEROS, CYRILLIC, 'SKU-00001'].map((sku) => available(sku))).toEqual([7, 8, 0]);
	});

	it('may hold numbers that Excel shows with leading zeros: the note’s expression puts them back', async () => {
		await writeExcel(files.pathOf('numbers.xlsx'), [
			['sku', 'stock'],
			[shownWithDigits(Number(ZEROS), ZEROS.length), 9],
		]);
		const flow = await flowFor('csv-or-excel-file', 'numbers.xlsx');
		const lost = await bed().run(flow);
		expect(lost.error).toContain(
			`SKU "557722": Not in the catalogue of store 21000001; probably meant: "${ZEROS}" (differs in leading zeros)`,
		);
		expect(available(ZEROS)).toBeNull();

		const told = [/`(\{\{ String.+?\}\})`/, /`(\{\{ \$json\.stock \}\})`/];
		const [sku, stock] = told.map((expression) => expression.exec(noteOf(flow))?.[1]);
		const parameters = { inputMode: 'expressions', sku: `=${sku}`, stock: `=${stock}` };
		const nodes = flow.nodes.map((node) =>
			node.name === 'Update Stocks'
				? { ...node, parameters: { ...node.parameters, ...parameters } }
				: node,
		);
		expect((await bed().run({ ...flow, nodes })).status).toBe('success');
		expect(available(ZEROS)).toBe(9);
	});

	it('sends the good rows, then turns red and names the others', async () => {
		await files.write(
			'balances.csv',
			'sku,stock',
			`${ZEROS},5`,
			'SKU-00001,',
			'SKU-00002,"1,5"',
			'SKU-00003,3',
		);
		const { status, error } = await run('balances.csv');
		expect(status).toBe('error');
		expect(error).toContain(
			'2 of 4 items were sent and accepted, 2 were not: [item 1 (line 3 of the file)] SKU "SKU-00001": Stock is blank',
		);
		expect(error).toContain('SKU-00002');
		expect([ZEROS, 'SKU-00001', 'SKU-00002', 'SKU-00003'].map((sku) => available(sku))).toEqual([
			5,
			null,
			null,
			3,
		]);
	});

	it.each([
		[
			'is mostly zeros',
			['sku,stock', `${ZEROS},0`, 'SKU-00001,0', 'SKU-00002,3'],
			'2 of 3 balances',
		],
		['has no rows', ['sku,stock'], 'The file has a header (line 1), but no rows under it.'],
	])('sends nothing and says so if the file %s', async (_case, lines, words) => {
		await files.write('balances.csv', ...lines);
		const { status, error } = await run('balances.csv');
		expect(status).toBe('error');
		expect(error).toContain(words);
		expect(
			bed()
				.market.calls()
				.filter(({ verb }) => verb === 'PUT'),
		).toEqual([]);
	});
});

describe('one sheet for several stores', () => {
	const run = async (...rows: Array<Array<string | number>>) => {
		await writeExcel(files.pathOf('stores.xlsx'), [['campaignId', 'sku', 'stock'], ...rows]);
		return await bed().run(await flowFor('several-stores-from-one-sheet', 'stores.xlsx'));
	};

	it('gives each store its own balance of the same SKU', async () => {
		const [fbs, dbs] = [STORES.fbs.campaignId, STORES.dbs.campaignId];
		const { status, nodes } = await run(
			[fbs, ZEROS, 12],
			[dbs, ZEROS, 4],
			[String(dbs), 'SKU-00001', 6],
		);
		expect(status).toBe('success');
		expect(nodes.get('Update Stocks')?.items.map(({ store }) => store)).toEqual(
			[fbs, dbs, dbs].map(String),
		);
		expect([available(ZEROS), available(ZEROS, STORES.dbs)]).toEqual([12, 4]);
		expect([available('SKU-00001'), available('SKU-00001', STORES.dbs)]).toEqual([null, 6]);
	});

	it('is not held up by stores that take no balances, and names them', async () => {
		const { status, error } = await run(
			[STORES.fby.campaignId, ZEROS, 1],
			[STORES.foreign.campaignId, ZEROS, 2],
			['', ZEROS, 3],
			[STORES.dbs.campaignId, ZEROS, 4],
			[STORES.fbs.campaignId, ZEROS, 5],
		);
		expect(status).toBe('error');
		expect(error).toContain('2 of 5 items were sent and accepted, 3 were not');
		for (const [item, line] of [2, 3, 4].entries())
			expect(error).toContain(`[item ${item} (line ${line} of the file)]`);
		expect([available(ZEROS, STORES.dbs), available(ZEROS)]).toEqual([4, 5]);
	});
});

describe('one file for several warehouses', () => {
	it.each([
		['has no rows', ['sku,stock,warehouse'], 'no rows under it'],
		[
			'is mostly zeros',
			[
				'sku,stock,warehouse',
				'SKU-00001,0,54000001',
				'SKU-00002,0,54000001',
				'SKU-00003,1,54000001',
			],
			'0 of 3 items were sent and accepted',
		],
	])('is not sent if it %s, and the flow is red', async (_case, lines, words) => {
		await files.write('balances.csv', ...lines);
		const { status, error } = await bed().run(await flowFor('send-to-warehouses', 'balances.csv'));
		expect(status).toBe('error');
		expect(error).toContain(words);
		expect(bed().market.statistics().updateStocksOnPartnerWarehouses?.requests ?? 0).toBe(0);
	});
});

describe('the check of an integration', () => {
	const run = async (...rows: string[]) => {
		await files.write('balances.csv', 'sku,stock', ...rows);
		return await bed().run(await flowFor('check-integration', 'balances.csv'));
	};

	it('is green for a file that ends in a blank row, which counts as no goods', async () => {
		const { status, nodes } = await run(`${ZEROS},5`, 'SKU-00001,3', ',');
		expect(status).toBe('success');
		const [counts] = nodes.get('Count What Was Done')?.items ?? [];
		expect(counts).toMatchObject({ rows: 2, hidden: 2, updated: 2, shownAgain: 2 });
		expect([available(ZEROS), available('SKU-00001')]).toEqual([5, 3]);
	});

	it('is red for goods that the Market does not have, and names them', async () => {
		const { status, error } = await run(`${ZEROS},5`, 'SKU-0001,3');
		expect(status).toBe('error');
		expect(error).toContain('Of 2 rows 1 were hidden, 1 updated, ');
		expect(error).toMatch(
			/Not updated, see Update Stocks: SKU-0001 \(.+\n.*Not hidden, see Hide Offers: SKU-0001 \(/,
		);
		expect(available(ZEROS)).toBe(5);
	});

	it('also names goods in whose SKU n8n sees the code of a network fault', async () => {
		const { error } = await run(`${ZEROS},5`, 'PREEXISTING-1,');
		expect(error).toContain('Of 2 rows 1 were hidden, 1 updated, ');
		expect(error).toContain('PR\\u0045EXISTING-1 (Stock is blank)');
	});

	it('is red for goods that could only be hidden and shown, and names them', async () => {
		const { status, error } = await run(`${ZEROS},5`, 'SKU-00001,');
		expect(status).toBe('error');
		expect(error).toContain('Of 2 rows 2 were hidden, 1 updated, 2 shown again.');
		expect(error).toContain('SKU-00001 (Stock is blank)');
	});
});
