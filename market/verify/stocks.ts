import type { StockRecord, WarehouseStockRecord } from '../records/stockRecord';
import { findStocks, type ShownStock, type StockPlace } from '../reads/stocks';
import type { Ports } from '../ports';
import type { SendStats } from '../sender/exchange';
import { accepted, refused, type Checked } from '../refusal';
import { absentFromStore } from './catalogue';
import type { Compared } from './verify';

/** A balance that the Market has accepted, with the moment that it carried. */
export interface SentStock extends StockRecord {
	updatedAt: string;
}

/** The same, of one warehouse. */
export type SentWarehouseStock = SentStock & WarehouseStockRecord;

/**
 * Compares what the Market shows in a place with what was sent there.
 *
 * @param sent no SKU twice
 * @returns in the order of what was sent: the count where it is equal, or what the Market shows and the likely reason
 * @throws MarketReadRefused
 */
export async function compareStocks(
	place: StockPlace,
	sent: readonly SentStock[],
	ports: Ports,
	stats: SendStats,
): Promise<Compared[]> {
	const shown = new Map<string, ShownStock[]>();
	const skus = sent.map(({ sku }) => sku);
	for await (const stock of findStocks(place, skus, ports, stats)) {
		shown.set(stock.sku, [...(shown.get(stock.sku) ?? []), stock]);
	}
	const missing = skus.filter((sku) => !shown.has(sku));
	const absent =
		'campaignId' in place ? await absentFromStore(place.campaignId, missing, 'none', ports, stats) : new Set<string>();
	const where = 'campaignId' in place ? 'store' : 'warehouse';
	return sent.map((stock) => {
		const ofSku = shown.get(stock.sku) ?? [];
		return { ...compare(stock, ofSku, where), isFinal: absent.has(stock.sku) || isOvertaken(stock, ofSku) };
	});
}

/** Compares likewise what was sent to warehouses of a cabinet, one after another. @throws MarketReadRefused */
export async function compareWarehouseStocks(
	businessId: string,
	sent: readonly SentWarehouseStock[],
	ports: Ports,
	stats: SendStats,
): Promise<Compared[]> {
	const results = new Map<SentWarehouseStock, Compared>();
	for (const warehouseId of new Set(sent.map((stock) => stock.warehouseId))) {
		const stocks = sent.filter((stock) => stock.warehouseId === warehouseId);
		const compared = await compareStocks({ businessId, warehouseId }, stocks, ports, stats);
		stocks.forEach((stock, place) => results.set(stock, compared[place] as Compared));
	}
	return sent.map((stock) => results.get(stock) as Compared);
}

function compare({ count, updatedAt }: SentStock, shown: readonly ShownStock[], where: string): Checked<number> {
	const stock = ownWarehouse(shown, updatedAt);
	if (!stock) {
		return refused(
			`The Market shows no such SKU in this ${where}`,
			`Check that the SKU is written as in the catalogue, and that the catalogue has it for this ${where}.`,
		);
	}
	const available = stock.counts.get('AVAILABLE') ?? 0;
	if (available === count) return accepted(count);
	const frozen = stock.counts.get('FREEZE') ?? 0;
	const found = `The Market shows ${available} and not ${count}`;
	const moment = Date.parse(stock.updatedAt ?? '');
	if (moment > Date.parse(updatedAt)) {
		return refused(
			`${found}, of ${stock.updatedAt}: a newer balance than this one`,
			'Another program or a later run has sent it. Check the clock of this computer if there is none.',
		);
	}
	if (frozen > 0 && available + frozen === count) {
		return refused(
			`${found}: ${frozen} are reserved for orders`,
			'Send what is available to order, less what is already ordered.',
		);
	}
	// A balance that is older than the held one moves the shown date and nothing else.
	if (moment === Date.parse(updatedAt)) {
		return refused(
			`${found}, although it has got this balance: it holds a newer one`,
			'Another program or a later run has sent it, or buyers have ordered since. Compare the clocks if nothing has.',
		);
	}
	return refused(found, 'The Market may take up to 15 minutes. Read it again then, or give Verify more time.');
}

/** Whether the Market holds a newer balance. Of several warehouses it may be another one's than ours. */
function isOvertaken({ updatedAt }: SentStock, [only, ...others]: readonly ShownStock[]): boolean {
	return only !== undefined && others.length === 0 && Date.parse(only.updatedAt ?? '') > Date.parse(updatedAt);
}

/**
 * The store's own warehouse among those that the reply names: FBS stores have the Market's warehouse for returns
 * beside it. It is the one that carries our moment, or else the one that changed last.
 */
function ownWarehouse(shown: readonly ShownStock[], updatedAt: string): ShownStock | undefined {
	const momentOf = (stock: ShownStock) => Date.parse(stock.updatedAt ?? '') || 0;
	const own = shown.find((stock) => momentOf(stock) === Date.parse(updatedAt));
	return own ?? [...shown].sort((a, b) => momentOf(b) - momentOf(a))[0];
}
