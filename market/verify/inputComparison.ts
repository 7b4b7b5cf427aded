import type { Refusal } from '../common/refusal';
import { quote } from '../common/text';
import { differenceOf } from '../records/alikeSkus';
import { availableOf } from '../read/stocks';
import type { StockRecord } from '../records/stockRecord';
import type { StoreNumber, StoreStock } from '../checks/storeNumber';
import { reservedOf } from './stocks';

/** How what the input says of a SKU compares with what the Market shows. */
export type ComparedStatus =
	'equal' | 'differs' | 'hidden' | 'not in the catalogue' | 'only at the Market' | 'unknown';

/** What came of comparing one SKU. */
export interface ComparedSku {
	sku: string;
	status: ComparedStatus;
	/** What would be sent; absent if no item names the SKU. */
	count?: number;
	/** What the Market shows; absent if it shows no balance, or if its number is not known. */
	stock?: StoreStock;
	/** Whether the store's list of hidden offers has it; absent if that is not known. */
	isHidden?: boolean;
	/** What else there is to say. */
	refusal?: Refusal;
}

/** What is known of a SKU that the input names and of which no balance is shown. */
export type Unlisted =
	| { kind: 'inCatalogue' }
	| { kind: 'notInCatalogue'; refusal: Refusal }
	| { kind: 'untold'; refusal: Refusal };

/**
 * Compares what would be sent with the number that the Market shows.
 *
 * @param isHidden whether buyers do not see the offer: a difference of the numbers is told before that
 */
export function compareShown(
	record: StockRecord,
	number: StoreNumber,
	isHidden: boolean | undefined,
): ComparedSku {
	const { sku, count } = record;
	if (!number.ok) {
		const { refusal, isAbsent } = number;
		return isAbsent
			? { sku, count, isHidden, status: 'differs', refusal: noBalance(refusal.reason) }
			: { sku, count, isHidden, status: 'unknown', refusal };
	}
	const stock = number.value;
	if (availableOf(stock) !== count)
		return { sku, count, stock, isHidden, status: 'differs', refusal: whyDiffering(record, stock) };
	return { sku, count, stock, isHidden, status: isHidden ? 'hidden' : 'equal' };
}

/** Judges a SKU of which the place lists no balance. An offer that never had one is not listed. */
export function compareUnlisted({ sku, count }: StockRecord, known: Unlisted): ComparedSku {
	if (known.kind === 'inCatalogue') {
		const refusal = noBalance(
			'The Market shows no balance of it: it never had one, or is in the archive',
		);
		return { sku, count, status: 'differs', refusal };
	}
	const { refusal } = known;
	return {
		sku,
		count,
		status: known.kind === 'untold' ? 'unknown' : 'not in the catalogue',
		refusal,
	};
}

/**
 * Judges an offer that has stock and that no item names.
 *
 * @param alike a SKU of the input that is easily mistaken for it and that the Market does not have
 */
export function onlyAtMarket(
	sku: string,
	stock: StoreStock,
	isHidden: boolean | undefined,
	alike: string | undefined,
): ComparedSku {
	const refusal = alike === undefined ? undefined : perhapsMeant(sku, alike);
	return { sku, stock, isHidden, status: 'only at the Market', refusal };
}

function noBalance(reason: string): Refusal {
	return {
		reason,
		advice:
			'Send it with Update Stocks. If that changes nothing, see in the seller cabinet whether it is in the archive.',
	};
}

function perhapsMeant(sku: string, alike: string): Refusal {
	return {
		reason: `No item names it, but ${quote(alike)} may mean it (differs in ${differenceOf(alike, sku)})`,
		advice: 'Write the SKU in the source as the catalogue has it.',
	};
}

/** What may explain a difference; undefined if there is nothing to say beside the numbers. */
function whyDiffering({ count, updatedAt }: StockRecord, stock: StoreStock): Refusal | undefined {
	if (updatedAt !== undefined && Date.parse(stock.updatedAt ?? '') > Date.parse(updatedAt)) {
		return {
			reason: `The Market holds a newer balance, of ${stock.updatedAt}: it would ignore this one`,
			advice:
				'Read the source again. If its balance is still true, send it with a later Updated At.',
		};
	}
	const reserved = reservedOf(count, stock, false);
	if (reserved === undefined) return undefined;
	return {
		reason: `As many units as are missing are reserved for orders: ${reserved}`,
		advice:
			'If the source does not know of these orders, it would put the units on sale again: it has to say what is available to order.',
	};
}
