import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Refusal } from '../../market/common/refusal';
import { limitsUntil, portsWithin } from '../../market/pacing/limits';
import type { RunPorts } from '../../market/pacing/runPorts';
import { refusalOf } from '../../market/read/refusalOf';
import { readAccount } from '../common/connection/account';
import { outputHint, waitedFor } from '../common/output/hints';
import { deadlineOf } from '../common/input/maximumWait';
import { readError, refusalError } from '../common/engine/nodeError';
import { ProgressLog } from '../common/write/progressLog';
import { goesOn, isToolRun } from '../common/engine/toolRun';
import { marketPorts, type NodePorts } from '../common/connection/transport';
import type { ReadOperation } from './reading/operation';
import { ReadOutput } from './reading/readOutput';
import { chosenOperation } from './registry';
import { maximumWaitOf } from './reading/wishes';

/** n8n tells a canceled execution from a failed one by the word "canceled". */
const STOPPED: Refusal = {
	reason:
		'The run was canceled, by Stop or by the timeout of the workflow, before everything was read',
	advice: 'Run again: reading changes nothing.',
};

/**
 * Runs the node's operation from its input to its output.
 *
 * @throws NodeOperationError in Stop Workflow if something could not be read, and in every mode if the run was stopped
 */
export async function executeRead(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const output = new ReadOutput(context, items);
	const startMs = Date.now();
	let ports: NodePorts | undefined;
	let operation: ReadOperation | undefined;
	try {
		operation = chosenOperation(context);
		output.done = operation.done ?? output.done;
		const deadlineMs = deadlineOf({ maximumWait: await maximumWaitOf(context) }, startMs);
		const account = await readAccount(context);
		ports = marketPorts(context, account);
		const bounded = logged(context, portsWithin(ports, limitsUntil(deadlineMs, startMs)));
		const { signal } = ports;
		await operation.run({
			context,
			items,
			account,
			ports: bounded,
			signal,
			output,
			isTool: isToolRun(context),
		});
	} catch (error) {
		if (!goesOn(context) && !ports?.signal.aborted) throw readError(context.getNode(), error);
		// In the Continue modes the engine would take a throw for success and pass the input on unchanged.
		const refusal = refusalOf(error);
		items.forEach((_, item) => output.fail(item, refusal, { isShared: true }));
	} finally {
		ports?.close();
	}
	if (ports?.signal.aborted)
		throw refusalError(context.getNode(), operation?.whenStopped ?? STOPPED);
	const waited = ports && waitedFor(ports.stats, Date.now() - startMs);
	if (waited !== undefined) output.hints.push(`The run ${waited}.`);
	context.addExecutionHints(...output.hints.map((hint) => outputHint(hint)));
	return [await output.finish()];
}

/** The same ports, which also write to n8n's log how far a long run is, and when they wait for a quota. */
function logged({ logger }: IExecuteFunctions, ports: RunPorts): RunPorts {
	const log = new ProgressLog(logger, ports.clock, 'reading');
	let answered = 0;
	return {
		...ports,
		send: async (request, signal) => {
			const answer = await ports.send(request, signal);
			answered += 1;
			log.reaches(`${answered} requests answered`);
			return answer;
		},
		onWait: (ms) => log.waits(ms),
	};
}
