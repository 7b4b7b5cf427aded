import { NodeConnectionTypes, type IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether an agent runs the node as its tool. An agent either calls it in a context of its own, or has the engine run it
 * like any other node and give the output back, of which only the node itself tells.
 */
export function isToolRun(context: IExecuteFunctions): boolean {
	return context.isToolExecution() || context.getNode().rewireOutputLogTo === NodeConnectionTypes.AiTool;
}
