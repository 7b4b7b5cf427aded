import {
	sleep,
	type IAdditionalCredentialOptions,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { name, version } from '../../../package.json';
import { onAbort, whenAborted } from '../../../market/wire/cancel';
import { parseReply } from '../../../market/wire/json';
import { noStats, type RunPorts } from '../../../market/pacing/runPorts';
import type {
	CancelSignal,
	MarketFault,
	MarketReply,
	MarketRequest,
	Send,
} from '../../../market/wire/ports';
import type { Account, NodeContext } from './account';
import { readText } from './replyText';
import { requestLine } from './requestLine';
import { lanes } from './processMemory';
import { momentInZone } from '../engine/momentInZone';
import { readThrown, type Answer, type Broken, thrownBy } from './thrown';

/** Labels our calls in the seller's request log. Source: X-Market-Integration in the Market's documentation. */
export const INTEGRATION = `${name}/${version}`;

/** The Market gives up after 10 s; if we closed earlier than that, it would be unknown what happened. */
const TIMEOUT_MS = 60_000;

/** A request is over by then: the timeout above limits only silence, and a reply may trickle for ever. */
const TOTAL_MS = 90_000;

/** Longest value of a header that is kept: those that we use are far shorter. */
const MAX_HEADER_LENGTH = 1_000;

const SLEEP_PIECE_MS = 500;

/** Statuses on which n8n should refresh an OAuth token: the Market answers 403 to an expired one. */
const OAUTH_OPTIONS: IAdditionalCredentialOptions = {
	oauth2: { tokenExpiredStatusCode: 403, skipRefreshWhileTokenIsFresh: true, tokenType: 'Bearer' },
};

/** The ports of one run. */
export interface NodePorts extends RunPorts {
	/** Ends the run, and with it any sleep that nobody awaits any more. */
	close(): void;
}

/** What the market code needs from n8n: the way out, the time, the Stop button, chance, and the shared limits. */
export function marketPorts(context: NodeContext, account: Account): NodePorts {
	const signal = cancelSignal(context);
	let isOver = false;
	return {
		stats: noStats(),
		close: () => {
			isOver = true;
		},
		send: marketSend(context, account),
		onRequest: (report) => context.logger.debug(account.redactor.text(requestLine(report))),
		clock: {
			now: () => Date.now(),
			inWords: (ms) => momentInZone(ms, context.getTimezone()),
			sleep: async (ms) => await sleepInPieces(ms, signal, () => isOver || signal.aborted),
		},
		signal,
		random: () => Math.random(),
		laneOf: (apiMethod, id = `credential ${account.accessKey}`, subscription = 'none') =>
			lanes.open({ apiUrl: account.apiUrl, entity: id, apiMethod, subscription }, Date.now()),
	};
}

/** n8n's sleep cannot be cut short, so we sleep in pieces: nothing of a long sleep lingers once it is of no use. */
async function sleepInPieces(
	ms: number,
	signal: CancelSignal,
	isUseless: () => boolean,
): Promise<void> {
	const endMs = Date.now() + ms;
	for (let leftMs = ms; leftMs > 0 && !isUseless(); leftMs = endMs - Date.now()) {
		await Promise.race([sleep(Math.min(leftMs, SLEEP_PIECE_MS)), whenAborted(signal)]);
	}
}

function cancelSignal(context: NodeContext): CancelSignal {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	// A new one each time, so that its listeners are forgotten with it.
	return (
		(signal as CancelSignal | undefined) ?? {
			aborted: false,
			addEventListener() {},
			removeEventListener() {},
		}
	);
}

/** The one way out of this package: a market request through n8n's own request helper. */
function marketSend(context: NodeContext, account: Account): Send {
	return async (request, signal = cancelSignal(context)) => {
		const answer = await withinTotal(
			context,
			signal,
			async (bounded, end) => await ask(request, account, bounded, end),
		);
		return answer === 'late'
			? { kind: 'fault', message: `no whole reply within ${TOTAL_MS / 1_000} s` }
			: answer;
	};
}

async function ask(
	request: MarketRequest,
	account: Account,
	context: NodeContext,
	signal: AbortSignal,
): Promise<MarketReply | MarketFault> {
	const options = requestOptions(request, account);
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context as IExecuteFunctions,
			account.credentialType,
			options,
			OAUTH_OPTIONS,
		)) as HttpResponse;
		learnToken(options, account);
		return await answerOf({ ...response, status: response.statusCode }, account, signal);
	} catch (error) {
		learnToken(options, account);
		const thrown = readThrown(error, options.url);
		if (thrown === undefined) throw thrownBy(context.getNode(), error, account.redactor);
		return 'fault' in thrown ? faultOf(thrown, account) : await answerOf(thrown, account, signal);
	}
}

