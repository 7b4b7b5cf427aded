import type { IExecuteFunctions } from 'n8n-workflow';

import { isToolRun } from '../engine/toolRun';
import { ASK_N8N, plainExpression } from './plainExpression';

/**
 * What a parameter gives for each item: an expression of a plain form is read directly, all else is left to n8n.
 *
 * @param written the parameter as it is written; of a locator, its value
 * @param ask has n8n evaluate it for an item; may throw
 */
export function openEvaluation(
	context: IExecuteFunctions,
	written: unknown,
	ask: (itemIndex: number) => unknown,
): (itemIndex: number) => unknown {
	// A tool's $json is what the agent was given, not what it hands over.
	const read = isToolRun(context) ? undefined : plainExpression(written);
	if (!read) return ask;
	const items = context.getInputData();
	return (itemIndex) => {
		const item = items[itemIndex];
		const value = item ? read(item.json) : ASK_N8N;
		return value === ASK_N8N ? ask(itemIndex) : value;
	};
}
