import type { MarketReply } from './ports';

/** Top-level fields of the Market's replies; each reply has at least one. Source: the Market's OpenAPI. */
const TOP_FIELDS = ['result', 'campaign', 'campaigns', 'errors'];

/**
 * Whether the Market itself made a reply: it reports a quota, or its body follows the contract. A gateway's page does
 * neither, and the headers of such a page say nothing about the Market.
 */
export function isOwnReply({ headers, body }: MarketReply): boolean {
	if (headers['x-ratelimit-resource-limit'] !== undefined) return true;
	if (typeof body !== 'object' || body === null) return false;
	const { status } = body as { status?: unknown };
	return (
		status === 'OK' || status === 'ERROR' || TOP_FIELDS.some((field) => Object.hasOwn(body, field))
	);
}
