import { MAX_CAMPAIGNS_PER_PAGE } from '../contract/bounds';
import { asMarketId, type MarketId } from '../records/ids';
import { apiMethods, type Subscription } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { IMPATIENT, read, pagesOf, PagedList, told, type Patience } from './read';

/** A store, as far as this package uses it. The Market may leave out any field but the ID. */
export interface Campaign {
	id: MarketId;
	domain?: string;
	business?: { id?: MarketId; name?: string };
	/** FBS, FBY, DBS or LAAS: from where orders are fulfilled, and so who counts the stock. Express is FBS. */
	placementType?: string;
	apiAvailability?: string;
}

/** One store. @throws MarketReadRefused */
export async function getCampaign(
	campaignId: string,
	patience: Patience,
	ports: RunPorts,
): Promise<Campaign> {
	const body = await read(
		{ apiMethod: apiMethods.getCampaign, id: campaignId, ...patience },
		ports,
	);
	// The Market may leave out the ID: it is the one that was asked for.
	return { ...(body as { campaign: Campaign }).campaign, id: asMarketId(campaignId) };
}

/** The business that owns a store, or undefined if the Market does not name it just now. */
export async function findOwner(
	campaignId: string,
	ports: RunPorts,
): Promise<MarketId | undefined> {
	const campaign = await told(getCampaign(campaignId, IMPATIENT, ports));
	return campaign.ok ? campaign.value.business?.id : undefined;
}

/** The subscription level of a business. @throws MarketReadRefused */
export async function getSubscription(
	businessId: MarketId,
	ports: RunPorts,
): Promise<Subscription> {
	const request = {
		apiMethod: apiMethods.getBusinessSettings,
		id: String(businessId),
		isImpatient: true,
	};
	const body = await read(request, ports);
	const level = (body as { result?: { subscriptionLevel?: string } }).result?.subscriptionLevel;
	return level === 'MEDIUM' ? 'medium' : 'none';
}

/** The list of all stores that the credential opens. */
export function campaignList(patience: Patience): PagedList<Campaign> {
	const request = {
		apiMethod: apiMethods.getCampaigns,
		query: { limit: MAX_CAMPAIGNS_PER_PAGE },
		...patience,
	};
	return new PagedList(request, (page) => (page as { campaigns?: Campaign[] }).campaigns ?? []);
}

/** All stores that the credential opens, page by page. @throws MarketReadRefused */
export function listCampaigns(patience: Patience, ports: RunPorts): AsyncGenerator<Campaign[]> {
	return pagesOf(campaignList(patience), ports);
}
