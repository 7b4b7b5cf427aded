import { LISTS, MAX_UPDATED_AT_AGE_MS } from '../../contract';
import type { Store } from '../../stores';
import { readBody } from '../body';
import { duplicatesOf, readCount, readList, readObject, readSku, readTimestamp } from '../fields';
import type { MarketState } from '../state';
import { Violations } from '../violations';
import { openStore } from './access';
import { OK, type Apply, type Inbound } from './operation';
import { refusePoisonedSkus } from './poisoned-skus';
import { refuseUnknownSkus } from './unknown-skus';

interface SentBalance {
	sku: string;
	count: number;
	/** In milliseconds; absent = the moment at which the Market takes it. */
	updatedAt: number | undefined;
}

/** PUT offers/stocks: all balances are taken, or none. */
export function updateStocks(call: Inbound): Apply {
	const { state } = call;
	const store = openStore(call);
	const balances = readBalances(call);
	checkRules(balances, store, state);
	return () => {
		const now = state.now();
		for (const { sku, count, updatedAt } of balances) {
			if (state.offer(sku) !== undefined) state.balances.send(store, sku, count, updatedAt ?? now);
		}
		return OK;
	};
}

function readBalances(call: Inbound): SentBalance[] {
	const { skus } = readBody(call.request);
	if (Array.isArray(skus)) call.countItems(skus.length);
	const violations = new Violations();
	const balances = readList(violations, skus, 'skus', LISTS.skus).flatMap((entry, index) =>
		readBalance(violations, entry, `skus[${index}]`),
	);
	violations.throwIfAny();
	return balances;
}

/** The balance of one entry; none where a violation leaves nothing to read. */
function readBalance(violations: Violations, value: unknown, path: string): SentBalance[] {
	const entry = readObject(violations, value, path);
	if (entry === undefined) return [];
	const sku = readSku(violations, entry.sku, `${path}.sku`);
	const items = readList(violations, entry.items, `${path}.items`, LISTS.stockItems);
	return items.flatMap((itemValue, index) => {
		const itemPath = `${path}.items[${index}]`;
		const item = readObject(violations, itemValue, itemPath);
		if (item === undefined) return [];
		const count = readCount(violations, item.count, `${itemPath}.count`);
		const updatedAt = readTimestamp(violations, item.updatedAt, `${itemPath}.updatedAt`);
		return [{ sku, count, updatedAt }];
	});
}

function checkRules(balances: readonly SentBalance[], store: Store, state: MarketState): void {
	const violations = new Violations();
	const skus = balances.map(({ sku }) => sku);
	for (const { value } of duplicatesOf(skus)) {
		violations.add(`Duplicate shop-sku '${value}' for warehouse '${store.warehouseId}'`);
	}
	const now = state.now();
	for (const { sku, updatedAt = now } of balances) {
		if (updatedAt > now) violations.add(`Stock for '${sku}' should not be in the future`);
		if (now - updatedAt > MAX_UPDATED_AT_AGE_MS) {
			violations.add(`Stock for '${sku}' should not be older than a day`);
		}
	}
	refuseUnknownSkus(violations, skus, state);
	refusePoisonedSkus(violations, skus, state, {
		named: (sku) => `Stock for '${sku}' is not allowed`,
		listed: (index) => `skus[${index}].sku is not allowed`,
	});
	violations.throwIfAny();
}
