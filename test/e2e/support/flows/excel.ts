import writeXlsxFile, { type Cell } from 'write-excel-file/node';

/** A cell that holds a number, and shows it with at least this many digits: Excel's way to fake leading zeros. */
export function shownWithDigits(value: number, digits: number): Cell {
	return { type: Number, value, format: '0'.repeat(digits) };
}

/** Writes an Excel file. Strings become cells of the format Text, numbers cells with numbers. */
export async function writeExcel(
	file: string,
	rows: ReadonlyArray<readonly Cell[]>,
): Promise<void> {
	await writeXlsxFile(rows.map((row) => [...row])).toFile(file);
}
