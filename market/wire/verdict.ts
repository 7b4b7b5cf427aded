import type { Operation } from '../contract/apiMethods';
import type { MarketFault, MarketReply } from './ports';
import { isNeverSent, isUntrusted } from './connection';
import { gatewayAnswer, gatewayStatus } from './gateway';
import { isOwnRefusal, marketMessages } from './messages';

/** What an answer means, and so how it goes on. */
export type Verdict =
	/** The Market did what was asked: its reply holds what the contract says. */
	| { kind: 'success'; body: object }
	/** Something in the request is refused: a part of it may fare better. */
	| { kind: 'badRequest' }
	/** No request of this kind would fare better, now or again. */
	| { kind: 'refused' }
	/** Something in between takes no request of this size. */
	| { kind: 'tooLarge' }
	/** The quota is used up until a moment that the reply tells. */
	| { kind: 'quotaHit' }
	/** Too many requests at once. That is no quota: it is over as soon as one of them ends. */
	| { kind: 'tooManyAtOnce' }
	| FaultVerdict;

/** The Market, the connection or something in between failed: the same request may go through in a while. */
export interface FaultVerdict {
	kind: 'fault';
	/** Whether the Market may have acted on the request all the same. */
	mayBeApplied: boolean;
	/** Whether a few repetitions tell as much as many: the answer is a gateway's, which hardly changes its mind. */
	isStubborn: boolean;
	/** How long the answer asks to wait, in milliseconds; 0 where it does not say. */
	askedPauseMs: number;
}

/** The Market's status for a quota or the limit of parallel requests that was hit [docs, limits]: never 429. */
const LIMIT_EXCEEDED = 420;

/** Longest pause that an answer may ask for: one window of the Market's shortest quotas. */
const MAX_ASKED_PAUSE_MS = 60_000;

/** 403 with which the Market lets fewer and fewer calls through before it shuts a method down [docs, errors]. */
const RETIRING = /method is deprecated and is occasionally forbidden/i;

/** The one judgement of an answer; retries, the search for what is refused, and the words for a user follow from it. */
export function judge(answer: MarketReply | MarketFault, operation: Operation): Verdict {
	if (answer.kind === 'fault') {
		if (isUntrusted(answer)) return { kind: 'refused' };
		return {
			kind: 'fault',
			mayBeApplied: !isNeverSent(answer),
			isStubborn: false,
			askedPauseMs: 0,
		};
	}
	const { status, body } = answer;
	const limit = limitHit(answer);
	if (limit) return { kind: limit };
	if (status >= 200 && status < 300) return judgeSuccess(answer, operation);
	if (status >= 500) return faultOf(answer, { mayBeApplied: true, isStubborn: false });
	if (gatewayStatus(status) || !isOwnRefusal(body)) return judgeGateway(answer);
	if (status === 400) return { kind: 'badRequest' };
	const isRetiring =
		status === 403 && marketMessages(answer).some((message) => RETIRING.test(message));
	return isRetiring
		? faultOf(answer, { mayBeApplied: false, isStubborn: false })
		: { kind: 'refused' };
}

/** Which limit was hit: the one of parallel requests says so, or comes without the end of a window; or undefined. */
export function limitHit(reply: MarketReply): 'quotaHit' | 'tooManyAtOnce' | undefined {
	if (reply.status !== LIMIT_EXCEEDED) return undefined;
	const isParallel = marketMessages(reply).some((message) => /parallel requests/i.test(message));
	return isParallel || reply.headers['x-ratelimit-resource-until'] === undefined
		? 'tooManyAtOnce'
		: 'quotaHit';
}

/**
 * Whether the Market has counted a request in its quota: 2xx and 4xx count, 5xx and 420 do not, and what a gateway
 * answers has hardly reached the Market. Source: the Market's documentation of its limits.
 */
export function usesQuota({ status, body }: MarketReply): boolean {
	if (status === LIMIT_EXCEEDED || status >= 500 || gatewayStatus(status)) return false;
	return status < 300 ? typeof body === 'object' && body !== null : isOwnRefusal(body);
}

function judgeSuccess(reply: MarketReply, { proof }: Operation): Verdict {
	const { body } = reply;
	const { status } = (body ?? {}) as { status?: unknown };
	const isRefusal = isOwnRefusal(body);
	const isProven =
		proof === 'status' ? status === 'OK' && !isRefusal : status !== 'ERROR' && holds(body, proof);
	if (isProven) return { kind: 'success', body: body as object };
	if (isRefusal && status !== 'OK') return { kind: 'badRequest' };
	return faultOf(reply, { mayBeApplied: true, isStubborn: false });
}

function judgeGateway(reply: MarketReply): Verdict {
	const { verdict, mayBeApplied } = gatewayAnswer(reply.status);
	if (verdict === 'final') return { kind: 'refused' };
	if (verdict === 'cut') return { kind: 'tooLarge' };
	// A text that begins like JSON is a reply that broke off: the Market's own, most likely.
	const isBroken = typeof reply.body === 'string' && reply.body.startsWith('{');
	return faultOf(reply, { mayBeApplied, isStubborn: !isBroken });
}

function faultOf(
	reply: MarketReply,
	fault: Pick<FaultVerdict, 'mayBeApplied' | 'isStubborn'>,
): FaultVerdict {
	return { kind: 'fault', ...fault, askedPauseMs: askedPause(reply) };
}

/** `Retry-After`, in seconds or as a date by the clock of whoever answered [RFC 9110, 10.2.3]. */
function askedPause({ headers }: MarketReply): number {
	const asked = headers['retry-after'] ?? '';
	const ms = /^\d+$/.test(asked)
		? Number(asked) * 1_000
		: Date.parse(asked) - Date.parse(headers['date'] ?? '');
	return ms > 0 ? Math.min(ms, MAX_ASKED_PAUSE_MS) : 0;
}

/** Whether a body has a list or an object at the end of a path such as `result.offers[]` or `campaign`. */
function holds(body: unknown, path: string): boolean {
	const isList = path.endsWith('[]');
	const names = (isList ? path.slice(0, -2) : path).split('.');
	let value = body;
	for (const name of names) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
		value = (value as Record<string, unknown>)[name];
	}
	return isList
		? Array.isArray(value)
		: typeof value === 'object' && value !== null && !Array.isArray(value);
}
