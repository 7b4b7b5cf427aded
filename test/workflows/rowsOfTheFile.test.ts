import { rowsOf, windows1251, type Row, type Source } from './support/fileStep';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf8WithMark = (text: string) => utf8(`\uFEFF${text}`);
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');

/** Parameters of Update Stocks with a seller's own column names. */
const named = (skuField: string, stockField: string) => ({ skuField, stockField });

/** The file's rows without their places. */
const cellsOf = (rows: Row[]) =>
	rows.map((row) =>
		Object.fromEntries(
			Object.entries(row).filter(([name]) => name !== 'lineInFile' && name !== 'leftOut'),
		),
	);

/** A file, how a program writes it, and what its rows are. */
interface Form {
	source: Source;
	params?: object;
	rows: Row[];
	leftOut?: string;
}

const TWO = [
	{ sku: '0557722', stock: '12' },
	{ sku: 'КРУЖКА-01', stock: '1,5' },
];

/** If no source is named, the form is that of the program's own export of such a table, made by hand. */
const FORMS: Record<string, Form> = {
	// "CSV (разделители - запятые)" of Excel with Russian regional settings: the list separator is a semicolon.
	'Excel, Russian': {
		source: windows1251(lines('sku;stock', '0557722;12', 'КРУЖКА-01;1,5')),
		rows: TWO,
	},
	'Excel, English': {
		source: utf8(lines('sku,stock', '0557722,12', 'MUG-01,"1,234"')),
		rows: [
			{ sku: '0557722', stock: '12' },
			{ sku: 'MUG-01', stock: '1,234' },
		],
	},
	'Excel, CSV UTF-8': {
		source: utf8WithMark(lines('sku;stock', '0557722;12', 'КРУЖКА-01;1,5')),
		rows: TWO,
	},
	'Excel, Unicode text': {
		source: utf16(lines('sku\tstock', '0557722\t12', 'КРУЖКА-01\t1,5')),
		rows: TWO,
	},
	// LibreOffice quotes texts if "Quote all text cells" is on, and ends lines with \n alone.
	LibreOffice: {
		source: utf8('"sku","stock"\n"0557722",12\n"КРУЖКА-01","1,5"\n'),
		rows: TWO,
	},
	'Google Sheets': {
		source: utf8('sku,stock,note\n0557722,12,"a, b"\nКРУЖКА-01,"1,5","two\r\nlines"'),
		rows: [
			{ ...TWO[0], note: 'a, b' },
			{ ...TWO[1], note: 'two\nlines' },
		],
	},
	// A report of 1C saved as a table: title, filters, numbers with three decimals and no-break spaces, a total.
	'1C, windows-1251': {
		source: windows1251(
			lines(
				'Остатки товаров на складах;;',
				'Параметры:;Дата: 25.11.2026;',
				';;',
				'Номенклатура;Артикул;Остаток',
				'Кружка;0557722;12,000',
				'Лента 6,2" синяя;Л-62;1\u00a0234,000',
				'Итого;;1\u00a0246,000',
			),
		),
		params: named('Артикул', 'Остаток'),
		rows: [
			{ Номенклатура: 'Кружка', Артикул: '0557722', Остаток: '12,000' },
			{ Номенклатура: 'Лента 6,2" синяя', Артикул: 'Л-62', Остаток: '1\u00a0234,000' },
		],
		leftOut: 'what is above the header in line 4, the total in line 7.',
	},
	'1C, Excel': {
		source: [
			['Ведомость по товарам на складах', '', ''],
			['', '', ''],
			['Артикул', 'Номенклатура', 'Конечный остаток'],
			['0557722', 'Кружка', 12],
			['', '', ''],
			['Л-62', 'Лента', 1234],
			['Итого', '', 1246],
			['', '', ''],
		],
		params: named('Артикул', 'Конечный остаток'),
		rows: [
			{ Артикул: '0557722', Номенклатура: 'Кружка', 'Конечный остаток': 12 },
			{ Артикул: 'Л-62', Номенклатура: 'Лента', 'Конечный остаток': 1234 },
		],
		leftOut: 'what is above the header in line 3, 2 blank rows, the total in line 7.',
	},
	// МойСклад's report "Остатки": title and date, the header over several rows, an unnamed first column with numbers.
	МойСклад: {
		source: [
			['Остатки', '', '', '', ''],
			['25.11.2026 12:00', '', '', '', ''],
			['', '', '', '', ''],
			['№', 'Код', 'Наименование', 'Артикул', 'Доступно'],
			['1', '00001', 'Кружка', '0557722', '12'],
			['2', '00002', 'Лента', 'Л-62', '7'],
			['', '', '', 'Итого:', '19'],
		],
		params: named('Артикул', 'Доступно'),
		rows: [
			{ '№': '1', Код: '00001', Наименование: 'Кружка', Артикул: '0557722', Доступно: '12' },
			{ '№': '2', Код: '00002', Наименование: 'Лента', Артикул: 'Л-62', Доступно: '7' },
		],
		leftOut: 'what is above the header in line 4, the total in line 7.',
	},
	// docs.ozon.ru/global/en/fulfillment/stock names the columns of the sheet: A to E.
	Ozon: {
		source: [
			[
				'Название склада',
				'Артикул',
				'Имя (необязательно)',
				'Количество',
				'Заполнение обязательных ячеек',
			],
			['Склад 1', '0557722', '', 12, 'Заполнены'],
			['Склад 1', 'Л-62', 'Лента', 0, 'Заполнены'],
		],
		params: named('Артикул', 'Количество'),
		rows: [
			{
				'Название склада': 'Склад 1',
				Артикул: '0557722',
				'Имя (необязательно)': '',
				Количество: 12,
				'Заполнение обязательных ячеек': 'Заполнены',
			},
			{
				'Название склада': 'Склад 1',
				Артикул: 'Л-62',
				'Имя (необязательно)': 'Лента',
				Количество: 0,
				'Заполнение обязательных ячеек': 'Заполнены',
			},
		],
	},
	// The seller cabinet's template of stocks: barcodes as texts, and the number.
	Wildberries: {
		source: [
			['Баркод', 'Количество'],
			['2000000000015', 12],
			['2000000000022', 0],
		],
		params: named('Баркод', 'Количество'),
		rows: [
			{ Баркод: '2000000000015', Количество: 12 },
			{ Баркод: '2000000000022', Количество: 0 },
		],
	},
};

