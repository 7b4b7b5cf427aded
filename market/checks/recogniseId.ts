import { firstFew } from '../common/text';
import type { MarketId } from '../records/ids';
import type { Campaign } from '../read/stores';
import type { StoreWarehouse } from '../read/warehouses';

/** What is known about an account that gives its IDs a meaning. */
export interface KnownIds {
	campaigns: readonly Campaign[];
	warehouses: readonly StoreWarehouse[];
}

/** What a number is the ID of. */
export interface IdMeaning {
	kind: 'business' | 'campaign' | 'warehouse' | 'group';
	/** The same in words that follow the ID. */
	words: string;
}

/** Maximum IDs that a message lists. */
export const MOST_LISTED_IDS = 5;

/**
 * What an ID really is if it may not be what was wanted: the Market uses the same kind of number for stores, businesses,
 * warehouses and groups, and they are easily confused. Undefined if unknown.
 */
export function recogniseId(
	id: string,
	{ campaigns, warehouses }: KnownIds,
): IdMeaning | undefined {
	const businessStores = campaigns.filter(({ business }) => String(business?.id) === id);
	if (businessStores.length > 0) {
		const name = businessStores[0]?.business?.name;
		const words = `is a business ID${name ? ` (${name})` : ''}; the campaign IDs of its stores are ${listed(businessStores)}`;
		return { kind: 'business', words };
	}
	const store = campaigns.find((campaign) => String(campaign.id) === id);
	if (store) {
		const own = warehouses.filter(({ campaignId }) => campaignId === store.id);
		const words =
			`is a campaign ID, that of store ${store.domain ?? id}, business ID ${store.business?.id ?? 'unknown'}` +
			(own.length > 0 ? `, warehouse ID ${listed(own)}` : '');
		return { kind: 'campaign', words };
	}
	const warehouse = warehouses.find((one) => String(one.id) === id);
	if (warehouse) {
		const group = warehouse.groupInfo
			? ` in the group ${warehouse.groupInfo.name ?? warehouse.groupInfo.id}`
			: '';
		const words = `is a warehouse ID, that of ${warehouse.name ?? id}${group}, campaign ID ${warehouse.campaignId ?? 'unknown'}`;
		return { kind: 'warehouse', words };
	}
	const grouped = warehouses.filter(({ groupInfo }) => String(groupInfo?.id) === id);
	if (grouped.length === 0) return undefined;
	return {
		kind: 'group',
		words: `is the ID of a warehouse group, that of the warehouses ${listed(grouped)}`,
	};
}

/** IDs for a message: the first few, and how many more there are. */
export function listed(all: ReadonlyArray<{ id: MarketId }>): string {
	return firstFew(all, MOST_LISTED_IDS, ({ id }) => String(id));
}
