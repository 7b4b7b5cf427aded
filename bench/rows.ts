/** One row of the seller's table. */
export interface StockRow {
	sku: string;
	name: string;
	price: number;
	stock: number | string;
}

/** Rows that differ from the ordinary ones, by number. */
export type RowChanges = Readonly<Record<number, Partial<StockRow>>>;

/**
 * The ordinary row with this number: always the same, about 120 bytes as JSON.
 * Its source text also runs inside n8n: it must use nothing but its parameter.
 */
export function rowOf(index: number): StockRow {
	const number = String(index + 1).padStart(6, '0');
	return {
		sku: `SKU-${number}`,
		name: `Mug "Northern birch" No. ${number}, stoneware, 350 ml`,
		price: 190 + ((index * 137) % 4_800),
		stock: (index * 7_919) % 3_000,
	};
}

/** The rows of a table. */
export function rowsOf(count: number, changes: RowChanges = {}): StockRow[] {
	return Array.from({ length: count }, (_, index) => ({ ...rowOf(index), ...changes[index] }));
}

/** Rows as a file: the names of the columns, then the cells. */
export function cellsOf(rows: readonly StockRow[]): Array<Array<string | number>> {
	return [
		['sku', 'name', 'price', 'stock'],
		...rows.map(({ sku, name, price, stock }) => [sku, name, price, stock]),
	];
}

/** Cells as the text of a CSV file. */
export function csvOf(cells: ReadonlyArray<ReadonlyArray<string | number>>): string {
	const written = (cell: string | number) =>
		/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell;
	return cells.map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

/**
 * The text of a Code node that gives out the same rows.
 *
 * @param from the number of the first one, as code that is evaluated in the node
 */
export function rowsCode(count: number, changes: RowChanges = {}, from = '0'): string {
	return [
		rowOf.toString(),
		`const changes = ${JSON.stringify(changes)};`,
		`const from = ${from};`,
		`return Array.from({ length: ${count} }, (_, at) => ({ json: { ...rowOf(from + at), ...changes[from + at] } }));`,
	].join('\n');
}
