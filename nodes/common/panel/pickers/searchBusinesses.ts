import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { MAX_CAMPAIGNS_PER_PAGE } from '../../../../market/contract/bounds';
import type { MarketId } from '../../../../market/records/ids';
import { MarketReadRefused } from '../../../../market/read/read';
import type { Campaign } from '../../../../market/read/stores';
import { storeList } from './lists';
import { answerPicker, pageOf, startOf } from './search';
import { NO_STORES } from './searchStores';

/**
 * Fills the list of businesses: the owners of all stores, each with the number of its stores. @throws
 * NodeOperationError
 */
export async function searchBusinesses(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const wanted = { filter, paginationToken };
	return await answerPicker(
		this,
		async (account, ports) =>
			await storeList(
				account,
				ports,
			)(async (list) => {
				const businesses = await collect(list.from(0, ports));
				if (list.isEmpty) throw new MarketReadRefused(NO_STORES);
				return await pageOf(businesses.slice(startOf(wanted)), wanted, MAX_CAMPAIGNS_PER_PAGE);
			}),
	);
}

/** How many stores a business has is known only when all stores have been read. */
async function collect(campaigns: AsyncIterable<Campaign>): Promise<INodeListSearchItems[]> {
	const businesses = new Map<MarketId, { name?: string; stores: number }>();
	for await (const { business } of campaigns) {
		if (business?.id === undefined) continue;
		const known = businesses.get(business.id);
		businesses.set(business.id, { name: business.name, stores: (known?.stores ?? 0) + 1 });
	}
	return Array.from(businesses, ([id, { name = 'Business', stores }]) => ({
		name: `${name} (${stores} ${stores === 1 ? 'store' : 'stores'}, ${id})`,
		value: String(id),
	}));
}
