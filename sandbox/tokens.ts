import type { AccessGroup } from './contract';
import { BUSINESSES, type Business } from './stores';

/** An Api-Key token as the Market knows it. */
export interface ApiKey {
	token: string;
	name: string;
	scopes: readonly AccessGroup[];
	/** The one business that the token opens. */
	businessId: number;
	revoked: boolean;
}

/** Has the Market's shape, `ACMA:<40 characters>:<8 hex>`, yet nobody can mistake it for a real one. */
function sandboxToken(name: string, number: number): string {
	return `ACMA:${`Sandbox${name}`.padEnd(40, '0')}:${String(number).padStart(8, '0')}`;
}

/** The fixed Api-Key tokens, by what they may do. Each one opens one business. */
export const TOKENS = {
	allMethods: sandboxToken('AllMethods', 1),
	readOnly: sandboxToken('ReadOnly', 2),
	offersManagement: sandboxToken('OffersManagement', 3),
	/** Lists stores, but opens neither stocks nor hidden offers. */
	pricing: sandboxToken('Pricing', 4),
	revoked: sandboxToken('Revoked', 5),
	/** Opens the business without warehouse groups, like the two after it. */
	warehouseAll: sandboxToken('WarehouseAll', 6),
	/** Stocks and hidden offers, but not the list of warehouses. */
	warehouseStocks: sandboxToken('WarehouseStocks', 7),
	/** The list of warehouses, but neither stocks nor hidden offers. */
	warehouseLists: sandboxToken('WarehouseLists', 8),
} as const;

/** What the Market knows about the fixed tokens. */
export const API_KEYS: readonly ApiKey[] = [
	...keysOf(BUSINESSES.sandbox, [
		{ token: TOKENS.allMethods, name: 'All methods', scopes: ['all-methods'] },
		{ token: TOKENS.readOnly, name: 'Read only', scopes: ['all-methods:read-only'] },
		{
			token: TOKENS.offersManagement,
			name: 'Offers and cards',
			scopes: ['offers-and-cards-management'],
		},
		{ token: TOKENS.pricing, name: 'Prices', scopes: ['pricing'] },
		{ token: TOKENS.revoked, name: 'Revoked', scopes: ['all-methods'], revoked: true },
	]),
	...keysOf(BUSINESSES.warehouse, [
		{ token: TOKENS.warehouseAll, name: 'Warehouses: all methods', scopes: ['all-methods'] },
		{
			token: TOKENS.warehouseStocks,
			name: 'Warehouses: stocks',
			scopes: ['offers-and-cards-management'],
		},
		{
			token: TOKENS.warehouseLists,
			name: 'Warehouses: lists',
			scopes: ['inventory-and-order-processing:read-only'],
		},
	]),
];

function keysOf(
	{ businessId }: Business,
	keys: ReadonlyArray<Pick<ApiKey, 'token' | 'name' | 'scopes'> & Partial<Pick<ApiKey, 'revoked'>>>,
): ApiKey[] {
	return keys.map((key) => ({ revoked: false, ...key, businessId }));
}
