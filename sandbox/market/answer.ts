import { randomBytes } from 'node:crypto';

import type { MarketReply } from './http';
import type { Allowance } from './quotas';
import type { Refusal } from './refusal';

const JSON_TYPE = 'application/json;charset=UTF-8';

/** What the Market answers, before it becomes HTTP. */
export interface Answer {
	status: number;
	/** An object is sent as JSON, a text as it is. */
	body: object | string;
	/** @default JSON */
	contentType?: string;
	/** Absent if no quota is involved. */
	allowance?: Allowance;
}

/** The answer to a call that is refused. */
export function refusedAnswer(refusal: Refusal, allowance?: Allowance): Answer {
	return { status: refusal.status, body: refusal.envelope(), allowance };
}

/** The message of an answer's first error, if it has one. */
export function firstErrorOf({ body }: Answer): string | undefined {
	return (body as { errors?: Array<{ message: string }> }).errors?.[0]?.message;
}

/** The answer as it leaves the Market. */
export function toReply(
	{ status, body, contentType = JSON_TYPE, allowance }: Answer,
	now: number,
): MarketReply {
	const headers: Record<string, string> = {
		'content-type': contentType,
		date: new Date(now).toUTCString(),
		traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
	};
	if (allowance !== undefined) {
		headers['x-ratelimit-resource-limit'] = String(allowance.limit);
		headers['x-ratelimit-resource-remaining'] = String(allowance.remaining);
		headers['x-ratelimit-resource-until'] = new Date(allowance.until).toUTCString();
	}
	return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}
