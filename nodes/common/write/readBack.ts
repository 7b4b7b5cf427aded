import { isStopped, portsWithin } from '../../../market/pacing/limits';
import { Slots } from '../../../market/pacing/slots';
import type { RunPorts } from '../../../market/pacing/runPorts';
import { portsOfStore } from '../../../market/wire/ports';
import { MarketReadRefused } from '../../../market/read/read';
import { readingLimits, verify } from '../../../market/verify/verify';
import { TARGETS_AT_ONCE } from './atOnce';
import type { SentFate, SentRecord } from '../output/fates';
import { undoneUntil } from './lateRequests';
import { deadlineOf } from '../input/maximumWait';
import { inTurns } from '../engine/turns';
import type { WriteRun } from './job';
import type { ReadyTarget } from './prepared';

const MINUTE_MS = 60_000;

/** SKUs that are looked at if a clock was set back: enough to see whether their balances are held. */
const SAMPLE = 5;

/**
 * Reads back what was sent to all targets, if that is wanted. By then nothing is left to send, so no target waits for
 * another to be read. If nothing is to be confirmed but the clock was set back, a few SKUs are looked at all the same.
 */
export async function readBack<R extends SentRecord>(
	targets: ReadonlyArray<ReadyTarget<R>>,
	run: WriteRun<R>,
): Promise<void> {
	const { options, stamp, lastingPorts } = run;
	const setBackMs = stamp.setBackMs;
	if (options.verify === undefined && setBackMs === 0) return;
	const endMs = lastingPorts.clock.now() + (options.verify ?? 0) * MINUTE_MS;
	const places = new Slots(TARGETS_AT_ONCE);
	const most = options.verify === undefined ? SAMPLE : Infinity;
	const rounds = Math.max(1, Math.ceil(targets.length / TARGETS_AT_ONCE));
	const counts = await Promise.all(
		targets.map(async (target) => await confirm(target, { endMs, most, places, rounds }, run)),
	);
	if (setBackMs > 0) run.alerts.push(setBack(setBackMs, counts));
}

/** The ports for a look at a few SKUs after sending: nobody waits for it longer than for reading them once. */
export function portsForALook<R extends SentRecord>({
	lastingPorts,
	options,
	job,
}: WriteRun<R>): RunPorts {
	const nowMs = lastingPorts.clock.now();
	return portsWithin(
		lastingPorts,
		readingLimits(SAMPLE, nowMs, deadlineOf(options, job.startMs), nowMs),
	);
}

interface ReadBackBounds {
	endMs: number;
	/** Most records of a target that are read. */
	most: number;
	/** Places for targets that are read at once. */
	places: Slots;
	/** How many targets wait for one place, one after another. */
	rounds: number;
}

interface Counts {
	read: number;
	confirmed: number;
}

/** Reads the Market back, and says for each accepted record that is read whether the Market shows it. */
async function confirm<R extends SentRecord>(
	target: ReadyTarget<R>,
	{ endMs, most, places, rounds }: ReadBackBounds,
	run: WriteRun<R>,
): Promise<Counts> {
	const { book, job, options } = run;
	const { plan, businessId } = target;
	const fates = new Map<R & { updatedAt: string }, { position: number; fate: SentFate }>();
	await inTurns(plan.records, (record, position) => {
		if (fates.size >= most) return;
		const fate = book.fateOf(plan, position);
		if (fate?.status !== 'accepted') return;
		fates.set({ ...record, updatedAt: record.updatedAt ?? fate.stamp }, { position, fate });
	});
	if (fates.size === 0) return { read: 0, confirmed: 0 };
	const lasting = portsOfStore(run.lastingPorts, businessId);
	const limits = readingLimits(
		fates.size,
		endMs,
		deadlineOf(options, job.startMs),
		lasting.clock.now(),
		rounds,
	);
	const ports = portsWithin(lasting, limits);
	const compare = job.openReadBack(target, ports);
	const unconfirmed = await verify(
		[...fates.keys()],
		async (sent) => await inPlace(places, ports, async () => await compare(sent)),
		endMs,
		ports,
		undoneUntil(plan.targetId, run),
	);
	if (options.verify !== undefined) {
		await inTurns([...fates], ([record, { position, fate }]) => {
			const refusal = unconfirmed.get(record);
			book.settle(plan, position, {
				...fate,
				status: refusal ? 'unconfirmed' : 'confirmed',
				refusal,
			});
		});
	}
	return { read: fates.size, confirmed: fates.size - unconfirmed.size };
}

async function inPlace<T>(places: Slots, { signal }: RunPorts, read: () => Promise<T>): Promise<T> {
	if (!(await places.enter(signal))) {
		const reason = isStopped(signal)
			? 'The run was stopped'
			: 'Its turn did not come within the time that was given';
		throw new MarketReadRefused({
			reason,
			advice: 'Read it back later, or give Verify more time.',
		});
	}
	try {
		return await read();
	} finally {
		places.leave();
	}
}

function setBack(ms: number, counts: readonly Counts[]): string {
	const read = counts.reduce((sum, count) => sum + count.read, 0);
	const confirmed = counts.reduce((sum, count) => sum + count.confirmed, 0);
	const seconds = Math.round(ms / 1_000);
	return (
		`The clock that stamps the balances went back by ${seconds} s since an earlier run of this n8n: the stamps continue ` +
		"from that run's, so that the Market does not ignore the balances. " +
		`Of ${read} SKUs read back, the Market shows ${confirmed} as sent so far. ` +
		"Check this computer's clock; the option Verify reads all of them back."
	);
}
