import type { IDataObject, INode, INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import type { Refusal } from '../../../market/common/refusal';
import { firstFew, quote } from '../../../market/common/text';
import { refusalError } from '../engine/nodeError';
import { inTurns } from '../engine/turns';
import { escapeCodes } from '../../../market/wire/connection';

/** An item that failed, as messages name it. */
export interface Failed {
	record?: { sku: string };
	refusal: Refusal;
}

/** How much a text says: this many reasons, this many named items for each, and this many ranges of the other items. */
interface Room {
	reasons: number;
	named: number;
	ranges: number;
}

const IN_MESSAGE: Room = { reasons: 3, named: 3, ranges: 3 };
const IN_DESCRIPTION: Room = { reasons: 10, named: 10, ranges: 10 };

const SEE_ALL =
	'To see every item with its reason, set On Error in the settings of this node to Continue or to Continue (using error ' +
	'output), and run again.';

/** What a message says beside the failures. */
export interface Notices {
	/** What the user should know about the items. */
	warnings: readonly string[];
	/** What may have made items fail: it belongs in the message itself. */
	alerts: readonly string[];
}

/** A failure with the number of its item. */
interface FailedItem {
	fate: Failed;
	item: number;
}

/** Failed items with the same reason and advice, which are given once. */
interface Alike {
	refusal: Refusal;
	items: FailedItem[];
}

/**
 * What stops a workflow because of its items.
 *
 * @param counts how many of how many, as the beginning of the message
 * @param failures in the order in which they are named
 * @param told what would stand above the output if the node had not stopped
 */
export async function failuresError(
	node: INode,
	counts: string,
	failures: readonly FailedItem[],
	{ warnings, alerts }: Notices = { warnings: [], alerts: [] },
): Promise<NodeOperationError> {
	const groups = await byReason(failures);
	const lines = groups.slice(0, IN_MESSAGE.reasons).map((alike) => lineOf(alike, IN_MESSAGE));
	const more = othersOf(groups, IN_MESSAGE);
	const message = [...lines, ...(more === undefined ? [] : [`and ${more}`])].join('; ');
	const described = groups
		.slice(0, IN_DESCRIPTION.reasons)
		.map((alike) => `${lineOf(alike, IN_DESCRIPTION)}. ${alike.refusal.advice}`);
	const rest = othersOf(groups, IN_DESCRIPTION);
	if (rest !== undefined) described.push(`And ${rest}.`);
	const isAllNamed =
		rest === undefined && groups.every(({ items }) => items.length <= IN_DESCRIPTION.named);
	if (!isAllNamed) described.push(SEE_ALL);
	const reason = withAlerts(`${counts}: ${message}`, alerts);
	return refusalError(node, { reason, advice: [...described, ...warnings].join('\n') });
}

/** A message, followed by what the user should know about the stores and warehouses, as sentences. */
export function withAlerts(message: string, alerts: readonly string[]): string {
	return alerts.length === 0 ? message : [`${message}.`, ...alerts].join(' ');
}

/** The items whose reasons a text has no room for; undefined if there are none. */
function othersOf(groups: readonly Alike[], { reasons, ranges }: Room): string | undefined {
	const others = groups.slice(reasons).flatMap(({ items }) => items.map(({ item }) => item));
	if (others.length === 0) return undefined;
	return `${others.length} more for other reasons (${rangesOf(
		others.sort((a, b) => a - b),
		ranges,
	)})`;
}

/** Ascending item numbers in few words, such as "items 3 to 9, 12 and others up to 40". */
function rangesOf(items: readonly number[], most: number): string {
	const ranges: Array<{ from: number; to: number }> = [];
	for (const item of items) {
		const last = ranges.at(-1);
		if (last && item === last.to + 1) last.to = item;
		else ranges.push({ from: item, to: item });
	}
	const named = ranges
		.slice(0, most)
		.map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`));
	const end = ranges.length > most ? ` and others up to ${items.at(-1)}` : '';
	return `${items.length === 1 ? 'item' : 'items'} ${named.join(', ')}${end}`;
}

async function byReason(failures: readonly FailedItem[]): Promise<Alike[]> {
	const groups = new Map<string, Alike>();
	await inTurns(failures, (failed) => {
		const { record, refusal } = failed.fate;
		const key = JSON.stringify([refusal.reason, refusal.advice, record === undefined]);
		const known = groups.get(key) ?? { refusal, items: [] };
		known.items.push(failed);
		groups.set(key, known);
	});
	return [...groups.values()];
}

/** Items with one reason, the first of them by number and SKU, and the reason. */
function lineOf({ refusal, items }: Alike, { named: most, ranges }: Room): string {
	const names = firstFew(items, most, ({ fate: { record }, item }) =>
		record ? `[item ${item}] SKU ${quote(record.sku)}` : `[item ${item}]`,
	);
	const others = items.slice(most).map(({ item }) => item);
	const where = others.length > 0 ? ` (${rangesOf(others, ranges)})` : '';
	const isNumberAlone = others.length === 0 && items[0]?.fate.record === undefined;
	return `${names}${where}${isNumberAlone ? '' : ':'} ${refusal.reason.replace(/\.$/, '')}`;
}

/** What the node says about an item, with the input's fields under one key: the two never mix, whatever their names. */
export function withInput(said: IDataObject, input: INodeExecutionData | undefined): IDataObject {
	return { ...said, input: input?.json ?? {} };
}

/**
 * What a node returns, beginning with an item that did not fail, if there is one: n8n repeats a node (Retry On Fail)
 * while the first item has a field `error`. Each output keeps its order, because n8n splits the items only after that.
 */
export function unfailedFirst(output: INodeExecutionData[]): INodeExecutionData[] {
	const place = output.findIndex(({ json }) => json.error === undefined);
	if (place > 0) output.unshift(...output.splice(place, 1));
	return output;
}

/** Whether the node's failed items go to an output of their own. */
export function hasErrorOutput({ onError }: INode): boolean {
	return onError === 'continueErrorOutput';
}

/**
 * A failed item for the error output. Every n8n puts it there only if it has no key beside `error` except `message`,
 * and is paired by an object. n8n then adds the input's fields beside these keys, and an input field of the same name
 * would be lost: so there is only `error`, with all that the node says; if the input has such a field too, the input
 * goes inside `error`.
 *
 * @param said what the node says about the item in the other modes
 */
export function errorItem(
	failure: Failed,
	item: number,
	said: IDataObject,
	input: INodeExecutionData | undefined,
): INodeExecutionData {
	const { refusal } = failure;
	const message = `${lineOf({ refusal, items: [{ fate: failure, item }] }, IN_MESSAGE)}. ${refusal.advice}`;
	const error = { message: escapeCodes(message), ...said };
	const isHidden = input !== undefined && Object.hasOwn(input.json, 'error');
	return { json: { error: isHidden ? withInput(error, input) : error }, pairedItem: { item } };
}
