import type { MarketReply } from './ports';

/** The Market's own clock at the moment of a reply, in milliseconds since 1970; NaN where it is not told. */
export function marketTime(reply: MarketReply): number {
	return Date.parse(reply.headers['date'] ?? '');
}

/**
 * How long to wait until the quota's window ends, by the Market's clock and not by ours, in milliseconds.
 * Undefined where the reply names no moment in the future.
 * Source: X-RateLimit-Resource-Until in the Market's documentation.
 */
export function untilWindowEnds(reply: MarketReply): number | undefined {
	const wait = Date.parse(reply.headers['x-ratelimit-resource-until'] ?? '') - marketTime(reply);
	return wait > 0 ? wait : undefined;
}
