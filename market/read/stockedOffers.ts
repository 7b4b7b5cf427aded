import { isOfStore, ownStockOf, type OwnWarehouses } from './ownWarehouses';
import { addStock, availableOf, listStocks, type ShownStock, type StockPlace } from './stocks';
import type { RunPorts } from '../pacing/runPorts';

/** What the Market shows of a place's offers that have stock. */
export interface StockedOffers {
	/** Units available to order, more than 0, by SKU. */
	available: ReadonlyMap<string, number>;
	/** All SKUs that the list shows, with stock or without. */
	listed: ReadonlySet<string>;
	/** SKUs that have stock, but in several of the store's warehouses: which number is the store's is not told. */
	unclear: readonly string[];
}

/**
 * Reads the whole list of a place's stocks, and picks the offers of which there are units available to order.
 *
 * @param own the store's warehouses: the Market's own, such as the one for returns, do not count. Absent for a warehouse.
 * @param onProgress called with the number of stocks read so far, after each page
 * @throws MarketReadRefused, also if the list breaks off: then nothing can be said about what it does not show
 */
export async function readStockedOffers(
	place: StockPlace,
	own: OwnWarehouses | undefined,
	ports: RunPorts,
	onProgress: (read: number) => void,
): Promise<StockedOffers> {
	const shown = new Map<string, ShownStock[]>();
	const listed = new Set<string>();
	let read = 0;
	for await (const page of listStocks(place, ports)) {
		for (const stock of page) {
			listed.add(stock.sku);
			if (!own || isOfStore(stock, own)) addStock(shown, stock);
		}
		read += page.length;
		onProgress(read);
	}
	const available = new Map<string, number>();
	const unclear: string[] = [];
	for (const [sku, ofSku] of shown) {
		const stock = own ? ownStockOf(ofSku, own) : ofSku[0];
		const units = stock ? availableOf(stock) : 0;
		if (units > 0) available.set(sku, units);
		else if (!stock && ofSku.some((one) => availableOf(one) > 0)) unclear.push(sku);
	}
	return { available, listed, unclear };
}
