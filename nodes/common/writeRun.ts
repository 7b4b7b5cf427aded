import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { takeBatch } from '../../market/batching';
import type { WriteMethod } from '../../market/methods';
import { planStores, type Plan, type PlanRules, type Row, type StorePlan } from '../../market/plan';
import type { Ports } from '../../market/ports';
import { getCampaign, MarketReadRefused, type Campaign } from '../../market/reads';
import type { Checked, Refusal } from '../../market/refusal';
import { RunStamp } from '../../market/runStamp';
import { noStats, type SendStats } from '../../market/sender/exchange';
import { sendRecords } from '../../market/sender/sender';
import { readAccount } from './account';
import { openStore } from './stores';
import { marketPorts } from './transport';

/** A record as the output needs it. */
export interface SentRecord {
	sku: string;
	count?: number;
	updatedAt?: string;
}

/** What became of one input item. */
export type Fate = SentFate | FailedFate;

export interface SentFate {
	status: 'accepted' | 'planned';
	store: string;
	record: SentRecord;
	/** All input items behind the record, where there are several. */
	together?: readonly number[];
	/** In a dry run, the number of the request that would carry the record, from 1. */
	request?: number;
}

export interface FailedFate {
	status: 'failed';
	store?: string;
	record?: SentRecord;
	refusal: Refusal;
	/** Whether a request with this record went out without an answer. */
	mayBeApplied: boolean;
}

/** What became of all input items, by their number, and what it cost. */
export interface WriteReport {
	fates: Fate[];
	stats: SendStats;
	totalMs: number;
	cancelled: boolean;
}

/** What one node writes, and how it reads an item. */
export interface WriteJob<R extends SentRecord> extends PlanRules<R> {
	method: WriteMethod<R>;
	/** Reads the record of one item; the SKU is given even where another field is refused. */
	readRecord(itemIndex: number): { sku?: string; record: Checked<R> };
	/** Why the Market would not take this for a store, or undefined. */
	refuseStore(campaign: Campaign): Refusal | undefined;
	/** The run's start, in milliseconds since 1970. */
	startMs: number;
}

/** The options that concern a run as a whole. */
export interface WriteOptions {
	dryRun: boolean;
	allOrNothing: boolean;
}

const NOTHING_SENT: Refusal = {
	reason: 'Not sent: other items cannot be sent, and the option All or Nothing is on',
	advice: 'Correct the items that are named, or turn All or Nothing off.',
};

/** All items that failed. Those that only failed because of others come last: the causes are what is named first. */
export function failuresOf({ fates }: WriteReport): Array<{ fate: FailedFate; item: number }> {
	const failures = fates.flatMap((fate, item) => (fate.status === 'failed' ? [{ fate, item }] : []));
	const causes = failures.filter(({ fate }) => fate.refusal !== NOTHING_SENT);
	return [...causes, ...failures.filter(({ fate }) => fate.refusal === NOTHING_SENT)];
}

/**
 * The whole way of a write node: reads and checks every item first, then sends what is valid, store by store.
 * Every item has one fate in the end, whatever happened on the way.
 *
 * @throws NodeOperationError where the node itself is set up wrongly; nothing has been sent then
 */
export async function runWrite<R extends SentRecord>(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	job: WriteJob<R>,
	options: WriteOptions,
): Promise<WriteReport> {
	const plan = planStores(readRows(context, items, job), job);
	const fates = new Array<Fate>(items.length);
	for (const [index, { store, sku, refusal }] of plan.refused) {
		fates[index] = { status: 'failed', store, record: sku === undefined ? undefined : { sku }, refusal, mayBeApplied: false };
	}

	const stats = noStats();
	const stamp = RunStamp.ofRun(job.startMs);
	let cancelled = false;
	if (options.allOrNothing && plan.refused.size > 0) {
		for (const store of plan.stores) failStore(fates, store, NOTHING_SENT);
	} else if (options.dryRun) {
		stats.requests = planRequests(fates, plan, job.method, stamp);
	} else if (plan.stores.length > 0) {
		const ports = marketPorts(context, await readAccount(context));
		const sending = plan.stores.map((store) => sendStore(fates, store, job, stamp, ports, stats));
		await Promise.all(sending);
		cancelled = ports.signal.aborted;
	}
	return { fates, stats, totalMs: Date.now() - job.startMs, cancelled };
}

