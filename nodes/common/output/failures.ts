import type { IDataObject, INode, INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import type { Refusal } from '../../../market/common/refusal';
import { firstFew, itemNumber, quote } from '../../../market/common/text';
import { asHtml } from './html';
import { refusalError } from '../engine/nodeError';
import { lineInFile } from '../input/lineInFile';
import { withoutTrace } from '../../../market/wire/explain';
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

const IN_MESSAGE: Room = { reasons: 3, named: 1, ranges: 3 };
const IN_DESCRIPTION: Room = { reasons: 10, named: 5, ranges: 10 };

/** n8n shows a description as HTML, where nothing else separates lines. */
const NEXT_LINE = '<br>';

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
export interface FailedItem {
	fate: Failed;
	item: number;
}

/** Failed items with the same reason and advice, which are given once. */
interface Alike {
	refusal: Refusal;
	items: NamedItem[];
}

/** A failed item as texts name it. */
interface NamedItem {
	/** Undefined if it is not from the input. */
	item: number | undefined;
	sku: string | undefined;
	/** Of the file that it was read from, if that is known. */
	line: number | undefined;
}

/**
 * What stops a workflow because of its items. The message counts them and gives the first reasons, one to a line, each
 * with its first item. The description says which items, and what to do, once for all that it helps; it repeats no
 * reason of the message, and has the traceparents at its end.
 *
 * @param counts how many of how many, as the beginning of the message
 * @param failures in the order in which they are named
 * @param input all input items
 * @param told what would stand above the output if the node had not stopped
 */
export async function failuresError(
	node: INode,
	counts: string,
	failures: readonly FailedItem[],
	input: readonly INodeExecutionData[],
	{ warnings, alerts }: Notices,
): Promise<NodeOperationError> {
	const traces = new Set<string>();
	const groups = await byReason(failures, input, traces);
	const lines = groups.slice(0, IN_MESSAGE.reasons).map((alike) => lineOf(alike, IN_MESSAGE));
	const more = othersOf(groups, IN_MESSAGE);
	const message = [...lines, ...(more === undefined ? [] : [`and ${more}`])].join(';\n');
	const described = describe(groups);
	const isAllNamed =
		groups.length <= IN_DESCRIPTION.reasons &&
		groups.every(({ items }) => items.length <= IN_DESCRIPTION.named);
	if (!isAllNamed) described.push(SEE_ALL);
	const traced = firstFew([...traces], IN_DESCRIPTION.named);
	const technical = traces.size === 0 ? [] : [`traceparent ${traced}`];
	return refusalError(node, {
		reason: withAlerts(`${counts}: ${message}`, alerts),
		advice: [...described, ...warnings, ...technical].map(asHtml).join(NEXT_LINE),
	});
}

/** What to do about each reason: once for all reasons with the same advice, and those that have no room in the message. */
function describe(groups: readonly Alike[]): string[] {
	const shown = groups.slice(0, IN_DESCRIPTION.reasons);
	const untold = new Set(shown.slice(IN_MESSAGE.reasons));
	const byAdvice = new Map<string, Alike[]>();
	for (const alike of shown) {
		const { advice } = alike.refusal;
		byAdvice.set(advice, [...(byAdvice.get(advice) ?? []), alike]);
	}
	const isAllTold = groups.length <= IN_MESSAGE.reasons && byAdvice.size === 1;
	const said = new Set<string>();
	const described: string[] = [];
	for (const [advice, alikes] of byAdvice) {
		const [first] = alikes as [Alike];
		const items = alikes.flatMap((alike) => alike.items);
		const what = saidOnce(advice, said);
		const isNamed = items.length === IN_MESSAGE.named * alikes.length;
		if (isAllTold && isNamed) described.push(what);
		else if (alikes.length === 1 && untold.has(first))
			described.push(`${lineOf(first, IN_DESCRIPTION)}. ${what}`);
		else {
			const unsaid = alikes.filter((alike) => untold.has(alike));
			described.push(...unsaid.map((alike) => `${lineOf(alike, IN_DESCRIPTION)}.`));
			described.push(
				`${unsaid.length > 0 ? capital(whereOf(items, IN_DESCRIPTION.ranges)) : namesOf(items, IN_DESCRIPTION)}: ${what}`,
			);
		}
	}
	const rest = othersOf(groups, IN_DESCRIPTION);
	return rest === undefined ? described : [...described, `And ${rest}.`];
}

/** Advice without the sentences that were given before; all of it if nothing is left. */
function saidOnce(advice: string, said: Set<string>): string {
	const sentences = advice.split(/(?<=\.) (?=[A-Z])/);
	const fresh = sentences.filter((sentence) => !said.has(sentence));
	for (const sentence of sentences) said.add(sentence);
	return (fresh.length > 0 ? fresh : sentences).join(' ');
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A message, followed by what the user should know about the stores and warehouses, as sentences, each on its line. */
export function withAlerts(message: string, alerts: readonly string[]): string {
	return alerts.length === 0 ? message : [`${message}.`, ...alerts].join('\n');
}

/** The items whose reasons a text has no room for; undefined if there are none. */
function othersOf(groups: readonly Alike[], { reasons, ranges }: Room): string | undefined {
	const others = groups.slice(reasons).flatMap(({ items }) => items);
	if (others.length === 0) return undefined;
	return `${others.length} more for other reasons (${whereOf(others, ranges)})`;
}

/** Where items are, in few words, such as "items 3 to 5, lines 5 to 7 of the file". */
function whereOf(named: readonly NamedItem[], most: number): string {
	const numbers = named.flatMap(({ item }) => item ?? []);
	const added = named.length - numbers.length;
	const items = [
		...(numbers.length > 0 ? [rangesOf('item', numbers, most)] : []),
		...(added > 0 ? [`${added} not in the input`] : []),
	].join(' and ');
	const lines = named.flatMap(({ line }) => line ?? []);
	return lines.length < named.length
		? items
		: `${items}, ${rangesOf('line', lines, most)} of the file`;
}

/** Numbers in few words, such as "items 3 to 9, 12 and others up to 40". */
function rangesOf(what: string, numbers: readonly number[], most: number): string {
	const ranges: Array<{ from: number; to: number }> = [];
	const ascending = [...numbers].sort((a, b) => a - b);
	for (const number of ascending) {
		const last = ranges.at(-1);
		if (last && number === last.to + 1) last.to = number;
		else ranges.push({ from: number, to: number });
	}
	const named = ranges
		.slice(0, most)
		.map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`));
	const end = ranges.length > most ? ` and others up to ${ascending.at(-1)}` : '';
	return `${numbers.length === 1 ? what : `${what}s`} ${named.join(', ')}${end}`;
}

/** @param traces collects the traceparents: answers that differ in nothing else are alike */
async function byReason(
	failures: readonly FailedItem[],
	input: readonly INodeExecutionData[],
	traces: Set<string>,
): Promise<Alike[]> {
	const groups = new Map<string, Alike>();
	await inTurns(failures, ({ fate: { record, refusal }, item }) => {
		const { text: reason, trace } = withoutTrace(refusal.reason);
		if (trace !== undefined) traces.add(trace);
		const key = JSON.stringify([reason, refusal.advice, record === undefined]);
		const known = groups.get(key) ?? { refusal: { ...refusal, reason }, items: [] };
		known.items.push(namedItem(item, record?.sku, input[item]));
		groups.set(key, known);
	});
	return [...groups.values()];
}

/** Items with one reason, the first of them by number and SKU, and the reason. */
function lineOf({ refusal, items }: Alike, room: Room): string {
	const isNumberAlone = items.length <= room.named && items[0]?.sku === undefined;
	return `${namesOf(items, room)}${isNumberAlone ? '' : ':'} ${refusal.reason.replace(/\.$/, '')}`;
}

/** The first items by number and SKU, and where the others are. */
function namesOf(items: readonly NamedItem[], { named: most, ranges }: Room): string {
	const names = firstFew(items, most, nameOf);
	const others = items.slice(most);
	return others.length > 0 ? `${names} (${whereOf(others, ranges)})` : names;
}

function namedItem(
	item: number,
	sku: string | undefined,
	input: INodeExecutionData | undefined,
): NamedItem {
	return { item: input && item, sku, line: lineInFile(input) };
}

function nameOf({ item, sku, line }: NamedItem): string {
	const place = item === undefined ? '[not in the input]' : `[item ${itemNumber(item, line)}]`;
	return sku === undefined ? place : `${place} SKU ${quote(sku)}`;
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

/** What an output item comes from: nothing if it is not from the input. n8n would pair it with some item otherwise. */
export function pairOf(
	item: number,
	input: INodeExecutionData | undefined,
): Exclude<INodeExecutionData['pairedItem'], number | undefined> {
	return input ? { item } : [];
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
	const items = [namedItem(item, failure.record?.sku, input)];
	const message = `${lineOf({ refusal, items }, IN_MESSAGE)}. ${refusal.advice}`;
	const error = { message: escapeCodes(message), ...said };
	const isHidden = input !== undefined && Object.hasOwn(input.json, 'error');
	const json = { error: isHidden ? withInput(error, input) : error };
	return { json, pairedItem: pairOf(item, input) };
}
