import type { TargetPlan } from './plan';
import type { StoreWarehouse } from './reads/warehouses';
import type { StockRecord } from './records/stockRecord';
import type { Refusal } from './refusal';

/** A group of warehouses, which holds one balance of a SKU for all its stores. */
export interface WarehouseGroup {
	id: number;
	name?: string;
}

/** Whether any warehouse of a cabinet is in a group. */
export function hasGroups(warehouses: readonly StoreWarehouse[]): boolean {
	return warehouses.some(({ groupInfo }) => groupInfo);
}

/** The groups of stores, by campaign ID; a store that is in none is absent. */
export function groupsOfStores(warehouses: readonly StoreWarehouse[]): Map<string, WarehouseGroup> {
	const groups = new Map<string, WarehouseGroup>();
	for (const { campaignId, groupInfo } of warehouses) if (groupInfo) groups.set(String(campaignId), groupInfo);
	return groups;
}

/**
 * Finds SKUs for which one run has different balances in stores of one group: the group holds one number, so the
 * request that comes last would win. By plan, the positions of the records and why they are refused.
 *
 * Source: updateStocks in the Market's documentation: for a group, send for one of its stores only.
 */
export function conflictsInGroups<R extends StockRecord>(
	plans: ReadonlyArray<TargetPlan<R>>,
	groups: ReadonlyMap<string, WarehouseGroup>,
): Map<TargetPlan<R>, Map<number, Refusal>> {
	const conflicts = new Map<TargetPlan<R>, Map<number, Refusal>>();
	for (const { group, mates } of matesByGroup(plans, groups)) {
		for (const placed of placesBySku(mates).values()) {
			const [first] = placed as [Placed<R>];
			const second = placed.find(({ count }) => count !== first.count);
			if (!second) continue;
			const refusal = differ(group, first, second);
			for (const { plan, position } of placed) {
				const refused = conflicts.get(plan) ?? new Map<number, Refusal>();
				conflicts.set(plan, refused.set(position, refusal));
			}
		}
	}
	return conflicts;
}

/** A record by its place in a plan. */
interface Placed<R> {
	plan: TargetPlan<R>;
	position: number;
	count: number;
}

/** The stores of each group that has several of them in this run. */
function matesByGroup<R>(
	plans: ReadonlyArray<TargetPlan<R>>,
	groups: ReadonlyMap<string, WarehouseGroup>,
): Array<{ group: WarehouseGroup; mates: Array<TargetPlan<R>> }> {
	const byId = new Map<number, { group: WarehouseGroup; mates: Array<TargetPlan<R>> }>();
	for (const plan of plans) {
		const group = groups.get(plan.targetId);
		if (!group) continue;
		const known = byId.get(group.id) ?? { group, mates: [] };
		known.mates.push(plan);
		byId.set(group.id, known);
	}
	return [...byId.values()].filter(({ mates }) => mates.length > 1);
}

function placesBySku<R extends StockRecord>(mates: ReadonlyArray<TargetPlan<R>>): Map<string, Placed<R>[]> {
	const bySku = new Map<string, Placed<R>[]>();
	for (const plan of mates) {
		plan.records.forEach(({ sku, count }, position) => {
			const placed = { plan, position, count };
			const known = bySku.get(sku);
			if (known) known.push(placed);
			else bySku.set(sku, [placed]);
		});
	}
	return bySku;
}

function differ<R>({ id, name }: WarehouseGroup, first: Placed<R>, second: Placed<R>): Refusal {
	return {
		reason:
			`Stores ${first.plan.targetId} and ${second.plan.targetId} are in one warehouse group (${name ?? id}), ` +
			`and this run has ${first.count} for the one and ${second.count} for the other: the group holds one number`,
		advice: 'Send the balance for one store of the group only: the Market shows it in the others.',
	};
}
