import { MAX_BODY_BYTES } from '../contract';
import { isObject } from './fields';
import { headerOf, type MarketRequest } from './http';
import { Refusal } from './refusal';

/** Whether a request carries a body at all. */
export function hasBody(request: MarketRequest): boolean {
	return request.body !== undefined && request.body.length > 0;
}

/**
 * The object in a request's body.
 * @throws Refusal 400 or 415 in the Market's words.
 */
export function readBody(request: MarketRequest): Readonly<Record<string, unknown>> {
	if (!hasBody(request)) throw new Refusal(400, 'Required request body is missing');
	const bytes = Buffer.from(request.body ?? '');
	if (bytes.length > MAX_BODY_BYTES) throw new Refusal(400, 'The request is too big');

	const contentType = headerOf(request, 'content-type') ?? '';
	if (contentType.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
		throw new Refusal(415, `Content type '${contentType}' not supported`);
	}

	const value = parseJson(bytes);
	if (value === null) throw new Refusal(400, 'Required request body is missing');
	if (!isObject(value)) throw new Refusal(400, 'JSON: an object is expected');
	return value;
}

function parseJson(bytes: Buffer): unknown {
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw new Refusal(400, 'JSON: Invalid UTF-8');
	}
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new Refusal(400, `JSON: ${(error as SyntaxError).message}`);
	}
}
