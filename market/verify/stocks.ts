import { MAX_OFFER_IDS_PER_STOCKS_REQUEST, PARALLEL_REQUESTS_PER_ENTITY } from '../contract/bounds';
import { ownStockOf, type OwnWarehouses } from '../read/ownWarehouses';
import type { StockRecord, WarehouseStockRecord } from '../records/stockRecord';
import { partsOf, readParts } from '../read/parts';
import { availableOf, findStocks, type ShownStock, type StockPlace } from '../read/stocks';
import type { RunPorts } from '../pacing/runPorts';
import { accepted, refused, type Refusal } from '../common/refusal';
import { absentFromStore, notInStore, notInWarehouse } from './catalogue';
import { unread, type Compare, type Compared } from './compared';

/** A balance that the Market has accepted, with the moment that it carried. */
export interface SentStock extends StockRecord {
	updatedAt: string;
}

/** The same for one warehouse. */
export type SentWarehouseStock = SentStock & WarehouseStockRecord;

/**
 * Compares what the Market shows in a store with what was sent there: the count if it is equal, or what is shown and the
 * likely reason. Only the store's own warehouse counts.
 *
 * @param own the store's warehouses; undefined if the Market does not tell them
 * @returns a comparison that must not be given a SKU twice
 */
export function storeComparison(
	campaignId: string,
	own: OwnWarehouses | undefined,
	ports: RunPorts,
): Compare<SentStock> {
	return async (sent) => {
		const { shown, failed } = await readShown(placeParts({ campaignId }, sent), ports);
		const missing = sent
			.filter((stock) => !shown.has(stock) && !failed.has(stock))
			.map(({ sku }) => sku);
		const absent = await absentFromStore(campaignId, missing, ports);
		return sent.map((stock) => {
			const result = failed.get(stock);
			if (result) return result;
			const ofSku = shown.get(stock);
			if (!ofSku) return { ...notInStore(), isFinal: absent.has(stock.sku) };
			const ownStock = (own && ownStockOf(ofSku, own)) ?? withOurMoment(ofSku, stock);
			return ownStock ? compare(stock, ownStock) : withoutOwn(stock, ofSku, own);
		});
	};
}

/** Compares in the same way what was sent to warehouses of a business, one after another. */
export function warehouseComparison(
	businessId: string,
	ports: RunPorts,
): Compare<SentWarehouseStock> {
	return async (sent) => {
		const byWarehouse = new Map<string, SentWarehouseStock[]>();
		for (const stock of sent) {
			const others = byWarehouse.get(stock.warehouseId);
			if (others) others.push(stock);
			else byWarehouse.set(stock.warehouseId, [stock]);
		}
		const parts = [...byWarehouse].flatMap(([warehouseId, stocks]) =>
			placeParts({ businessId, warehouseId }, stocks),
		);
		const { shown, failed } = await readShown(parts, ports);
		return sent.map((stock) => {
			const result = failed.get(stock);
			if (result) return result;
			// Only one warehouse was asked for.
			const [only] = shown.get(stock) ?? [];
			return only ? compare(stock, only) : notInWarehouse();
		});
	};
}

/** Records of one place that are read in one request. */
interface Part {
	place: StockPlace;
	sent: readonly SentStock[];
}

function placeParts(place: StockPlace, sent: readonly SentStock[]): Part[] {
	return [...partsOf(sent, MAX_OFFER_IDS_PER_STOCKS_REQUEST)].map((part) => ({
		place,
		sent: part,
	}));
}

/** What the Market shows for records, and what to say about those that could not be read. */
interface ShownStocks {
	shown: Map<SentStock, ShownStock[]>;
	failed: Map<SentStock, Compared>;
}

async function readShown(parts: readonly Part[], ports: RunPorts): Promise<ShownStocks> {
	const shown = new Map<SentStock, ShownStock[]>();
	const read = async ({ place, sent }: Part) => {
		const bySku = new Map(sent.map((stock) => [stock.sku, stock]));
		for await (const found of findStocks(place, [...bySku.keys()], ports)) {
			const stock = bySku.get(found.sku);
			if (stock) shown.set(stock, [...(shown.get(stock) ?? []), found]);
		}
	};
	const errors = await readParts(parts, read, PARALLEL_REQUESTS_PER_ENTITY);
	const failed = new Map<SentStock, Compared>();
	for (const [{ sent }, error] of errors) {
		const result = unread(error);
		for (const stock of sent) failed.set(stock, result);
	}
	return { shown, failed };
}