describe.each(Object.entries(FORMS))('a file as %s writes it', (_, form) => {
	it('gives its rows, and says what is left out', async () => {
		const rows = await rowsOf(form.source, form.params);
		expect(cellsOf(rows)).toEqual(form.rows);
		expect(rows[0]?.leftOut).toBe(form.leftOut);
	});
});

describe('the place of a row', () => {
	it('is its line, even after cells of several lines and above blank ones', async () => {
		const csv = 'sku;stock;note\n\nA;1;"two\nlines"\nB;2;x\r\rC;3;"a\r\nb\r\nc"\nD;4;';
		const rows = await rowsOf(utf8(csv));
		expect(rows.map(({ sku, lineInFile }) => [sku, lineInFile])).toEqual([
			['A', 3],
			['B', 5],
			['C', 7],
			['D', 10],
		]);
	});

	it('is its row in a sheet', async () => {
		const rows = await rowsOf([['title'], [], ['sku', 'stock'], ['', ''], ['A', 1]]);
		expect(rows).toMatchObject([{ sku: 'A', lineInFile: 5 }]);
	});
});

describe('the columns', () => {
	it.each([
		[' SKU ', 'sku'],
		['Sku', 'sku'],
		['Мой\u00a0остаток', 'мой остаток'],
	])('%j is taken for %j, and gets that name', async (written, skuField) => {
		const [row] = await rowsOf(utf8(`${written};stock\nA;1`), named(skuField, 'stock'));
		expect(row).toMatchObject({ [skuField]: 'A', stock: '1' });
	});

	it('are those of the expressions if Update Stocks computes', async () => {
		const params = {
			inputMode: 'expressions',
			sku: "={{ String($json['Мой артикул']).padStart(7, '0') }}",
			stock: '={{ $json.Остаток }}',
		};
		const [row] = await rowsOf(utf8('Отчёт;\nМой артикул;Остаток\n557722;1'), params);
		expect(row).toMatchObject({ 'Мой артикул': '557722', Остаток: '1', lineInFile: 3 });
	});

	it('may be just one: a total is still told by the SKU that it lacks', async () => {
		const params = { inputMode: 'expressions', sku: '={{ $now }}', stock: '={{ $json.n }}' };
		const rows = await rowsOf(utf8('a;n\nx;1\nИтого;1'), params);
		expect(rows).toMatchObject([{ a: 'x', n: '1', leftOut: 'the total in line 3.' }]);
	});

	it('are those of the first row if the expressions name none', async () => {
		const params = { inputMode: 'expressions', sku: '={{ $now }}', stock: '={{ 1 }}' };
		expect(await rowsOf(utf8('\na,b\n1,2'), params)).toMatchObject([{ a: '1', b: '2' }]);
	});

	it.each<[string, Source]>([
		['CSV', utf8('sku;stock;stock\nA;1;2')],
		[
			'Excel',
			[
				['sku', 'stock', 'Stock '],
				['A', 1, 2],
			],
		],
	])('must not appear twice in a %s file: nobody knows which is meant', async (_, source) => {
		await expect(rowsOf(source)).rejects.toThrow(
			'Line 1 has the column "stock" 2 times (columns 2, 3). Give each a name of its own.',
		);
	});

	it('that nobody reads may share a name, and keep all they hold', async () => {
		const [row] = await rowsOf(utf8('sku;stock;price;price;price\nA;1;2;3;4'));
		expect(row).toMatchObject({ price: '2', price_1: '3', price_2: '4' });
	});

	it.each<[string, Source]>([
		['CSV', utf8('Остатки\nАртикул;Имя;Остаток\nA;x;1')],
		['Excel', [['Остатки'], ['Артикул', 'Имя', 'Остаток'], ['A', 'x', 1]]],
	])('of a %s file are named if they are others', async (kind, source) => {
		await expect(rowsOf(source)).rejects.toThrow(
			'No row has both columns "sku" and "stock". Line 2 has "Артикул", "Имя", "Остаток": ' +
				'write the names of the right columns into SKU Field and Stock Field of Update Stocks.' +
				(kind === 'Excel'
					? ' If the table is on another sheet, add the option Sheet Name to Cells of the Excel File.'
					: ''),
		);
	});

	it.each([
		[99, true],
		[100, false],
	])('are found below %i rows: %s', async (above, isFound) => {
		const read = rowsOf(utf8('x\n'.repeat(above) + 'sku;stock\nA;1'));
		if (isFound) expect(await read).toMatchObject([{ sku: 'A', lineInFile: above + 2 }]);
		else await expect(read).rejects.toThrow('No row has both columns');
	});
});

