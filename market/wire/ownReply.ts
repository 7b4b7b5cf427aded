import type { MarketReply } from './ports';

/** What the bodies of the Market's replies hold at their top, any of it. Source: the Market's OpenAPI. */
const TOP_FIELDS = ['result', 'campaign', 'campaigns', 'errors'];

/**
 * Whether the Market itself has made a reply: it tells of a quota, or its body is one of the contract's. A gateway's page
 * is none, and what stands in its headers is not the Market's word.
 */
export function isOwnReply({ headers, body }: MarketReply): boolean {
	if (headers['x-ratelimit-resource-limit'] !== undefined) return true;
	if (typeof body !== 'object' || body === null) return false;
	const { status } = body as { status?: unknown };
	return (
		status === 'OK' || status === 'ERROR' || TOP_FIELDS.some((field) => Object.hasOwn(body, field))
	);
}
