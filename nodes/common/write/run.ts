import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { takeBatch } from '../../../market/write/batching';
import { limitsUntil, portsWithin } from '../../../market/pacing/limits';
import { planTargets, type LineOf, type TargetPlan } from '../../../market/records/plan';
import { restOf, saidWith, type RefusedRecords } from '../../../market/records/refusedRecords';
import type { Refusal } from '../../../market/common/refusal';
import { noStats } from '../../../market/pacing/runPorts';
import { ownFault } from '../../../market/wire/ownFault';
import { notSent, STOPPED } from '../../../market/write/refusals';
import { refuseToken } from '../../../market/checks/tokenCheck';
import { readAccount } from '../connection/account';
import { forEachAtOnce, TARGETS_AT_ONCE } from './atOnce';
import { rowsToSkip } from '../input/blankRows';
import {
	FateBook,
	nothingSent,
	type Fate,
	type Fault,
	type SentRecord,
	type WriteReport,
} from '../output/fates';
import { lineInFile } from '../input/lineInFile';
import { deadlineOf } from '../input/maximumWait';
import type { ReadRow } from '../input/places';
import { portsForALook, readBack } from './readBack';
import { tallyOf, type Tally } from '../output/tally';
import { executedOnce } from './executedOnce';
import { sendTarget } from './target';
import { marketPorts } from '../connection/transport';
import { stampOf } from './triedStamp';
import { inTurns } from '../engine/turns';
import type { SendJob, WriteJob, WriteRun } from './job';
import type { ReadyTarget, Undone } from './prepared';
import type { WriteOptions } from '../input/options';

/** Longest wait for questions before sending, counted from the run's start: the longest window of their quotas. */
const LONGEST_QUESTION_MS = 60 * 60_000;

const NOTHING_SENT: Refusal = {
	reason: 'Not sent: other items cannot be sent, and the option All or Nothing is on',
	advice: 'Correct the items that are named, or turn All or Nothing off.',
};

/**
 * The whole way of a write node: reads and checks every item first, then sends what is valid, target by target. In the
 * end every item has one fate, whatever happened on the way.
 *
 * @param order the run's place in the order in which this process starts its runs
 * @throws NodeOperationError if the node itself is set up wrongly; nothing has been sent then
 */
export async function runWrite<S, R extends SentRecord>(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	job: WriteJob<S, R>,
	options: WriteOptions,
	order: number,
): Promise<WriteReport> {
	const signal = context.getExecutionCancelSignal();
	const rows: Array<ReadRow<S>> = [];
	await inTurns(items, (_, index) => void rows.push(job.readRow(index)), signal);
	const skipped = await rowsToSkip(rows, items, job.blanknessOf, signal);
	if (signal?.aborted)
		return { ...nothingSent(items.length, job.startMs, notSent(STOPPED, false)), cancelled: true };
	const read = skipped.size === 0 ? rows : rows.filter(({ index }) => !skipped.has(index));
	const lineOf: LineOf = (item) => lineInFile(items[item]);
	const planned = await planTargets(read, job, inTurns, lineOf);
	const { targets, refused } = planned;
	const book = new FateBook(items.length);
	for (const [index, refusal] of skipped) book.passOver(index, refusal);
	for (const [index, { sku, refusal }] of refused) {
		const record = sku === undefined ? undefined : { sku };
		book.refuse(index, { status: 'failed', record, refusal, mayBeApplied: false });
	}

	let stats = noStats();
	const written = noStats();
	const alerts: string[] = [];
	const warnings = [...executedOnce(context), ...(job.warningsOf?.(planned) ?? [])];
	const stamp = await stampOf(context, job.startMs, order, targets, job.method);
	const heldBack = await heldBackOf(targets, job);
	for (const records of heldBack) book.failEach(records);
	const said = saidWith(planned, heldBack);
	const plans = heldBack.map(restOf).filter(({ records }) => records.length > 0);
	const isAll = refused.size === 0 && recordsOf(plans) === recordsOf(targets);
	let cancelled = false;
	let fault: Fault | undefined;
	if (options.allOrNothing && !isAll) {
		for (const plan of plans) book.failAll(plan, NOTHING_SENT, true);
	} else if (plans.length > 0) {
		const account = await readAccount(context);
		const ports = marketPorts(context, account);
		stats = ports.stats;
		try {
			const bounded = portsWithin(
				ports,
				limitsUntil(deadlineOf(options, job.startMs), ports.clock.now()),
			);
			const patience = { isImpatient: false, untilMs: job.startMs + LONGEST_QUESTION_MS };
			const means = {
				account,
				ports: bounded,
				lastingPorts: ports,
				patience,
				alerts,
				written,
				logger: context.logger,
			};
			await askAndSend(plans, { book, said, job, options, stamp, ...means });
		} catch (error) {
			// What has been sent by then must not be forgotten.
			fault = faultOf(error);
		} finally {
			ports.close();
		}
		cancelled = ports.signal.aborted;
	}
	const { added } = book;
	const places = rows.map(({ place }) => place).concat(added.map(({ place }) => place));
	const fates = await book.close((item) => rows[item]?.sku, fault);
	warnings.unshift(...job.doubts.messages((item) => isTaken(fates[item]), lineOf));
	if (options.allOrNothing) alerts.push(...sentInPart(await tallyOf({ fates, added })));
	const costs = { stats, writeRequests: written.requests, totalMs: Date.now() - job.startMs };
	return { fates, places, added, warnings, alerts, ...costs, cancelled };
}

