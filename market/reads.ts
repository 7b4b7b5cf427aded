import { explain } from './explain';
import { operations, type Operation } from './operations';
import { requestPath, type Query } from './paths';
import type { MarketReply, Ports } from './ports';
import type { Refusal } from './refusal';
import { exchange, noStats, type SendStats } from './sender/exchange';
import { isSuccess } from './sender/retry';
import { Throttle } from './sender/throttle';
import { MAX_CAMPAIGNS_PER_PAGE, MAX_HIDDEN_OFFERS_PER_PAGE, MAX_STOCKS_PER_PAGE } from './bounds';

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

/** A read that the Market refused, or that could not be answered. */
export class MarketReadRefused extends Error {
	constructor(
		readonly refusal: Refusal,
		/** The HTTP status; absent where no answer came. */
		readonly status?: number,
	) {
		super(refusal.reason);
		this.name = 'MarketReadRefused';
	}
}

/** One store. @throws MarketReadRefused */
export async function getCampaign(campaignId: string, ports: Ports, stats: SendStats): Promise<Campaign> {
	const body = await read(operations.getCampaign, campaignId, {}, ports, stats);
	return (body as { campaign?: Campaign }).campaign ?? { id: Number(campaignId) };
}

/** All stores that the credential opens, page by page. @throws MarketReadRefused */
export async function* listCampaigns(ports: Ports): AsyncGenerator<Campaign> {
	for await (const page of pages(operations.getCampaigns, undefined, { limit: MAX_CAMPAIGNS_PER_PAGE }, ports)) {
		yield* (page as { campaigns?: Campaign[] }).campaigns ?? [];
	}
}

/** SKUs of all hidden offers of a store, however they were hidden. @throws MarketReadRefused */
export async function* listHiddenOffers(campaignId: string, ports: Ports): AsyncGenerator<string> {
	const query = { limit: MAX_HIDDEN_OFFERS_PER_PAGE };
	for await (const page of pages(operations.getHiddenOffers, campaignId, query, ports)) {
		const { result } = page as { result?: { hiddenOffers?: Array<{ offerId: string }> } };
		for (const { offerId } of result?.hiddenOffers ?? []) yield offerId;
	}
}

interface StocksPage {
	result?: {
		warehouses?: Array<{
			warehouseId: number;
			offers?: Array<{ offerId: string; stocks?: Array<{ type: string; count: number }>; updatedAt?: string }>;
		}>;
	};
}

/** Balances of all offers of a store. @throws MarketReadRefused */
export async function* listStocks(campaignId: string, ports: Ports): AsyncGenerator<ShownStock> {
	for await (const page of pages(operations.getStocks, campaignId, { limit: MAX_STOCKS_PER_PAGE }, ports)) {
		for (const { warehouseId, offers } of (page as StocksPage).result?.warehouses ?? []) {
			for (const { offerId, stocks, updatedAt } of offers ?? []) {
				const counts = new Map((stocks ?? []).map(({ type, count }) => [type, count]));
				yield { warehouseId, sku: offerId, counts, updatedAt };
			}
		}
	}
}

/** Follows `nextPageToken` until the last page, with the same query each time. */
async function* pages(
	operation: Operation,
	campaignId: string | undefined,
	query: Query,
	ports: Ports,
): AsyncGenerator<object> {
	let pageToken: string | undefined;
	do {
		const page = await read(operation, campaignId, { ...query, pageToken }, ports, noStats());
		yield page;
		pageToken = nextPageToken(page);
	} while (pageToken);
}

/** The token stands in `paging`, at the top where the reply has no `result`. */
function nextPageToken(page: object): string | undefined {
	const { result, paging } = page as {
		result?: { paging?: { nextPageToken?: string } };
		paging?: { nextPageToken?: string };
	};
	return (result?.paging ?? paging)?.nextPageToken;
}

async function read(
	operation: Operation,
	campaignId: string | undefined,
	query: Query,
	ports: Ports,
	stats: SendStats,
): Promise<object> {
	const request = {
		operation,
		path: requestPath(operation, campaignId, query),
		...(operation.verb === 'GET' ? {} : { body: '{}' }),
	};
	const ending = await exchange(request, ports, new Throttle(ports.clock), stats);
	if (ending.kind === 'cancelled') {
		throw new MarketReadRefused({ reason: 'The run was stopped', advice: 'Run again.' });
	}
	const { answer } = ending;
	if (isSuccess(answer)) return (answer as MarketReply).body as object;
	throw new MarketReadRefused(
		explain(answer, operation, campaignId),
		answer.kind === 'reply' ? answer.status : undefined,
	);
}
