import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeOperationError,
} from 'n8n-workflow';

import {
	errorItem,
	failuresError,
	hasErrorOutput,
	unfailedFirst,
	withAlerts,
	withInput,
} from './failures';
import { firstFew } from '../../../market/common/text';
import { refusalError } from '../engine/nodeError';
import type { CommonOptions } from '../input/options';
import { passedOn } from './passedOn';
import { summarize } from './summary';
import { countsOf, type Tally } from './tally';
import { goesOn, isToolRun } from '../engine/toolRun';
import { inTurns } from '../engine/turns';
import { failuresOf, type Fate, type WriteReport } from './fates';
import type { Place } from '../input/places';

/** Most items of one SKU that a note names: each of these items carries it. */
const NAMED_IN_NOTE = 5;

/**
 * Turns a report into what the node returns, with failed items as the engine treats them (see `failures.ts`):
 *
 * - Stop Workflow: the node throws, after everything valid was sent.
 * - Continue: a full record with `status` and `reason`, but never a key `error`: the engine would take that for
 *   a failed node and run all of it again. The input's fields are under `input`.
 * - Continue (using error output): the record under `error`; the engine puts the input's fields beside it.
 * - As a tool of an AI agent: like Continue, without the input's fields, which the model knows.
 *
 * @returns items in the order of the input, except that one that did not fail comes first, if there is one
 * @throws NodeOperationError in Stop Workflow if an item failed, and in every mode if the run was stopped
 */
export async function present(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	report: WriteReport,
	tally: Tally,
	options: CommonOptions,
): Promise<INodeExecutionData[]> {
	// n8n keeps nothing of a stopped node: what was sent is recorded in its log, through what is thrown.
	if (report.cancelled || (tally.failed > 0 && !goesOn(context)))
		throw await stopped(context, report, tally, options);

	const isTool = isToolRun(context);
	const isErrorOutput = hasErrorOutput(context.getNode());
	const output: INodeExecutionData[] = [];
	if (options.output === 'summary') {
		output.push({ json: await summarize(report, tally), pairedItem: { item: 0 } });
	}
	await inTurns(report.fates, (fate, item) => {
		if (fate.status === 'failed' && isErrorOutput) {
			output.push(errorItem(fate, item, outputFields(fate, report.places[item]), items[item]));
		} else if (options.output === 'items') {
			const json = outputFields(fate, report.places[item]);
			const keepsInput = !isTool && (options.includeInputFields || fate.status === 'failed');
			output.push({ json: keepsInput ? withInput(json, items[item]) : json, pairedItem: { item } });
		}
	});
	return unfailedFirst(output);
}

/**
 * What the node itself says about an item. Written field by field, because it runs for every one of very many items.
 */
function outputFields(fate: Fate, place: Place = {}): IDataObject {
	const { record, status, refusal } = fate;
	const isSent = status !== 'failed' && status !== 'skipped';
	const json: IDataObject = {};
	if (record) json.sku = record.sku;
	if (record?.count !== undefined) {
		json.count = record.count;
		const updatedAt = record.updatedAt ?? (isSent ? fate.stamp : undefined);
		if (updatedAt !== undefined) json.updatedAt = updatedAt;
	}
	if (place.store !== undefined) json.store = place.store;
	if (place.business !== undefined) json.business = place.business;
	if (place.warehouse !== undefined) json.warehouse = place.warehouse;
	json.status = status;
	if (isSent && fate.request !== undefined) json.request = fate.request;
	if (fate.status === 'failed' && fate.mayBeApplied) json.mayBeHeld = true;
	if (refusal) {
		const { reason, advice } = passedOn(refusal);
		json.reason = reason;
		json.advice = advice;
	}
	if (isSent && fate.together) {
		json.note = `The SKU appears in items ${firstFew(fate.together, NAMED_IN_NOTE)}: it is sent once for all of them`;
	}
	return json;
}

async function stopped(
	context: IExecuteFunctions,
	report: WriteReport,
	tally: Tally,
	{ dryRun }: CommonOptions,
): Promise<NodeOperationError> {
	const { failed, unconfirmed, mayBeHeld } = tally;
	const { sent, unsent } = countsOf(tally, dryRun);
	const counts =
		// n8n tells a canceled execution from a failed one by the word "canceled".
		`${report.cancelled ? 'The run was canceled. ' : ''}${sent}, ${unsent}` +
		(mayBeHeld > 0 ? ` (${mayBeHeld} of them may have reached the Market)` : '');
	if (failed > 0)
		return await failuresError(context.getNode(), counts, await failuresOf(report), report);
	const open = unconfirmed > 0 ? `; ${unconfirmed} of those sent were not confirmed yet` : '';
	const reason = withAlerts(`${counts}${open}`, report.alerts);
	const advice = ['What was accepted stays so. Read it back later.', ...report.warnings].join('\n');
	return refusalError(context.getNode(), { reason, advice });
}
