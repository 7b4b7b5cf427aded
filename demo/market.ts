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

interface StocksPage extends Paged {
	warehouses: Array<{ offers: Array<{ offerId: string; stocks: Array<{ type: string; count: number }> }> }>;
}

interface HiddenOffersPage extends Paged {
	hiddenOffers: Array<{ offerId: string }>;
}

/** Reads a store back over the Market's own API, by other code than the nodes': theirs is what is being checked. */
export class MarketReader {
	private readonly api: AxiosInstance;

	constructor(url: string, apiKey: string, private readonly campaignId: number) {
		this.api = axios.create({ baseURL: url, headers: { 'Api-Key': apiKey }, proxy: false });
	}

	/** Units for sale by SKU; a SKU that never got a balance is absent. */
	async balances(): Promise<Map<string, number>> {
		const pages = await this.pages<StocksPage>('POST', 'offers/stocks', LARGEST_PAGE.stocks);
		const offers = pages.flatMap(({ warehouses }) => warehouses.flatMap((warehouse) => warehouse.offers));
		return new Map(
			offers.flatMap(({ offerId, stocks }) =>
				stocks.filter(({ type }) => type === 'AVAILABLE').map(({ count }) => [offerId, count] as const),
			),
		);
	}

	/** SKUs that buyers cannot see. */
	async hidden(): Promise<string[]> {
		const pages = await this.pages<HiddenOffersPage>('GET', 'hidden-offers', LARGEST_PAGE.hiddenOffers);
		return pages.flatMap(({ hiddenOffers }) => hiddenOffers.map(({ offerId }) => offerId));
	}

	/** How often each method was called: only the sandbox tells, not the real Market. */
	async statistics(): Promise<Record<string, MethodStatistics>> {
		return (await this.api.get('/_sandbox/state')).data.statistics;
	}

	/** The latest calls: likewise. */
	async calls(): Promise<Call[]> {
		return (await this.api.get('/_sandbox/calls')).data;
	}

	private async pages<Page extends Paged>(method: string, path: string, limit: number): Promise<Page[]> {
		const pages: Page[] = [];
		let pageToken: string | undefined;
		do {
			const url = `/v2/campaigns/${this.campaignId}/${path}`;
			const { data } = await this.api.request({ method, url, params: { limit, pageToken } });
			const page: Page = data.result;
			pages.push(page);
			pageToken = page.paging?.nextPageToken;
		} while (pageToken);
		return pages;
	}
}
