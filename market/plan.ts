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
	/** The input item of each record, by the record's position: the first one, where several are behind it. */
	items: number[];
	/** All input items of those records that have several, by the record's position. */
	together: Map<number, number[]>;
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
	/** The last step of every record, after duplicates are one; absent where there is none. */
	finish?(record: R): Checked<R>;
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
		const plan = planStore(campaignId, storeRows, rules, refused);
		if (plan.records.length > 0) stores.push(plan);
	}
	return { stores, refused };
}

function planStore<R>(
	campaignId: string,
	rows: readonly Row<R>[],
	rules: PlanRules<R>,
	refused: Map<number, RefusedRow>,
): StorePlan<R> {
	const plan: StorePlan<R> = { campaignId, records: [], items: [], together: new Map() };
	const repeated = repeatedSkus(rows);
	for (const row of rows) {
		const sameSku = repeated.get(row.sku as string) ?? [row];
		if (sameSku[0] !== row) continue;
		const record = oneRecord(sameSku, rules);
		if (record.ok) {
			if (sameSku.length > 1) plan.together.set(plan.records.length, sameSku.map(({ index }) => index));
			plan.records.push(record.value);
			plan.items.push(row.index);
		} else {
			for (const { index, sku, record: own } of sameSku) {
				refused.set(index, { store: campaignId, sku, refusal: own.ok ? record.refusal : own.refusal });
			}
		}
	}
	return plan;
}

function oneRecord<R>(rows: readonly Row<R>[], rules: PlanRules<R>): Checked<R> {
	const [first] = rows as [Row<R>, ...Row<R>[]];
	const merged =
		rows.length === 1
			? first.record
			: rules.merge(rows.map(({ index, record }) => ({ index, record: record.ok ? record.value : undefined })));
	return merged.ok && rules.finish ? rules.finish(merged.value) : merged;
}

/** The rows of those SKUs that come more than once. There are few: a list for every SKU would be most of the work. */
function repeatedSkus<R>(rows: readonly Row<R>[]): Map<string, Row<R>[]> {
	const first = new Map<string, Row<R>>();
	const repeated = new Map<string, Row<R>[]>();
	for (const row of rows) {
		const sku = row.sku as string;
		const earlier = first.get(sku);
		if (!earlier) first.set(sku, row);
		else if (repeated.has(sku)) append(repeated, sku, row);
		else repeated.set(sku, [earlier, row]);
	}
	return repeated;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}
