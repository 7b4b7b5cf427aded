import type { Checked, Refusal } from './refusal';

/** One input item as it was read. */
export interface Row<R> {
	/** The input item's number. */
	index: number;
	/** The store's campaign ID. */
	store: Checked<string>;
	/** The SKU, also where another field was refused. */
	sku?: string;
	record: Checked<R>;
}

/** A row of a SKU that comes more than once; the record is absent where it was refused. */
export interface RepeatedRow<R> {
	index: number;
	record?: R;
}

/** What is to be sent to one store: no SKU twice, in the order of the input. */
export interface StorePlan<R> {
	campaignId: string;
	records: R[];
	/** The input items behind each record, by the record's position. */
	items: number[][];
}

/** An input item that cannot be sent, with as much of it as could be read. */
export interface RefusedRow {
	store?: string;
	sku?: string;
	refusal: Refusal;
}

/** What is to be sent, and what is not and why. Every row is in exactly one of the two. */
export interface Plan<R> {
	stores: StorePlan<R>[];
	/** By the input item's number. */
	refused: Map<number, RefusedRow>;
}

/** The two decisions that depend on what is written. */
export interface PlanRules<R> {
	/** Makes one record of all rows of a SKU. */
	merge(rows: readonly RepeatedRow<R>[]): Checked<R>;
	/** The last step of every record, after duplicates are one. */
	finish(record: R): Checked<R>;
}

/** Sorts rows by store and makes one record of each SKU. */
export function planStores<R>(rows: readonly Row<R>[], rules: PlanRules<R>): Plan<R> {
	const refused = new Map<number, RefusedRow>();
	const byStore = new Map<string, Row<R>[]>();
	for (const row of rows) {
		const { store, record, sku, index } = row;
		if (!store.ok) refused.set(index, { sku, refusal: store.refusal });
		else if (sku === undefined && !record.ok) refused.set(index, { store: store.value, refusal: record.refusal });
		else append(byStore, store.value, row);
	}
	const stores: StorePlan<R>[] = [];
	for (const [campaignId, storeRows] of byStore) {
		const plan: StorePlan<R> = { campaignId, records: [], items: [] };
		for (const sameSku of rowsBySku(storeRows)) {
			const indexes = sameSku.map((row) => row.index);
			const record = oneRecord(sameSku, rules);
			if (record.ok) {
				plan.records.push(record.value);
				plan.items.push(indexes);
			} else {
				for (const row of sameSku) {
					const { refusal } = row.record.ok ? record : row.record;
					refused.set(row.index, { store: campaignId, sku: row.sku, refusal });
				}
			}
		}
		if (plan.records.length > 0) stores.push(plan);
	}
	return { stores, refused };
}

function oneRecord<R>(rows: readonly Row<R>[], rules: PlanRules<R>): Checked<R> {
	const [first] = rows as [Row<R>, ...Row<R>[]];
	const merged =
		rows.length === 1
			? first.record
			: rules.merge(rows.map(({ index, record }) => ({ index, record: record.ok ? record.value : undefined })));
	return merged.ok ? rules.finish(merged.value) : merged;
}

/** Rows with the same SKU together, in the order in which each SKU first comes. */
function rowsBySku<R>(rows: readonly Row<R>[]): Iterable<Row<R>[]> {
	const bySku = new Map<string, Row<R>[]>();
	for (const row of rows) append(bySku, row.sku as string, row);
	return bySku.values();
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}
