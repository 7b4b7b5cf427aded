import type { AccessGroup } from './contract';

/** An Api-Key token as the Market knows it. */
export interface ApiKey {
	token: string;
	name: string;
	scopes: readonly AccessGroup[];
	/** The one cabinet that the token opens. */
	businessId: number;
	revoked: boolean;
}

/** Has the Market's shape, `ACMA:<40 characters>:<8 hex>`, and yet nobody can take it for a real one. */
function sandboxToken(name: string, number: number): string {
	return `ACMA:${`Sandbox${name}`.padEnd(40, '0')}:${String(number).padStart(8, '0')}`;
}

/** The fixed Api-Key tokens, by what they may do. All belong to the cabinet 1001. */
export const TOKENS = {
	allMethods: sandboxToken('AllMethods', 1),
	readOnly: sandboxToken('ReadOnly', 2),
	offersManagement: sandboxToken('OffersManagement', 3),
	/** Lists stores, but opens neither stocks nor hidden offers. */
	pricing: sandboxToken('Pricing', 4),
	revoked: sandboxToken('Revoked', 5),
} as const;

/** What the Market knows about the fixed tokens. */
export const API_KEYS: readonly ApiKey[] = [
	{ token: TOKENS.allMethods, name: 'All methods', scopes: ['all-methods'], businessId: 1001, revoked: false },
	{ token: TOKENS.readOnly, name: 'Read only', scopes: ['all-methods:read-only'], businessId: 1001, revoked: false },
	{
		token: TOKENS.offersManagement,
		name: 'Offers and cards',
		scopes: ['offers-and-cards-management'],
		businessId: 1001,
		revoked: false,
	},
	{ token: TOKENS.pricing, name: 'Prices', scopes: ['pricing'], businessId: 1001, revoked: false },
	{ token: TOKENS.revoked, name: 'Revoked', scopes: ['all-methods'], businessId: 1001, revoked: true },
];
