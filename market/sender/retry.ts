import type { MarketFault, MarketReply } from '../ports';
import { untilWindowEnds } from '../serverClock';

/** Most repetitions of one request after faults of the connection or of the Market (5xx). */
export const MAX_FAULT_RETRIES = 7;

/** Longest wait of one request for quotas and parallel requests of others, all tries together. */
export const MAX_LIMIT_WAIT_MS = 30 * 60_000;

const LIMIT_EXCEEDED = 420;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const WINDOW_JITTER_MS = 500;

/** What has happened to one request so far. */
export interface Attempts {
	tries: number;
	faults: number;
	limitHits: number;
	limitWaitMs: number;
}

/** Attempts of a request that has not gone out yet. */
export function noAttempts(): Attempts {
	return { tries: 0, faults: 0, limitHits: 0, limitWaitMs: 0 };
}

/** Whether the Market did what was asked. A refusal may come with status 200 and say so in the body. */
export function isSuccess(answer: MarketReply | MarketFault): boolean {
	return (
		answer.kind === 'reply' &&
		answer.status >= 200 &&
		answer.status < 300 &&
		!isFault(answer) &&
		(answer.body as { status?: unknown }).status !== 'ERROR'
	);
}

/** Whether the Market (or something in between) failed, as opposed to refusing. */
export function isFault(answer: MarketReply | MarketFault): boolean {
	return answer.kind === 'fault' || answer.status >= 500 || isGarbled(answer);
}

/** A success whose body is not JSON: a proxy's page, or a reply that broke off. */
function isGarbled({ status, body }: MarketReply): boolean {
	return status >= 200 && status < 300 && (typeof body !== 'object' || body === null);
}

/** Whether a quota or the limit of parallel requests was hit. The Market answers 420, never 429. */
export function isLimitHit(answer: MarketReply | MarketFault): boolean {
	return answer.kind === 'reply' && answer.status === LIMIT_EXCEEDED;
}

/**
 * How long to wait before the same request is sent again, in milliseconds; undefined where it must not be.
 * Any request of ours may be repeated after a lost reply: values are absolute and the stamp stays the same.
 *
 * @param random a number from 0 up to 1
 * Source: the Market's best practices: repeat faults and 420 with a growing pause, never another 4xx.
 */
export function retryDelay(
	answer: MarketReply | MarketFault,
	attempts: Attempts,
	random: number,
): number | undefined {
	if (isLimitHit(answer)) {
		// The Market's own timing beats ours; a parallel hit comes without it.
		const window = untilWindowEnds(answer as MarketReply);
		const delay = window === undefined ? backoff(attempts.limitHits, random) : window + random * WINDOW_JITTER_MS;
		return attempts.limitWaitMs + delay <= MAX_LIMIT_WAIT_MS ? delay : undefined;
	}
	if (isFault(answer)) {
		return attempts.faults < MAX_FAULT_RETRIES ? backoff(attempts.faults, random) : undefined;
	}
	return undefined;
}

/** Exponential, with full jitter, so that parallel requests do not come back together. */
function backoff(earlier: number, random: number): number {
	return random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** earlier);
}
