import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { MarketId } from '../../market/records/ids';
import { NOT_IN_INPUT } from '../../market/checks/unnamedOffers';
import { namedSkusOf } from '../../market/records/namedSkus';
import { saidWith } from '../../market/records/refusedRecords';
import { updateStocks } from '../../market/write/methods';
import { ownWarehousesOf } from '../../market/read/ownWarehouses';
import { SkuDoubts } from '../../market/records/skuDoubts';
import { cleanStock, type StockRecord, type StockRow } from '../../market/records/stockRecord';
import { refuseStock } from '../../market/checks/storeCheck';
import { storeComparison } from '../../market/verify/stocks';
import { conflictsOfStores, type Holder } from '../../market/checks/warehouseGroups';
import { openBlankness } from '../common/input/blankRows';
import { prepareStores, type ReadyStore } from '../common/write/prepareStores';
import { allPrepared, type Prepared } from '../common/write/prepared';
import { inTurns } from '../common/engine/turns';
import type { AskingRun, WriteJob } from '../common/write/job';
import { businessesOf, withBusinesses } from './businesses';
import { inCatalogueOfStores } from './checkCatalogue';
import { judgedAgain } from './judgedAgain';
import type { UpdateOptions } from './options';
import { openStocks } from '../common/stocks/openStocks';
import { readUnsureStores } from './readUnsure';
import { mergeRules } from '../common/stocks/mergeRules';
import { openStoreRows } from '../common/stocks/rows';
import { withUnnamed, type Site } from './unnamedOffers';
import { stockValues } from '../common/stocks/values';
import { unorderedCalls } from './webhookOrder';
import { zeroGuard } from './zeroGuard';

type Store = ReadyStore<StockRecord>;

/** Sends balances for stores (v2). */
export function storeJob(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	options: UpdateOptions,
	startMs: number,
): WriteJob<StockRow, StockRecord> {
	const doubts = new SkuDoubts();
	const stocks = openStocks(context, items, options, doubts);
	const unsure = new Set<MarketId>();
	return {
		...mergeRules(options),
		guard: zeroGuard(options, (_record, campaignId) => `Store ${campaignId}`),
		finish: (row) => cleanStock(row, options),
		method: updateStocks,
		startMs,
		doubts,
		blanknessOf: openBlankness(context, items, stockValues),
		readRow: openStoreRows(context, stocks),
		warningsOf: (plan) => [
			...stocks.warnings(plan),
			...(stocks.hasMoments ? [] : unorderedCalls(context)),
		],
		prepare: async (plans, run) => {
			const stores = await prepareStores(plans, refuseStock, run);
			const known = options.checkCatalogue
				? await inCatalogueOfStores(stores, doubts, run)
				: stores;
			const said = saidWith(run.said, known.refused);
			return await judgeTogether(known, options, { ...run, said }, unsure);
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

type Stores = Prepared<StockRecord, Store>;

/**
 * Refuses balances of stores that hold one number if the run gives several, warns of the wrong way to send, and adds
 * what the input does not name.
 */
async function judgeTogether(
	stores: Stores,
	options: UpdateOptions,
	run: AskingRun<StockRecord>,
	unsure: Set<MarketId>,
): Promise<Prepared<StockRecord>> {
	const found = await withBusinesses(stores.ready, run);
	const said = saidWith(run.said, found.refused);
	const { warehouses, holders, warnings } = await businessesOf(
		found.ready,
		{ ...run, said },
		unsure,
	);
	const agreed = await withoutConflicts(found.ready, { ...run, said }, holders);
	const known = agreed.ready.map((store) => ({
		...store,
		ownWarehouses: ownWarehousesOf(store.plan.targetId, warehouses),
	}));
	const whole =
		options.offersNotInInput === 'zero'
			? await withZeros(known, options, { ...run, said: saidWith(said, agreed.refused) }, holders)
			: { ready: known, refused: [], warnings: [] };
	const parts = [stores, found, { ...agreed, warnings }, whole];
	return { ...allPrepared<StockRecord, Store>(parts), ready: whole.ready };
}

/** Adds what the input does not name. What a guard then holds back of a store is not sent through its mates either. */
async function withZeros(
	stores: readonly Store[],
	{ mostNotInInput }: UpdateOptions,
	run: AskingRun<StockRecord>,
	holders: ReadonlyMap<string, readonly Holder[]>,
): Promise<Stores> {
	const named = await namedSkusOf(run.said, ({ sku }) => sku, inTurns);
	const whole = await withUnnamed(stores, sitesOf(stores, holders), named, mostNotInInput, run);
	const said = saidWith(run.said, whole.refused);
	const agreed = await withoutConflicts(whole.ready, { ...run, said }, holders);
	return { ...allPrepared([whole, agreed]), ready: agreed.ready };
}

/** The stores without the balances that contradict those of other stores which hold the same number. */
async function withoutConflicts(
	stores: readonly Store[],
	run: AskingRun<StockRecord>,
	holders: ReadonlyMap<string, readonly Holder[]>,
): Promise<Stores> {
	let ready = [...stores];
	let said = run.said;
	const refused: Stores['refused'] = [];
	for (;;) {
		const plans = ready.map(({ plan }) => plan);
		const conflicts = await conflictsOfStores(plans, said, holders, inTurns);
		if (conflicts.size === 0) return { ready, refused, warnings: [] };
		const judged = allPrepared(
			await Promise.all(
				ready.map(async (store) => await judgedAgain(store, conflicts.get(store.plan), run.job)),
			),
		);
		said = saidWith(said, judged.refused);
		refused.push(...judged.refused);
		ready = judged.ready;
	}
}

/** The stores that something is sent to; those that hold one number are one site. */
function sitesOf(
	stores: readonly Store[],
	holders: ReadonlyMap<string, readonly Holder[]>,
): Array<Site<StockRecord>> {
	const together = new Map<unknown, Store[]>();
	for (const store of stores) {
		const { targetId, records } = store.plan;
		if (records.length === 0) continue;
		const site = holders.get(targetId) ?? targetId;
		together.set(site, [...(together.get(site) ?? []), store]);
	}
	return [...together.values()].map((joined) => {
		const ids = joined.map(({ plan }) => plan.targetId);
		const mates = ids
			.flatMap((id) => holders.get(id) ?? [])
			.flatMap((holder) => [...holder.stores]);
		return {
			name: `${ids.length === 1 ? 'Store' : 'Stores'} ${ids.join(', ')}`,
			targetIds: [...new Set([...ids, ...mates])],
			parts: joined.map(({ plan, businessId, ownWarehouses }) => ({
				plan,
				businessId,
				stocks: { campaignId: plan.targetId },
				own: ownWarehouses,
				place: { store: plan.targetId },
				keyOf: (sku) => sku,
				zeroOf: (sku) => ({ sku, count: 0, zeroedBy: NOT_IN_INPUT }),
				isHere: () => true,
			})),
		};
	});
}
