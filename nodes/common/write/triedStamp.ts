import type { IExecuteData, IExecuteFunctions } from 'n8n-workflow';

import type { WriteMethod } from '../../../market/write/methods';
import type { TargetPlan } from '../../../market/records/plan';
import { RunStamp } from '../../../market/records/runStamp';
import type { SentRecord } from '../output/fates';
import { isToolRun } from '../engine/toolRun';
import { inTurns } from '../engine/turns';

/** What a try of a node was about to send for a record, and with which moment: its own, or else the stamp. */
interface SaidMoment {
	count?: number;
	updatedAt?: string;
	stamp: RunStamp;
}

/**
 * What the tries of each execution of a node that may be retried have said so far, by target and record. n8n gives all
 * tries (Retry On Fail) the same object, and another one to each turn of a loop, on 2.8.4 as on 2.41.1; it drops the
 * object when the node is done, and so do we.
 */
const tries = new WeakMap<IExecuteData, Map<string, SaidMoment>>();

/**
 * The stamp of a run. When n8n tries a node again, a record that says the same as before keeps the moment that it had
 * then, whatever its expression gives now: a balance that another run has sent in between is newer, and stands. Moments
 * more than half a day old are not kept: the Market would soon refuse them.
 *
 * @param startMs the start of this try, in milliseconds since 1970
 * @param order its place in the order in which this process starts its runs
 * @param plans what is to be sent; records of an earlier try get their moments here
 */
export async function stampOf<R extends SentRecord>(
	context: IExecuteFunctions,
	startMs: number,
	order: number,
	plans: ReadonlyArray<TargetPlan<R>>,
	method: WriteMethod<R>,
): Promise<RunStamp> {
	const stamp = RunStamp.ofRun(startMs, order);
	// All calls of an agent's tool share the agent's object; a tool's items never make n8n try again.
	if (!context.getNode().retryOnFail || isToolRun(context)) return stamp;
	const said = tries.get(context.getExecuteData()) ?? new Map<string, SaidMoment>();
	tries.set(context.getExecuteData(), said);
	const stamped: Array<{ records: R[]; position: number; stamp: RunStamp }> = [];
	for (const { targetId, records } of plans) {
		await inTurns(records, (record, position) => {
			const key = `${targetId}\n${subjectOf(record, method)}`;
			const now: SaidMoment = { count: record.count, updatedAt: record.updatedAt, stamp };
			const earlier = said.get(key);
			const kept =
				earlier && earlier.count === now.count && earlier.stamp.isYoung(startMs) ? earlier : now;
			said.set(key, kept);
			if (kept.updatedAt === undefined) stamped.push({ records, position, stamp: kept.stamp });
			if (kept.updatedAt !== record.updatedAt)
				records[position] = { ...record, updatedAt: kept.updatedAt };
		});
	}
	return settleStamps(stamped, stamp);
}

/** What a record is about: all that would be sent except the balance and its moment. */
function subjectOf<R extends SentRecord>(record: R, { element }: WriteMethod<R>): string {
	return element({ ...record, count: 0, updatedAt: '' }, '');
}

/**
 * The one stamp of a run. If all records have the stamp of one earlier try, it is that one, which may have been
 * adjusted to the Market's clock and may be again; if they have several, earlier ones become the records' own moments.
 */
function settleStamps<R extends SentRecord>(
	stamped: ReadonlyArray<{ records: R[]; position: number; stamp: RunStamp }>,
	ofThisTry: RunStamp,
): RunStamp {
	const [first] = stamped;
	if (!first) return ofThisTry;
	if (stamped.every(({ stamp }) => stamp === first.stamp)) return first.stamp;
	for (const { records, position, stamp } of stamped) {
		if (stamp === ofThisTry) continue;
		records[position] = { ...(records[position] as R), updatedAt: stamp.text };
	}
	return ofThisTry;
}