/**
 * Asks until the total time of a request is over or the signal is given, then closes the connection. n8n's helper ends
 * a request on the signal that it finds in its context, so it is given a context with our signal.
 */
async function withinTotal<T>(
	context: NodeContext,
	signal: CancelSignal,
	ask: (bounded: NodeContext, end: AbortSignal) => Promise<T>,
): Promise<T | 'late'> {
	const end = new AbortController();
	const stop = () => end.abort();
	if (signal.aborted) stop();
	const forget = onAbort(signal, stop);
	const bounded = Object.create(context, {
		getExecutionCancelSignal: { value: () => end.signal },
	}) as NodeContext;
	const late = async () => {
		await sleepInPieces(TOTAL_MS, end.signal, () => end.signal.aborted);
		return 'late' as const;
	};
	try {
		return await Promise.race([ask(bounded, end.signal), late()]);
	} finally {
		forget();
		stop();
	}
}

const SIGNED = /^Bearer (.+)$/;

/** n8n signs by writing into the headers that it was given: that is how we learn a token that it gets during a run. */
function learnToken({ headers }: IHttpRequestOptions, { redactor }: Account): void {
	const [, token] = SIGNED.exec(String(headers?.Authorization ?? '')) ?? [];
	if (token !== undefined) redactor.learn(token);
}

interface HttpResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

function requestOptions(
	{ apiMethod, path, body, businessId }: MarketRequest,
	account: Account,
): IHttpRequestOptions {
	return {
		method: apiMethod.verb,
		url: account.apiUrl + path,
		headers: {
			Accept: 'application/json',
			'X-Market-Integration': INTEGRATION,
			...businessHeader(account, businessId),
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
		},
		// Bytes are sent as they are; a text would be parsed again on its way, and an object would be copied as well.
		...(body === undefined ? {} : { body: Buffer.from(body) }),
		timeout: TIMEOUT_MS,
		returnFullResponse: true,
		// A redirect could take the token to another host.
		disableFollowRedirect: true,
		// Read here: n8n would read a reply of any length, and round its numbers.
		encoding: 'stream',
		// n8n refreshes an OAuth token only if the status is thrown.
		ignoreHttpStatusErrors: account.credentialType === 'yandexMarketApi' || {
			ignore: true,
			except: [401, 403],
		},
	};
}

/**
 * An OAuth user gets the limits of a business's paid subscription only if the request names the business; an Api-Key
 * token belongs to one. Source: X-Business-Id in the Market's documentation.
 */
function businessHeader(
	{ credentialType }: Account,
	businessId: string | undefined,
): Record<string, string> {
	if (credentialType !== 'yandexMarketOAuth2Api' || businessId === undefined) return {};
	return { 'X-Business-Id': businessId };
}

/** An answer without our secrets, in case the other side repeats them; a fault if its body cannot be read. */
async function answerOf(
	{ status, headers, body }: Answer,
	account: Account,
	signal: AbortSignal,
): Promise<MarketReply | MarketFault> {
	const { redactor } = account;
	const plain: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		plain[name.toLowerCase()] = redactor.text(String(value)).slice(0, MAX_HEADER_LENGTH);
	}
	const read = await readText(body, plain['content-length'], signal);
	if ('fault' in read) return faultOf(read, account);
	return {
		kind: 'reply',
		status,
		headers: plain,
		body: redactor.reply(parseReply(read.text), read.text),
	};
}

function faultOf({ code, fault }: Broken, { redactor }: Account): MarketFault {
	return { kind: 'fault', message: redactor.text(fault), ...(code === undefined ? {} : { code }) };
}
