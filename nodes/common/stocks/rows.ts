import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type {
	StockRow,
	WarehouseStockRecord,
	WarehouseStockRow,
} from '../../../market/records/stockRecord';
import { accepted, type Checked } from '../../../market/common/refusal';
import { openLocator } from '../input/locators';
import { openStorePlace, type ReadRow } from '../input/places';
import type { StockReader } from './openStocks';
import { openWarehouse } from './warehouses';

/** Reads items as balances of stores. */
export function openStoreRows(
	context: IExecuteFunctions,
	stocks: StockReader,
): (itemIndex: number) => ReadRow<StockRow> {
	const storeOf = openStorePlace(context);
	return (index) => {
		const { target, place } = storeOf(index);
		const { sku, record } = stocks.read(index);
		return { index, target, place, sku, key: sku, record };
	};
}

/**
 * Reads items as balances in warehouses of businesses.
 *
 * @throws NodeOperationError if the parameters do not say which warehouse
 */
export function openWarehouseRows(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	stocks: StockReader,
): (itemIndex: number) => ReadRow<WarehouseStockRow> {
	const businessOf = openLocator(context, 'business');
	const warehouseOf = openWarehouse(context, items);
	return (index) => {
		const target = businessOf(index);
		const warehouse = warehouseOf(index);
		const place = {
			business: target.ok ? target.value : undefined,
			warehouse: warehouse.ok ? warehouse.value : undefined,
		};
		const { sku, record } = stocks.read(index);
		// The warehouse decides which balances are duplicates of each other: without it nothing can be said.
		if (!warehouse.ok) return { index, target, place, sku, record: warehouse };
		const warehouseId = warehouse.value;
		const key = sku === undefined ? undefined : warehouseKeyOf({ sku, warehouseId });
		const own: Checked<WarehouseStockRow> = record.ok
			? accepted({ ...record.value, warehouseId })
			: record;
		return { index, target, place, sku, key, record: own };
	};
}

/** What a business accepts only one balance for. */
export function warehouseKeyOf({
	sku,
	warehouseId,
}: Pick<WarehouseStockRecord, 'sku' | 'warehouseId'>): string {
	return `${warehouseId}\n${sku}`;
}
