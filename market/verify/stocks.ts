import type { StockRecord } from '../records/stockRecord';
import { findStocks, type ShownStock } from '../reads/stocks';
import type { Ports } from '../ports';
import type { SendStats } from '../sender/exchange';
import { accepted, refused, type Checked } from '../refusal';

/** A balance that the Market has accepted, with the moment that it carried. */
export interface SentStock extends StockRecord {
	updatedAt: string;
}

/**
 * Compares what the Market shows with what was sent.
 *
 * @returns by SKU: the count where it is equal, or what the Market shows and the likely reason
 * @throws MarketReadRefused
 */
export async function compareStocks(
	campaignId: string,
	sent: readonly SentStock[],
	ports: Ports,
	stats: SendStats,
): Promise<Map<string, Checked<number>>> {
	const shown = new Map<string, ShownStock[]>();
	const skus = sent.map(({ sku }) => sku);
	for await (const stock of findStocks({ campaignId }, skus, ports, stats)) {
		shown.set(stock.sku, [...(shown.get(stock.sku) ?? []), stock]);
	}
	return new Map(sent.map((stock) => [stock.sku, compare(stock, shown.get(stock.sku) ?? [])]));
}

function compare({ count, updatedAt }: SentStock, shown: readonly ShownStock[]): Checked<number> {
	const stock = ownWarehouse(shown, updatedAt);
	if (!stock) {
		return refused(
			'The Market shows no such SKU in this store',
			'Check that the SKU is written as in the catalogue, and that the catalogue has it for this store.',
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

/**
 * The store's own warehouse among those that the reply names: FBS stores have the Market's warehouse for returns
 * beside it. It is the one that carries our moment, or else the one that changed last.
 */
function ownWarehouse(shown: readonly ShownStock[], updatedAt: string): ShownStock | undefined {
	const momentOf = (stock: ShownStock) => Date.parse(stock.updatedAt ?? '') || 0;
	const own = shown.find((stock) => momentOf(stock) === Date.parse(updatedAt));
	return own ?? [...shown].sort((a, b) => momentOf(b) - momentOf(a))[0];
}
