import { NodeOperationError, type INode } from 'n8n-workflow';

import { MarketReadRefused } from '../../../market/read/read';
import type { Refusal } from '../../../market/common/refusal';
import { withoutTrace } from '../../../market/wire/explain';

/** A refusal as n8n shows it: what happened, and below it what to do, with the traceparent at its end. */
export function refusalError(node: INode, { reason, advice }: Refusal): NodeOperationError {
	const { text, trace } = withoutTrace(reason);
	const description = trace === undefined ? advice : `${advice} [traceparent ${trace}]`;
	const error = new NodeOperationError(node, text, { description });
	// n8n replaces any message in which it finds a word such as ECONNRESET with a text of its own.
	error.message = text;
	return error;
}

/** Whatever a read threw, as an error of the node: a refusal of the Market keeps its reason and advice. */
export function readError(node: INode, error: unknown): NodeOperationError {
	if (error instanceof MarketReadRefused) return refusalError(node, error.refusal);
	if (error instanceof NodeOperationError) return error;
	return new NodeOperationError(node, error instanceof Error ? error : String(error));
}
