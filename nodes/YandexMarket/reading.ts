import { NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Ports } from '../../market/ports';
import type { SendStats } from '../../market/sender/exchange';
import type { Account } from '../common/account';
import type { Outcome } from './outcome';

/** One run of the node. */
export interface Reading {
	context: IExecuteFunctions;
	items: readonly INodeExecutionData[];
	account: Account;
	ports: Ports;
	stats: SendStats;
	outcome: Outcome;
	/** Whether an agent runs it: the answer is to be short. */
	isTool: boolean;
}

/** Where something is read, as the output says it: IDs by what they are of. */
export type Place = Readonly<Record<string, string>>;

/** Most results that an agent gets from one call: more would fill up the memory of its conversation. */
export const MOST_FOR_TOOL = 20;

/** The user's Return All and Limit. @throws NodeOperationError where Limit is no number of results */
export function limitOf({ context, isTool }: Reading): number {
	const most = isTool ? MOST_FOR_TOOL : Infinity;
	if (context.getNodeParameter('returnAll', 0, false)) return most;
	const limit: unknown = context.getNodeParameter('limit', 0, 50);
	if (typeof limit === 'number' && Number.isInteger(limit) && limit > 0) return Math.min(limit, most);
	throw new NodeOperationError(context.getNode(), 'Limit must be a whole number above 0', {
		description: 'Correct Limit, or turn on Return All.',
	});
}

/** Whether the output is to be flat. */
export function isSimple({ context, isTool }: Reading): boolean {
	return isTool || context.getNodeParameter('simplify', 0, true) === true;
}

/** One of the node's options, or its default. */
export function optionOf<T>({ context }: Pick<Reading, 'context'>, name: string, byDefault: T): T {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	return (options[name] as T | undefined) ?? byDefault;
}
