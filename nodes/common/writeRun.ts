import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { takeBatch } from '../../market/batching';
import type { WriteMethod } from '../../market/methods';
import { planStores, type Plan, type PlanRules, type Row } from '../../market/plan';
import type { Campaign } from '../../market/reads/stores';
import type { Checked, Refusal } from '../../market/refusal';
import { RunStamp } from '../../market/runStamp';
import { noStats, type SendStats } from '../../market/sender/exchange';
import { readAccount } from './account';
import { FateBook, type SentFate, type SentRecord, type WriteReport } from './fates';
import { openLocator } from './locators';
import { sendStore, type ReadBack, type StoreOptions } from './storeRun';
import { marketPorts } from './transport';

/** What one node writes, and how it reads an item. */
export interface WriteJob<R extends SentRecord> extends PlanRules<R> {
	method: WriteMethod<R>;
	/** Reads the record of one item; the SKU is given even where another field is refused. */
	readRecord(itemIndex: number): { sku?: string; record: Checked<R> };
	/** Why the Market would not take this for a store, or undefined. */
	refuseStore(campaign: Campaign): Refusal | undefined;
	/** Why the whole run is not to be sent, or undefined. */
	refuseRun?(records: readonly R[]): Refusal | undefined;
	/** Reads the Market back after sending. */
	readBack: ReadBack;
	/** The run's start, in milliseconds since 1970. */
	startMs: number;
}

/** The options that concern a run as a whole. */
export interface WriteOptions extends StoreOptions {
	dryRun: boolean;
	allOrNothing: boolean;
}

/** Stores that are written to at the same time; each has its own quota and its own limit of requests at once. */
const STORES_AT_ONCE = 8;

const NOTHING_SENT: Refusal = {
	reason: 'Not sent: other items cannot be sent, and the option All or Nothing is on',
	advice: 'Correct the items that are named, or turn All or Nothing off.',
};

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
	const book = new FateBook(items.length);
	for (const [index, { store, sku, refusal }] of plan.refused) {
		const record = sku === undefined ? undefined : { sku };
		book.refuse(index, { status: 'failed', store, record, refusal, mayBeApplied: false });
	}

	const stats = noStats();
	const stamp = RunStamp.ofRun(job.startMs);
	const spoilt = options.allOrNothing && plan.refused.size > 0;
	const refusal = job.refuseRun?.(plan.stores.flatMap(({ records }) => records));
	let cancelled = false;
	if (spoilt || refusal) {
		for (const store of plan.stores) book.failStore(store, refusal ?? NOTHING_SENT, !refusal);
	} else if (options.dryRun) {
		planRequests(book, plan, job.method, stamp, stats);
	} else if (plan.stores.length > 0) {
		const account = await readAccount(context);
		const ports = marketPorts(context, account);
		const run = { book, job, options, stamp, account, ports, stats, logger: context.logger };
		try {
			await forEachAtOnce(plan.stores, STORES_AT_ONCE, async (store) => await sendStore(store, run));
		} finally {
			ports.close();
		}
		cancelled = ports.signal.aborted;
	}
	return { fates: book.fates, stats, totalMs: Date.now() - job.startMs, cancelled };
}

/** Works through a list, so many at a time. */
async function forEachAtOnce<T>(list: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
	const left = list.values();
	const worker = async () => {
		for (const one of left) await work(one);
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, list.length) }, worker));
}

function readRows<R extends SentRecord>(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	job: WriteJob<R>,
): Row<R>[] {
	const storeOf = openLocator(context, 'store');
	return items.map((_, index) => ({ index, store: storeOf(index), ...job.readRecord(index) }));
}

/** Says of each record in which request it would go, and counts the requests. */
function planRequests<R extends SentRecord>(
	book: FateBook,
	plan: Plan<R>,
	method: WriteMethod<R>,
	stamp: RunStamp,
	stats: SendStats,
): void {
	for (const store of plan.stores) {
		const queue = store.records.map((_, position) => position);
		for (let from = 0; from < queue.length; ) {
			const { positions } = takeBatch(store.records, queue, from, method, stamp.text);
			from += positions.length;
			stats.requests += 1;
			for (const position of positions) {
				const record = store.records[position] as R;
				const { campaignId } = store;
				const fate: SentFate = { status: 'planned', store: campaignId, record, stamp: stamp.text, request: stats.requests };
				book.settle(store, position, fate);
			}
		}
	}
}
