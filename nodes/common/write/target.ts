import { ownerOf } from '../../../market/contract/apiMethods';
import { addStats } from '../../../market/pacing/runPorts';
import { portsOfStore } from '../../../market/wire/ports';
import { sendRecords } from '../../../market/write/sender';
import type { Fate, SentRecord } from '../output/fates';
import { rememberAnswers } from './lateRequests';
import { deadlineOf } from '../input/maximumWait';
import { ProgressLog } from './progressLog';
import { inTurns } from '../engine/turns';
import type { WriteRun } from './job';
import type { ReadyTarget } from './prepared';

/** Sends the records of one store or business. */
export async function sendTarget<R extends SentRecord>(
	target: ReadyTarget<R>,
	run: WriteRun<R>,
): Promise<void> {
	const { book, job, options, stamp } = run;
	const { plan, subscription, businessId } = target;
	const ports = portsOfStore(run.ports, businessId);
	const { targetId, records } = plan;
	const name = `${ownerOf(job.method.apiMethod) === 'business' ? 'business' : 'store'} ${targetId}`;
	const log = new ProgressLog(run.logger, ports.clock, name);
	const report = await sendRecords(
		{
			method: job.method,
			targetId,
			records,
			stamp,
			subscription,
			deadlineMs: deadlineOf(options, job.startMs),
			onWait: (ms) => log.waits(ms),
			onProgress: (settled, accepted) =>
				log.reaches(`${settled} of ${records.length} done, ${accepted} accepted`),
		},
		ports,
	);
	addStats(run.written, report.stats);
	// If nothing was sent, that says nothing about what was sent before.
	if (report.stats.requests > 0) rememberAnswers(targetId, report.stats.unanswered, run);

	await inTurns(report.outcomes, (outcome, position) => {
		const record = records[position] as R;
		const fate: Fate =
			outcome.status === 'accepted'
				? { status: 'accepted', record, stamp: outcome.stamp }
				: {
						status: 'failed',
						record,
						refusal: outcome.refusal,
						mayBeApplied: outcome.applied === 'unknown',
					};
		book.settle(plan, position, fate);
	});
}
