import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { NodeResult } from '../../support/engine';
import type { Step } from '../scenario/scenario';
import type { Complaint } from './complaint';

/** What a user can learn from the output about one item. */
export type Fate =
	/** The Market took it; with the number that was sent, if the output says it. */
	| { status: 'accepted'; count?: number }
	/** The Market took it but does not show it. */
	| { status: 'unconfirmed'; count?: number }
	/** It failed or was only planned; whether the Market may hold it all the same. */
	| { status: 'not sent'; mayBeHeld: boolean }
	/** It contained nothing to send. */
	| { status: 'skipped' };

/** What a user can learn from the output about a whole run. */
export interface Told {
	/** By the item's number; undefined if the output gives only counts of items, or nothing. */
	fates: Array<Fate | undefined>;
	/** If there are no fates: how many items were accepted at least, and how many may be held at most. */
	counts?: { accepted: number; mayBeHeld: number };
	complaints: Complaint[];
}

const STATUSES = ['accepted', 'confirmed', 'unconfirmed', 'planned', 'failed', 'skipped'];

/** How the product says that the Market may hold something that it calls failed. */
const MAY_BE_HELD = /\bmay (?:already )?(?:hold|have (?:been|taken|reached|received|got|it\b))/i;

/** The first sentence of a run that stops the workflow. */
const COUNTS =
	/^(?:The run was canceled\. )?(\d+) of (\d+) items (?:were sent and accepted|can be sent), (\d+) (?:was not|were not|cannot)(?: \((\d+) of them may)?/;

/** Most failed items that a summary lists. */
const LISTED_IN_SUMMARY = 100;

/** Reads a run's outputs the way a user does. */
export function readTold(step: Step, result: NodeResult): Told {
	const count = step.rows.length;
	if (result.error) return fromError(step, result.error);
	return step.options.output === 'summary' ? fromSummary(step, result) : fromItems(count, result);
}

function fromError({ rows }: Step, error: { message: string }): Told {
	const count = rows.length;
	const [, accepted, total, failed, mayBeHeld = '0'] = COUNTS.exec(error.message) ?? [];
	const fates = new Array<Fate | undefined>(count);
	if (accepted === undefined) {
		// No count of items: the run says that none of them was sent.
		const mayBe = MAY_BE_HELD.test(error.message);
		return { fates: fates.fill({ status: 'not sent', mayBeHeld: mayBe }), complaints: [] };
	}
	// Blank rows are skipped: the message does not count them.
	const least = rows.filter(({ json }) => !isBlank(json)).length;
	const isWhole =
		Number(total) >= least &&
		Number(total) <= count &&
		Number(accepted) + Number(failed) === Number(total);
	return {
		fates,
		counts: {
			accepted: /can be sent/.test(error.message) ? 0 : Number(accepted),
			mayBeHeld: Number(mayBeHeld),
		},
		complaints: isWhole
			? []
			: [
					untold(
						`of ${count} items the message counts ${accepted} and ${failed}: ${error.message.slice(0, 120)}`,
					),
				],
	};
}

function fromItems(count: number, { items, errorItems }: NodeResult): Told {
	const told: Told = { fates: new Array<Fate | undefined>(count), complaints: [] };
	const place = (item: INodeExecutionData, fate: Fate | undefined) => {
		const number = numberOf(item);
		if (number === undefined || number >= count)
			return void told.complaints.push(untold('an output item belongs to no input item'));
		if (told.fates[number])
			return void told.complaints.push(untold(`item ${number} has two fates`));
		if (!fate)
			return void told.complaints.push(
				untold(`item ${number} has no fate: ${JSON.stringify(item.json).slice(0, 120)}`),
			);
		told.fates[number] = fate;
	};
	for (const item of items) place(item, fateOf(item.json));
	for (const item of errorItems) place(item, fateOfError(item));
	addMissing(told);
	return told;
}

function fromSummary({ rows }: Step, { items, errorItems }: NodeResult): Told {
	const count = rows.length;
	const fates = new Array<Fate | undefined>(count);
	const summary = items[0]?.json ?? {};
	const numberOfStatus = (status: string) => Number(summary[status] ?? NaN);
	const total = STATUSES.reduce((sum, status) => sum + numberOfStatus(status), 0);
	const complaints: Complaint[] = [];
	if (items.length !== 1 || total !== count || summary.total !== count) {
		complaints.push(
			untold(`of ${count} items the summary counts ${total} and says ${String(summary.total)}`),
		);
	}
	const failed = numberOfStatus('failed');
	const failures = (summary.failures ?? []) as IDataObject[];
	for (const failure of failures)
		fates[Number(failure.item)] = failedFate(failure.reason, failure.advice, failure);
	for (const item of errorItems) fates[numberOf(item) ?? 0] = fateOfError(item);
	const named = fates.filter((fate) => fate !== undefined).length;
	if (named !== (errorItems.length > 0 ? failed : Math.min(failed, LISTED_IN_SUMMARY))) {
		complaints.push(untold(`${failed} items failed and ${named} are named`));
	}
	if (named < failed) {
		const accepted =
			numberOfStatus('accepted') + numberOfStatus('confirmed') + numberOfStatus('unconfirmed');
		return { fates: fates.fill(undefined), counts: { accepted, mayBeHeld: failed }, complaints };
	}
	const others: Fate =
		numberOfStatus('planned') > 0
			? { status: 'not sent', mayBeHeld: false }
			: { status: numberOfStatus('unconfirmed') > 0 ? 'unconfirmed' : 'accepted' };
	const skipped = rows.flatMap(({ json }, item) =>
		!fates[item] && isBlank(json) && numberOfStatus('skipped') > 0 ? [item] : [],
	);
	for (const item of skipped) fates[item] = { status: 'skipped' };
	if (skipped.length !== numberOfStatus('skipped'))
		complaints.push(
			untold(`${numberOfStatus('skipped')} items are skipped, and ${skipped.length} are blank`),
		);
	return { fates: Array.from(fates, (fate) => fate ?? others), complaints };
}

function fateOf(json: IDataObject): Fate | undefined {
	const count = typeof json.count === 'number' ? json.count : undefined;
	switch (json.status) {
		case 'accepted':
		case 'confirmed':
			return { status: 'accepted', count };
		case 'unconfirmed':
			return { status: 'unconfirmed', count };
		case 'planned':
			return { status: 'not sent', mayBeHeld: false };
		case 'skipped':
			return { status: 'skipped' };
		case 'failed':
			return failedFate(json.reason, json.advice, json);
		default:
			return undefined;
	}
}

/** An item of the error output says what became of it in its field `error`. */
function fateOfError({ json: { error } }: INodeExecutionData): Fate | undefined {
	return typeof error === 'object' && error !== null ? fateOf(error as IDataObject) : undefined;
}

/** A failed item counts as told only with a reason and something to do. */
function failedFate(reason: unknown, advice: unknown, json: IDataObject = {}): Fate | undefined {
	if (typeof reason !== 'string' || reason === '' || typeof advice !== 'string' || advice === '')
		return undefined;
	return {
		status: 'not sent',
		mayBeHeld: json.mayBeHeld === true || MAY_BE_HELD.test(`${reason} ${advice}`),
	};
}

function addMissing(told: Told): void {
	const missing = Array.from(told.fates.keys()).filter((number) => !told.fates[number]);
	if (missing.length > 0)
		told.complaints.push(
			untold(`${missing.length} items have no fate, such as item ${missing[0]}`),
		);
}

function numberOf({ pairedItem }: INodeExecutionData): number | undefined {
	const paired = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	return typeof paired === 'object' ? paired.item : paired;
}

/** Whether an item means nothing at all. */
function isBlank({ sku, stock = '' }: IDataObject): boolean {
	return [sku, stock].every((value) => String(value ?? '').trim() === '');
}

function untold(text: string): Complaint {
	return { failing: 'untold', text };
}
