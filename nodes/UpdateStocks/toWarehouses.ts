import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { updateWarehouseStocks } from '../../market/write/methods';
import { SkuDoubts } from '../../market/records/skuDoubts';
import {
	cleanWarehouseStock,
	type WarehouseStockRecord,
	type WarehouseStockRow,
} from '../../market/records/stockRecord';
import { accepted, type Checked } from '../../market/common/refusal';
import { warehouseComparison } from '../../market/verify/stocks';
import { openBlankness } from '../common/input/blankRows';
import { openLocator } from '../common/input/locators';
import type { ReadRow, WriteJob } from '../common/write/job';
import { allPrepared, type Prepared } from '../common/write/prepared';
import { inCatalogueOfBusinesses } from './checkCatalogue';
import type { StockOptions } from './options';
import { prepareBusiness } from './prepareBusiness';
import { readUnsureWarehouses } from './readUnsure';
import { openStocks, type StockReader } from './openStocks';
import { stockRules } from './stockRules';
import { openWarehouse, openWarehouseField } from './targets';
import { stockValues } from './values';

/** Sends balances to warehouses of a business (v3): one request may be for several of them. */
export function warehouseJob(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	options: StockOptions,
	startMs: number,
): WriteJob<WarehouseStockRow, WarehouseStockRecord> {
	const doubts = new SkuDoubts();
	const stocks = openStocks(context, items, options, doubts);
	const unsure = new Map<string, readonly string[]>();
	return {
		...stockRules(options, ({ warehouseId }) => `Warehouse ${warehouseId}`),
		finish: (row) => cleanWarehouseStock(row, options),
		method: updateWarehouseStocks,
		startMs,
		doubts,
		readRow: openRows(context, items, stocks),
		blanknessOf: openBlankness(context, items, stockValues, openWarehouseField(context, items)),
		warningsOf: (plan) => stocks.warnings(plan),
		prepare: async (plans, run) => {
			const prepared: Array<Prepared<WarehouseStockRecord>> = [];
			for (const plan of plans) prepared.push(await prepareBusiness(plan, run, unsure));
			const businesses = allPrepared(prepared);
			return options.checkCatalogue
				? await inCatalogueOfBusinesses(businesses, doubts, run)
				: businesses;
		},
		openReadBack: ({ plan }, ports) => warehouseComparison(plan.targetId, ports),
		lookAfter: async (targets, run) => {
			for (const target of targets)
				await readUnsureWarehouses(target, unsure.get(target.plan.targetId) ?? [], run);
		},
	};
}

function openRows(
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
		const key = sku === undefined ? undefined : `${warehouseId}\n${sku}`;
		const own: Checked<WarehouseStockRow> = record.ok
			? accepted({ ...record.value, warehouseId })
			: record;
		return { index, target, place, sku, key, record: own };
	};
}
