import type { Checked, Refusal } from './refusal';

/** One input item as it was read. */
export interface Row<R> {
	/** The input item's number. */
	index: number;
	/** ID of the store or cabinet that the record is sent to. */
	target: Checked<string>;
	/** The SKU, also where another field was refused. */
	sku?: string;
	/** Of what a target takes one record only: the SKU, or the SKU in a warehouse. Absent where it is not known. */
	key?: string;
	record: Checked<R>;
}

/** A row of a key that comes more than once; the record is absent where it was refused. */
export interface RepeatedRow<R> {
	index: number;
	record?: R;
}

/** What is to be sent to one store or cabinet: no key twice, in the order of the input. */
export interface TargetPlan<R> {
	/** ID of the store or cabinet. */
	targetId: string;
	records: R[];
	/** The input item of each record, by the record's position: the first one, where several are behind it. */
	items: number[];
	/** All input items of those records that have several, by the record's position. */
	together: Map<number, number[]>;
}

/** An input item that cannot be sent, with as much of it as could be read. */
export interface RefusedRow {
	sku?: string;
	refusal: Refusal;
}

/** What is to be sent, and what is not and why. Every row is in exactly one of the two. */
export interface Plan<R> {
	targets: TargetPlan<R>[];
	/** By the input item's number. */
	refused: Map<number, RefusedRow>;
}

/** The two decisions that depend on what is written. */
export interface PlanRules<R> {
	/** Makes one record of all rows of a key. */
	merge(rows: readonly RepeatedRow<R>[]): Checked<R>;
	/** The last step of every record, after duplicates are one; absent where there is none. */
	finish?(record: R): Checked<R>;
}

/** Sorts rows by target and makes one record of each key. */
export function planTargets<R>(rows: readonly Row<R>[], rules: PlanRules<R>): Plan<R> {
	const refused = new Map<number, RefusedRow>();
	const byTarget = new Map<string, Row<R>[]>();
	for (const row of rows) {
		const { target, record, sku, key, index } = row;
		if (!target.ok) refused.set(index, { sku, refusal: target.refusal });
		else if (key === undefined && !record.ok) refused.set(index, { sku, refusal: record.refusal });
		else append(byTarget, target.value, row);
	}
	const targets: TargetPlan<R>[] = [];
	for (const [targetId, targetRows] of byTarget) {
		const plan = planTarget(targetId, targetRows, rules, refused);
		if (plan.records.length > 0) targets.push(plan);
	}
	return { targets, refused };
}

/** The same plan without the records at these positions. */
export function withoutRecords<R>(plan: TargetPlan<R>, positions: ReadonlySet<number>): TargetPlan<R> {
	if (positions.size === 0) return plan;
	const rest: TargetPlan<R> = { targetId: plan.targetId, records: [], items: [], together: new Map() };
	plan.records.forEach((record, position) => {
		if (positions.has(position)) return;
		const together = plan.together.get(position);
		if (together) rest.together.set(rest.records.length, together);
		rest.records.push(record);
		rest.items.push(plan.items[position] as number);
	});
	return rest;
}

function planTarget<R>(
	targetId: string,
	rows: readonly Row<R>[],
	rules: PlanRules<R>,
	refused: Map<number, RefusedRow>,
): TargetPlan<R> {
	const plan: TargetPlan<R> = { targetId, records: [], items: [], together: new Map() };
	const repeated = repeatedKeys(rows);
	for (const row of rows) {
		const sameKey = repeated.get(row.key as string) ?? [row];
		if (sameKey[0] !== row) continue;
		const record = oneRecord(sameKey, rules);
		if (record.ok) {
			if (sameKey.length > 1) plan.together.set(plan.records.length, sameKey.map(({ index }) => index));
			plan.records.push(record.value);
			plan.items.push(row.index);
		} else {
			for (const { index, sku, record: own } of sameKey) {
				refused.set(index, { sku, refusal: own.ok ? record.refusal : own.refusal });
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

/** The rows of those keys that come more than once. There are few: a list for every key would be most of the work. */
function repeatedKeys<R>(rows: readonly Row<R>[]): Map<string, Row<R>[]> {
	const first = new Map<string, Row<R>>();
	const repeated = new Map<string, Row<R>[]>();
	for (const row of rows) {
		const key = row.key as string;
		const earlier = first.get(key);
		if (!earlier) first.set(key, row);
		else if (repeated.has(key)) append(repeated, key, row);
		else repeated.set(key, [earlier, row]);
	}
	return repeated;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}
