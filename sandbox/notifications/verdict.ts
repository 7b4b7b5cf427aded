import { MAX_REPLY_TEXT, NOTIFICATION_ERRORS, type DELIVERY_FAILURES } from '../contract';
import { isObject } from '../market/fields';
import { parseTimestamp } from '../market/timestamps';
import type { Answer } from './post';

/** Why a notification did not get through, in the words of the Market's log. */
export type Failure = {
	[Type in keyof typeof DELIVERY_FAILURES]: {
		type: Type;
		subtype: (typeof DELIVERY_FAILURES)[Type][number];
	};
}[keyof typeof DELIVERY_FAILURES];

/** What became of one attempt. Only one that failed is repeated. */
export type Verdict =
	| { outcome: 'DELIVERED' }
	| { outcome: 'REFUSED'; error: (typeof NOTIFICATION_ERRORS)[number] }
	| { outcome: 'FAILED'; failure: Failure };

/** What the Market makes of an answer. */
export function verdictOn({ status, contentType, body }: Answer): Verdict {
	const isJson = contentType.split(';')[0]?.trim().toLowerCase() === 'application/json';
	if (status === 400 && isJson) {
		const error = refusalIn(body);
		if (error !== undefined) return { outcome: 'REFUSED', error };
	}
	if (status !== 200) return failed({ type: 'CANT_GET_RESPONSE', subtype: 'HTTP' });
	if (!isJson) return failed({ type: 'CANT_GET_RESPONSE', subtype: 'UNSUPPORTED_MEDIA_TYPE' });
	const reply = parsed(body);
	if (reply === undefined)
		return failed({ type: 'INVALID_RESPONSE', subtype: 'CANT_PARSE_RESPONSE' });
	if (!isReceipt(reply)) return failed({ type: 'INVALID_RESPONSE', subtype: 'INVALID_DATA' });
	return { outcome: 'DELIVERED' };
}

/** What the Market makes of a request without an answer, by Node's code for what went wrong. */
export function verdictOnCode(code: string): Verdict {
	if (code === 'ECONNREFUSED')
		return failed({ type: 'CANT_GET_RESPONSE', subtype: 'CONNECTION_REFUSED' });
	if (code === 'ETIMEDOUT')
		return failed({ type: 'CANT_GET_RESPONSE', subtype: 'CONNECTION_TIMED_OUT' });
	if (code === 'ERR_CANCELED')
		return failed({ type: 'CANT_GET_RESPONSE', subtype: 'READ_TIMED_OUT' });
	if (/SSL|TLS|CERT|EPROTO/.test(code))
		return failed({ type: 'CANT_GET_RESPONSE', subtype: 'SSL_ERROR' });
	return failed({ type: 'CANT_GET_RESPONSE', subtype: 'HTTP' });
}

function failed(failure: Failure): Verdict {
	return { outcome: 'FAILED', failure };
}

/** Why a 400 refuses a notification for good; undefined if it is not in the contract's form. */
function refusalIn(body: string): (typeof NOTIFICATION_ERRORS)[number] | undefined {
	const reply = parsed(body);
	if (!isObject(reply) || !isObject(reply.error)) return undefined;
	const { type } = reply.error;
	return NOTIFICATION_ERRORS.find((error) => error === type);
}

/** Whether an answer says who took the notification, and when. */
function isReceipt(reply: unknown): boolean {
	if (!isObject(reply)) return false;
	const { version, name, time } = reply;
	return (
		isShortText(version) &&
		isShortText(name) &&
		typeof time === 'string' &&
		parseTimestamp(time) !== undefined
	);
}

function isShortText(value: unknown): boolean {
	return typeof value === 'string' && value.length >= 1 && value.length <= MAX_REPLY_TEXT;
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}
