import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { MAX_CAMPAIGNS_PER_PAGE } from '../../../../market/contract/bounds';
import { MarketReadRefused } from '../../../../market/read/read';
import type { Campaign } from '../../../../market/read/stores';
import { storeList } from './lists';
import { answerPicker, pageOf, startOf } from './search';

/** Fills the list of stores, page by page: name, placement and campaign ID. @throws NodeOperationError */
export async function searchStores(
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
				const page = await pageOf(
					shown(list.from(startOf(wanted), ports)),
					wanted,
					MAX_CAMPAIGNS_PER_PAGE,
				);
				if (list.isEmpty) throw new MarketReadRefused(NO_STORES);
				return page;
			}),
	);
}

/** For a credential that opens nothing. */
export const NO_STORES = {
	reason: 'The credential opens no store',
	advice:
		'Use a token of the business whose stores you want, or give the OAuth user access to them.',
};

async function* shown(campaigns: AsyncIterable<Campaign>): AsyncGenerator<INodeListSearchItems> {
	for await (const campaign of campaigns)
		yield { name: storeName(campaign), value: String(campaign.id) };
}

function storeName({ id, domain, business, placementType, apiAvailability }: Campaign): string {
	const name = domain || business?.name || 'Store';
	const state =
		apiAvailability === undefined || apiAvailability === 'AVAILABLE' ? '' : ', API switched off';
	return `${name} (${placementType ?? 'unknown placement'}${state}, ${id})`;
}