function readRows<R extends SentRecord>(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	job: WriteJob<R>,
): Row<R>[] {
	const storeOf = openStore(context);
	return items.map((_, index) => ({ index, store: storeOf(index), ...job.readRecord(index) }));
}

/** Says of each record in which request it would go. Returns the number of requests. */
function planRequests<R extends SentRecord>(
	fates: Fate[],
	plan: Plan<R>,
	method: WriteMethod<R>,
	stamp: RunStamp,
): number {
	let requests = 0;
	for (const store of plan.stores) {
		const queue = store.records.map((_, position) => position);
		for (let from = 0; from < queue.length; ) {
			const { positions } = takeBatch(store.records, queue, from, method, stamp.text);
			from += positions.length;
			requests += 1;
			for (const position of positions) {
				settle(fates, store, position, (together) => ({
					status: 'planned',
					store: store.campaignId,
					record: sentRecord(store, position, stamp.text),
					together,
					request: requests,
				}));
			}
		}
	}
	return requests;
}

async function sendStore<R extends SentRecord>(
	fates: Fate[],
	store: StorePlan<R>,
	job: WriteJob<R>,
	stamp: RunStamp,
	ports: Ports,
	stats: SendStats,
): Promise<void> {
	// One request alone before four at once: an expired OAuth token is refreshed once.
	const refusal = await checkStore(store.campaignId, job, ports, stats);
	if (refusal) return failStore(fates, store, refusal);

	const { campaignId, records } = store;
	const report = await sendRecords({ method: job.method, campaignId, records, stamp }, ports);
	stats.requests += report.stats.requests;
	stats.retries += report.stats.retries;
	stats.waitedMs += report.stats.waitedMs;
	report.outcomes.forEach((outcome, position) => {
		settle(fates, store, position, (together) =>
			outcome.status === 'accepted'
				? {
						status: 'accepted',
						store: campaignId,
						record: sentRecord(store, position, outcome.stamp),
						together,
					}
				: {
						status: 'failed',
						store: campaignId,
						record: records[position],
						refusal: outcome.refusal,
						mayBeApplied: outcome.applied === 'unknown',
					},
		);
	});
}

/**
 * Asks the Market about the store before anything is sent to it. Where the Market cannot answer just now,
 * sending goes on: it has its own retries, and balances must not wait for a mere question.
 */
async function checkStore<R extends SentRecord>(
	campaignId: string,
	job: WriteJob<R>,
	ports: Ports,
	stats: SendStats,
): Promise<Refusal | undefined> {
	try {
		return job.refuseStore(await getCampaign(campaignId, ports, stats));
	} catch (error) {
		if (!(error instanceof MarketReadRefused)) {
			return {
				reason: error instanceof Error ? error.message : String(error),
				advice: 'Check the credential, then run again.',
			};
		}
		const { status } = error;
		const isDefinite = status !== undefined && status >= 400 && status < 500 && status !== 420;
		return isDefinite || ports.signal.aborted ? error.refusal : undefined;
	}
}

function failStore<R extends SentRecord>(fates: Fate[], store: StorePlan<R>, refusal: Refusal): void {
	store.records.forEach((record, position) => {
		settle(fates, store, position, () => ({
			status: 'failed',
			store: store.campaignId,
			record,
			refusal,
			mayBeApplied: false,
		}));
	});
}

/** Gives all items behind one record the same fate. */
function settle<R extends SentRecord>(
	fates: Fate[],
	{ items }: StorePlan<R>,
	position: number,
	fate: (together: readonly number[] | undefined) => Fate,
): void {
	const indexes = items[position] ?? [];
	const shared = fate(indexes.length > 1 ? indexes : undefined);
	for (const index of indexes) fates[index] = shared;
}

/** The record as it went out: with the run's stamp where it brought no moment of its own. */
function sentRecord<R extends SentRecord>({ records }: StorePlan<R>, position: number, stamp: string): SentRecord {
	const { sku, count, updatedAt } = records[position] as R;
	return count === undefined ? { sku } : { sku, count, updatedAt: updatedAt ?? stamp };
}
