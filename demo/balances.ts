/** One line of the seller's file, and what it means. */
export interface BalanceRow {
	/** The cells as they stand in the file. */
	cells: { sku: string; stock: string };
	/** What the Market must hold afterwards. */
	sku: string;
	count: number;
}

const NO_BREAK_SPACE = '\u00a0';
/** As Excel writes a CSV file in UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';

/** Cells as real files have them: each one has cost some seller a wrong balance. */
const AWKWARD: readonly BalanceRow[] = [
	// Two different goods: a leading zero is part of a SKU.
	row('0557722', '5', 5),
	row('557722', '17', 17),
	row('  ПРОБЕЛЫ-ВОКРУГ ', ' 8 ', 8),
	row('КРУЖКА-БЕЛАЯ', '1 234', 1_234),
	row('кружка-белая', `1${NO_BREAK_SPACE}234`, 1_234),
	row('Плед «Лён», 140x200; серый', '12.0', 12),
	row('Лампа 12" настольная', '3', 3),
	row('ПОДАРОК 🎁 2026', '41', 41),
	row('SKU,WITH,COMMAS', '0', 0),
	row(`Артикул-${'0123456789'.repeat(25)}`.slice(0, 255).padEnd(255, '0'), '77', 77),
	row('4607001234567', '2000000000', 2_000_000_000),
];

const SKU_PATTERNS = [
	(number: string) => `SKU-${number}`,
	(number: string) => `АРТ ${number}/Б`,
	(number: string) => number.padStart(13, '0'),
];

/** The seller's file: the awkward rows, then ordinary ones. The same rows every time. */
export function makeBalances(rows: number): BalanceRow[] {
	const ordinary = Array.from({ length: Math.max(0, rows - AWKWARD.length) }, (_, index) =>
		ordinaryRow(index),
	);
	return [...AWKWARD, ...ordinary].slice(0, rows);
}

/** A line of a file with the balances of several warehouses. */
export interface WarehouseRow extends BalanceRow {
	cells: BalanceRow['cells'] & { warehouse: string };
}

/** The same goods in several warehouses, with a different balance in each. */
export function spreadOver(
	warehouseIds: readonly number[],
	rows: readonly BalanceRow[],
): WarehouseRow[] {
	return rows.flatMap(({ sku, cells }, index) =>
		warehouseIds.map((id, place) => {
			const count = (index * 31 + place * 7) % 500;
			return { cells: { sku: cells.sku, stock: String(count), warehouse: String(id) }, sku, count };
		}),
	);
}

/** The rows as a CSV file, with their cells as columns. */
export function toCsv(rows: readonly BalanceRow[]): string {
	const columns = Object.keys(rows[0]?.cells ?? {});
	const lines = rows.map(({ cells }) => Object.values(cells).map(quoted).join(','));
	return BYTE_ORDER_MARK + [columns.join(','), ...lines, ''].join(LINE_END);
}

function row(sku: string, stock: string, count: number): BalanceRow {
	return { cells: { sku, stock }, sku: sku.trim(), count };
}

function ordinaryRow(index: number): BalanceRow {
	const pattern = SKU_PATTERNS[index % SKU_PATTERNS.length]!;
	const count = index % 10 === 0 ? 0 : (index * 7_919) % 3_000;
	return row(pattern(String(index + 1).padStart(5, '0')), written(count, index), count);
}

/** A number as a spreadsheet exports it: mostly plain. */
function written(count: number, index: number): string {
	if (index % 7 === 0) return `${count}.0`;
	if (index % 5 === 0) return grouped(count, index % 2 === 0 ? ' ' : NO_BREAK_SPACE);
	return String(count);
}

function grouped(count: number, separator: string): string {
	return String(count).replace(/\B(?=(\d{3})+$)/g, separator);
}

function quoted(cell: string): string {
	return /[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
