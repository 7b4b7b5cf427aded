import type { TargetPlan } from '../../market/plan';
import type { StockRecord } from '../../market/records/stockRecord';
import { conflictsInGroups, groupsOfStores, hasGroups, type WarehouseGroup } from '../../market/warehouseGroups';
import { expectUsable } from '../support/checked';

const GROUP = { id: 61, name: 'Moscow' };
const groups = new Map<string, WarehouseGroup>([
	['1', GROUP],
	['2', { ...GROUP }],
	['3', { ...GROUP }],
	['4', { id: 62 }],
]);

function plan(targetId: string, counts: Record<string, number>): TargetPlan<StockRecord> {
	const records = Object.entries(counts).map(([sku, count]) => ({ sku, count }));
	return { targetId, records, items: records.map((_, index) => index), together: new Map() };
}

/** The SKUs that are refused, by store. */
function refused(...plans: Array<TargetPlan<StockRecord>>): Record<string, string[]> {
	const conflicts = conflictsInGroups(plans, groups);
	for (const refusals of conflicts.values()) for (const refusal of refusals.values()) expectUsable(refusal);
	const skusOf = ({ records }: TargetPlan<StockRecord>, positions: Iterable<number>) =>
		Array.from(positions, (position) => records[position]?.sku ?? '');
	return Object.fromEntries([...conflicts].map(([store, refusals]) => [store.targetId, skusOf(store, refusals.keys())]));
}

describe('Two stores of one group', () => {
	it('may be sent the same number, or different SKUs', () => {
		expect(refused(plan('1', { A: 5, B: 1 }), plan('2', { A: 5, C: 2 }))).toEqual({});
	});

	it('are both refused a SKU with different numbers, and no other', () => {
		expect(refused(plan('1', { A: 5, B: 1 }), plan('2', { B: 1, A: 7 }))).toEqual({ '1': ['A'], '2': ['A'] });
	});

	it('are named, with both numbers and the group', () => {
		const first = plan('1', { A: 5 });
		const refusal = conflictsInGroups([first, plan('2', { A: 7 })], groups).get(first)?.get(0);
		expect(refusal?.reason).toBe(
			'Stores 1 and 2 are in one warehouse group (Moscow), and this run has 5 for the one and 7 for the other: ' +
				'the group holds one number',
		);
	});

	it('take a third one with them, whichever of the two it agrees with', () => {
		const all = { '1': ['A'], '2': ['A'], '3': ['A'] };
		expect(refused(plan('1', { A: 5 }), plan('2', { A: 5 }), plan('3', { A: 7 }))).toEqual(all);
		expect(refused(plan('1', { A: 5 }), plan('2', { A: 7 }), plan('3', { A: 5 }))).toEqual(all);
	});
});

it('Stores of different groups, or of none, hold their own numbers', () => {
	expect(refused(plan('1', { A: 5 }), plan('4', { A: 7 }), plan('5', { A: 9 }), plan('6', { A: 11 }))).toEqual({});
});

it('The groups of stores are read from the list of warehouses', () => {
	const warehouses = [
		{ id: 51, campaignId: 1, groupInfo: GROUP },
		{ id: 52, campaignId: 2 },
	];
	expect(groupsOfStores(warehouses)).toEqual(new Map([['1', GROUP]]));
	expect([hasGroups(warehouses), hasGroups(warehouses.slice(1)), hasGroups([])]).toEqual([true, false, false]);
});
