import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { generateCatalogue, STORES } from '../../sandbox';
import { windows1251 } from '../workflows/support/fileStep';
import { shownWithDigits, writeExcel } from './support/flows/excel';
import { node } from './support/flow';
import { useFiles } from './support/flows/files';
import { withStepInstead } from './support/flows/readyFlow';
import { catalogueOf, filledInBy, sellerOf } from './support/flows/seller';
import { N8N_FOLDER } from './support/places';
import { useTestBed } from './support/testBed';

const ZEROS = '0557722';
const CYRILLIC = 'КРУЖКА-01';
const MANY = 50_000;

const bed = useTestBed({
	sandbox: { catalogue: [...catalogueOf(ZEROS, CYRILLIC), ...generateCatalogue(20)] },
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

const COLUMNS = { skuField: 'Артикул', stockField: 'Остаток' };

/** A workbook in the format of Excel 97, which МойСклад and 1C still produce, written by n8n's own library. */
async function writeOldExcel(file: string, rows: unknown[][]): Promise<void> {
	const xlsx = createRequire(join(N8N_FOLDER, 'package.json'))('@e965/xlsx') as {
		utils: {
			book_new(): object;
			aoa_to_sheet(rows: unknown[][]): object;
			book_append_sheet(book: object, sheet: object, name: string): void;
		};
		write(book: object, options: object): Buffer;
	};
	const book = xlsx.utils.book_new();
	xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows), 'Остатки');
	await writeFile(files.pathOf(file), xlsx.write(book, { bookType: 'biff8', type: 'buffer' }));
}

const REPORT = [
	['Ведомость по товарам на складах', '', ''],
	['', '', ''],
	['Артикул', 'Наименование', 'Остаток'],
	[ZEROS, 'Лента 6,2" синяя', 12],
	['', '', ''],
	[CYRILLIC, 'Кружка', 1234],
	['Итого', '', 1246],
];

describe('a file as a program writes it works at the first try', () => {
	const FORMS: Array<[string, string, (file: string) => Promise<void>]> = [
		[
			'Excel with Russian settings',
			'excel.csv',
			async (file) =>
				await writeFile(
					files.pathOf(file),
					windows1251(lines('Артикул;Остаток', `${ZEROS};12`, `${CYRILLIC};1\u00a0234`)),
				),
		],
		[
			'Excel, Unicode text',
			'unicode.txt',
			async (file) =>
				await writeFile(
					files.pathOf(file),
					`\uFEFF${lines('Артикул\tОстаток', `${ZEROS}\t12`, `${CYRILLIC}\t1 234`)}`,
					'utf16le',
				),
		],
		[
			'1C, a report as CSV',
			'1c.csv',
			async (file) =>
				await writeFile(
					files.pathOf(file),
					windows1251(
						lines(
							'Остатки товаров на складах;;',
							';;',
							'Артикул;Наименование;Остаток',
							`${ZEROS};Лента 6,2" синяя;12`,
							`${CYRILLIC};Кружка;1\u00a0234,000`,
							'Итого;;1\u00a0246,000',
						),
					),
				),
		],
		[
			'Google Sheets',
			'sheet.csv',
			async (file) =>
				await writeFile(
					files.pathOf(file),
					`Артикул,Имя,Остаток\r\n${ZEROS},"a, b",12\r\n${CYRILLIC},"6.2"" display",1234`,
				),
		],
		[
			'1C, a report as a workbook',
			'1c.xlsx',
			async (file) => await writeExcel(files.pathOf(file), REPORT as string[][]),
		],
		['МойСклад, Excel 97', 'sklad.xls', async (file) => await writeOldExcel(file, REPORT)],
	];

	it.each(FORMS)('%s', async (_, file, write) => {
		await write(file);
		const { status, error, nodes } = await run(file, COLUMNS);
		expect([status, error]).toEqual(['success', undefined]);
		expect(nodes.get('Update Stocks')?.items).toMatchObject([
			{ sku: ZEROS, count: 12, status: 'accepted' },
			{ sku: CYRILLIC, count: 1_234, status: 'accepted' },
		]);
		expect([ZEROS, CYRILLIC].map(available)).toEqual([12, 1_234]);
	});
});

describe('a comma that may stand before decimals or thousands', () => {
	it('is reported with the option that says which, and read once that is set', async () => {
		await writeFile(
			files.pathOf('1c.csv'),
			windows1251(lines('Артикул;Остаток', `${ZEROS};12,000`, `${CYRILLIC};1\u00a0234,000`)),
		);
		const { status, error } = await run('1c.csv', COLUMNS);
		expect(status).toBe('error');
		expect(error).toContain('Stock "12,000" may be 12000 or 12');
		expect(available(ZEROS)).toBeNull();
		const options = { decimalSeparator: 'comma' };
		expect((await run('1c.csv', { ...COLUMNS, options })).status).toBe('success');
		expect([ZEROS, CYRILLIC].map(available)).toEqual([12, 1_234]);
	});
});

describe('what a file lacks', () => {
	it('is reported with the names that it has', async () => {
		await writeExcel(files.pathOf('1c.xlsx'), REPORT as string[][]);
		const { status, error } = await run('1c.xlsx');
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
