import type { MarketReply } from '../ports';

/** An Api-Key token anywhere in a text: the Market may repeat what it was sent. */
const API_KEY_TOKEN = /ACMA:[\w:-]+/g;

/** What the Market said in its own words: the messages of the error body, without tokens. */
export function marketMessages({ body }: MarketReply): string[] {
	if (typeof body !== 'object' || body === null || !('errors' in body) || !Array.isArray(body.errors)) return [];
	return (body.errors as unknown[])
		.map((error) => {
			const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
			const words = [message, code].find((text) => typeof text === 'string');
			return String(words ?? '').replace(API_KEY_TOKEN, '***');
		})
		.filter((message) => message !== '');
}

/**
 * Whether a body is the Market's own refusal, and not the page of a gateway: `status` is ERROR, or `errors` says why.
 * Source: ApiErrorResponse in the Market's OpenAPI.
 */
export function isOwnRefusal(body: unknown): boolean {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
	const { status, errors } = body as { status?: unknown; errors?: unknown };
	return status === 'ERROR' || (Array.isArray(errors) && errors.length > 0);
}
