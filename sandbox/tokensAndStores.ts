import type { SandboxMarket } from './market/sandboxMarket';
import { STORES, type Store } from './stores';
import { API_KEYS } from './tokens';

/** The tokens and stores of a sandbox, in lines for a person who is to use them. */
export function tokensAndStores({ stores, catalogue }: SandboxMarket): string[] {
	const shown = stores.slice(0, Object.keys(STORES).length);
	const more = stores.length - shown.length;
	return [
		'Api-Key tokens, and the business that each one opens',
		...API_KEYS.map(({ token, name, businessId }) => `  ${name.padEnd(25)}${token}  ${businessId}`),
		'',
		`Stores (campaignId, model, warehouse, business), ${catalogue.length} offers each`,
		...shown.map(storeLine),
		...(more > 0 ? [`  and ${more} more`] : []),
	];
}

function storeLine(store: Store): string {
	const {
		campaignId,
		placementType,
		express,
		warehouseId,
		businessId,
		businessName,
		apiAvailability,
	} = store;
	const closed = apiAvailability === 'AVAILABLE' ? '' : `, ${apiAvailability}`;
	const model = (express ? 'EXPRESS' : placementType).padEnd(7);
	return `  ${campaignId}  ${model}  ${warehouseId}  ${businessId} ${businessName}${closed}`;
}
