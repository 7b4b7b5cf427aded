import type { IDataObject, INode, INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import type { Refusal } from '../../market/refusal';
import { quote } from '../../market/text';
import { refusalError } from './nodeError';
import { inTurns } from './turns';

/** An item that failed, as messages name it. */
export interface Failure {
	record?: { sku: string };
	refusal: Refusal;
}

/** How many reasons a node's message gives, and how many items it names for each. */
const REASONS_IN_MESSAGE = 3;
const NAMED_IN_MESSAGE = 3;
/** The same of the description below it. */
const REASONS_IN_DESCRIPTION = 10;
const NAMED_IN_DESCRIPTION = 10;

/** A failure with the number of its item. */
interface FailedItem {
	fate: Failure;
	item: number;
}

/** Failed items with the same reason and advice: it is said once. */
interface Alike {
	refusal: Refusal;
	items: FailedItem[];
}

/**
 * What stops a workflow because of its items.
 *
 * @param counts how many of how many, as the beginning of the message
 * @param failures those that are named first come first
 */
export async function failuresError(
	node: INode,
	counts: string,
	failures: readonly FailedItem[],
): Promise<NodeOperationError> {
	const groups = await byReason(failures);
	const lines = groups.slice(0, REASONS_IN_MESSAGE).map((alike) => lineOf(alike, NAMED_IN_MESSAGE));
	const more = groups.slice(REASONS_IN_MESSAGE).reduce((sum, { items }) => sum + items.length, 0);
	const described = groups
		.slice(0, REASONS_IN_DESCRIPTION)
		.map((alike) => `${lineOf(alike, NAMED_IN_DESCRIPTION)}. ${alike.refusal.advice}`);
	const reason = `${counts}: ${lines.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
	return refusalError(node, { reason, advice: described.join('\n') });
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
function lineOf({ refusal, items }: Alike, most: number): string {
	const names = items
		.slice(0, most)
		.map(({ fate: { record }, item }) => (record ? `[item ${item}] SKU ${quote(record.sku)}` : `[item ${item}]`))
		.join(', ');
	const more = items.length - most;
	const named = more > 0 ? `${names} and ${more} more` : names;
	const isNumberAlone = more <= 0 && items[0]?.fate.record === undefined;
	return `${named}${isNumberAlone ? '' : ':'} ${refusal.reason.replace(/\.$/, '')}`;
}

/** What the node says of an item, with the input's fields under one key: the two never mix, whatever they are called. */
export function withInput(said: IDataObject, input: INodeExecutionData | undefined): IDataObject {
	return { ...said, input: input?.json ?? {} };
}

/**
 * What a node returns, beginning with an item that did not fail, where there is one: n8n repeats a node (Retry On Fail)
 * while the first item has a field `error`. Each output keeps its order: n8n parts the items only after that.
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
 * A failed item for the error output: only with no key beside `error` but `message`, and paired by an object, does every
 * n8n put it there. It then puts the input's fields beside these keys, under which the input's own would be lost: so
 * there is only `error`, with all that the node says; where the input has such a field too, the input is within it.
 *
 * @param said what the node says of the item in the other modes
 */
export function errorItem(
	failure: Failure,
	item: number,
	said: IDataObject,
	input: INodeExecutionData | undefined,
): INodeExecutionData {
	const { refusal } = failure;
	const message = `${lineOf({ refusal, items: [{ fate: failure, item }] }, 1)}. ${refusal.advice}`;
	const error = { message, ...said };
	const isHidden = input !== undefined && Object.hasOwn(input.json, 'error');
	return { json: { error: isHidden ? withInput(error, input) : error }, pairedItem: { item } };
}
