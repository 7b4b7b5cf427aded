import { MAX_UPDATED_AT_AGE_MS } from '../../contract';
import type { Store } from '../../stores';
import { duplicatesOf } from '../fields';
import type { MarketState } from '../state';
import type { Violations } from '../violations';
import { OK } from './operation';
import { refusePoisonedSkus } from './poisonedSkus';
import { refuseUnknownSkus } from './unknownSkus';

/** A balance that a seller sends, by whichever method. */
export interface SentBalance {
	sku: string;
	count: number;
	/** In milliseconds; absent = the moment at which the Market receives it. */
	updatedAt: number | undefined;
	warehouseId: number;
	/** A store that sells from the warehouse; absent if the Market ignores the balance. */
	store: Store | undefined;
}

/**
 * Adds what is wrong with well-formed balances.
 * @param list the name of the request's list in messages.
 */
export function refuseBalances(
	violations: Violations,
	balances: readonly SentBalance[],
	list: string,
	state: MarketState,
): void {
	const places = balances.map(
		({ sku, warehouseId }) => `shop-sku '${sku}' for warehouse '${warehouseId}'`,
	);
	for (const { value } of duplicatesOf(places)) violations.add(`Duplicate ${value}`);
	const now = state.now();
	for (const { sku, updatedAt = now } of balances) {
		if (updatedAt > now) violations.add(`Stock for '${sku}' should not be in the future`);
		if (now - updatedAt > MAX_UPDATED_AT_AGE_MS) {
			violations.add(`Stock for '${sku}' should not be older than a day`);
		}
	}
	const skus = balances.map(({ sku }) => sku);
	refuseUnknownSkus(violations, skus, state);
	refusePoisonedSkus(violations, skus, state, {
		named: (sku) => `Stock for '${sku}' is not allowed`,
		listed: (index) => `${list}[${index}].sku is not allowed`,
	});
}

/** Applies all balances except those that are ignored. */
export function sendBalances(balances: readonly SentBalance[], state: MarketState): typeof OK {
	const now = state.now();
	for (const { store, sku, count, updatedAt } of balances) {
		if (store !== undefined && state.offer(sku) !== undefined) {
			state.balances.send(store, sku, count, updatedAt ?? now);
		}
	}
	return OK;
}
