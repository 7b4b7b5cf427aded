import type { RunPorts } from '../pacing/runPorts';
import { allOf, told } from '../read/read';
import { availableOf, findStocks, type ShownStock } from '../read/stocks';
import { quote } from '../common/text';
import type { Holder } from '../checks/warehouseGroups';

/** A balance that a store was sent. */
export interface SentToStore {
	store: string;
	sku: string;
	sent: number;
	/** The moment that the balance carried. */
	updatedAt: string;
}

/** The same, plus what the Market shows for the SKU there. */
export interface SentAndShown extends SentToStore {
	/** In all warehouses that the reply names. */
	shown: readonly ShownStock[];
}

/** The Market may show a moment without its fraction of a second. */
const SAME_MOMENT_MS = 1_000;

/** Looks up what the Market shows for balances of one store; returns none of them if it does not tell. */
export async function readShown(
	store: string,
	balances: readonly SentToStore[],
	ports: RunPorts,
): Promise<SentAndShown[]> {
	const skus = balances.map(({ sku }) => sku);
	const stocks = await told(allOf(findStocks({ campaignId: store }, skus, ports)));
	if (!stocks.ok) return [];
	const shown = new Map<string, ShownStock[]>();
	for (const stock of stocks.value) shown.set(stock.sku, [...(shown.get(stock.sku) ?? []), stock]);
	return balances.map((balance) => ({ ...balance, shown: shown.get(balance.sku) ?? [] }));
}

/**
 * Finds stores that hold one number together, by what they show after they were sent different ones: both show the same
 * one of them, as of the moment that it carried.
 *
 * @param balances all balances of SKUs for which stores were sent different numbers
 */
export function seenHolders(balances: readonly SentAndShown[]): Holder[] {
	const bySku = new Map<string, SentAndShown[]>();
	for (const balance of balances)
		bySku.set(balance.sku, [...(bySku.get(balance.sku) ?? []), balance]);
	const holders: Holder[] = [];
	for (const [sku, ofStores] of bySku) {
		for (const winner of ofStores) {
			const stores = ofStores.filter(({ shown }) => shown.some((stock) => isThatOf(stock, winner)));
			const isOverwritten =
				stores.some((one) => one.sent !== winner.sent && !isReserved(one)) &&
				stores.includes(winner);
			if (isOverwritten) {
				holders.push({
					kind: 'seen',
					id: '',
					name: quote(sku),
					stores: new Set(stores.map(({ store }) => store)),
				});
			}
		}
	}
	return holders;
}

function isThatOf(stock: ShownStock, { sent, updatedAt }: SentAndShown): boolean {
	const shownAt = stock.updatedAt ?? '';
	const isSameMoment = Math.abs(Date.parse(shownAt) - Date.parse(updatedAt)) < SAME_MOMENT_MS;
	return isSameMoment && availableOf(stock) === sent;
}

/** Whether a store shows what it was sent, less what is reserved. */
function isReserved({ sent, shown }: SentAndShown): boolean {
	return shown.some((stock) => availableOf(stock) + (stock.counts.get('FREEZE') ?? 0) === sent);
}
