import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { windows1251 } from '../../../workflows/support/fileStep';
import { N8N_FOLDER } from '../places';
import { writeExcel } from './excel';

/** A file with the balances of two goods, as a program writes it. */
export interface FileForm {
	/** Its name, by whose ending it is told what it is. */
	file: string;
	/** Names of the columns that Update Stocks is to read. */
	columns: { skuField: string; stockField: string };
	/** SKUs, with the balance that each has in the file. */
	goods: Array<[sku: string, count: number]>;
	/** @param path where to write it */
	write(path: string): Promise<void>;
}

const ZEROS = '0557722';
const CYRILLIC = 'КРУЖКА-01';
const GOODS: FileForm['goods'] = [
	[ZEROS, 12],
	[CYRILLIC, 1_234],
];
const BARCODES: FileForm['goods'] = [
	['2000000000015', 12],
	['2000000000022', 1_234],
];

/** All SKUs of these files. */
export const SKUS_OF_FORMS = [...GOODS, ...BARCODES].map(([sku]) => sku);

const RUSSIAN = { skuField: 'Артикул', stockField: 'Остаток' };
/** What 1C and МойСклад write as a report: a title, blank rows, a total. */
const REPORT_CELLS = [
	['Ведомость по товарам на складах', '', ''],
	['', '', ''],
	['Артикул', 'Наименование', 'Остаток'],
	[ZEROS, 'Лента 6,2" синяя', 12],
	['', '', ''],
	[CYRILLIC, 'Кружка', 1_234],
	['Итого', '', 1_246],
];

const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');

/** A report of 1C as a workbook. */
export const REPORT: FileForm = ofCells('1c.xlsx', writeExcel, REPORT_CELLS);

/** Forms that are read at the first try, by the program that writes them; where each is from is said in `test/workflows/rowsOfTheFile.test.ts`. */
export const FORMS: Record<string, FileForm> = {
	'Excel with Russian settings': ofText(
		'excel.csv',
		windows1251(lines('Артикул;Остаток', `${ZEROS};12`, `${CYRILLIC};1\u00a0234`)),
	),
	'Excel with English settings': {
		...ofText('english.csv', `\uFEFF${lines('sku,stock', `${ZEROS},12`, `${CYRILLIC},1234`)}`),
		columns: { skuField: 'sku', stockField: 'stock' },
	},
	'Excel, Unicode text': ofText(
		'unicode.txt',
		Buffer.from(
			`\uFEFF${lines('Артикул\tОстаток', `${ZEROS}\t12`, `${CYRILLIC}\t1 234`)}`,
			'utf16le',
		),
	),
	LibreOffice: ofText(
		'libreoffice.csv',
		`"Артикул","Остаток"\n"${ZEROS}",12\n"${CYRILLIC}",1234\n`,
	),
	'1C, a report as CSV': ofText(
		'1c.csv',
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
	'1C, a report as a workbook': REPORT,
	'МойСклад, Excel 97': ofCells('sklad.xls', writeOldExcel, REPORT_CELLS),
	'Google Sheets': ofText(
		'sheet.csv',
		`Артикул,Имя,Остаток\r\n${ZEROS},"a, b",12\r\n${CYRILLIC},"6.2"" display",1234`,
	),
	"Ozon's template": {
		...ofCells('ozon.xlsx', writeExcel, [
			['Название склада', 'Артикул', 'Имя (необязательно)', 'Количество'],
			['Склад 1', ZEROS, '', 12],
			['Склад 1', CYRILLIC, 'Кружка', 1_234],
		]),
		columns: { skuField: 'Артикул', stockField: 'Количество' },
	},
	"Wildberries' template": {
		...ofCells('wb.xlsx', writeExcel, [['Баркод', 'Количество'], ...BARCODES]),
		columns: { skuField: 'Баркод', stockField: 'Количество' },
		goods: BARCODES,
	},
};

/** The form that cannot be read for certain: 1C gives all numbers three decimals. */
export const DECIMALS: FileForm = ofText(
	'decimals.csv',
	windows1251(lines('Артикул;Остаток', `${ZEROS};12,000`, `${CYRILLIC};1\u00a0234,000`)),
);

function ofText(file: string, text: string | Uint8Array): FileForm {
	const write = async (path: string) => await writeFile(path, text);
	return { file, columns: RUSSIAN, goods: GOODS, write };
}

type Cells = Array<Array<string | number>>;

function ofCells(
	file: string,
	writeCells: (path: string, cells: Cells) => Promise<void>,
	cells: Cells,
): FileForm {
	const write = async (path: string) => await writeCells(path, cells);
	return { file, columns: RUSSIAN, goods: GOODS, write };
}

/** A workbook in the format of Excel 97, which МойСклад and 1C still produce, written by n8n's own library. */
async function writeOldExcel(path: string, cells: Cells): Promise<void> {
	const xlsx = createRequire(join(N8N_FOLDER, 'package.json'))('@e965/xlsx') as {
		utils: {
			book_new(): object;
			aoa_to_sheet(rows: unknown[][]): object;
			book_append_sheet(book: object, sheet: object, name: string): void;
		};
		write(book: object, options: object): Buffer;
	};
	const book = xlsx.utils.book_new();
	xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(cells), 'Остатки');
	await writeFile(path, xlsx.write(book, { bookType: 'biff8', type: 'buffer' }));
}
