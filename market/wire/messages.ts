import { MAX_SKUS_PER_REQUEST } from '../contract/bounds';
import type { MarketReply } from './ports';

/**
 * How many messages of one reply are read, and how much of their text, in UTF-16 code units: one for each item of a
 * request, at the length of the Market's usual wording. Whatever is left out, the next reply says when we ask again.
 */
const MAX_MESSAGES = MAX_SKUS_PER_REQUEST;
const MAX_SAID_LENGTH = MAX_MESSAGES * 100;

/** An Api-Key token anywhere in a text: the Market may repeat what it was sent. */
const API_KEY_TOKEN = /ACMA:[\w:-]+/g;

/** What the Market said in its own words: the messages of the error body, without tokens and within sensible bounds. */
export function marketMessages({ body }: MarketReply): string[] {
	if (
		typeof body !== 'object' ||
		body === null ||
		!('errors' in body) ||
		!Array.isArray(body.errors)
	)
		return [];
	const errors = body.errors as unknown[];
	const messages: string[] = [];
	let left = MAX_SAID_LENGTH;
	for (const error of errors.slice(0, MAX_MESSAGES)) {
		const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
		const words = [message, code].find((text) => typeof text === 'string') ?? '';
		if (words === '') continue;
		messages.push(words.slice(0, left).replace(API_KEY_TOKEN, '***'));
		left -= words.length;
		if (left <= 0) break;
	}
	const more = errors.length - MAX_MESSAGES;
	if (more > 0) messages.push(`and ${more} more messages`);
	return messages;
}

/**
 * Whether a body is the Market's own refusal and not a gateway's page: `status` is ERROR, or `errors` says why.
 * Source: ApiErrorResponse in the Market's OpenAPI.
 */
export function isOwnRefusal(body: unknown): boolean {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
	const { status, errors } = body as { status?: unknown; errors?: unknown };
	return status === 'ERROR' || (Array.isArray(errors) && errors.length > 0);
}
