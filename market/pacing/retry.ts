import type { FaultVerdict } from '../wire/verdict';

/** What has happened to the records of a request so far. Kept up to date even if sending rejects. */
export interface Attempts {
	/** Attempts that got no answer although the Market may have acted on them. */
	faults: number;
	/** Current number of faults in a row. */
	inARow: number;
}

/** Nothing has happened yet. */
export function noAttempts(): Attempts {
	return { faults: 0, inARow: 0 };
}

/** Maximum repetitions of one request after faults of the connection or of the Market (5xx). */
export const MAX_FAULT_RETRIES = 7;

/** How long a request pauses at most if others hold all slots and Maximum Wait is over. */
export const MAX_PAUSES_MS = 30_000;

/** Limits hit in a row without a credible end: no request in between succeeded or was told when to come back. */
export interface LimitStreak {
	hits: number;
	/** Our time of the first one, in milliseconds since 1970. */
	sinceMs: number;
}

/** No limit was hit. */
export function noLimitHits(): LimitStreak {
	return { hits: 0, sinceMs: NaN };
}

/** How long a run keeps asking if nothing says when a request will go through. */
const MAX_FRUITLESS_MS = 20 * 60_000;

/** And how many times at least, for quotas with long windows. */
const MIN_FRUITLESS_HITS = 3;

/** Counts a limit that was hit. Returns whether going on is pointless. */
export function isHopeless(streak: LimitStreak, nowMs: number): boolean {
	if (streak.hits === 0) streak.sinceMs = nowMs;
	streak.hits += 1;
	return streak.hits >= MIN_FRUITLESS_HITS && nowMs - streak.sinceMs > MAX_FRUITLESS_MS;
}

/** Maximum repetitions after a gateway's answers: what it says a few times it will say again. */
const MAX_GATEWAY_RETRIES = 3;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Maximum repetitions after a fault. @param wanted the caller's own maximum */
export function retriesAfter({ isStubborn }: FaultVerdict, wanted: number): number {
	return isStubborn ? Math.min(wanted, MAX_GATEWAY_RETRIES) : wanted;
}

/**
 * How long to pause after a fault before the same request is sent again, in milliseconds: exponential, with full
 * jitter, so that parallel requests do not come back together.
 * Any of our requests may be repeated after a lost reply: values are absolute and the stamp stays the same.
 *
 * @param earlier faults of this request before this one
 * @param random a number from 0 up to 1
 * Source: the Market's best practices: repeat after 5xx and network faults, with a growing pause.
 */
export function pauseAfterFault(earlier: number, random: number): number {
	return random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** earlier);
}
