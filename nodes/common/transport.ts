import {
	NodeApiError,
	sleep,
	type IAdditionalCredentialOptions,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { whenAborted } from '../../market/cancel';
import type { CancelSignal, MarketFault, MarketReply, MarketRequest, Ports, Send } from '../../market/ports';
import type { Account, NodeContext } from './account';
import { lanes } from './shared';
import { readThrown, type Answer } from './thrown';

/** Labels our calls in the seller's request log. Source: X-Market-Integration in the Market's documentation. */
export const INTEGRATION = 'n8n-nodes-yandex-market/0.1.0';

/** The Market gives up after 10 s; closing earlier than that would leave it unknown what happened. */
const TIMEOUT_MS = 60_000;

/** A request is over by then: the timeout above is one of silence, and a reply may trickle for ever. */
const TOTAL_MS = 90_000;

const SLEEP_PIECE_MS = 500;

/** Statuses with which n8n is to refresh an OAuth token: the Market answers 403 to an expired one. */
const OAUTH_OPTIONS: IAdditionalCredentialOptions = {
	oauth2: { tokenExpiredStatusCode: 403, skipRefreshWhileTokenIsFresh: true, tokenType: 'Bearer' },
};

/** The ports of one run. */
export interface RunPorts extends Ports {
	/** The run is over: sleeps that nobody awaits any more end too. */
	close(): void;
}

/** What the market code needs from n8n: the way out, the time, the Stop button, chance, and the limits in common. */
export function marketPorts(context: NodeContext, account: Account): RunPorts {
	const signal = cancelSignal(context);
	let isOver = false;
	return {
		close: () => {
			isOver = true;
		},
		send: marketSend(context, account),
		clock: {
			now: () => Date.now(),
			sleep: async (ms) => await sleepInPieces(ms, signal, () => isOver || signal.aborted),
		},
		signal,
		random: () => Math.random(),
		laneOf: (operation, id = `credential ${account.credentialId}`, subscription = 'none') =>
			lanes.open({ apiUrl: account.apiUrl, entity: id, operation, subscription }, Date.now()),
	};
}

/** n8n's sleep cannot be ended: in pieces, nothing of a long one stays behind when it is of no use any more. */
async function sleepInPieces(ms: number, signal: CancelSignal, isUseless: () => boolean): Promise<void> {
	const endMs = Date.now() + ms;
	for (let leftMs = ms; leftMs > 0 && !isUseless(); leftMs = endMs - Date.now()) {
		await Promise.race([sleep(Math.min(leftMs, SLEEP_PIECE_MS)), whenAborted(signal)]);
	}
}

function cancelSignal(context: NodeContext): CancelSignal {
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	// A new one each time: whoever waits for it is forgotten with it.
	return (signal as CancelSignal | undefined) ?? { aborted: false, addEventListener() {}, removeEventListener() {} };
}

/** The one way out of this package: a market request through n8n's own request helper. */
function marketSend(context: NodeContext, account: Account): Send {
	return async (request, signal = cancelSignal(context)) => {
		try {
			const response = await withinTotal(context, signal, async (bounded) => {
				const { httpRequestWithAuthentication } = bounded.helpers;
				const options = requestOptions(request, account);
				const answer: unknown = await httpRequestWithAuthentication.call(
					bounded,
					account.credentialType,
					options,
					OAUTH_OPTIONS,
				);
				return answer as HttpResponse;
			});
			if (response === 'late') return { kind: 'fault', message: `no whole reply within ${TOTAL_MS / 1_000} s` };
			return reply({ ...response, status: response.statusCode }, account);
		} catch (error) {
			const answer = answerFrom(error, account);
			if (answer) return answer;
			throw new NodeApiError(context.getNode(), error as never);
		}
	};
}

/**
 * Asks until the total time of a request is over or the signal is given, and closes the connection then. n8n's helper ends
 * a request with the signal that it finds at its context, so it is given a context with a signal of ours.
 */
async function withinTotal<T>(
	context: NodeContext,
	signal: CancelSignal,
	ask: (bounded: IExecuteFunctions) => Promise<T>,
): Promise<T | 'late'> {
	const end = new AbortController();
	const stop = () => end.abort();
	if (signal.aborted) stop();
	signal.addEventListener('abort', stop);
	const bounded = Object.create(context, { getExecutionCancelSignal: { value: () => end.signal } }) as IExecuteFunctions;
	const late = async () => {
		await sleepInPieces(TOTAL_MS, end.signal, () => end.signal.aborted);
		return 'late' as const;
	};
	try {
		return await Promise.race([ask(bounded), late()]);
	} finally {
		signal.removeEventListener('abort', stop);
		stop();
	}
}

interface HttpResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

function requestOptions({ operation, path, body, businessId }: MarketRequest, account: Account): IHttpRequestOptions {
	return {
		method: operation.verb,
		url: account.apiUrl + path,
		headers: {
			Accept: 'application/json',
			'X-Market-Integration': INTEGRATION,
			...businessHeader(account, businessId),
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
		},
		// Bytes are sent as they are; a text would be parsed once more on its way, and an object copied as well.
		...(body === undefined ? {} : { body: Buffer.from(body) }),
		timeout: TIMEOUT_MS,
		returnFullResponse: true,
		// A redirect could take the token to another host.
		disableFollowRedirect: true,
		// n8n refreshes an OAuth token only where the status is thrown.
		ignoreHttpStatusErrors: { ignore: true, except: [401, 403] },
	};
}

/**
 * An OAuth user is given the limits of a cabinet's paid subscription only where the request names the cabinet; an
 * Api-Key token belongs to one. Source: X-Business-Id in the Market's documentation.
 */
function businessHeader({ credentialType }: Account, businessId: string | undefined): Record<string, string> {
	if (credentialType !== 'yandexMarketOAuth2Api' || businessId === undefined) return {};
	return { 'X-Business-Id': businessId };
}

/** What n8n's request helper threw: an answer with a status, a fault of the connection, or something of our own. */
function answerFrom(error: unknown, account: Account): MarketReply | MarketFault | undefined {
	const thrown = readThrown(error);
	if (thrown === undefined) return undefined;
	if (!('fault' in thrown)) return reply(thrown, account);
	const { code, fault } = thrown;
	return { kind: 'fault', message: redact(fault, account), ...(code === undefined ? {} : { code }) };
}

/** An answer with our secrets taken out, should the other side repeat them. */
function reply({ status, headers, body }: Answer, account: Account): MarketReply {
	const plain: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) plain[name.toLowerCase()] = redact(String(value), account);
	return { kind: 'reply', status, headers: plain, body: redactBody(body, account) };
}

function redactBody(body: unknown, account: Account): unknown {
	return JSON.parse(JSON.stringify(body ?? null), (_key, value: unknown) =>
		typeof value === 'string' ? redact(value, account) : value,
	);
}

/** An OAuth token, also one that n8n has got in the middle of a run: the account holds those of its start. */
const BEARER = /\bBearer\s+[^\s'",]+/gi;

function redact(text: string, { secrets }: Account): string {
	return secrets.reduce((rest, secret) => rest.split(secret).join('***'), text.replace(BEARER, 'Bearer ***'));
}
