import type { Each } from '../common/each';
import { refused, type Checked, type Refusal } from '../common/refusal';
import { itemNumber } from '../common/text';

/** One input item as it was read. */
export interface Row<S> {
	/** The input item's number. */
	index: number;
	/** ID of the store or business that the record is sent to. */
	target: Checked<string>;
	/** The SKU, even if another field was refused. */
	sku?: string;
	/** What a target accepts only one record for: the SKU, or the SKU in a warehouse. Absent if unknown. */
	key?: string;
	record: Checked<S>;
}

/** A row whose key comes more than once; the record is absent if it was refused. */
export interface RepeatedRow<S> {
	index: number;
	/** Of the file that it was read from, if that is known. */
	line?: number;
	record?: S;
}

/** What is to be sent to one store or business: no key twice, in input order. */
export interface TargetPlan<R> {
	/** ID of the store or business. */
	targetId: string;
	records: R[];
	/** The input item of each record, by the record's position: the first one, if several are behind it. */
	items: number[];
	/** All input items of those records that have several, by the record's position. */
	together: Map<number, number[]>;
}

/** An input item that cannot be sent, with as much of it as could be read. */
export interface RefusedRow {
	sku?: string;
	/** ID of the store or business it was for, if that could be read. */
	targetId?: string;
	/** As in the row. */
	key?: string;
	refusal: Refusal;
}

/** What is to be sent, and what is not and why. Every row is in exactly one of the two. */
export interface Plan<R> {
	targets: TargetPlan<R>[];
	/** By the input item's number. */
	refused: Map<number, RefusedRow>;
	lineOf?: LineOf;
}

/** The line of the file that an input item was read from, from 1, if that is known: messages name it. */
export type LineOf = (item: number) => number | undefined;

/** The two decisions that depend on what is written: S is what a row says, R the record that is sent. */
export interface PlanRules<S, R> {
	/** Combines all rows of a key. */
	merge(rows: readonly RepeatedRow<S>[]): Checked<S>;
	/** Whether a SKU's number needs all its rows: then a row whose place is unknown spoils it. */
	needsAllRows?: boolean;
	/** Makes the record from what one row says, or from what several say together. */
	finish(said: S): Checked<R>;
}

/** Sorts rows by target and makes one record for each key. */
export async function planTargets<S, R>(
	rows: readonly Row<S>[],
	rules: PlanRules<S, R>,
	each: Each,
	lineOf?: LineOf,
): Promise<Plan<R>> {
	const refused = new Map<number, RefusedRow>();
	const byTarget = new Map<string, Row<S>[]>();
	await each(rows, (row) => {
		const { target, record, sku, key, index } = row;
		if (!target.ok) refused.set(index, { sku, refusal: target.refusal });
		else if (key === undefined && !record.ok) {
			refused.set(index, { sku, targetId: target.value, refusal: record.refusal });
		} else append(byTarget, target.value, row);
	});
	const homeless = rules.needsAllRows ? await firstItems(refused, each) : new Map<string, number>();
	const targets: TargetPlan<R>[] = [];
	for (const [targetId, targetRows] of byTarget) {
		const known = { ...rules, homeless, lineOf };
		const plan = await planTarget(targetId, targetRows, known, refused, each);
		if (plan.records.length > 0) targets.push(plan);
	}
	return { targets, refused, lineOf };
}

/** For each SKU, the first item that has no target. */
async function firstItems(
	refused: ReadonlyMap<number, RefusedRow>,
	each: Each,
): Promise<Map<string, number>> {
	const items = new Map<string, number>();
	await each([...refused], ([item, { sku }]) => {
		if (sku !== undefined && !items.has(sku)) items.set(sku, item);
	});
	return items;
}

/** The same plan without the records at these positions. */
export function withoutRecords<R>(
	plan: TargetPlan<R>,
	positions: ReadonlySet<number>,
): TargetPlan<R> {
	if (positions.size === 0) return plan;
	const rest: TargetPlan<R> = {
		targetId: plan.targetId,
		records: [],
		items: [],
		together: new Map(),
	};
	plan.records.forEach((record, position) => {
		if (positions.has(position)) return;
		const together = plan.together.get(position);
		if (together) rest.together.set(rest.records.length, together);
		rest.records.push(record);
		rest.items.push(plan.items[position] as number);
	});
	return rest;
}

/** The rules, the items whose target is unknown, by SKU, if that matters, and how items are named. */
interface TargetRules<S, R> extends PlanRules<S, R> {
	homeless: ReadonlyMap<string, number>;
	lineOf?: LineOf;
}

async function planTarget<S, R>(
	targetId: string,
	rows: readonly Row<S>[],
	rules: TargetRules<S, R>,
	refused: Map<number, RefusedRow>,
	each: Each,
): Promise<TargetPlan<R>> {
	const plan: TargetPlan<R> = { targetId, records: [], items: [], together: new Map() };
	const repeated = await repeatedRows(rows, each);
	await each(rows, (row) => {
		const sameKey = repeated.get(row.key);
		if (sameKey && sameKey[0] !== row) return;
		const record =
			refuseHomeless(row, rules) ??
			(sameKey ? mergedRecord(sameKey, rules) : ownRecord(row, rules));
		if (record.ok) {
			if (sameKey)
				plan.together.set(
					plan.records.length,
					sameKey.map(({ index }) => index),
				);
			plan.records.push(record.value);
			plan.items.push(row.index);
		} else {
			for (const { index, sku, key, record: own } of sameKey ?? [row]) {
				const refusal = own.ok ? record.refusal : own.refusal;
				refused.set(index, { sku, targetId, key, refusal });
			}
		}
	});
	return plan;
}

function refuseHomeless<S, R>(
	{ sku }: Row<S>,
	{ homeless, lineOf }: TargetRules<S, R>,
): Checked<R> | undefined {
	const item = sku === undefined ? undefined : homeless.get(sku);
	if (item === undefined) return undefined;
	return refused(
		`The sum of this SKU is not known: item ${itemNumber(item, lineOf?.(item))} has it too, and where that item belongs could not be read`,
		'Correct that item: it may be a part of this balance.',
	);
}

function ownRecord<S, R>({ record }: Row<S>, rules: TargetRules<S, R>): Checked<R> {
	return record.ok ? rules.finish(record.value) : record;
}

function mergedRecord<S, R>(rows: readonly Row<S>[], rules: TargetRules<S, R>): Checked<R> {
	const said = rules.merge(
		rows.map(({ index, record }) => ({
			index,
			line: rules.lineOf?.(index),
			record: record.ok ? record.value : undefined,
		})),
	);
	return said.ok ? rules.finish(said.value) : said;
}

/** The rows of keys that come more than once, by their key. These are few: most runs have none, and look only once. */
async function repeatedRows<S>(
	rows: readonly Row<S>[],
	each: Each,
): Promise<ReadonlyMap<string | undefined, Row<S>[]>> {
	const keys = new Set<string | undefined>();
	const repeated = new Map<string | undefined, Row<S>[]>();
	await each(rows, ({ key }) => {
		const known = keys.size;
		if (keys.add(key).size === known) repeated.set(key, []);
	});
	if (repeated.size > 0) await each(rows, (row) => void repeated.get(row.key)?.push(row));
	return repeated;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}
