import { NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Refusal } from '../../market/refusal';
import { quote } from '../../market/text';
import type { CommonOptions } from './options';
import { summarize } from './summary';
import { goesOn, isToolRun } from './toolRun';
import { failuresOf, type FailedFate, type Fate, type Place, type WriteReport } from './fates';

/** How the user wants to see the result. */
export interface OutputOptions {
	/** `items`: one output item per input item. `summary`: one for the whole run. */
	output: 'items' | 'summary';
	includeInputFields: boolean;
}

/** How many reasons the node's message gives, and how many items it names for each. */
const REASONS_IN_MESSAGE = 3;
const NAMED_IN_MESSAGE = 3;
/** The same of the description below it. */
const REASONS_IN_DESCRIPTION = 10;
const NAMED_IN_DESCRIPTION = 10;
const NAMED_IN_NOTE = 5;

/**
 * Turns a report into what the node returns. The one place that knows how the engine treats failed items:
 *
 * - Stop Workflow: the node throws, after everything valid was sent.
 * - Continue: a full record with `status` and `reason`, never a key `error`: the engine would take that for
 *   a failed node and run all of it again.
 * - Continue (using error output): exactly `error` and `message`, paired by an object: only then does the engine
 *   put the item on the error output and give it its input's fields back.
 * - As a tool of an AI agent: like Continue, without the input's fields, which the model knows.
 *
 * @throws NodeOperationError where an item failed: in Stop Workflow, and in every mode where the run was stopped
 */
export function present(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	report: WriteReport,
	options: CommonOptions,
): INodeExecutionData[] {
	const failed = report.fates.some((fate) => fate.status === 'failed');
	if (failed && (report.cancelled || !goesOn(context))) throw stopped(context, report, options);

	const isTool = isToolRun(context);
	const isErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const output: INodeExecutionData[] = [];
	if (options.output === 'summary') {
		output.push({ json: { ...summarize(report) }, pairedItem: { item: 0 } });
	}
	report.fates.forEach((fate, item) => {
		if (fate.status === 'failed' && isErrorOutput) {
			output.push({ json: { error: fate.refusal.reason, message: fullText(fate, item) }, pairedItem: { item } });
		} else if (options.output === 'items') {
			const json = outputFields(fate, report.places[item]);
			const keepsInput = !isTool && (options.includeInputFields || fate.status === 'failed');
			output.push({ json: keepsInput ? { ...withoutErrorKey(items[item]), ...json } : json, pairedItem: { item } });
		}
	});
	return output;
}

/** The input's fields; a key `error` among them is renamed, because the engine would read it as ours. */
function withoutErrorKey(input: INodeExecutionData | undefined): IDataObject {
	const json = input?.json ?? {};
	if (!Object.hasOwn(json, 'error')) return json;
	const { error, ...rest } = json;
	return { ...rest, inputError: error };
}

/** What the node itself says of an item. Written field by field: it is done for every one of very many items. */
function outputFields(fate: Fate, place: Place = {}): IDataObject {
	const { record, status, refusal } = fate;
	const json: IDataObject = {};
	if (record) json.sku = record.sku;
	if (record?.count !== undefined) {
		json.count = record.count;
		const updatedAt = record.updatedAt ?? (fate.status === 'failed' ? undefined : fate.stamp);
		if (updatedAt !== undefined) json.updatedAt = updatedAt;
	}
	if (place.store !== undefined) json.store = place.store;
	if (place.business !== undefined) json.business = place.business;
	if (place.warehouse !== undefined) json.warehouse = place.warehouse;
	json.status = status;
	if (fate.status !== 'failed' && fate.request !== undefined) json.request = fate.request;
	if (refusal) {
		json.reason = refusal.reason;
		json.advice = refusal.advice;
	}
	if (fate.status !== 'failed' && fate.together) {
		json.note = `The SKU comes in items ${listed(fate.together)}: it is sent once for all of them`;
	}
	return json;
}

/** Short for any number of items: each item of them carries the note. */
function listed(items: readonly number[]): string {
	const more = items.length - NAMED_IN_NOTE;
	const named = items.slice(0, NAMED_IN_NOTE).join(', ');
	return more > 0 ? `${named} and ${more} more` : named;
}

/** Failed items with the same reason and advice. */
interface Alike {
	refusal: Refusal;
	/** Each as `[item 5] SKU "A-1"`. */
	names: string[];
}

/** Failures by their reason: what is the same for many is said once. */
function byReason(failures: ReturnType<typeof failuresOf>): Alike[] {
	const groups = new Map<string, Alike>();
	for (const { fate, item } of failures) {
		const { reason, advice } = fate.refusal;
		const key = JSON.stringify([reason, advice, fate.record === undefined]);
		const known = groups.get(key) ?? { refusal: fate.refusal, names: [] };
		known.names.push(nameOf(fate, item));
		groups.set(key, known);
	}
	return [...groups.values()];
}

function nameOf({ record }: FailedFate, item: number): string {
	return record ? `[item ${item}] SKU ${quote(record.sku)}` : `[item ${item}]`;
}

/** Items of one reason in a line, the first of them by name. */
function lineOf({ refusal: { reason, advice }, names }: Alike, most: number, withAdvice: boolean): string {
	const more = names.length - most;
	const named = names.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
	const said = reason.replace(/\.$/, '');
	return `${named}${named.endsWith(']') ? '' : ':'} ${said}${withAdvice ? `. ${advice}` : ''}`;
}

function fullText(fate: FailedFate, item: number): string {
	return lineOf({ refusal: fate.refusal, names: [nameOf(fate, item)] }, 1, true);
}

function stopped(context: IExecuteFunctions, report: WriteReport, { dryRun }: CommonOptions): NodeOperationError {
	const { fates, cancelled } = report;
	const failures = failuresOf(report);
	const unknown = failures.filter(({ fate }) => fate.mayBeApplied).length;
	const done = dryRun ? 'can be sent' : 'were sent and accepted';
	const counts =
		// By the word "canceled" n8n knows such an execution from a failed one.
		`${cancelled ? 'The run was canceled. ' : ''}${fates.length - failures.length} of ${fates.length} items ${done}, ` +
		`${failures.length} ${dryRun ? 'cannot' : failures.length === 1 ? 'was not' : 'were not'}` +
		(unknown > 0 ? ` (${unknown} of them may have reached the Market)` : '');
	const groups = byReason(failures);
	const shown = groups.slice(0, REASONS_IN_MESSAGE);
	const more = groups.slice(REASONS_IN_MESSAGE).reduce((sum, { names }) => sum + names.length, 0);
	const lines = shown.map((alike) => lineOf(alike, NAMED_IN_MESSAGE, false));
	const message = `${counts}: ${lines.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
	const described = groups.slice(0, REASONS_IN_DESCRIPTION).map((alike) => lineOf(alike, NAMED_IN_DESCRIPTION, true));
	const error = new NodeOperationError(context.getNode(), message, { description: described.join('\n') });
	// n8n puts a text of its own in the place of any message in which it finds a word such as ECONNRESET.
	error.message = message;
	return error;
}
