import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { cabinetUnknown } from '../../market/guide';
import { updateStocks } from '../../market/methods';
import { SkuDoubts } from '../../market/records/skuDoubts';
import { cleanStock, type StockRecord, type StockRow } from '../../market/records/stockRecord';
import { refuseStock } from '../../market/storeCheck';
import { compareStocks } from '../../market/verify/stocks';
import { conflictsOfStores, holdersOfStores, type Holder } from '../../market/warehouseGroups';
import { openBlankness } from '../common/blankRows';
import { prepareStores, type ReadyStore } from '../common/prepareStores';
import { openStorePlace } from '../common/storePlace';
import { inTurns } from '../common/turns';
import type { ReadyTarget, WriteJob, WriteRun } from '../common/writeRun';
import { checkWay } from './checkWay';
import type { StockOptions } from './options';
import { openStocks } from './readStocks';
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
		warningsOf: (rows) => stocks.warnings((index) => rows[index]?.sku),
		prepare: async (plans, run) => await refuseConflicts(await prepareStores(plans, refuseStock, run), run),
		readBack: async (campaignId, sent, _subscription, ports, stats) =>
			await compareStocks({ campaignId }, sent, ports, stats),
	};
}

/** Refuses balances of stores that hold one number, where the run does not say one, and warns of the wrong way to send. */
async function refuseConflicts(
	stores: ReadonlyArray<ReadyStore<StockRecord>>,
	run: WriteRun<StockRecord>,
): Promise<Array<ReadyTarget<StockRecord>>> {
	const businesses = new Set(stores.flatMap(({ campaign }) => campaign.business?.id ?? []));
	const unknown = stores.filter(({ campaign }) => campaign.business?.id === undefined);
	if (unknown.length > 0) run.warnings.push(cabinetUnknown(unknown.map(({ plan }) => plan.targetId)));
	const holders = new Map<string, readonly Holder[]>();
	for (const businessId of businesses) {
		const warehouses = await checkWay(String(businessId), 'store', run);
		for (const [campaignId, joined] of holdersOfStores(warehouses)) holders.set(campaignId, joined);
	}
	const conflicts = await conflictsOfStores(stores.map(({ plan }) => plan), run.said, holders, inTurns);
	return stores.map((store) => ({ ...store, plan: run.book.takeOut(store.plan, conflicts.get(store.plan) ?? new Map()) }));
}
