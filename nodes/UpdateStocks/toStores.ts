import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { cabinetUnknown, doubtfulNumbers } from '../../market/guide';
import type { MarketId } from '../../market/ids';
import { updateStocks } from '../../market/methods';
import { ownWarehousesOf } from '../../market/ownWarehouses';
import type { TargetPlan } from '../../market/plan';
import type { StoreWarehouse } from '../../market/reads/warehouses';
import { SkuDoubts } from '../../market/records/skuDoubts';
import { cleanStock, type StockRecord, type StockRow } from '../../market/records/stockRecord';
import type { Refusal } from '../../market/refusal';
import { refuseStock } from '../../market/storeCheck';
import { storeComparison } from '../../market/verify/stocks';
import { conflictsOfStores, differingSkus, holdersOfStores } from '../../market/warehouseGroups';
import { openBlankness } from '../common/blankRows';
import { prepareStores, type ReadyStore } from '../common/prepareStores';
import { openStorePlace } from '../common/storePlace';
import { inTurns } from '../common/turns';
import { takeOutSaid, type ReadyTarget, type WriteJob, type WriteRun } from '../common/writeRun';
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
		warningsOf: (plan) => stocks.warnings(plan),
		prepare: async (plans, run) => await refuseConflicts(await prepareStores(plans, refuseStock, run), run),
		openReadBack: ({ plan, ownWarehouses }, ports, stats) =>
			storeComparison(plan.targetId, ownWarehouses, ports, stats),
	};
}

/** Refuses balances of stores that hold one number, where the run does not say one, and warns of the wrong way to send. */
async function refuseConflicts(
	stores: ReadonlyArray<ReadyStore<StockRecord>>,
	run: WriteRun<StockRecord>,
): Promise<Array<ReadyTarget<StockRecord>>> {
	const warehouses = await warehousesOfStores(stores, run);
	const holders = holdersOfStores(warehouses);
	let ready: ReadonlyArray<ReadyStore<StockRecord>> = stores;
	for (;;) {
		const conflicts = await conflictsOfStores(ready.map(({ plan }) => plan), run.said, holders, inTurns);
		if (conflicts.size === 0) {
			return ready.map((store) => ({ ...store, ownWarehouses: ownWarehousesOf(store.plan.targetId, warehouses) }));
		}
		ready = await Promise.all(
			ready.map(async (store) => ({ ...store, plan: await judgedAgain(store.plan, conflicts.get(store.plan), run) })),
		);
	}
}

/**
 * The plan without what is refused. What is left is guarded anew: it may be zeros only. What the guard holds back then is
 * not sent through other stores either, so that these are looked at once more.
 */
async function judgedAgain(
	plan: TargetPlan<StockRecord>,
	conflicts: ReadonlyMap<number, Refusal> | undefined,
	run: WriteRun<StockRecord>,
): Promise<TargetPlan<StockRecord>> {
	if (!conflicts) return plan;
	const rest = run.book.takeOut(plan, conflicts);
	return takeOutSaid(rest, (await run.job.guard?.(rest)) ?? new Map(), run);
}

/**
 * The warehouses of the cabinets of a run, which join its stores. Where the Market does not tell them, the user learns which
 * numbers may be at stake.
 */
async function warehousesOfStores(
	stores: ReadonlyArray<ReadyStore<StockRecord>>,
	run: WriteRun<StockRecord>,
): Promise<StoreWarehouse[]> {
	const ofBusinesses = new Map<MarketId | undefined, Array<TargetPlan<StockRecord>>>();
	for (const { plan, campaign } of stores) {
		const id = campaign.business?.id;
		ofBusinesses.set(id, [...(ofBusinesses.get(id) ?? []), plan]);
	}
	const known: StoreWarehouse[] = [];
	for (const [businessId, plans] of ofBusinesses) {
		const warehouses = await warehousesOf(businessId, plans.map(({ targetId }) => targetId), run);
		if (warehouses) known.push(...warehouses);
		else run.alerts.push(...doubtfulNumbers(await differingSkus(plans, inTurns)));
	}
	return known;
}

/** The warehouses of a business, or undefined, with a warning, where the Market does not tell them, or not the business. */
async function warehousesOf(
	businessId: MarketId | undefined,
	campaignIds: readonly string[],
	run: WriteRun<StockRecord>,
): Promise<readonly StoreWarehouse[] | undefined> {
	if (businessId === undefined) {
		run.alerts.push(cabinetUnknown(campaignIds));
		return undefined;
	}
	const areKnown = (list: readonly StoreWarehouse[]) => {
		const known = new Set(list.map(({ campaignId }) => String(campaignId)));
		return campaignIds.every((id) => known.has(id));
	};
	return await checkWay(String(businessId), 'store', run, areKnown);
}
