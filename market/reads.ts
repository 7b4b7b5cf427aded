import {
	MAX_CAMPAIGNS_PER_PAGE,
	MAX_HIDDEN_OFFERS_PER_PAGE,
	MAX_OFFER_IDS_PER_STOCKS_REQUEST,
	MAX_QUERY_BYTES,
	MAX_STOCKS_PER_PAGE,
} from './bounds';
import { operations, type Subscription } from './operations';
import type { Ports } from './ports';
import { read, readPages } from './read';
import { noStats, type SendStats } from './sender/exchange';

/** Where the Market fulfils a store's orders from, and so who counts its stock. Express is FBS. */
export type PlacementType = 'FBS' | 'FBY' | 'DBS' | 'LAAS';

/** A store, as far as this package uses it. The Market may leave any field but the ID out. */
export interface Campaign {
	id: number;
	domain?: string;
	business?: { id?: number; name?: string };
	placementType?: PlacementType | string;
	apiAvailability?: string;
}

/** The balance of one SKU in one warehouse, as the Market shows it. */
export interface ShownStock {
	warehouseId: number;
	sku: string;
	/** Units by stock type; AVAILABLE is what the seller's number is compared with. */
	counts: ReadonlyMap<string, number>;
	updatedAt?: string;
}

/** One store, asked without patience: sending must not wait for it. @throws MarketReadRefused */
export async function getCampaign(campaignId: string, ports: Ports, stats: SendStats): Promise<Campaign> {
	const body = await read({ operation: operations.getCampaign, id: campaignId, isImpatient: true }, ports, stats);
	return (body as { campaign?: Campaign }).campaign ?? { id: Number(campaignId) };
}

/** The subscription level of a cabinet. @throws MarketReadRefused */
export async function getSubscription(businessId: number, ports: Ports, stats: SendStats): Promise<Subscription> {
	const request = { operation: operations.getBusinessSettings, id: String(businessId), isImpatient: true };
	const body = await read(request, ports, stats);
	const level = (body as { result?: { subscriptionLevel?: string } }).result?.subscriptionLevel;
	return level === 'MEDIUM' ? 'medium' : 'none';
}

/** All stores that the credential opens, page by page. @throws MarketReadRefused */
export async function* listCampaigns(ports: Ports): AsyncGenerator<Campaign> {
	const request = { operation: operations.getCampaigns, query: { limit: MAX_CAMPAIGNS_PER_PAGE } };
	for await (const page of readPages(request, ports, noStats())) {
		yield* (page as { campaigns?: Campaign[] }).campaigns ?? [];
	}
}

/** SKUs of all hidden offers of a store, however they were hidden. @throws MarketReadRefused */
export async function* listHiddenOffers(campaignId: string, ports: Ports): AsyncGenerator<string> {
	const query = { limit: MAX_HIDDEN_OFFERS_PER_PAGE };
	const request = { operation: operations.getHiddenOffers, id: campaignId, query };
	for await (const page of readPages(request, ports, noStats())) yield* hiddenSkus(page);
}

/** Which of these SKUs are hidden. @throws MarketReadRefused */
export async function* findHiddenOffers(
	campaignId: string,
	skus: readonly string[],
	subscription: Subscription,
	ports: Ports,
	stats: SendStats,
): AsyncGenerator<string> {
	for (const some of chunksForQuery(skus)) {
		const query = { limit: MAX_HIDDEN_OFFERS_PER_PAGE, offer_id: some };
		const request = { operation: operations.getHiddenOffers, id: campaignId, query, subscription };
		for await (const page of readPages(request, ports, stats)) yield* hiddenSkus(page);
	}
}

/** Balances of all offers of a store. @throws MarketReadRefused */
export async function* listStocks(campaignId: string, ports: Ports): AsyncGenerator<ShownStock> {
	const limit = MAX_STOCKS_PER_PAGE;
	const request = { operation: operations.getStocks, id: campaignId, query: { limit }, items: limit };
	for await (const page of readPages(request, ports, noStats())) yield* shownStocks(page);
}

/** Balances of these SKUs, in no order; a SKU that the store does not have is absent. @throws MarketReadRefused */
export async function* findStocks(
	campaignId: string,
	skus: readonly string[],
	ports: Ports,
	stats: SendStats,
): AsyncGenerator<ShownStock> {
	for (let from = 0; from < skus.length; from += MAX_OFFER_IDS_PER_STOCKS_REQUEST) {
		const offerIds = skus.slice(from, from + MAX_OFFER_IDS_PER_STOCKS_REQUEST);
		const request = { operation: operations.getStocks, id: campaignId, body: { offerIds }, items: offerIds.length };
		yield* shownStocks(await read(request, ports, stats));
	}
}

function hiddenSkus(page: object): string[] {
	const { result } = page as { result?: { hiddenOffers?: Array<{ offerId: string }> } };
	return (result?.hiddenOffers ?? []).map(({ offerId }) => offerId);
}

interface StocksPage {
	result?: {
		warehouses?: Array<{
			warehouseId: number;
			offers?: Array<{ offerId: string; stocks?: Array<{ type: string; count: number }>; updatedAt?: string }>;
		}>;
	};
}

function* shownStocks(page: object): Generator<ShownStock> {
	for (const { warehouseId, offers } of (page as StocksPage).result?.warehouses ?? []) {
		for (const { offerId, stocks, updatedAt } of offers ?? []) {
			const counts = new Map((stocks ?? []).map(({ type, count }) => [type, count]));
			yield { warehouseId, sku: offerId, counts, updatedAt };
		}
	}
}

/** SKUs in groups that fit one query and one page of the reply. */
function* chunksForQuery(skus: readonly string[]): Generator<string[]> {
	let chunk: string[] = [];
	let bytes = 0;
	for (const sku of skus) {
		const size = 'offer_id=&'.length + encodeURIComponent(sku).length;
		if (chunk.length === MAX_HIDDEN_OFFERS_PER_PAGE || (bytes + size > MAX_QUERY_BYTES && chunk.length > 0)) {
			yield chunk;
			chunk = [];
			bytes = 0;
		}
		chunk.push(sku);
		bytes += size;
	}
	if (chunk.length > 0) yield chunk;
}
