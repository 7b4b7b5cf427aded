import {
	DEFAULT_MAPPINGS_PAGE,
	DEFAULT_OFFERS_PAGE,
	MAX_OFFER_IDS_PER_MAPPINGS_REQUEST,
	MAX_OFFER_IDS_PER_OFFERS_REQUEST,
	MAX_MAPPINGS_PER_PAGE,
	MAX_OFFERS_PER_PAGE,
} from '../contract/bounds';
import { apiMethods, type Subscription } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { read, pagesOf, PagedList, type Patience } from './read';
import { pagesBySku } from './byIds';

/** An offer of a store, as far as this package uses it. */
export interface CampaignOffer {
	offerId: string;
	status?: string;
	basicPrice?: { value?: number; currencyId?: string };
	errors?: Array<{ message?: string; comment?: string }> | null;
	warnings?: Array<{ message?: string; comment?: string }> | null;
}

/**
 * The offers of a store, page by page.
 *
 * @param statuses only offers in one of these states; all if empty
 * @throws MarketReadRefused
 */
export async function* listOffers(
	campaignId: string,
	statuses: readonly string[],
	ports: RunPorts,
	patience?: Patience,
): AsyncGenerator<CampaignOffer[]> {
	const body = JSON.stringify(statuses.length > 0 ? { statuses } : {});
	const query = { limit: MAX_OFFERS_PER_PAGE };
	const request = {
		apiMethod: apiMethods.getCampaignOffers,
		id: campaignId,
		query,
		body,
		...patience,
	};
	yield* pagesOf(new PagedList(request, campaignOffers), ports);
}

/** These offers of a store, in no order; one that the store does not have is absent. @throws MarketReadRefused */
export async function* findOffers(
	campaignId: string,
	skus: readonly string[],
	subscription: Subscription,
	ports: RunPorts,
	patience?: Patience,
): AsyncGenerator<CampaignOffer> {
	const ask = async (offerIds: readonly string[]) =>
		await read(
			{
				apiMethod: apiMethods.getCampaignOffers,
				id: campaignId,
				body: JSON.stringify({ offerIds }),
				subscription,
				...patience,
			},
			ports,
		);
	const chunks = { most: MAX_OFFER_IDS_PER_OFFERS_REQUEST, page: DEFAULT_OFFERS_PAGE };
	const skusOf = (page: object) => campaignOffers(page).map(({ offerId }) => offerId);
	for await (const page of pagesBySku(skus, chunks, ask, skusOf)) yield* campaignOffers(page);
}

/** The SKUs of a business's catalogue that are not in its archive, page by page. @throws MarketReadRefused */
export async function* listSkus(
	businessId: string,
	ports: RunPorts,
	patience?: Patience,
): AsyncGenerator<string[]> {
	const query = { limit: MAX_MAPPINGS_PER_PAGE };
	const request = { apiMethod: apiMethods.getOfferMappings, id: businessId, query, ...patience };
	const skusOf = (page: object) => mappedOffers(page).map(({ sku }) => sku);
	yield* pagesOf(new PagedList(request, skusOf), ports);
}

/** Names of these offers in a business's catalogue, in no order. @throws MarketReadRefused */
export async function* findOfferNames(
	businessId: string,
	skus: readonly string[],
	ports: RunPorts,
	patience?: Patience,
): AsyncGenerator<{ sku: string; name?: string }> {
	const ask = async (offerIds: readonly string[]) =>
		await read(
			{
				apiMethod: apiMethods.getOfferMappings,
				id: businessId,
				body: JSON.stringify({ offerIds }),
				...patience,
			},
			ports,
		);
	const chunks = { most: MAX_OFFER_IDS_PER_MAPPINGS_REQUEST, page: DEFAULT_MAPPINGS_PAGE };
	const skusOf = (page: object) => mappedOffers(page).map(({ sku }) => sku);
	for await (const page of pagesBySku(skus, chunks, ask, skusOf)) yield* mappedOffers(page);
}

interface MappingsPage {
	result?: { offerMappings?: Array<{ offer?: { offerId: string; name?: string } }> };
}

function mappedOffers(page: object): Array<{ sku: string; name?: string }> {
	const { offerMappings } = (page as MappingsPage).result ?? {};
	return (offerMappings ?? []).flatMap(({ offer }) =>
		offer ? [{ sku: offer.offerId, name: offer.name }] : [],
	);
}

function campaignOffers(page: object): CampaignOffer[] {
	return (page as { result?: { offers?: CampaignOffer[] } }).result?.offers ?? [];
}
