import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { NOT_IN_INPUT } from '../../market/checks/unnamedOffers';
import { namedSkusOf } from '../../market/records/namedSkus';
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
import { inTurns } from '../common/engine/turns';
import type { AskingRun, ReadRow, WriteJob } from '../common/write/job';
import { allPrepared, type Prepared, type ReadyTarget } from '../common/write/prepared';
import { inCatalogueOfBusinesses } from './checkCatalogue';
import type { StockOptions } from './options';
import { prepareBusiness } from './prepareBusiness';
import { readUnsureWarehouses } from './readUnsure';
import { openStocks, type StockReader } from './openStocks';
import { stockRules } from './stockRules';
import { openWarehouse, openWarehouseField } from './targets';
import { withUnnamed, type Site } from './unnamedOffers';
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
			const known = options.checkCatalogue
				? await inCatalogueOfBusinesses(businesses, doubts, run)
				: businesses;
			return await withUnnamedOf(known, options, run);
		},
		openReadBack: ({ plan }, ports) => warehouseComparison(plan.targetId, ports),
		lookAfter: async (targets, run) => {
			for (const target of targets)
				await readUnsureWarehouses(target, unsure.get(target.plan.targetId) ?? [], run);
		},
	};
}

/** Adds what the input does not name. */
async function withUnnamedOf(
	prepared: Prepared<WarehouseStockRecord>,
	{ offersNotInInput, mostNotInInput }: StockOptions,
	run: AskingRun<WarehouseStockRecord>,
): Promise<Prepared<WarehouseStockRecord>> {
	if (offersNotInInput !== 'zero') return prepared;
	const named = await namedSkusOf(run.said, keyOf, inTurns);
	const sites = prepared.ready.flatMap(sitesOf);
	const whole = await withUnnamed(prepared.ready, sites, named, mostNotInInput, run);
	return { ...allPrepared([prepared, whole]), ready: whole.ready };
}

/** The warehouses of a business that something is sent to. */
function sitesOf({ plan }: ReadyTarget<WarehouseStockRecord>): Array<Site<WarehouseStockRecord>> {
	const ids = new Set(plan.records.map(({ warehouseId }) => warehouseId));
	const businessId = plan.targetId;
	return Array.from(ids, (warehouseId) => ({
		name: `Warehouse ${warehouseId}`,
		targetIds: [businessId],
		parts: [
			{
				plan,
				stocks: { businessId, warehouseId },
				own: 'any',
				place: { business: businessId, warehouse: warehouseId },
				keyOf: (sku) => keyOf({ sku, warehouseId }),
				zeroOf: (sku) => ({ sku, warehouseId, count: 0, zeroedBy: NOT_IN_INPUT }),
				isHere: (record) => record.warehouseId === warehouseId,
			},
		],
	}));
}

/** What a business accepts only one balance for. */
function keyOf({ sku, warehouseId }: Pick<WarehouseStockRecord, 'sku' | 'warehouseId'>): string {
	return `${warehouseId}\n${sku}`;
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
		const key = sku === undefined ? undefined : keyOf({ sku, warehouseId });
		const own: Checked<WarehouseStockRow> = record.ok
			? accepted({ ...record.value, warehouseId })
			: record;
		return { index, target, place, sku, key, record: own };
	};
}
