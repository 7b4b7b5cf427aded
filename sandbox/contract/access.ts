/** Permission of an OAuth application that opens the Partner API [docs, authorization]. */
export const OAUTH_PERMISSION = 'market:partner-api';

/** Every access group of an Api-Key token [openapi, x-auth-scopes]. */
export const ACCESS_GROUPS = [
	'all-methods',
	'all-methods:read-only',
	'settings-management',
	'finance-and-accounting',
	'offers-and-cards-management',
	'offers-and-cards-management:read-only',
	'pricing',
	'pricing:read-only',
	'inventory-and-order-processing',
	'inventory-and-order-processing:read-only',
	'promotion',
	'promotion:read-only',
	'communication',
	'supplies-management:read-only',
] as const;

/** One access group of an Api-Key token. */
export type AccessGroup = (typeof ACCESS_GROUPS)[number];
