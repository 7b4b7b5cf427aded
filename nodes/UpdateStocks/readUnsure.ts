import { portsOfStore } from '../../market/wire/ports';
import type { StockRecord, WarehouseStockRecord } from '../../market/records/stockRecord';
import type { Refusal } from '../../market/common/refusal';
import {
	readShown,
	seenHolders,
	type SentAndShown,
	type SentToStore,
} from '../../market/verify/oneNumber';
import { refuseUnseenWarehouse } from '../../market/verify/warehouseSeen';
import { conflictsOfStores, differingSkus, joinStores } from '../../market/checks/warehouseGroups';
import type { SentFate } from '../common/output/fates';
import { inTurns } from '../common/engine/turns';
import type { WriteRun } from '../common/write/job';
import type { ReadyTarget } from '../common/write/prepared';

/** Most SKUs that are read back for a store or a warehouse that could not be checked: they fit in one page. */
const SAMPLE = 20;

/** Most stores that are read back for that. */
const MOST_STORES = 20;

/**
 * Reads back a few SKUs of each warehouse that could not be checked before sending. If the Market shows none of them,
 * nothing counts as accepted: the Market may have ignored everything.
 */
export async function readUnsureWarehouses(
	{ plan }: ReadyTarget<WarehouseStockRecord>,
	warehouseIds: readonly string[],
	run: WriteRun<WarehouseStockRecord>,
): Promise<void> {
	for (const warehouseId of warehouseIds) {
		const positions = [...acceptedPositions(plan, run)].filter(
			(at) => plan.records[at]?.warehouseId === warehouseId,
		);
		const skus = positions.slice(0, SAMPLE).flatMap((at) => plan.records[at]?.sku ?? []);
		if (skus.length === 0) continue;
		const refusal = await refuseUnseenWarehouse(plan.targetId, warehouseId, skus, run.ports);
		if (!refusal) continue;
		run.alerts.push(`${refusal.reason}. ${refusal.advice}`);
		for (const at of positions) doubt(plan, at, refusal, run);
	}
}

/**
 * Reads back a few of the SKUs for which stores were sent different numbers, if the Market does not say whether the
 * stores hold one number. If the stores show the same number, the balances of all such SKUs are unconfirmed: only the
 * last one sent for each stands.
 *
 * @param stores those of one business
 */
export async function readUnsureStores(
	stores: ReadonlyArray<ReadyTarget<StockRecord>>,
	run: WriteRun<StockRecord>,
): Promise<void> {
	const plans = stores.map(({ plan }) => plan);
	const sample = new Set((await differingSkus(plans, inTurns)).slice(0, SAMPLE));
	if (sample.size === 0) return;
	const balances: SentAndShown[] = [];
	const withSample = stores.filter(({ plan }) => plan.records.some(({ sku }) => sample.has(sku)));
	for (const store of withSample.slice(0, MOST_STORES))
		balances.push(...(await readSample(store, sample, run)));
	const holders = joinStores(seenHolders(balances));
	const conflicts = await conflictsOfStores(plans, run.said, holders, inTurns);
	for (const [plan, refusals] of conflicts)
		for (const [at, refusal] of refusals) doubt(plan, at, refusal, run);
	const [first] = [...conflicts.values()].flatMap((refusals) => [...refusals.values()]);
	if (first) run.alerts.push(`${first.reason}. ${first.advice}`);
}

/** What a store was sent for some SKUs, and what the Market shows for them. */
async function readSample(
	{ plan, businessId }: ReadyTarget<StockRecord>,
	sample: ReadonlySet<string>,
	run: WriteRun<StockRecord>,
): Promise<SentAndShown[]> {
	const store = plan.targetId;
	const sent: SentToStore[] = [];
	for (const at of acceptedPositions(plan, run)) {
		const { sku, count, updatedAt } = plan.records[at] as StockRecord;
		const { stamp } = run.book.fateOf(plan, at) as SentFate;
		if (sample.has(sku)) sent.push({ store, sku, sent: count, updatedAt: updatedAt ?? stamp });
	}
	return await readShown(store, sent, portsOfStore(run.ports, businessId));
}

type PlanOf<R> = ReadyTarget<R>['plan'];

/** The records that the Market has taken. */
function* acceptedPositions<R extends StockRecord>(
	plan: PlanOf<R>,
	{ book }: WriteRun<R>,
): Generator<number> {
	for (const at of plan.records.keys()) {
		const status = book.fateOf(plan, at)?.status;
		if (status === 'accepted' || status === 'confirmed' || status === 'unconfirmed') yield at;
	}
}

/** Makes an accepted record unconfirmed. A record that was itself read back keeps its status, which is better known. */
function doubt<R extends StockRecord>(
	plan: PlanOf<R>,
	at: number,
	refusal: Refusal,
	{ book }: WriteRun<R>,
): void {
	const fate = book.fateOf(plan, at);
	if (fate?.status === 'accepted')
		book.settle(plan, at, { ...fate, status: 'unconfirmed', refusal });
}
