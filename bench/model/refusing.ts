import { apiMethods } from '../../market/contract/apiMethods';
import type { PoisonedSku, Switches } from '../../sandbox';

/** Each of these stores may be sent this many rows in a minute, and another program uses half of that. */
export function halfUsed(campaignIds: readonly number[], rows: number): Partial<Switches> {
	const apiMethod = 'updateStocks';
	return {
		quotas: rows / apiMethods.updateStocks.quota.none,
		phantom: campaignIds.map((campaignId) => ({
			operation: apiMethod,
			campaignId,
			itemsPerWindow: rows / 2,
		})),
	};
}

/** The Market refuses every request with one of these SKUs, for reasons of its own. */
export function refusing(
	skus: ReadonlySet<string>,
	naming: PoisonedSku['naming'],
): Partial<Switches> {
	return { poisonedSkus: Array.from(skus, (sku) => ({ sku, naming })) };
}
