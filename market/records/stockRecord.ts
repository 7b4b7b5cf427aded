import { accepted, type Checked } from '../refusal';
import { countInBounds, readCount, type CountRules } from './count';
import { readSku } from './sku';
import { readUpdatedAt, type OldUpdatedAt } from './updatedAt';

/** What the seller means for one SKU of one store. */
export interface StockRecord {
	sku: string;
	/** Units available to order. */
	count: number;
	/** When the balance was true; absent where the run's stamp is to be sent. */
	updatedAt?: string;
	/** The mapped moment in milliseconds since 1970, by which duplicates are ordered; absent where none is mapped. */
	momentMs?: number;
	/** Units held back from the balance; absent where none are. */
	reserve?: number;
	/** The most units the Market is told of; absent where it may know all. */
	maximum?: number;
}

/** What the seller means for one SKU in one warehouse. */
export interface WarehouseStockRecord extends StockRecord {
	/** Digits. */
	warehouseId: string;
}

/** Values for one record as they came out of an input item. `updatedAt` is absent where it is not mapped. */
export interface RawStock {
	sku: unknown;
	stock: unknown;
	updatedAt?: { value: unknown };
	/** Units held back, 0 or more. */
	reserve?: number;
	maximum?: number;
}

/** How raw values become a record. */
export interface StockRules extends CountRules {
	oldUpdatedAt: OldUpdatedAt;
	/** The present, in milliseconds since 1970. */
	nowMs: number;
}

/** A record that was read, with its SKU even where another field was refused. */
export interface ReadStock {
	sku?: string;
	record: Checked<StockRecord>;
}

/** Reads one record from raw values. The first field that is refused names the reason. */
export function readStockRecord(raw: RawStock, rules: StockRules): ReadStock {
	const sku = readSku(raw.sku);
	if (!sku.ok) return { record: sku };
	const count = readCount(raw.stock, rules);
	if (!count.ok) return { sku: sku.value, record: count };
	const record: StockRecord = { sku: sku.value, count: count.value };
	if (raw.updatedAt) {
		const updatedAt = readUpdatedAt(raw.updatedAt.value, rules.nowMs, rules.oldUpdatedAt);
		if (!updatedAt.ok) return { sku: sku.value, record: updatedAt };
		record.momentMs = updatedAt.value.ms;
		if (updatedAt.value.text !== undefined) record.updatedAt = updatedAt.value.text;
	}
	if (raw.reserve) record.reserve = raw.reserve;
	if (raw.maximum !== undefined) record.maximum = raw.maximum;
	return { sku: sku.value, record: accepted(record) };
}

/** The record as the Market is told of it: the reserve is held back (never below zero), the rest is capped. */
export function shownRecord<R extends StockRecord>(record: R): Checked<R> {
	const { reserve = 0, maximum = Infinity } = record;
	const count = countInBounds(Math.min(Math.max(0, record.count - reserve), maximum));
	if (!count.ok) return count;
	return accepted(count.value === record.count ? record : { ...record, count: count.value });
}
