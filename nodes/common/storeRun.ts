import type { Logger } from 'n8n-workflow';

import { dependsOnSubscription, type Subscription } from '../../market/operations';
import type { StorePlan } from '../../market/plan';
import type { Ports } from '../../market/ports';
import { MarketReadRefused } from '../../market/read';
import { getCampaign, type Campaign } from '../../market/reads/stores';
import type { Checked } from '../../market/refusal';
import type { RunStamp } from '../../market/runStamp';
import type { SendStats } from '../../market/sender/exchange';
import { sendRecords } from '../../market/sender/sender';
import { verify } from '../../market/verify/verify';
import type { Account } from './account';
import type { Fate, FateBook, SentFate, SentRecord } from './fates';
import { ProgressLog } from './progressLog';
import { fitStores, subscriptions } from './shared';
import type { WriteJob } from './writeRun';

/** The options that concern one store's part of a run. */
export interface StoreOptions {
	/** Longest time to wait for quotas, counted from the run's start, in minutes; absent where there is no limit. */
	maximumWait?: number;
	/** Longest time to wait until the Market shows what was sent, in minutes; absent where it is not read back. */
	verify?: number;
	subscription: Subscription | 'auto';
}

/** Compares what the Market shows with what was sent: by SKU, why it is not confirmed. */
export type ReadBack = (
	campaignId: string,
	sent: ReadonlyMap<string, SentRecord>,
	skus: readonly string[],
	subscription: Subscription,
	ports: Ports,
	stats: SendStats,
) => Promise<Map<string, Checked<unknown>>>;

/** What the stores of one run have in common. */
export interface StoreRun<R extends SentRecord> {
	book: FateBook;
	job: WriteJob<R>;
	options: StoreOptions;
	stamp: RunStamp;
	account: Account;
	ports: Ports;
	stats: SendStats;
	logger: Logger;
}

const MINUTE_MS = 60_000;

/** Checks one store, sends its records, and reads them back where that is wanted. Never rejects. */
export async function sendStore<R extends SentRecord>(store: StorePlan<R>, run: StoreRun<R>): Promise<void> {
	const { book, job, options, stamp, ports, stats } = run;
	const { campaignId, records } = store;
	// One request alone before four at once: an expired OAuth token is refreshed once.
	const check = await checkStore(campaignId, run);
	if (!check.ok) return book.failStore(store, check.refusal);
	const subscription = await subscriptionOf(check.value, run);
	const log = new ProgressLog(run.logger, ports.clock, campaignId, records.length);
	const report = await sendRecords(
		{
			method: job.method,
			campaignId,
			records,
			stamp,
			subscription,
			deadlineMs: options.maximumWait === undefined ? Infinity : job.startMs + options.maximumWait * MINUTE_MS,
			onWait: (ms) => log.waits(ms),
			onProgress: (settled) => log.reaches(settled),
		},
		ports,
	);
	stats.requests += report.stats.requests;
	stats.retries += report.stats.retries;
	stats.limitHits += report.stats.limitHits;
	stats.waitedMs += report.stats.waitedMs;

	report.outcomes.forEach((outcome, position) => {
		const record = records[position] as R;
		const fate: Fate =
			outcome.status === 'accepted'
				? { status: 'accepted', store: campaignId, record, stamp: outcome.stamp }
				: {
						status: 'failed',
						store: campaignId,
						record,
						refusal: outcome.refusal,
						mayBeApplied: outcome.applied === 'unknown',
					};
		book.settle(store, position, fate);
	});
	if (options.verify !== undefined) await confirm(store, subscription, options.verify, run);
}

/** Reads the Market back, and says of each accepted record whether it is shown. */
async function confirm<R extends SentRecord>(
	store: StorePlan<R>,
	subscription: Subscription,
	minutes: number,
	{ book, job, ports, stats }: StoreRun<R>,
): Promise<void> {
	const accepted = new Map<number, SentFate>();
	const sent = new Map<string, SentRecord>();
	store.items.forEach((item, position) => {
		const fate = book.fates[item];
		if (fate?.status !== 'accepted') return;
		accepted.set(position, fate);
		sent.set(fate.record.sku, { ...fate.record, updatedAt: fate.record.updatedAt ?? fate.stamp });
	});
	const unconfirmed = await verify(
		[...sent.keys()],
		async (skus) => await job.readBack(store.campaignId, sent, skus, subscription, ports, stats),
		ports.clock.now() + minutes * MINUTE_MS,
		ports,
	);
	for (const [position, fate] of accepted) {
		const refusal = unconfirmed.get(fate.record.sku);
		book.settle(store, position, { ...fate, status: refusal ? 'unconfirmed' : 'confirmed', refusal });
	}
}

/**
 * Asks the Market about the store before anything is sent to it, unless it was asked a short while ago. Where the Market cannot answer just now,
 * sending goes on: it has its own retries, and balances must not wait for a mere question.
 */
async function checkStore<R extends SentRecord>(
	campaignId: string,
	{ job, account, ports, stats }: StoreRun<R>,
): Promise<Checked<Campaign>> {
	const key = JSON.stringify([account.apiUrl, account.credentialId, job.method.operation.name, campaignId]);
	const known = fitStores.recall(key, ports.clock.now());
	if (known) return { ok: true, value: known };
	const unknown: Campaign = { id: Number(campaignId) };
	try {
		const campaign = await getCampaign(campaignId, ports, stats);
		const refusal = job.refuseStore(campaign);
		if (refusal) return { ok: false, refusal };
		fitStores.remember(key, campaign, ports.clock.now());
		return { ok: true, value: campaign };
	} catch (error) {
		if (!(error instanceof MarketReadRefused)) {
			const reason = error instanceof Error ? error.message : String(error);
			return { ok: false, refusal: { reason, advice: 'Check the credential, then run again.' } };
		}
		const { status, refusal } = error;
		const isDefinite = status !== undefined && status >= 400 && status < 500 && status !== 420;
		return isDefinite || ports.signal.aborted ? { ok: false, refusal } : { ok: true, value: unknown };
	}
}

/** Asks for the cabinet's subscription only where it makes a difference to the method's quota. */
async function subscriptionOf<R extends SentRecord>(
	{ business }: Campaign,
	{ job, options, account, ports, stats }: StoreRun<R>,
): Promise<Subscription> {
	if (options.subscription !== 'auto') return options.subscription;
	if (!dependsOnSubscription(job.method.operation) || business?.id === undefined) return 'none';
	return await subscriptions.levelOf(account.apiUrl, business.id, ports, stats);
}

