import axios, { type AxiosInstance } from 'axios';

import type { Call } from './difficulties';

const LARGEST_PAGE = { stocks: 100, hiddenOffers: 500 };

/** What became of one method of the Market since the sandbox was started. */
export interface MethodStatistics {
	requests: number;
	items: number;
}

interface Paged {
	paging?: { nextPageToken?: string };
}

interface WarehousePage extends Paged {
	offers: Array<{ offerId: string; stocks: Array<{ type: string; count: number }> }>;
}

interface StocksPage extends Paged {
	warehouses: WarehousePage[];
}

interface HiddenOffersPage extends Paged {
	hiddenOffers: Array<{ offerId: string }>;
}

/** Reads the Market back over its own API, with code other than the nodes': theirs is what is being checked. */
export class MarketReader {
	private readonly api: AxiosInstance;

	constructor(url: string, apiKey: string) {
		this.api = axios.create({ baseURL: url, headers: { 'Api-Key': apiKey }, proxy: false });
	}

	/** Units for sale in a store by SKU; a SKU that never got a balance is absent. */
	async balances(campaignId: number): Promise<Map<string, number>> {
		const path = stocksPath(campaignId);
		const pages = await this.pages<StocksPage>('POST', path, LARGEST_PAGE.stocks);
		return availableOf(
			pages.flatMap(({ warehouses }) => warehouses.flatMap(({ offers }) => offers)),
		);
	}

	/** The same of these SKUs alone, in one request: at most 500 [Market, getStocks]. */
	async balancesOf(campaignId: number, offerIds: readonly string[]): Promise<Map<string, number>> {
		const { data } = await this.api.post(stocksPath(campaignId), { offerIds });
		const { warehouses }: StocksPage = data.result;
		return availableOf(warehouses.flatMap(({ offers }) => offers));
	}

	/** Units for sale by SKU in one warehouse of a business. */
	async warehouseBalances(
		businessId: number,
		partnerWarehouseId: number,
	): Promise<Map<string, number>> {
		const path = `/v3/businesses/${businessId}/offers/stocks`;
		const pages = await this.pages<WarehousePage>('POST', path, LARGEST_PAGE.stocks, {
			partnerWarehouseId,
		});
		return availableOf(pages.flatMap(({ offers }) => offers));
	}

	/** SKUs of a store that buyers cannot see. */
	async hidden(campaignId: number): Promise<string[]> {
		const path = `/v2/campaigns/${campaignId}/hidden-offers`;
		const pages = await this.pages<HiddenOffersPage>('GET', path, LARGEST_PAGE.hiddenOffers);
		return pages.flatMap(({ hiddenOffers }) => hiddenOffers.map(({ offerId }) => offerId));
	}

	/** How often each method was called: only the sandbox says, not the real Market. */
	async statistics(): Promise<Record<string, MethodStatistics>> {
		return (await this.api.get('/_sandbox/state')).data.statistics;
	}

	/** The latest calls: likewise only in the sandbox. */
	async calls(): Promise<Call[]> {
		return (await this.api.get('/_sandbox/calls')).data;
	}

	private async pages<Page extends Paged>(
		method: string,
		url: string,
		limit: number,
		body?: object,
	): Promise<Page[]> {
		const pages: Page[] = [];
		let pageToken: string | undefined;
		do {
			const { data } = await this.api.request({
				method,
				url,
				params: { limit, pageToken },
				data: body,
			});
			const page: Page = data.result;
			pages.push(page);
			pageToken = page.paging?.nextPageToken;
		} while (pageToken);
		return pages;
	}
}

function stocksPath(campaignId: number): string {
	return `/v2/campaigns/${campaignId}/offers/stocks`;
}

function availableOf(offers: WarehousePage['offers']): Map<string, number> {
	return new Map(
		offers.flatMap(({ offerId, stocks }) =>
			stocks
				.filter(({ type }) => type === 'AVAILABLE')
				.map(({ count }) => [offerId, count] as const),
		),
	);
}