/** All or Nothing cannot cover what only the Market refuses: the others have been taken by then. */
function sentInPart({ accepted, confirmed, unconfirmed, failed }: Tally): string[] {
	const taken = accepted + confirmed + unconfirmed;
	if (failed === 0 || taken === 0) return [];
	return [
		`All or Nothing covers only what is checked before sending: the Market itself took ${taken} of these items, but not ${failed}.`,
	];
}

function isTaken(fate: Fate | undefined): boolean {
	return (
		fate !== undefined &&
		fate.status !== 'skipped' &&
		(fate.status !== 'failed' || fate.mayBeApplied)
	);
}

/** What the job's guard holds back of each plan, if anything. */
async function heldBackOf<R extends SentRecord>(
	plans: ReadonlyArray<TargetPlan<R>>,
	{ guard }: SendJob<R>,
): Promise<Array<RefusedRecords<R>>> {
	const heldBack: Array<RefusedRecords<R>> = [];
	for (const plan of plans)
		heldBack.push({ plan, refusals: (await guard?.(plan)) ?? new Map(), isHeldBack: true });
	return heldBack;
}

/** Asks about the targets first. What may be sent is then sent, or only planned in a dry run. */
async function askAndSend<R extends SentRecord>(
	plans: ReadonlyArray<TargetPlan<R>>,
	asking: WriteRun<R>,
): Promise<void> {
	const prepared = await asking.job.prepare(plans, asking);
	const { refused, warnings, undone = [] } = prepared;
	for (const records of refused) asking.book.failEach(records);
	for (const one of undone) failAdded(one, asking.book);
	asking.alerts.push(...warnings);
	const run = { ...asking, said: saidWith(asking.said, refused) };
	const isAll =
		undone.length === 0 && recordsOf(prepared.ready.map(({ plan }) => plan)) === recordsOf(plans);
	if (run.options.allOrNothing && !isAll) {
		for (const { plan } of prepared.ready) run.book.failAll(plan, NOTHING_SENT, true);
		return;
	}
	const ready = prepared.ready.map((target) => withAdded(target, run.book));
	if (run.options.dryRun) return await planReady(ready, run);
	await forEachAtOnce(ready, TARGETS_AT_ONCE, async (target) => {
		run.book.handOver(target.plan);
		try {
			await sendTarget(target, run);
		} catch (error) {
			// The other targets go on.
			run.book.breakOff(target.plan, faultOf(error));
		}
	});
	await readBack(ready, run);
	await run.job.lookAfter?.(ready, { ...run, ports: portsForALook(run) });
}

/** The target with what is sent beside the items, each with an item of its own. */
function withAdded<R extends SentRecord>(target: ReadyTarget<R>, book: FateBook): ReadyTarget<R> {
	const { plan, added = [] } = target;
	if (added.length === 0) return target;
	const records = plan.records.concat(added.map(({ record }) => record));
	const items = plan.items.concat(added.map(({ place, note }) => book.add({ place, note })));
	return { ...target, plan: { ...plan, records, items } };
}

function failAdded({ refusal, ...item }: Undone, book: FateBook): void {
	book.refuse(book.add(item), { status: 'failed', refusal, mayBeApplied: false });
}

function recordsOf(plans: ReadonlyArray<TargetPlan<unknown>>): number {
	return plans.reduce((sum, { records }) => sum + records.length, 0);
}

/** Whatever was thrown, for the items that have no fate because of it. */
function faultOf(error: unknown): Fault {
	const { reason, advice } = ownFault(error);
	return { cause: `. ${reason}`, advice };
}

const TOKEN_UNKNOWN =
	'Whether the token may write could not be checked: the Market does not say just now. Repeat the dry run later.';

/** Plans what is ready, if the token may write at all: the Market tells an OAuth user that only on writing. */
async function planReady<R extends SentRecord>(
	ready: ReadonlyArray<ReadyTarget<R>>,
	run: WriteRun<R>,
): Promise<void> {
	const isApiKey = run.account.credentialType === 'yandexMarketApi';
	const isAsked = isApiKey && ready.length > 0;
	const refusal = isAsked ? await refuseToken(run.job.method.apiMethod, run.ports) : undefined;
	if (refusal === 'unknown') run.alerts.push(TOKEN_UNKNOWN);
	if (!refusal || refusal === 'unknown') return await planRequests(ready, run);
	for (const target of ready) run.book.failAll(target.plan, refusal);
}

/** Says for each record which request it would go in, and counts these requests, without the questions before them. */
async function planRequests<R extends SentRecord>(
	ready: ReadonlyArray<ReadyTarget<R>>,
	{ book, job, stamp, ports, written }: WriteRun<R>,
): Promise<void> {
	let requests = 0;
	for (const { plan } of ready) {
		const queue = plan.records.map((_, position) => position);
		for (let from = 0; from < queue.length;) {
			const { positions } = takeBatch(plan.records, queue, from, job.method, stamp.text);
			from += positions.length;
			requests += 1;
			const request = requests;
			await inTurns(positions, (position) => {
				const record = plan.records[position] as R;
				book.settle(plan, position, { status: 'planned', record, stamp: stamp.text, request });
			});
		}
	}
	ports.stats.requests = requests;
	written.requests = requests;
}
