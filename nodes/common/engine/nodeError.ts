import { NodeOperationError, type INode } from 'n8n-workflow';

import { MarketReadRefused } from '../../../market/read/read';
import type { Refusal } from '../../../market/common/refusal';

/** A refusal as n8n shows it: what happened, and below it what to do. */
export function refusalError(node: INode, { reason, advice }: Refusal): NodeOperationError {
	const error = new NodeOperationError(node, reason, { description: advice });
	// n8n replaces any message in which it finds a word such as ECONNRESET with a text of its own.
	error.message = reason;
	return error;
}

/** Whatever a read threw, as an error of the node: a refusal of the Market keeps its reason and advice. */
export function readError(node: INode, error: unknown): NodeOperationError {
	if (error instanceof MarketReadRefused) return refusalError(node, error.refusal);
	if (error instanceof NodeOperationError) return error;
	return new NodeOperationError(node, error instanceof Error ? error : String(error));
}
