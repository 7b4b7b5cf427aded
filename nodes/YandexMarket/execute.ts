import type { IExecuteFunctions, INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import { noStats } from '../../market/sender/exchange';
import { readAccount } from '../common/account';
import { readError, refusalError } from '../common/nodeError';
import { goesOn, isToolRun } from '../common/toolRun';
import { marketPorts, type RunPorts } from '../common/transport';
import { Outcome, refusalOf } from './outcome';
import { chosenOperation } from './registry';

/**
 * Runs the node's operation from its input to its output.
 *
 * @throws NodeOperationError in Stop Workflow where something could not be read, and where the run was stopped
 */
export async function executeRead(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const outcome = new Outcome(context, items);
	let ports: RunPorts | undefined;
	try {
		const operation = chosenOperation(context);
		const account = await readAccount(context);
		ports = marketPorts(context, account);
		await operation.run({ context, items, account, ports, stats: noStats(), outcome, isTool: isToolRun(context) });
	} catch (error) {
		if (!goesOn(context) && !ports?.signal.aborted) throw readError(context.getNode(), error);
		// In the Continue modes the engine would take a throw for success and pass the input on as it is.
		const refusal = refusalOf(error);
		items.forEach((_, item) => outcome.fail(item, refusal, { isShared: true }));
	} finally {
		ports?.close();
	}
	if (ports?.signal.aborted) throw stopped(context);
	context.addExecutionHints(...outcome.hints.map((message) => ({ message, location: 'outputPane' as const })));
	return [await outcome.finish()];
}

/** By the word "canceled" n8n knows such an execution from a failed one. */
function stopped(context: IExecuteFunctions): NodeOperationError {
	const reason = 'The run was canceled, by Stop or by the timeout of the workflow, before everything was read';
	return refusalError(context.getNode(), { reason, advice: 'Run again: reading changes nothing.' });
}
