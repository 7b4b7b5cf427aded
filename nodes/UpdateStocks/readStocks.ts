import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Refusal } from '../../market/refusal';
import { readSku } from '../../market/records/sku';
import type { SkuDoubts } from '../../market/records/skuDoubts';
import { readStockRow, type RawStock, type ReadStock } from '../../market/records/stockRecord';
import { openSkus } from '../common/skus';
import { notMapped, openSource } from '../common/sources';
import type { StockOptions } from './options';
import { updatedAtZone } from './updatedAtZone';
import { stockValue, updatedAtValue } from './values';

/**
 * Reads the balance of each item where the parameters say it is.
 *
 * @throws NodeOperationError where the parameters do not say it
 */
export function openStocks(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	options: StockOptions,
	doubts: SkuDoubts,
): (itemIndex: number) => ReadStock {
	const sku = openSkus(context, items, doubts);
	const stock = openSource(context, items, stockValue) ?? notMapped(context, stockValue.label);
	const updatedAt = openSource(context, items, updatedAtValue);
	if (options.duplicateSkus === 'newest' && !updatedAt) {
		throw new NodeOperationError(context.getNode(), 'Duplicate SKUs is set to Send the Newest without Updated At', {
			description: 'Map Updated At, or choose another rule in the option Duplicate SKUs.',
		});
	}
	const zone = updatedAtZone(context, options);
	const rules = { oldUpdatedAt: options.oldUpdatedAt, zone, nowMs: Date.now() };
	return (itemIndex) => {
		const rawSku = sku(itemIndex);
		if (!rawSku.ok) return { record: rawSku };
		const rawStock = stock(itemIndex);
		if (!rawStock.ok) return withoutValue(rawSku.value, rawStock);
		const reserve = options.reserveOf(itemIndex);
		if (!reserve.ok) return withoutValue(rawSku.value, reserve);
		const maximum = options.maximumOf(itemIndex);
		if (!maximum.ok) return withoutValue(rawSku.value, maximum);
		const raw: RawStock = {
			sku: rawSku.value,
			stock: rawStock.value,
			reserve: reserve.value,
			maximum: maximum.value,
		};
		if (!updatedAt) return readStockRow(raw, rules);
		const rawUpdatedAt = updatedAt(itemIndex);
		if (!rawUpdatedAt.ok) return withoutValue(rawSku.value, rawUpdatedAt);
		raw.updatedAt = rawUpdatedAt;
		// The present of this very item: an expression such as $now is later than the run's start.
		return readStockRow(raw, { ...rules, nowMs: Date.now() });
	};
}

/** The SKU is still wanted where another value is absent: it names the item, and finds its duplicates. */
function withoutValue(rawSku: unknown, missing: { ok: false; refusal: Refusal }): ReadStock {
	const sku = readSku(rawSku);
	return sku.ok ? { sku: sku.value, record: missing } : { record: sku };
}
