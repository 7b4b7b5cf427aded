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
	pairOf,
	unfailedFirst,
	withAlerts,
} from './failures';
import { firstFew, itemNumber } from '../../../market/common/text';
import { refusalError } from '../engine/nodeError';
import { lineInFile } from '../input/lineInFile';
import type { CommonOptions } from '../input/options';
import { summarize } from './summary';
import { saidOnly } from './saidOnly';
import { countsOf, type Tally } from './tally';
import { escapeCodes } from '../../../market/wire/connection';
import { goesOn, isToolRun } from '../engine/toolRun';
import { inTurns } from '../engine/turns';
import { failuresOf, type AddedItem, type Fate, type SentFate, type WriteReport } from './fates';
import type { Place } from '../input/places';

/** Most items of one SKU that a note names: each of these items carries it. */
const NAMED_IN_NOTE = 5;

/** Which fields the output of a node has, beside those that every write has. */
export interface Columns {
	/** `count` and `updatedAt`. */
	hasBalance: boolean;
	/** `store`, or `business` and `warehouse`. */
	goesTo: 'store' | 'warehouse';
	/** `notInInput`. */
	marksAdded?: boolean;
}

/** Which fields the items of a run have: those of the node, and of the others those that any item fills. */
interface Fields extends Columns {
	/** `reason` and `advice`. */
	refusal: boolean;
	request: boolean;
	mayBeHeld: boolean;
	note: boolean;
	input: boolean;
}

/**
 * Turns a report into what the node returns, with failed items as the engine treats them (see `failures.ts`):
 *
 * - Stop Workflow: the node throws, after everything valid was sent.
 * - Continue: a full record with `status` and `reason`, but never a key `error`: the engine would take that for
 *   a failed node and run all of it again. The input's fields are under `input`.
 * - Continue (using error output): the record under `error`; the engine puts the input's fields beside it.
 * - As a tool of an AI agent: like Continue, without empty fields, and without the input's, which the model knows.
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
	columns: Columns,
): Promise<INodeExecutionData[]> {
	// n8n keeps nothing of a stopped node: what was sent is recorded in its log, through what is thrown.
	if (report.cancelled || (tally.failed > 0 && !goesOn(context)))
		throw await stopped(context, items, report, tally, options);

	const isTool = isToolRun(context);
	const isErrorOutput = hasErrorOutput(context.getNode());
	const output: INodeExecutionData[] = [];
	if (options.output === 'summary') {
		output.push({
			json: await summarize(report, tally, columns.marksAdded ?? false),
			pairedItem: { item: 0 },
		});
	}
	const fields = await fieldsOf(report, columns, options, isErrorOutput);
	const everything = { ...fields, refusal: true, mayBeHeld: true, note: true };
	// An index below zero would be looked up as a name, which takes longer than all else that is done for an item.
	const addedOf = (item: number) =>
		item < items.length ? undefined : report.added[item - items.length];
	const say = (fate: Fate, item: number, has: Fields, input: IDataObject | null) =>
		outputFields(fate, report.places[item], has, items, input, addedOf(item));
	await inTurns(report.fates, (fate, item) => {
		if (fate.status === 'failed' && isErrorOutput) {
			output.push(errorItem(fate, item, saidOnly(say(fate, item, everything, null)), items[item]));
		} else if (options.output === 'items') {
			const isKept = options.includeInputFields || fate.status === 'failed';
			const json = isTool
				? saidOnly(say(fate, item, everything, null))
				: say(fate, item, fields, isKept ? (items[item]?.json ?? null) : null);
			output.push({ json, pairedItem: pairOf(item, items[item]) });
		}
	});
	return unfailedFirst(output);
}

/**
 * The fields that the items of a run need: n8n's table shows null in red, and a run in which all is well would be half
 * red. A failed item always has all that is said about failures.
 */
async function fieldsOf(
	{ fates, added }: WriteReport,
	columns: Columns,
	{ dryRun, includeInputFields }: CommonOptions,
	isErrorOutput: boolean,
): Promise<Fields> {
	const fields: Fields = {
		...columns,
		request: dryRun,
		input: includeInputFields,
		refusal: false,
		mayBeHeld: false,
		note: added.length > 0,
	};
	await inTurns(fates, (fate) => {
		if (fate.status === 'failed') {
			if (!isErrorOutput) fields.refusal = fields.mayBeHeld = fields.input = true;
			return;
		}
		if (fate.refusal) fields.refusal = true;
		if (fate.status !== 'skipped' && (fate.together || fate.record.zeroedBy !== undefined))
			fields.note = true;
	});
	return fields;
}

/**
 * What the node says about an item, with the input's fields under one key: the two never mix, whatever their names. All
 * items of a run have the same keys in the same order, because n8n's table shows a red "undefined" for each that is
 * absent. Written field by field, because it runs for every one of very many items.
 *
 * @param items all input items
 * @param input the fields of this one; null if they are not wanted
 * @param added what to say of this one if it is not from the input
 */
function outputFields(
	fate: Fate,
	place: Place = {},
	fields: Fields,
	items: readonly INodeExecutionData[],
	input: IDataObject | null,
	added: AddedItem | undefined,
): IDataObject {
	const { record, status, refusal } = fate;
	const isSent = status !== 'failed' && status !== 'skipped';
	const json: IDataObject = { sku: record?.sku ?? null };
	if (fields.hasBalance) json.count = record?.count ?? null;
	json.status = status;
	if (fields.refusal) {
		json.reason = refusal ? escapeCodes(refusal.reason) : null;
		json.advice = refusal ? escapeCodes(refusal.advice) : null;
	}
	if (fields.goesTo === 'store') json.store = place.store ?? null;
	else {
		json.business = place.business ?? null;
		json.warehouse = place.warehouse ?? null;
	}
	if (fields.hasBalance) json.updatedAt = record?.updatedAt ?? (isSent ? fate.stamp : null);
	if (fields.request) json.request = (isSent ? fate.request : undefined) ?? null;
	if (fields.mayBeHeld) json.mayBeHeld = fate.status === 'failed' ? fate.mayBeApplied : null;
	if (fields.marksAdded) json.notInInput = added !== undefined;
	if (fields.note) json.note = added?.note ?? (isSent ? noteOn(fate, items) : null);
	if (fields.input) json.input = input;
	return json;
}

/** What else the user should know about an item that was sent; null if there is nothing. */
function noteOn(
	{ together, record: { zeroedBy } }: SentFate,
	items: readonly INodeExecutionData[],
): string | null {
	if (!together && zeroedBy === undefined) return null;
	const notes: string[] = [];
	if (together) {
		const named = firstFew(together, NAMED_IN_NOTE, (item) =>
			itemNumber(item, lineInFile(items[item])),
		);
		notes.push(`The SKU appears in items ${named}: it is sent once for all of them`);
	}
	if (zeroedBy !== undefined) notes.push(`The balance is 0 because of ${zeroedBy}`);
	return notes.join('. ');
}

async function stopped(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
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
		return await failuresError(context.getNode(), counts, await failuresOf(report), items, report);
	const open = unconfirmed > 0 ? `; ${unconfirmed} of those sent were not confirmed yet` : '';
	const reason = withAlerts(`${counts}${open}`, report.alerts);
	const advice = ['What was accepted stays so. Read it back later.', ...report.warnings].join('\n');
	return refusalError(context.getNode(), { reason, advice });
}
