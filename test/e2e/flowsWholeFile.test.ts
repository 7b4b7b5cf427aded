import { readFile } from 'node:fs/promises';

import { parse } from 'csv-parse/sync';

import { STORES } from '../../sandbox';
import { useFiles } from './support/flows/files';
import type { FillIn } from './support/flows/readyFlow';
import { catalogueOf, filledInBy, sellerOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

const NAME = 'whole-file-nightly';
const SKUS = Array.from({ length: 10 }, (_, index) => `ВАЗА-${index + 1}`);
const GONE = 'ВАЗА-9';
const GONE_TOO = 'ВАЗА-10';

const bed = useTestBed({ sandbox: { catalogue: catalogueOf(...SKUS) } });
const files = useFiles(bed);

const run = async (...others: FillIn[]) =>
	await bed().run(await filledInBy(await sellerOf(bed()), NAME, ...others));
const write = async (rows: ReadonlyArray<[sku: string, stock: unknown]>) =>
	await files.write('balances.csv', 'sku;stock', ...rows.map((row) => row.join(';')));
const rowsOf = (skus: readonly string[], stock: unknown = 7) =>
	skus.map((sku): [string, unknown] => [sku, stock]);
const held = () => SKUS.map((sku) => bed().market.offer(STORES.fbs.campaignId, sku).available);
const reports = async () => (await files.names()).filter((file) => file.startsWith('report'));

/** The lines of the one report, and then there is none. */
async function report(): Promise<Array<Record<string, string>>> {
	expect(await reports()).toEqual([
		expect.stringMatching(/^report \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.csv$/),
	]);
	const csv = await readFile(files.pathOf((await reports())[0]!), 'utf8');
	return parse(csv, { bom: true, delimiter: ';', columns: true });
}

/** All ten have 7 for sale. */
beforeEach(async () => {
	await write(rowsOf(SKUS));
	expect((await run()).status).toBe('success');
	expect(held()).toEqual(Array(10).fill(7));
	expect(await reports()).toEqual([]);
});

it('sets to 0 what the file no longer names, and says so in a report that Excel can open', async () => {
	await write([...rowsOf(SKUS.slice(0, 8), 5)]);
	expect((await run()).status).toBe('success');
	expect(held()).toEqual([...Array(8).fill(5), 0, 0]);
	const line = { Stock: '0', 'What happened': 'set to 0', 'What to do': '', Line: '' };
	const shown = { ...line, Reason: 'Not in the input: the Market showed 7' };
	expect((await report()).sort((one, other) => one.SKU!.localeCompare(other.SKU!))).toEqual([
		{ SKU: GONE_TOO, ...shown },
		{ SKU: GONE, ...shown },
	]);
});

it('is red if a row was not taken, and leaves its offer as it is: the report has both', async () => {
	await write([...rowsOf(SKUS.slice(0, 8), 5), [GONE, 'many']]);
	const { status, error } = await run();
	expect([status, error]).toEqual([
		'error',
		expect.stringMatching(/^Not taken: 1\. ВАЗА-9 \(Stock "many" is .*beside the file\.$/),
	]);
	expect(held()).toEqual([...Array(8).fill(5), 7, 0]);
	expect(await report()).toEqual(
		expect.arrayContaining([
			expect.objectContaining({
				SKU: GONE,
				Stock: 'many',
				'What happened': 'not taken',
				'What to do': expect.stringContaining('Leave only the number'),
				Line: '10',
			}),
			expect.objectContaining({ SKU: GONE_TOO, 'What happened': 'set to 0' }),
		]),
	);
});

it.each([
	['does not name three of ten', rowsOf(SKUS.slice(0, 7), 5), 'does not name 3 of the 10 offers'],
	[
		'is mostly zeros',
		[...rowsOf(SKUS.slice(0, 4), 5), ...rowsOf(SKUS.slice(4), 0)],
		'6 of 10 balances are zero',
	],
])('sends nothing and is red if the file %s', async (_case, rows, words) => {
	await write(rows);
	const { status, error } = await run();
	expect(status).toBe('error');
	expect(error).toContain(words);
	expect(held()).toEqual(Array(10).fill(7));
	expect((await report()).map((line) => line['What happened'])).toEqual(
		rows.map(() => 'not taken'),
	);
});

it('sets nothing to 0 if the SKU of a row cannot be read, is red, and says why', async () => {
	await write([...rowsOf(SKUS.slice(0, 9), 5), ['', 4]]);
	const { status, error } = await run();
	expect(status).toBe('error');
	expect(error).toContain('it may be any of them');
	expect(held()).toEqual([...Array(9).fill(5), 7]);
});

it('says in a dry run what it would set to 0, as its note promises, and sends nothing', async () => {
	await write(rowsOf(SKUS.slice(0, 8), 5));
	const options = { offersNotInInput: 'zero', dryRun: true };
	const { status } = await run({
		node: 'Update Stocks',
		parameters: {
			options,
			store: { __rl: true, mode: 'id', value: String(STORES.fbs.campaignId) },
		},
	});
	expect(status).toBe('success');
	expect(held()).toEqual(Array(10).fill(7));
	expect((await report()).map((line) => line['What happened'])).toEqual(
		Array(2).fill('would be set to 0'),
	);
});
