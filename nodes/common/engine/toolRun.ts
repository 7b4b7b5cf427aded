import type { IExecuteFunctions } from 'n8n-workflow';

/** What n8n turns a node's type into if an AI agent uses it. */
const TOOL_TYPE = /Tool$/;

/**
 * Whether an AI agent runs the node as a tool: its result is read by a model, so it should be short. n8n runs tools in
 * two ways, and only the older one says so itself.
 */
export function isToolRun(context: IExecuteFunctions): boolean {
	// n8n before 2.3 does not have this method.
	return context.isToolExecution?.() || TOOL_TYPE.test(context.getNode().type);
}

/**
 * Whether failed items are reported in the output instead of stopping the node: a model can act only on what it reads.
 */
export function goesOn(context: IExecuteFunctions): boolean {
	return context.continueOnFail() || isToolRun(context);
}