describe('a total', () => {
	const rowsWith = async (...last: string[]) =>
		await rowsOf(utf8(['sku;name;stock', 'A;x;1', ...last].join('\n')));

	it.each(['Итого;;1', ';Итого:;1', ';ВСЕГО;1', 'Total;;1', ';Grand Total;1', ';;Итого'])(
		'%s at the end is left out and named',
		async (total) => {
			expect(await rowsWith(total)).toEqual([
				{ sku: 'A', name: 'x', stock: '1', lineInFile: 2, leftOut: 'the total in line 3.' },
			]);
		},
	);

	it('is not what stands above other rows', async () => {
		expect(await rowsWith('Total;;1', 'B;y;2')).toMatchObject([
			{ sku: 'A' },
			{ sku: 'Total' },
			{ sku: 'B' },
		]);
	});

	it.each(['Total-9000;Oil;3', 'B;Итого;3', ';Total 9000 oil;3', 'Итого-1;;3'])(
		'is not %s, which may be goods',
		async (row) => {
			const rows = await rowsWith(row);
			expect(rows).toHaveLength(2);
			expect(rows[0]).not.toHaveProperty('leftOut');
		},
	);

	it('below another is left out as well', async () => {
		expect((await rowsWith('Итого;;1', '', 'Всего;;1'))[0]?.leftOut).toBe(
			'1 blank row, the totals in lines 3, 5.',
		);
	});
});

