import { ownerOf } from '../../market/operations';
import { portsOfStore } from '../../market/ports';
import { sendRecords } from '../../market/sender/sender';
import { verify } from '../../market/verify/verify';
import type { Fate, SentFate, SentRecord } from './fates';
import { ProgressLog } from './progressLog';
import type { ReadyTarget, WriteRun } from './writeRun';

const MINUTE_MS = 60_000;

/** Sends the records of one store or cabinet, and reads them back where that is wanted. */
export async function sendTarget<R extends SentRecord>(target: ReadyTarget<R>, run: WriteRun<R>): Promise<void> {
	const { book, job, options, stamp, stats } = run;
	const { plan, subscription, businessId } = target;
	const ports = portsOfStore(run.ports, businessId);
	const { targetId, records } = plan;
	const name = `${ownerOf(job.method.operation) === 'business' ? 'cabinet' : 'store'} ${targetId}`;
	const log = new ProgressLog(run.logger, ports.clock, name, records.length);
	const report = await sendRecords(
		{
			method: job.method,
			targetId,
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
				? { status: 'accepted', record, stamp: outcome.stamp }
				: { status: 'failed', record, refusal: outcome.refusal, mayBeApplied: outcome.applied === 'unknown' };
		book.settle(plan, position, fate);
	});
	if (options.verify !== undefined) await confirm(target, options.verify, { ...run, ports });
}

/** Reads the Market back, and says of each accepted record whether it is shown. */
async function confirm<R extends SentRecord>(
	{ plan, subscription }: ReadyTarget<R>,
	minutes: number,
	{ book, job, ports, stats }: WriteRun<R>,
): Promise<void> {
	const fates = new Map<R & { updatedAt: string }, { position: number; fate: SentFate }>();
	plan.records.forEach((record, position) => {
		const fate = book.fateOf(plan, position);
		if (fate?.status !== 'accepted') return;
		fates.set({ ...record, updatedAt: record.updatedAt ?? fate.stamp }, { position, fate });
	});
	const unconfirmed = await verify(
		[...fates.keys()],
		async (sent) => await job.readBack(plan.targetId, sent, subscription, ports, stats),
		ports.clock.now() + minutes * MINUTE_MS,
		ports,
	);
	for (const [record, { position, fate }] of fates) {
		const refusal = unconfirmed.get(record);
		book.settle(plan, position, { ...fate, status: refusal ? 'unconfirmed' : 'confirmed', refusal });
	}
}
