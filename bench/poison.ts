import { rowsOf, type RowChanges, type StockRow } from './rows';

/** A table with a few bad rows, as real tables have them. */
export interface PoisonedTable {
	changes: RowChanges;
	rows: StockRow[];
	/** What the Market must hold of it. */
	balances: Array<{ sku: string; count: number }>;
	/** Numbers of the rows that nobody can send. */
	poisoned: number[];
	/** Their SKUs, for which the Market must hold nothing. */
	refusedSkus: string[];
}

/**
 * Where each kind of trouble is, as a fraction of the table: each in a different request, at a different place in it,
 * and early enough to be sent before half of a quota is used up.
 */
const TWICE = { first: 0.10401, second: 0.10502 };
const BLANK_SKU = 0.20603;
const BLANK_STOCK = 0.30704;
/** A thousand as a spreadsheet shows it: this one can be read. */
const GROUPED = { at: 0.40805, stock: '1 234', count: 1_234 };

export function poisonedTable(count: number): PoisonedTable {
	const at = (part: number) => Math.floor(part * count);
	const [first, second] = [at(TWICE.first), at(TWICE.second)];
	const rowsBefore = rowsOf(count);
	const changes: RowChanges = {
		[second]: { sku: rowsBefore[first]?.sku },
		[at(BLANK_SKU)]: { sku: '' },
		[at(BLANK_STOCK)]: { stock: '' },
		[at(GROUPED.at)]: { stock: GROUPED.stock },
	};
	const rows = rowsOf(count, changes);
	const poisoned = [first, second, at(BLANK_SKU), at(BLANK_STOCK)];
	const bad = new Set(poisoned);
	return {
		changes,
		rows,
		balances: rows.flatMap(({ sku, stock }, index) => {
			if (bad.has(index)) return [];
			return [{ sku, count: stock === GROUPED.stock ? GROUPED.count : Number(stock) }];
		}),
		poisoned,
		refusedSkus: [...new Set(poisoned.map((row) => rows[row]?.sku ?? ''))].filter(
			(sku) => sku !== '',
		),
	};
}
