import type { MarketFault, MarketReply, MarketRequest, Send } from '../../market/wire/ports';

/** The Market's 200 for a write. */
export const OK: MarketReply = { kind: 'reply', status: 200, headers: {}, body: { status: 'OK' } };

/** No answer at all. */
export const DROPPED: MarketFault = { kind: 'fault', message: 'socket hang up' };

/** A page of something that stands between us and the Market. */
export const GARBLED: MarketReply = {
	kind: 'reply',
	status: 200,
	headers: {},
	body: '<html>Sign in</html>',
};

/** A refusal with the Market's own message. */
export function refusal(
	status: number,
	message = 'No',
	headers: Record<string, string> = {},
): MarketReply {
	return {
		kind: 'reply',
		status,
		headers,
		body: { status: 'ERROR', errors: [{ code: 'CODE', message }] },
	};
}

/** The limit on simultaneous requests: it comes without a moment to wait for. */
export const PARALLEL_LIMIT = refusal(
	420,
	'Hit rate limit of 4 parallel requests for campaignId 1',
);

type Answer = MarketReply | MarketFault;

/** A Market with prepared answers: one for each request, the last one for all that follow. Records the requests. */
export function scripted(
	...answers: Array<Answer | ((request: MarketRequest) => Answer | Promise<Answer>)>
): Send & {
	requests: MarketRequest[];
} {
	const requests: MarketRequest[] = [];
	const send: Send = (request) => {
		const answer = answers[Math.min(requests.length, answers.length - 1)] ?? OK;
		requests.push(request);
		return Promise.resolve(typeof answer === 'function' ? answer(request) : answer);
	};
	return Object.assign(send, { requests });
}
