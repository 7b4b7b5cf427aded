import { accepted, refused, type Checked, type Refusal } from '../common/refusal';
import { quote } from '../common/text';
import { cleanCount, type CountRules, type Units } from './count';
import { zeroedBy, type Terms } from './terms';
import type { TimeZone } from './timeZone';
import { addUnits, readUnits, STOCK, SUBTRACT, type DecimalSeparator } from './units';
import { readUpdatedAt, type OldUpdatedAt } from './updatedAt';

/** What one row says about a SKU of a store, or what several say together, before it is cleaned. */
export interface StockRow extends Units {
	sku: string;
	/** When the balance was true; absent if the run's stamp is to be sent. */
	updatedAt?: string;
	/** The mapped moment in milliseconds since 1970, by which duplicates are ordered; absent if none is mapped. */
	momentMs?: number;
	/** Why that moment cannot be sent, if this row stands: a row that another one replaces need not be sendable. */
	untimely?: Refusal;
}

/** What one row says about a SKU in a warehouse. */
export interface WarehouseStockRow extends StockRow {
	/** Digits. */
	warehouseId: string;
}

/** What is sent for one SKU of one store. */
export interface StockRecord {
	sku: string;
	/** Units available to order. */
	count: number;
	/** When the balance was true; absent if the run's stamp is to be sent. */
	updatedAt?: string;
	/** The rule that made a balance zero although there are units, by its name in the panel. */
	zeroedBy?: string;
}

/** What is sent for one SKU in one warehouse. */
export interface WarehouseStockRecord extends StockRecord {
	/** Digits. */
	warehouseId: string;
}

/**
 * Values for one row as they came out of an input item, with a SKU and terms that were read already. `updatedAt` is absent
 * if it is not mapped.
 */
export interface RawStock extends Terms {
	sku: string;
	stock: unknown;
	/** What is to be taken off; absent if it is not mapped. */
	subtract?: { value: unknown };
	updatedAt?: { value: unknown };
}

/** How raw values are read. */
export interface ReadingRules {
	decimalSeparator: DecimalSeparator;
	oldUpdatedAt: OldUpdatedAt;
	/** The zone in which moments without an offset are read; absent if they are refused. */
	zone?: TimeZone;
	/** The current time, in milliseconds since 1970. */
	nowMs: number;
}

/** Reads one row from raw values. The first field that is refused gives the reason. */
export function readStockRow(raw: RawStock, rules: ReadingRules): Checked<StockRow> {
	const units = readUnits(raw.stock, STOCK, rules.decimalSeparator);
	if (!units.ok) return units;
	const row: StockRow = { sku: raw.sku, units: units.value };
	if (raw.subtract) {
		const refusal = subtract(row, raw.subtract.value, rules.decimalSeparator);
		if (refusal) return refusal;
	}
	if (raw.updatedAt) {
		const updatedAt = readUpdatedAt(
			raw.updatedAt.value,
			rules.nowMs,
			rules.oldUpdatedAt,
			rules.zone,
		);
		if (updatedAt.ok) {
			row.momentMs = updatedAt.value.ms;
			if (updatedAt.value.text !== undefined) row.updatedAt = updatedAt.value.text;
		} else if (updatedAt.ms === undefined) {
			return updatedAt;
		} else {
			row.momentMs = updatedAt.ms;
			row.untimely = updatedAt.refusal;
		}
	}
	if (raw.share !== undefined) row.share = raw.share;
	if (raw.reserve) row.reserve = raw.reserve;
	if (raw.minimum) row.minimum = raw.minimum;
	if (raw.maximum !== undefined) row.maximum = raw.maximum;
	return accepted(row);
}

/** Takes units off a row, or says why that cannot be done. What is left may be negative. */
function subtract(
	row: StockRow,
	raw: unknown,
	separator: DecimalSeparator,
): Checked<never> | undefined {
	const less = readUnits(raw, SUBTRACT, separator);
	if (!less.ok) return less;
	if (less.value < 0) {
		return refused(
			`Subtract ${quote(less.value)} is negative: to take it off would add units`,
			'Give the units to take off as a number of 0 or more.',
		);
	}
	const left = addUnits([row.units, -less.value]);
	if (!left.ok) return left;
	// Only what will be refused or rounded needs a name: there are many rows.
	if (left.value < 0 || !Number.isInteger(left.value))
		row.origin = `${row.units} less ${less.value}`;
	row.units = left.value;
	return undefined;
}

/** The record that the Market is sent, made from all rows of a SKU. */
export function cleanStock(row: StockRow, rules: CountRules): Checked<StockRecord> {
	if (row.untimely) return { ok: false, refusal: row.untimely };
	const count = cleanCount(row, rules);
	if (!count.ok) return count;
	const record: StockRecord = { sku: row.sku, count: count.value };
	if (row.updatedAt !== undefined) record.updatedAt = row.updatedAt;
	const rule = count.value === 0 ? zeroedBy(Math.floor(row.units), row) : undefined;
	if (rule !== undefined) record.zeroedBy = rule;
	return accepted(record);
}

/** The same for a SKU in a warehouse. */
export function cleanWarehouseStock(
	row: WarehouseStockRow,
	rules: CountRules,
): Checked<WarehouseStockRecord> {
	const record = cleanStock(row, rules);
	return record.ok ? accepted({ ...record.value, warehouseId: row.warehouseId }) : record;
}