function compare(sent: SentStock, stock: ShownStock): Compared {
	const { count, updatedAt } = sent;
	const available = availableOf(stock);
	if (available === count) return accepted(count);
	const found = `The Market shows ${available} and not ${count}`;
	const moment = Date.parse(stock.updatedAt ?? '');
	if (moment > Date.parse(updatedAt)) {
		const newer = refused(
			`${found}, of ${stock.updatedAt}: a newer balance than this one`,
			'Another program or a later run has sent it. Check the clock of this computer if there is none.',
		);
		return { ...newer, isFinal: true };
	}
	const ordered = count - available;
	const isOurs = moment === Date.parse(updatedAt);
	const reserved = reservedOf(count, stock, isOurs);
	if (reserved !== undefined) {
		return refused(
			`${found}: ${reserved} are reserved for orders`,
			'If they were ordered after this was sent, nothing need be done: the Market takes them off by itself. If they were ' +
				'ordered before, send what is available to order, less what is already ordered.',
		);
	}
	// A balance that is older than the one held updates the date shown and nothing else.
	if (isOurs) {
		return refused(
			`${found}, although it has received this balance: it holds a newer one`,
			ordered > 0
				? 'Buyers may have ordered since: then nothing need be done. Or another program or a later run has sent it.'
				: 'Another program or a later run has sent it. Compare the clocks if nothing has.',
		);
	}
	return refused(
		found,
		'The Market may take up to 15 minutes. Read it again then, or give Verify more time.',
	);
}

/**
 * The units reserved for orders, if they explain why fewer are available than a balance says; undefined if not.
 *
 * @param isOurs whether the Market is known to hold that balance: what was reserved before may have been deducted from it
 */
export function reservedOf(
	count: number,
	stock: Pick<ShownStock, 'counts'>,
	isOurs: boolean,
): number | undefined {
	const ordered = count - availableOf(stock);
	const frozen = stock.counts.get('FREEZE') ?? 0;
	return ordered > 0 && (frozen === ordered || (frozen > ordered && isOurs)) ? frozen : undefined;
}

/** A balance with exactly our moment is ours, whatever its warehouse. If there are several, one that differs. */
function withOurMoment(
	shown: readonly ShownStock[],
	{ count, updatedAt }: SentStock,
): ShownStock | undefined {
	const ours = shown.filter((stock) => Date.parse(stock.updatedAt ?? '') === Date.parse(updatedAt));
	return ours.find((one) => availableOf(one) !== count) ?? ours[0];
}

/** Why a balance is not confirmed if none of those shown is known to be the store's. */
function withoutOwn(
	sent: SentStock,
	shown: readonly ShownStock[],
	own: OwnWarehouses | undefined,
): Compared {
	const [only, ...others] = shown;
	if (!own && only && others.length === 0) {
		// A single warehouse may tell why not. It confirms nothing: it may be the Market's own for returns.
		const result = compare(sent, only);
		if (!result.ok) return result;
	}
	return { ok: false, refusal: unknownWarehouse(shown, own) };
}

/** Why it is unknown which of the shown balances is the store's. */
function unknownWarehouse(shown: readonly ShownStock[], own: OwnWarehouses | undefined): Refusal {
	const each = shown.map((one) => `${availableOf(one)} in warehouse ${one.warehouseId}`);
	const found = `The Market shows ${each.join(', ')}`;
	if (!own) {
		return {
			reason: `${found}, and it is not known which warehouse is the store's own`,
			advice:
				"The list of the business's warehouses tells it: give the token the access group " +
				'inventory-and-order-processing:read-only, or look into the seller cabinet.',
		};
	}
	if (shown.filter(({ warehouseId }) => own.own.has(String(warehouseId))).length > 1) {
		return {
			reason: `${found}: several of them are the store's own, and which one holds what was sent is not known`,
			advice: "Look at the store's warehouses in the seller cabinet.",
		};
	}
	return {
		reason: `${found}, and no number of the store's own warehouse (${[...own.own].join(', ')})`,
		advice:
			"The Market may take up to 15 minutes. If it stays so, look at the store's warehouse in the seller cabinet.",
	};
}
