import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { MarketId } from '../../market/records/ids';
import { saidWith } from '../../market/records/refusedRecords';
import { updateStocks } from '../../market/write/methods';
import { ownWarehousesOf } from '../../market/read/ownWarehouses';
import { SkuDoubts } from '../../market/records/skuDoubts';
import { cleanStock, type StockRecord, type StockRow } from '../../market/records/stockRecord';
import { refuseStock } from '../../market/checks/storeCheck';
import { storeComparison } from '../../market/verify/stocks';
import { conflictsOfStores } from '../../market/checks/warehouseGroups';
import { openBlankness } from '../common/input/blankRows';
import { prepareStores, type ReadyStore } from '../common/write/prepareStores';
import { allPrepared, type Prepared } from '../common/write/prepared';
import { openStorePlace } from '../common/input/places';
import { inTurns } from '../common/engine/turns';
import type { AskingRun, WriteJob } from '../common/write/job';
import { businessesOf, withBusinesses } from './businesses';
import { inCatalogueOfStores } from './checkCatalogue';
import { judgedAgain } from './judgedAgain';
import type { StockOptions } from './options';
import { openStocks } from './openStocks';
import { readUnsureStores } from './readUnsure';
import { stockRules } from './stockRules';
import { stockValues } from './values';

/** Sends balances for stores (v2). */
export function storeJob(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	options: StockOptions,
	startMs: number,
): WriteJob<StockRow, StockRecord> {
	const doubts = new SkuDoubts();
	const stocks = openStocks(context, items, options, doubts);
	const storeOf = openStorePlace(context);
	const unsure = new Set<MarketId>();
	return {
		...stockRules(options, (_record, campaignId) => `Store ${campaignId}`),
		finish: (row) => cleanStock(row, options),
		method: updateStocks,
		startMs,
		doubts,
		blanknessOf: openBlankness(context, items, stockValues),
		readRow: (index) => {
			const { target, place } = storeOf(index);
			const { sku, record } = stocks.read(index);
			return { index, target, place, sku, key: sku, record };
		},
		warningsOf: (plan) => stocks.warnings(plan),
		prepare: async (plans, run) => {
			const stores = await prepareStores(plans, refuseStock, run);
			const known = options.checkCatalogue
				? await inCatalogueOfStores(stores, doubts, run)
				: stores;
			const said = saidWith(run.said, known.refused);
			return await refuseConflicts(known, { ...run, said }, unsure);
		},
		openReadBack: ({ plan, ownWarehouses }, ports) =>
			storeComparison(plan.targetId, ownWarehouses, ports),
		lookAfter: async (targets, run) => {
			for (const id of unsure)
				await readUnsureStores(
					targets.filter(({ businessId }) => businessId === id),
					run,
				);
		},
	};
}

/** Refuses balances of stores that hold one number if the run gives several, and warns of the wrong way to send. */
async function refuseConflicts(
	stores: Prepared<StockRecord, ReadyStore<StockRecord>>,
	run: AskingRun<StockRecord>,
	unsure: Set<MarketId>,
): Promise<Prepared<StockRecord>> {
	const found = await withBusinesses(stores.ready, run);
	const refused = [...stores.refused, ...found.refused];
	let { ready } = found;
	let said = saidWith(run.said, found.refused);
	const { warehouses, holders, warnings } = await businessesOf(ready, { ...run, said }, unsure);
	for (;;) {
		const plans = ready.map(({ plan }) => plan);
		const conflicts = await conflictsOfStores(plans, said, holders, inTurns);
		if (conflicts.size === 0) break;
		const judged = allPrepared(
			await Promise.all(
				ready.map(async (store) => await judgedAgain(store, conflicts.get(store.plan), run.job)),
			),
		);
		said = saidWith(said, judged.refused);
		refused.push(...judged.refused);
		ready = judged.ready;
	}
	return {
		ready: ready.map((store) => ({
			...store,
			ownWarehouses: ownWarehousesOf(store.plan.targetId, warehouses),
		})),
		refused,
		warnings: [...stores.warnings, ...found.warnings, ...warnings],
	};
}
