import { writeFile } from 'node:fs/promises';

import { generateCatalogue, STORES } from '../../sandbox';
import { windows1251 } from '../workflows/support/fileStep';
import { shownWithDigits, writeExcel } from './support/flows/excel';
import { node } from './support/flow';
import { useFiles } from './support/flows/files';
import { DECIMALS, FORMS, REPORT, SKUS_OF_FORMS } from './support/flows/forms';
import { withStepInstead } from './support/flows/readyFlow';
import { catalogueOf, filledInBy, sellerOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

const ZEROS = '0557722';
const MANY = 50_000;

const bed = useTestBed({
	sandbox: { catalogue: [...catalogueOf(...SKUS_OF_FORMS), ...generateCatalogue(20)] },
});
const files = useFiles(bed);

const available = (sku: string) => bed().market.offer(STORES.fbs.campaignId, sku).available;
const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');

/** Runs the flow for any file, filled in as its note says, with the names of the columns if they differ. */
const run = async (file: string, columns: object = {}) => {
	const flow = await filledInBy(await sellerOf(bed(), file), 'csv-or-excel-file');
	const nodes = flow.nodes.map((node) =>
		node.name === 'Update Stocks'
			? { ...node, parameters: { ...node.parameters, ...columns } }
			: node,
	);
	return await bed().run({ ...flow, nodes });
};

describe('a file as a program writes it works at the first try', () => {
	it.each(Object.entries(FORMS))('%s', async (_, { file, columns, goods, write }) => {
		await write(files.pathOf(file));
		const { status, error, nodes } = await run(file, columns);
		expect([status, error]).toEqual(['success', undefined]);
		expect(nodes.get('Update Stocks')?.items).toMatchObject(
			goods.map(([sku, count]) => ({ sku, count, status: 'accepted' })),
		);
		expect(goods.map(([sku]) => [sku, available(sku)])).toEqual(goods);
	});
});

describe('a comma that may stand before decimals or thousands', () => {
	it('is reported with the option that says which, and read once that is set', async () => {
		const { file, columns, goods, write } = DECIMALS;
		await write(files.pathOf(file));
		const { status, error } = await run(file, columns);
		expect(status).toBe('error');
		expect(error).toContain('Stock "12,000" may be 12000 or 12');
		expect(available(ZEROS)).toBeNull();
		const options = { decimalSeparator: 'comma' };
		expect((await run(file, { ...columns, options })).status).toBe('success');
		expect(goods.map(([sku]) => [sku, available(sku)])).toEqual(goods);
	});
});

describe('what a file lacks', () => {
	it('is reported with the names that it has', async () => {
		const { file, write } = REPORT;
		await write(files.pathOf(file));
		const { status, error } = await run(file);
		expect(status).toBe('error');
		expect(error).toContain(
			'No row has both columns "sku" and "stock". Line 3 has "Артикул", "Наименование", "Остаток": ' +
				'write the names of the right columns into SKU Field and Stock Field of Update Stocks.',
		);
	});

	it('is reported for an empty sheet', async () => {
		await writeExcel(files.pathOf('empty.xlsx'), [['']]);
		expect((await run('empty.xlsx')).error).toBe('The file is empty.');
	});

	it('is reported for a row whose cells do not fit, with its line, and the others are sent', async () => {
		await files.write('balances.csv', 'sku,stock', `${ZEROS},1,5`, 'SKU-00001,3');
		const { status, error } = await run('balances.csv');
		expect(status).toBe('error');
		expect(error).toContain(
			`The row was not read: it has 3 cells where the header has 2: "${ZEROS},1,5"`,
		);
		expect(error).toContain('line 2 of the file');
		expect([available(ZEROS), available('SKU-00001')]).toEqual([null, 3]);
	});
});

describe('a number that Excel shows as another', () => {
	it('is sent as it is', async () => {
		await writeExcel(files.pathOf('shown.xlsx'), [
			['sku', 'stock'],
			['SKU-00001', shownWithDigits(7, 3)],
		]);
		expect((await run('shown.xlsx')).status).toBe('success');
		expect(available('SKU-00001')).toBe(7);
	});
});

it('a large file is read whole', async () => {
	const rows = Array.from({ length: MANY }, (_, index) => `SKU-${index};Кружка ${index};${index}`);
	await writeFile(files.pathOf('many.csv'), windows1251(lines('sku;name;stock', ...rows)));
	const flow = await filledInBy(await sellerOf(bed(), 'many.csv'), 'csv-or-excel-file');
	const last = { keep: 'lastItems', maxItems: 1 };
	const instead = node('Update Stocks', 'n8n-nodes-base.limit', 1, last);
	const { status, nodes } = await bed().run(withStepInstead(flow, ['Update Stocks'], instead));
	expect(status).toBe('success');
	expect(nodes.get('Update Stocks')?.items).toEqual([
		{
			sku: `SKU-${MANY - 1}`,
			name: `Кружка ${MANY - 1}`,
			stock: `${MANY - 1}`,
			lineInFile: MANY + 1,
		},
	]);
});
