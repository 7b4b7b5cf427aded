import { MAX_ANSWER_MS } from '../contract/bounds';
import type { Limits } from '../pacing/limits';
import type { RunPorts } from '../pacing/runPorts';
import type { Refusal } from '../common/refusal';
import { unread, type Compare, type Compared } from './compared';

/** Pauses between readings: the Market shows most changes within a minute, some only after 15. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/** How fast SKUs are surely read back in the worst case: the smallest quota of a read, 100 requests a minute [openapi]. */
const LEAST_PER_MINUTE = 10_000;
const MINUTE_MS = 60_000;

/**
 * How long reading back may go on: to its end, but once through all of them in any case. No quota is waited for after
 * Maximum Wait; before it, a reading may have to wait for one window.
 *
 * @param endMs our time until which to try, in milliseconds since 1970
 * @param deadlineMs our time until which quotas are waited for; Infinity where there is none
 * @param rounds how many such readings wait for one place, one after another
 */
export function readingLimits(
	records: number,
	endMs: number,
	deadlineMs: number,
	nowMs: number,
	rounds = 1,
): Limits {
	const windows = Math.ceil(records / LEAST_PER_MINUTE) + (deadlineMs > nowMs ? 1 : 0);
	const lastStartMs = Math.max(endMs, nowMs + MINUTE_MS * rounds * windows);
	return {
		deadlineMs: Math.min(deadlineMs, lastStartMs),
		lastStartMs,
		endMs: lastStartMs + MAX_ANSWER_MS,
	};
}

/**
 * Reads the Market back until it shows everything that was sent, until nothing that is left can change, or until time is up.
 *
 * @param deadlineMs our time until which to try, in milliseconds since 1970
 * @param lookAgainMs our time until which something else may undo what was sent: what was read as wanted before that is
 *   read once more then, where the deadline is not earlier; -Infinity where there is no such thing
 * @returns why a record is not confirmed. One that is not in it is.
 */
export async function verify<T>(
	sent: readonly T[],
	compare: Compare<T>,
	deadlineMs: number,
	ports: RunPorts,
	lookAgainMs = -Infinity,
): Promise<Map<T, Refusal>> {
	const { clock, signal } = ports;
	const settled = new Map<T, Refusal>();
	let unconfirmed = new Map<T, Refusal>();
	let open: readonly T[] = sent;
	// As wanted so far.
	let early: readonly T[] = [];
	let pauseMs = FIRST_PAUSE_MS;
	while (open.length + early.length > 0) {
		const isEarly = clock.now() < lookAgainMs && lookAgainMs <= deadlineMs;
		const again = new Set(isEarly ? [] : early);
		const asked = [...open, ...again];
		const reading = await compareOnce(asked, compare, again);
		for (const [record, refusal] of reading.settled) settled.set(record, refusal);
		unconfirmed = reading.unconfirmed;
		const asWanted = asked.filter((record) => !settled.has(record) && !unconfirmed.has(record));
		early = isEarly ? [...early, ...asWanted] : [];
		open = [...unconfirmed.keys()];
		const leftMs = deadlineMs - clock.now();
		// What a long reading has left no time for is looked at again all the same.
		if (open.length + early.length === 0 || signal.aborted || (leftMs <= 0 && early.length === 0))
			break;
		await clock.sleep(Math.min(open.length > 0 ? pauseMs : lookAgainMs - clock.now(), leftMs));
		pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
	}
	const all = new Map([...settled, ...unconfirmed]);
	return new Map(
		sent.flatMap((record) => (all.has(record) ? [[record, all.get(record) as Refusal]] : [])),
	);
}

interface Reading<T> {
	/** Those that will never be confirmed. */
	settled: Map<T, Refusal>;
	unconfirmed: Map<T, Refusal>;
}

/** @param seen those that were as wanted before: they stay so where they cannot be read once more */
async function compareOnce<T>(
	records: readonly T[],
	compare: Compare<T>,
	seen: ReadonlySet<T>,
): Promise<Reading<T>> {
	const results = await comparedOrUnread(records, compare);
	const unconfirmed = new Map<T, Refusal>();
	const settled = new Map<T, Refusal>();
	results.forEach((result, place) => {
		const record = records[place] as T;
		if (result.ok || (result.isUnread && seen.has(record))) return;
		(result.isFinal ? settled : unconfirmed).set(record, result.refusal);
	});
	return { settled, unconfirmed };
}

async function comparedOrUnread<T>(
	records: readonly T[],
	compare: Compare<T>,
): Promise<Compared[]> {
	try {
		return await compare(records);
	} catch (error) {
		const result = unread(error);
		return records.map(() => result);
	}
}
