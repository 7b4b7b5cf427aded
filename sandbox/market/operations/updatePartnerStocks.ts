import { LISTS } from '../../contract';
import { readBody } from '../body';
import { readCount, readList, readObject, readSku, readTimestamp, requireId } from '../fields';
import { Violations } from '../violations';
import { findBusiness } from './access';
import { refuseWithGroups } from './groups';
import type { Apply, Inbound } from './operation';
import { refuseBalances, sendBalances, type SentBalance } from './sentBalances';
import { refuseUnknownWarehouses } from './unknownWarehouses';

/** POST v3 offers/stocks/update: balances of several warehouses; either all are applied, or none. */
export function updateStocksOnPartnerWarehouses(call: Inbound): Apply {
	const { state } = call;
	const business = findBusiness(call);
	refuseWithGroups(business, state);
	const balances = readBalances(call, business.businessId);
	const violations = new Violations();
	refuseBalances(violations, balances, 'skuItems', state);
	const warehouseIds = balances.map(({ warehouseId }) => warehouseId);
	refuseUnknownWarehouses(violations, business.businessId, warehouseIds, state);
	violations.throwIfAny();
	return () => sendBalances(balances, state);
}

function readBalances(call: Inbound, businessId: number): SentBalance[] {
	const { skuItems } = readBody(call.request);
	if (Array.isArray(skuItems)) call.countItems(skuItems.length);
	const violations = new Violations();
	const balances = readList(violations, skuItems, 'skuItems', LISTS.skuItems).flatMap(
		(value, index) => {
			const path = `skuItems[${index}]`;
			const item = readObject(violations, value, path);
			if (item === undefined) return [];
			const sku = readSku(violations, item.sku, `${path}.sku`);
			const warehouseId = requireId(
				violations,
				item.partnerWarehouseId,
				`${path}.partnerWarehouseId`,
			);
			const count = readCount(violations, item.count, `${path}.count`);
			const updatedAt = readTimestamp(violations, item.updatedAt, `${path}.updatedAt`);
			const [store] = call.state.partnerWarehouses.find(businessId, warehouseId)?.stores ?? [];
			return [{ sku, count, updatedAt, warehouseId, store }];
		},
	);
	violations.throwIfAny();
	return balances;
}
