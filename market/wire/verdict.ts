import type { ApiMethod } from '../contract/apiMethods';
import type { MarketFault, MarketReply } from './ports';
import { isNeverSent, isUntrusted } from './connection';
import { gatewayAnswer, gatewayStatus } from './gateway';
import { isOwnRefusal, marketMessages } from './messages';

/** What an answer means, and so what happens next. */
export type Verdict =
	/** The Market did what was asked: its reply contains what the contract promises. */
	| { kind: 'success'; body: object }
	/** Something in the request was refused: a part of it may fare better. */
	| { kind: 'badRequest' }
	/** No request of this kind would succeed, now or later. */
	| { kind: 'refused' }
	/** Something between us and the Market does not accept a request of this size. */
	| { kind: 'tooLarge' }
	/** The quota is used up until a moment given in the reply. */
	| { kind: 'quotaHit' }
	/** Too many requests at once. That is not a quota: it is over as soon as one of them ends. */
	| { kind: 'tooManyAtOnce' }
	| FaultVerdict;

/** The Market, the connection or something in between failed: the same request may succeed later. */
export interface FaultVerdict {
	kind: 'fault';
	/** Whether the Market may have acted on the request anyway. */
	mayBeApplied: boolean;
	/** Whether a few repetitions tell as much as many: a gateway answered, and it rarely changes its mind. */
	isStubborn: boolean;
	/** How long the answer asks us to wait, in milliseconds; 0 if it does not say. */
	askedPauseMs: number;
}

/** The Market's status when a quota or the limit of parallel requests is exceeded [docs, limits]: never 429. */
const LIMIT_EXCEEDED = 420;

/** Longest pause an answer may ask for: one window of the Market's shortest quotas. */
const MAX_ASKED_PAUSE_MS = 60_000;

/** The 403 with which the Market lets fewer and fewer calls through before it shuts a method down [docs, errors]. */
const RETIRING = /method is deprecated and is occasionally forbidden/i;

/** The one judgement of an answer. Retries, the search for refused records and the user's message follow from it. */
export function judge(answer: MarketReply | MarketFault, apiMethod: ApiMethod): Verdict {
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
	if (status < 300) return judgeSuccess(answer, apiMethod);
	if (status >= 500) return faultOf(answer, { mayBeApplied: true, isStubborn: false });
	if (gatewayStatus(status) || !isOwnRefusal(body)) return judgeGateway(answer);
	if (status === 400) return { kind: 'badRequest' };
	const isRetiring =
		status === 403 && marketMessages(answer).some((message) => RETIRING.test(message));
	return isRetiring
		? faultOf(answer, { mayBeApplied: false, isStubborn: false })
		: { kind: 'refused' };
}

/** Which limit was hit, if any. The limit of parallel requests says so, or comes without the end of a window. */
export function limitHit(reply: MarketReply): 'quotaHit' | 'tooManyAtOnce' | undefined {
	if (reply.status !== LIMIT_EXCEEDED) return undefined;
	const isParallel = marketMessages(reply).some((message) => /parallel requests/i.test(message));
	return isParallel || reply.headers['x-ratelimit-resource-until'] === undefined
		? 'tooManyAtOnce'
		: 'quotaHit';
}

/**
 * Whether the Market counted a request against its quota: 2xx and 4xx count, 5xx and 420 do not, and a request that a
 * gateway answered has hardly reached the Market. Source: the Market's documentation of its limits.
 */
export function usesQuota({ status, body }: MarketReply): boolean {
	if (status === LIMIT_EXCEEDED || status >= 500 || gatewayStatus(status)) return false;
	return status < 300 ? typeof body === 'object' && body !== null : isOwnRefusal(body);
}

function judgeSuccess(reply: MarketReply, { proof }: ApiMethod): Verdict {
	const { body } = reply;
	const { status } = (body ?? {}) as { status?: unknown };
	const isRefusal = isOwnRefusal(body);
	const isProven =
		proof === 'status'
			? status === 'OK' && !isRefusal
			: status !== 'ERROR' && [proof].flat().some((path) => holds(body, path));
	if (isProven) return { kind: 'success', body: body as object };
	if (isRefusal && status !== 'OK') return { kind: 'badRequest' };
	return faultOf(reply, { mayBeApplied: true, isStubborn: false });
}

function judgeGateway(reply: MarketReply): Verdict {
	const { verdict, mayBeApplied } = gatewayAnswer(reply.status);
	if (verdict === 'final') return { kind: 'refused' };
	if (verdict === 'cut') return { kind: 'tooLarge' };
	// A text that begins like JSON is a truncated reply, most likely the Market's own.
	const isBroken = typeof reply.body === 'string' && reply.body.startsWith('{');
	return faultOf(reply, { mayBeApplied, isStubborn: !isBroken });
}

function faultOf(
	reply: MarketReply,
	fault: Pick<FaultVerdict, 'mayBeApplied' | 'isStubborn'>,
): FaultVerdict {
	return { kind: 'fault', ...fault, askedPauseMs: askedPause(reply) };
}

/** `Retry-After`, in seconds or as a date by the answering server's clock [RFC 9110, 10.2.3]. */
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
