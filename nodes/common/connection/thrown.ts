import { NodeApiError, type IDataObject, type INode, type NodeOperationError } from 'n8n-workflow';

import { refusalError } from '../engine/nodeError';
import type { Redactor } from './redact';

/** An answer from the other side, as n8n passes it on. */
export interface Answer {
	status: number;
	headers: IDataObject;
	body: unknown;
}

/** What broke the connection, as Node names it and in words. */
export interface Broken {
	code?: string;
	fault: string;
}

/** What axios throws; n8n's request helper is built on it. */
interface ThrownByAxios {
	isAxiosError?: boolean;
	code?: string;
	message?: string;
	config?: { url?: string };
	response?: { status: number; headers: IDataObject; data: unknown };
}

/** What n8n's OAuth client throws if Yandex ID did not refresh a token. */
interface ThrownByOAuth {
	code?: string;
	message?: string;
	body?: unknown;
}

/** What is left of it in the error that n8n before 2.34 throws without its cause. */
interface ThrownWithoutCause {
	/** The status, or the code of what broke the connection. */
	httpCode?: string | null;
	/** The first one is what axios said. */
	messages?: string[];
	/** The body of the answer, if it was an object. */
	context?: { data?: unknown };
}

/** How axios reports an answer with a status that it throws. */
const STATUS = /^Request failed with status code (\d{3})$/;
/** What broke the connection; or a good status, if the answer broke off in the middle. */
const BROKEN = /^([A-Z]|2\d\d$)/;
/** Yandex ID refused to refresh a token: the connection itself worked. */
const OAUTH_REFUSAL = 'EAUTH';
/** Codes that only look like refusals: Yandex ID cannot answer just now. Source: RFC 6749, 4.1.2.1. */
const OAUTH_NOT_NOW: readonly unknown[] = ['server_error', 'temporarily_unavailable'];
/** Yandex ID sent neither a token nor a refusal, but a gateway's page, or a reply that broke off. */
const OAUTH_BROKEN = 'ESTATUS';
/** The same in n8n's words, for when the code is lost. */
const OAUTH_BROKEN_WORDS =
	/^(?:HTTP status \d{3}$|Expected JSON response from OAuth2|Unsupported content type)/;

/**
 * Reads what n8n's request helper threw: an answer with a status, or what the connection said when it broke, including
 * while a token was being refreshed. Undefined if it is neither but something of our own, such as a credential that is
 * not connected, or a refresh that Yandex ID refused.
 *
 * @param url what was asked; an answer from any other address is Yandex ID's
 */
export function readThrown(error: unknown, url: string): Answer | Broken | undefined {
	// Recognised by shape, not by class: if two copies of n8n-workflow are loaded, there are two classes.
	const { cause } = error as { cause?: unknown };
	const thrown = (
		(cause as ThrownByAxios | undefined)?.isAxiosError ? cause : error
	) as ThrownByAxios;
	if (thrown.response) {
		const { status, headers, data } = thrown.response;
		const isOAuth = thrown.config?.url !== undefined && thrown.config.url !== url;
		if (isOAuth)
			return {
				fault: `Yandex ID did not refresh the token: ${thrown.message ?? `HTTP status ${status}`}`,
			};
		return { status, headers, body: data };
	}
	if (thrown.isAxiosError) return fault(thrown.code, thrown.message);
	return cause === undefined
		? readWithoutCause(error as ThrownWithoutCause)
		: readOAuth(cause as ThrownByOAuth);
}

/** A refresh that can be retried. */
function readOAuth({ code, message = '', body }: ThrownByOAuth): Broken | undefined {
	const isNotNow =
		code === OAUTH_REFUSAL &&
		OAUTH_NOT_NOW.includes((body as { error?: unknown } | undefined)?.error);
	if (code !== OAUTH_BROKEN && !isNotNow) return undefined;
	return { fault: `Yandex ID did not refresh the token: ${message}` };
}

function readWithoutCause({
	httpCode,
	messages,
	context,
}: ThrownWithoutCause): Answer | Broken | undefined {
	const said = messages?.[0] ?? '';
	const [, status] = STATUS.exec(said) ?? [];
	if (status !== undefined) return { status: Number(status), headers: {}, body: context?.data };
	if (OAUTH_BROKEN_WORDS.test(said))
		return { fault: `Yandex ID did not refresh the token: ${said}` };
	if (!httpCode || httpCode === OAUTH_REFUSAL || !BROKEN.test(httpCode)) return undefined;
	return fault(httpCode, said);
}

function fault(code = '', message = ''): Broken {
	return {
		...(code === '' ? {} : { code }),
		fault: message.includes(code) ? message : `${code} ${message}`.trim(),
	};
}

/** What n8n's request helper threw, in n8n's words but without secrets: nothing of the original is kept. */
export function thrownBy(node: INode, error: unknown, redactor: Redactor): NodeOperationError {
	const { message, description } = new NodeApiError(node, error as never);
	return refusalError(node, {
		reason: redactor.text(message),
		advice: redactor.text(description ?? ''),
	});
}
