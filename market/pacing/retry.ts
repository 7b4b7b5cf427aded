import type { FaultVerdict } from '../wire/verdict';

/** What has happened to the records of a request so far. Kept up to date also where sending rejects. */
export interface Attempts {
	/** Tries that the Market may have acted on without an answer. */
	faults: number;
	/** How many of them there were in a row just now. */
	inARow: number;
}

/** Nothing has happened yet. */
export function noAttempts(): Attempts {
	return { faults: 0, inARow: 0 };
}

/** Most repetitions of one request after faults of the connection or of the Market (5xx). */
export const MAX_FAULT_RETRIES = 7;

/** How long a request pauses at most where others hold all places for requests at once and Maximum Wait is over. */
export const MAX_PAUSES_MS = 30_000;

/** Limits hit in a row without a credible moment of their end: no request between them went through, nor was told when. */
export interface LimitStreak {
	hits: number;
	/** Our time of the first of them, in milliseconds since 1970. */
	sinceMs: number;
}

/** No limit was hit. */
export function noLimitHits(): LimitStreak {
	return { hits: 0, sinceMs: NaN };
}

/** So long a run goes on asking where nothing tells when a request will go through. */
const MAX_FRUITLESS_MS = 20 * 60_000;

/** And so often at least, for quotas with long windows. */
const MIN_FRUITLESS_HITS = 3;

/** Counts a limit that was hit. Whether it is of no use to go on. */
export function isHopeless(streak: LimitStreak, nowMs: number): boolean {
	if (streak.hits === 0) streak.sinceMs = nowMs;
	streak.hits += 1;
	return streak.hits >= MIN_FRUITLESS_HITS && nowMs - streak.sinceMs > MAX_FRUITLESS_MS;
}

/** Most repetitions after the answers of a gateway: what it says a few times it will say again. */
const MAX_GATEWAY_RETRIES = 3;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Most repetitions after a fault, where no more than so many are wanted at all. */
export function retriesAfter({ isStubborn }: FaultVerdict, wanted: number): number {
	return isStubborn ? Math.min(wanted, MAX_GATEWAY_RETRIES) : wanted;
}

/**
 * How long to pause after a fault before the same request is sent again, in milliseconds: exponential, with full
 * jitter, so that parallel requests do not come back together.
 * Any request of ours may be repeated after a lost reply: values are absolute and the stamp stays the same.
 *
 * @param earlier faults of this request before this one
 * @param random a number from 0 up to 1
 * Source: the Market's best practices: repeat 5xx and faults of the network with a growing pause.
 */
export function pauseAfterFault(earlier: number, random: number): number {
	return random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** earlier);
}
