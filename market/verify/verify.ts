import { MAX_ANSWER_MS } from '../contract/bounds';
import type { Limits } from '../pacing/limits';
import type { RunPorts } from '../pacing/runPorts';
import type { Refusal } from '../common/refusal';
import { unread, type Compare, type Compared } from './compared';

/** Pauses between readings: the Market shows most changes within a minute, some only after 15. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/** How many SKUs a minute can be read back in the worst case: the smallest quota of a read, 100 requests [openapi]. */
const LEAST_PER_MINUTE = 10_000;
const MINUTE_MS = 60_000;

/**
 * How long reading back may go on: until `endMs`, but in any case once through all records. After Maximum Wait no quota
 * is waited for; before it, a reading may have to wait for one window.
 *
 * @param endMs our time until which to try, in milliseconds since 1970
 * @param deadlineMs our time until which quotas are waited for; Infinity if there is no limit
 * @param rounds how many such readings wait for one target, one after another
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
 * Reads the Market back until it shows everything that was sent, until nothing left can change, or until time is up.
 *
 * @param deadlineMs our time until which to try, in milliseconds since 1970
 * @param lookAgainMs our time until which something else may undo what was sent: whatever was confirmed before that is
 *   read once more then, unless the deadline is earlier; -Infinity if there is no such thing
 * @returns why a record is not confirmed. Records that are absent from it are confirmed.
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
	// Confirmed so far, but too early.
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
		// Even if a long reading has used up the time, these are looked at again.
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

interface Comparison<T> {
	/** Those that will never be confirmed. */
	settled: Map<T, Refusal>;
	unconfirmed: Map<T, Refusal>;
}

/** @param seen those that were confirmed before: they stay so if they cannot be read again */
async function compareOnce<T>(
	records: readonly T[],
	compare: Compare<T>,
	seen: ReadonlySet<T>,
): Promise<Comparison<T>> {
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
