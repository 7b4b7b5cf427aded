import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { RunStamp } from '../../../market/records/runStamp';
import { DEFAULT_OPTIONS, type CommonOptions } from '../input/options';
import { present, type Columns } from '../output/present';
import { nothingSent, type SentRecord, type WriteReport } from '../output/fates';
import { hintsFor } from '../output/hints';
import { tallyOf } from '../output/tally';
import { goesOn } from '../engine/toolRun';
import type { WriteJob } from './job';
import { runWrite } from './run';

/** What a write node has read from its parameters. */
export interface WriteSetup<S, R extends SentRecord> {
	job: WriteJob<S, R>;
	options: CommonOptions;
	/** Whether it may send what is not in the input. */
	mayAdd?: boolean;
}

const SET_UP_ADVICE = 'Nothing was sent. Check the parameters and the credential, then run again.';

/**
 * Runs a write node from its input to its output.
 *
 * @param columns which fields its output has
 * @param setUp reads the parameters; may throw if they are wrong
 * @throws NodeOperationError in Stop Workflow if an item failed, and in every mode if the run was stopped
 */
export async function executeWrite<S, R extends SentRecord>(
	context: IExecuteFunctions,
	columns: Columns,
	setUp: (items: readonly INodeExecutionData[], startMs: number) => Promise<WriteSetup<S, R>>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const startMs = Date.now();
	const order = RunStamp.nextOrder();
	let options = DEFAULT_OPTIONS;
	let marksAdded = false;
	let report: WriteReport;
	let leaves: string[] = [];
	try {
		const setup = await setUp(items, startMs);
		options = setup.options;
		marksAdded = setup.mayAdd ?? false;
		report = await runWrite(context, items, setup.job, options, order);
		leaves = setup.job.leaves?.(report) ?? [];
	} catch (error) {
		const thrown = asNodeError(context, error);
		if (!goesOn(context)) throw new NodeOperationError(context.getNode(), thrown);
		// In the Continue modes the engine would take a throw for success and pass the input on unchanged.
		report = nothingSent(items.length, startMs, {
			reason: thrown.message,
			advice: thrown.description || SET_UP_ADVICE,
		});
	}
	const tally = await tallyOf(report);
	context.addExecutionHints(...hintsFor(report, tally, options.dryRun, leaves));
	return [await present(context, items, report, tally, options, { ...columns, marksAdded })];
}

function asNodeError(context: IExecuteFunctions, error: unknown): NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	return new NodeOperationError(context.getNode(), error instanceof Error ? error : String(error), {
		description: SET_UP_ADVICE,
	});
}