describe('quotes', () => {
	it.each([
		['6.2" display', '6.2" display'],
		['"6.2"" display"', '6.2" display'],
		['"A" grade', '"A" grade'],
		['"unclosed', '"unclosed'],
		['"a;b"', 'a;b'],
		['""', ''],
		['"two\nlines"', 'two\nlines'],
	])('%j is read as %j, and the rows around it stay as they are', async (written, name) => {
		const rows = await rowsOf(utf8(`sku;name;stock\nA;${written};1\nB;x;2`));
		expect(cellsOf(rows)).toEqual([
			{ sku: 'A', name, stock: '1' },
			{ sku: 'B', name: 'x', stock: '2' },
		]);
	});

	it.each([
		['sku;name;stock', 'A;"3.5 disk;1', 'B;3.5";2'],
		['sku;stock;name', 'A;1;"3.5 disk', 'B;2;3.5"'],
		['sku;stock;name', 'A;1;"3.5 disk', 'x;y;z', 'B;2;"3.5"'],
		['sku;name;stock', 'A;"3.5 disk;1', 'B;"a;b" 3";2'],
	])('that swallow the next row give none of its numbers to another: %j', async (...all) => {
		const rows = await rowsOf(utf8([...all, 'C;9;9'].join('\n')));
		for (const [sku, stock] of Object.entries({ A: '1', B: '2', C: '9' })) {
			const own = rows.find((row) => row.sku === sku);
			const told = rows.find(({ notRead }) => String(notRead).includes(`${sku};`));
			expect([sku, own?.stock ?? told?.notRead]).toEqual([
				sku,
				own ? stock : expect.stringContaining(sku),
			]);
		}
	});

	it('that go on over what looks like a row are reported with their lines', async () => {
		const [row] = await rowsOf(utf8('sku;name;stock\nA;"3.5 disk;1\nB;3.5";2'));
		expect(row).toEqual({
			notRead: expect.stringContaining(
				'a cell that begins with a quote goes on to line 3, which looks like a row of its own: "A;',
			),
			lineInFile: 2,
		});
	});
});

describe('a row whose cells do not match the header', () => {
	it.each([
		['A,1,5', 3],
		['A', 1],
		['A,1,x', 3],
	])('is not read: %s', async (row, cells) => {
		const rows = await rowsOf(utf8(`sku,stock\n${row}\nB,2`));
		expect(rows).toEqual([
			{ notRead: `it has ${cells} cells where the header has 2: "${row}"`, lineInFile: 2 },
			{ sku: 'B', stock: '2', lineInFile: 3 },
		]);
	});

	it('is read if the others are blank', async () => {
		const rows = await rowsOf(utf8('sku;stock;;\nA;1;;\nB;2\nC;3; ;;;\n'));
		expect(cellsOf(rows)).toEqual([
			{ sku: 'A', stock: '1' },
			{ sku: 'B', stock: '2' },
			{ sku: 'C', stock: '3' },
		]);
	});
});

describe('the encoding', () => {
	const macOrDos = (capitals: number) =>
		// "КРУЖКА" with capitals from this byte on, as MacCyrillic and MS-DOS have them.
		new Uint8Array([...utf8('sku;stock\n'), ...[10, 16, 19, 6, 10, 0].map((at) => capitals + at)]);

	it.each<[string, Uint8Array]>([
		['MS-DOS and Mac', macOrDos(0x80)],
		['Western', new Uint8Array(Buffer.from('sku;stock\nGröße;1', 'latin1'))],
	])('of %s is not taken for Russian', async (_, source) => {
		await expect(rowsOf(source)).rejects.toThrow(
			'The file is neither in UTF-8 nor in windows-1251. Save it as CSV UTF-8 or as .xlsx.',
		);
	});

	it('of an Excel file with the name of a CSV file is reported', async () => {
		await expect(rowsOf(utf8('PK\u0003\u0004'))).rejects.toThrow('This is an Excel file');
	});

	it('that begins with the high byte is read too', async () => {
		const source = new Uint8Array(Buffer.from('\uFEFFsku,stock\nЖ,1', 'utf16le').swap16());
		expect(await rowsOf(source)).toMatchObject([{ sku: 'Ж', stock: '1' }]);
	});
});

describe('no rows', () => {
	it.each<[string, Source, string]>([
		['an empty CSV file', utf8(''), 'The file is empty.'],
		['a CSV file of blank lines', utf8('\r\n\r\n'), 'The file is empty.'],
		['an empty sheet', [], 'The file is empty.'],
		['a header alone', utf8('sku;stock'), 'The file has a header (line 1), but no rows under it.'],
		['a header and a total', utf8('sku;stock\nИтого;0'), 'no rows under it.'],
		[
			'a sheet of a header',
			[
				['sku', 'stock'],
				['', ''],
			],
			'no rows under it.',
		],
	])('in %s stop the flow', async (_, source, message) => {
		await expect(rowsOf(source)).rejects.toThrow(message);
	});
});

describe('several files', () => {
	it('of CSV are not mixed', async () => {
		const file = { json: {}, binary: { data: {} } };
		await expect(rowsOf(utf8('sku;stock\nA;1'), {}, { items: [file, file] })).rejects.toThrow(
			'Several files came in. Let the step before give one.',
		);
	});

	it('of Excel are not mixed', async () => {
		const rows = [
			['sku', 'stock'],
			['A', 1],
		];
		await expect(rowsOf(rows, {}, { excelFiles: 2 })).rejects.toThrow('Several files came in.');
	});
});
