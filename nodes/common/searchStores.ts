import { NodeOperationError, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';

import { MarketReadRefused } from '../../market/read';
import { listCampaigns, type Campaign } from '../../market/reads/stores';
import { noStats } from '../../market/sender/exchange';
import { readAccount } from './account';
import { marketPorts } from './transport';

/**
 * Fills the list of stores: name, placement and campaign ID.
 * A refusal of the Market is shown as it is, never as an empty list.
 */
export async function searchStores(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const account = await readAccount(this);
	const ports = marketPorts(this, account);
	const wanted = filter.trim().toLowerCase();
	const results: INodeListSearchResult['results'] = [];
	try {
		for await (const campaigns of listCampaigns({ isImpatient: true }, ports, noStats())) {
			for (const campaign of campaigns) {
				const name = storeName(campaign);
				if (name.toLowerCase().includes(wanted)) results.push({ name, value: String(campaign.id) });
			}
		}
	} catch (error) {
		const { message, advice } = refusalOf(error);
		throw new NodeOperationError(this.getNode(), message, { description: advice });
	} finally {
		ports.close();
	}
	return { results };
}

function refusalOf(error: unknown): { message: string; advice?: string } {
	if (error instanceof MarketReadRefused) return { message: error.refusal.reason, advice: error.refusal.advice };
	return { message: error instanceof Error ? error.message : String(error) };
}

function storeName({ id, domain, business, placementType, apiAvailability }: Campaign): string {
	const name = domain || business?.name || 'Store';
	const state = apiAvailability === undefined || apiAvailability === 'AVAILABLE' ? '' : ', API switched off';
	return `${name} (${placementType ?? 'unknown placement'}${state}, ${id})`;
}
