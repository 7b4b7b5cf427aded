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
import { warehouseComparison } from '../../market/verify/stocks';
import { openBlankness } from '../common/input/blankRows';
import { inTurns } from '../common/engine/turns';
import type { AskingRun, WriteJob } from '../common/write/job';
import { allPrepared, type Prepared, type ReadyTarget } from '../common/write/prepared';
import { inCatalogueOfBusinesses } from './checkCatalogue';
import type { UpdateOptions } from './options';
import { prepareBusiness } from './prepareBusiness';
import { readUnsureWarehouses } from './readUnsure';
import { openStocks } from '../common/stocks/openStocks';
import { openWarehouseRows, warehouseKeyOf } from '../common/stocks/rows';
import { mergeRules } from '../common/stocks/mergeRules';
import { openWarehouseField } from '../common/stocks/warehouses';
import { withUnnamed, type Site } from './unnamedOffers';
import { stockValues } from '../common/stocks/values';
import { unorderedCalls } from './webhookOrder';
import { zeroGuard } from './zeroGuard';

/** Sends balances to warehouses of a business (v3): one request may be for several of them. */
export function warehouseJob(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	options: UpdateOptions,
	startMs: number,
): WriteJob<WarehouseStockRow, WarehouseStockRecord> {
	const doubts = new SkuDoubts();
	const stocks = openStocks(context, items, options, doubts);
	const unsure = new Map<string, readonly string[]>();
	return {
		...mergeRules(options),
		guard: zeroGuard(options, ({ warehouseId }) => `Warehouse ${warehouseId}`),
		finish: (row) => cleanWarehouseStock(row, options),
		method: updateWarehouseStocks,
		startMs,
		doubts,
		readRow: openWarehouseRows(context, items, stocks),
		blanknessOf: openBlankness(context, items, stockValues, openWarehouseField(context, items)),
		warningsOf: (plan) => [
			...stocks.warnings(plan),
			...(stocks.hasMoments ? [] : unorderedCalls(context)),
		],
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
	{ offersNotInInput, mostNotInInput }: UpdateOptions,
	run: AskingRun<WarehouseStockRecord>,
): Promise<Prepared<WarehouseStockRecord>> {
	if (offersNotInInput !== 'zero') return prepared;
	const named = await namedSkusOf(run.said, warehouseKeyOf, inTurns);
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
				keyOf: (sku) => warehouseKeyOf({ sku, warehouseId }),
				zeroOf: (sku) => ({ sku, warehouseId, count: 0, zeroedBy: NOT_IN_INPUT }),
				isHere: (record) => record.warehouseId === warehouseId,
			},
		],
	}));
}
