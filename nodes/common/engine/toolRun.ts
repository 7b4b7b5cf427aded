import type { IExecuteFunctions } from 'n8n-workflow';

/** What n8n makes of a node's type where an AI agent uses it. */
const TOOL_TYPE = /Tool$/;

/**
 * Whether an AI agent runs the node as a tool: its result is read by a model, so it should be short. n8n runs tools in
 * two ways, of which only the older one says so by itself.
 */
export function isToolRun(context: IExecuteFunctions): boolean {
	// n8n before 2.3 does not have it.
	return context.isToolExecution?.() || TOOL_TYPE.test(context.getNode().type);
}

/** Whether failed items are told in the output, and do not stop the node: a model can act on what it reads only. */
export function goesOn(context: IExecuteFunctions): boolean {
	return context.continueOnFail() || isToolRun(context);
}
