import type { MarketFault, MarketReply } from '../ports';

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

/** The Market's status for a quota or the limit of parallel requests that was hit. */
export const LIMIT_EXCEEDED = 420;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Whether the Market did what was asked. A refusal may come with status 200 and say so in the body. */
export function isSuccess(answer: MarketReply | MarketFault): boolean {
	if (answer.kind === 'fault' || isFault(answer) || answer.status < 200 || answer.status >= 300) return false;
	return (answer.body as { status?: unknown }).status !== 'ERROR';
}

/** Whether the Market refused something in the request: with 400, or with a success that says it is none. */
export function isBadRequest(answer: MarketReply | MarketFault): answer is MarketReply {
	if (answer.kind === 'fault' || isFault(answer) || isSuccess(answer)) return false;
	return answer.status === 400 || answer.status < 300;
}

/** Whether the Market (or something in between) failed, as opposed to refusing. */
export function isFault(answer: MarketReply | MarketFault): boolean {
	return answer.kind === 'fault' || answer.status >= 500 || isGarbled(answer);
}

/** A reply that broke off, or a success that is not JSON: a proxy's page. */
function isGarbled({ status, body }: MarketReply): boolean {
	if (typeof body === 'string' && body.startsWith('{')) return true;
	return status >= 200 && status < 300 && (typeof body !== 'object' || body === null);
}

/** Whether a quota or the limit of parallel requests was hit. The Market answers 420, never 429. */
export function isLimitHit(answer: MarketReply | MarketFault): boolean {
	return answer.kind === 'reply' && answer.status === LIMIT_EXCEEDED;
}

/** Whether a quota was hit: the limit of parallel requests comes without a moment until which to wait. */
export function isQuotaHit(answer: MarketReply | MarketFault): boolean {
	return isLimitHit(answer) && (answer as MarketReply).headers['x-ratelimit-resource-until'] !== undefined;
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
