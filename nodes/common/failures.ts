import type { IDataObject, INode, INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import type { Refusal } from '../../market/refusal';
import { quote } from '../../market/text';
import { refusalError } from './nodeError';

/** An item that failed, as messages name it. */
export interface Failure {
	record?: { sku: string };
	refusal: Refusal;
}

const NAMED_IN_MESSAGE = 3;
const NAMED_IN_DESCRIPTION = 10;

/** Names an item that failed: its number, SKU, reason. */
export function shortText({ record, refusal }: Failure, item: number): string {
	const sku = record ? ` SKU ${quote(record.sku)}:` : '';
	return `[item ${item}]${sku} ${refusal.reason}`;
}

/** Names it, and says what to do. */
export function fullText(failure: Failure, item: number): string {
	return `${shortText(failure, item).replace(/\.$/, '')}. ${failure.refusal.advice}`;
}

/**
 * What stops a workflow because of its items.
 *
 * @param counts how many of how many, as the beginning of the message
 * @param failures those that are named first come first
 */
export function failuresError(
	node: INode,
	counts: string,
	failures: ReadonlyArray<{ fate: Failure; item: number }>,
): NodeOperationError {
	const named = failures.slice(0, NAMED_IN_MESSAGE).map(({ fate, item }) => shortText(fate, item));
	const more = failures.length - named.length;
	const reason = `${counts}: ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
	const described = failures.slice(0, NAMED_IN_DESCRIPTION).map(({ fate, item }) => fullText(fate, item));
	return refusalError(node, { reason, advice: described.join('\n') });
}

/** The input's fields; a key `error` among them is renamed, because the engine would read it as ours. */
export function withoutErrorKey(input: INodeExecutionData | undefined): IDataObject {
	const json = input?.json ?? {};
	if (!Object.hasOwn(json, 'error')) return json;
	const { error, ...rest } = json;
	return { ...rest, inputError: error };
}

/** Whether the node's failed items go to an output of their own. */
export function hasErrorOutput({ onError }: INode): boolean {
	return onError === 'continueErrorOutput';
}

/**
 * A failed item for the error output: only in exactly this shape, paired by an object, does the engine put it there
 * and give it its input's fields back.
 */
export function errorItem(failure: Failure, item: number): INodeExecutionData {
	return { json: { error: failure.refusal.reason, message: fullText(failure, item) }, pairedItem: { item } };
}
