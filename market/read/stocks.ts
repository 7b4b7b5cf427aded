import {
	DEFAULT_STOCKS_PAGE,
	MAX_OFFER_IDS_PER_STOCKS_REQUEST,
	MAX_STOCKS_PER_PAGE,
} from '../contract/bounds';
import { asMarketId, type MarketId } from '../records/ids';
import { apiMethods } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { read, pagesOf, PagedList, type ReadRequest } from './read';
import { pagesBySku } from './byIds';

/** Where stocks are read: in a store (v2), or in one warehouse of a business (v3). */
export type StockPlace = { campaignId: string } | { businessId: string; warehouseId: string };

/** The balance of one SKU in one warehouse, as the Market shows it. */
export interface ShownStock {
	warehouseId: MarketId;
	sku: string;
	/** Units by stock type; AVAILABLE is what the seller's number is compared with. */
	counts: ReadonlyMap<string, number>;
	updatedAt?: string;
}

/** Units that buyers can order. A count that the Market leaves out is zero. */
export function availableOf({ counts }: Pick<ShownStock, 'counts'>): number {
	return counts.get('AVAILABLE') ?? 0;
}

/**
 * Adds a balance to those of its SKU, one for each warehouse. A list that changes while it is read may show one twice:
 * the later one is the newer.
 */
export function addStock(shown: Map<string, ShownStock[]>, stock: ShownStock): void {
	const ofSku = shown.get(stock.sku);
	if (!ofSku) {
		shown.set(stock.sku, [stock]);
		return;
	}
	const same = ofSku.findIndex(({ warehouseId }) => warehouseId === stock.warehouseId);
	if (same < 0) ofSku.push(stock);
	else ofSku[same] = stock;
}

/** What several warehouses have of one SKU together, as of the latest change. */
export function sumOf(stocks: readonly ShownStock[]): Omit<ShownStock, 'warehouseId' | 'sku'> {
	const counts = new Map<string, number>();
	for (const stock of stocks) {
		for (const [type, count] of stock.counts) counts.set(type, (counts.get(type) ?? 0) + count);
	}
	const moments = stocks.flatMap(({ updatedAt }) => updatedAt ?? []);
	const updatedAt = moments.sort((a, b) => Date.parse(b) - Date.parse(a))[0];
	return { counts, updatedAt };
}

/** Balances of all offers in a place, page by page. @throws MarketReadRefused */
export async function* listStocks(
	place: StockPlace,
	ports: RunPorts,
): AsyncGenerator<ShownStock[]> {
	const limit = MAX_STOCKS_PER_PAGE;
	const read = (page: object) => shownStocks(page, place);
	yield* pagesOf(
		new PagedList({ ...requestFor(place), query: { limit }, items: limit }, read),
		ports,
	);
}

/** Balances of these SKUs, in no order; a SKU that the place does not have is absent. @throws MarketReadRefused */
export async function* findStocks(
	place: StockPlace,
	skus: readonly string[],
	ports: RunPorts,
): AsyncGenerator<ShownStock> {
	const ask = async (offerIds: readonly string[]) =>
		await read({ ...requestFor(place, offerIds), items: offerIds.length }, ports);
	const chunks = { most: MAX_OFFER_IDS_PER_STOCKS_REQUEST, page: DEFAULT_STOCKS_PAGE };
	const skusOf = (page: object) => shownStocks(page, place).map(({ sku }) => sku);
	for await (const page of pagesBySku(skus, chunks, ask, skusOf)) yield* shownStocks(page, place);
}

function requestFor(
	place: StockPlace,
	skus?: readonly string[],
): Pick<ReadRequest, 'apiMethod' | 'id' | 'body'> {
	const offerIds = skus && `"offerIds":${JSON.stringify(skus)}`;
	if ('campaignId' in place)
		return { apiMethod: apiMethods.getStocks, id: place.campaignId, body: `{${offerIds ?? ''}}` };
	const { businessId, warehouseId } = place;
	return {
		apiMethod: apiMethods.getStocksOnPartnerWarehouses,
		id: businessId,
		// The digits as they are: a number would lose some digits of a long ID.
		body: `{"partnerWarehouseId":${[warehouseId, ...(offerIds ? [offerIds] : [])].join()}}`,
	};
}

interface WarehouseOffers {
	offers?: Array<{
		offerId: string;
		stocks?: Array<{ type: string; count: number }>;
		updatedAt?: string;
	}>;
}

interface StocksPage {
	result?: {
		/** For a store. */
		warehouses?: Array<WarehouseOffers & { warehouseId: MarketId }>;
		/** For one warehouse: the one that was asked for, which the reply need not name. */
		offers?: WarehouseOffers['offers'];
	};
}

function shownStocks(page: object, place: StockPlace): ShownStock[] {
	const { warehouses, offers } = (page as StocksPage).result ?? {};
	const all =
		'warehouseId' in place
			? [{ warehouseId: asMarketId(place.warehouseId), offers }]
			: (warehouses ?? []);
	return all.flatMap(({ warehouseId, offers: some }) =>
		(some ?? []).map(({ offerId, stocks, updatedAt }) => {
			const counts = new Map((stocks ?? []).map(({ type, count }) => [type, count]));
			return { warehouseId, sku: offerId, counts, updatedAt };
		}),
	);
}
