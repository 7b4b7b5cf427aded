import { LISTS } from '../../contract';
import type { Store } from '../../stores';
import { readBody } from '../body';
import { readCount, readList, readObject, readSku, readTimestamp } from '../fields';
import { Violations } from '../violations';
import { openStore } from './access';
import { refuseWithoutGroups } from './groups';
import type { Apply, Inbound } from './operation';
import { refuseBalances, sendBalances, type SentBalance } from './sentBalances';

/** PUT offers/stocks: either all balances are applied, or none. */
export function updateStocks(call: Inbound): Apply {
	const { state } = call;
	const store = openStore(call);
	refuseWithoutGroups(store, state);
	const balances = readBalances(call, store);
	const violations = new Violations();
	refuseBalances(violations, balances, 'skus', state);
	violations.throwIfAny();
	return () => sendBalances(balances, state);
}

function readBalances(call: Inbound, store: Store): SentBalance[] {
	const { skus } = readBody(call.request);
	if (Array.isArray(skus)) call.countItems(skus.length);
	const violations = new Violations();
	const balances = readList(violations, skus, 'skus', LISTS.skus).flatMap((entry, index) =>
		readBalance(violations, entry, `skus[${index}]`, store),
	);
	violations.throwIfAny();
	return balances;
}

/** The balance of one entry; undefined if a violation leaves nothing to read. */
function readBalance(
	violations: Violations,
	value: unknown,
	path: string,
	store: Store,
): SentBalance[] {
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
		return [{ sku, count, updatedAt, warehouseId: store.warehouseId, store }];
	});
}
