import type { Plan, RefusedRow, TargetPlan } from '../../../market/records/plan';
import type { StockRecord } from '../../../market/records/stockRecord';
import {
	conflictsOfStores,
	hasGroups,
	holdersOfStores,
} from '../../../market/checks/warehouseGroups';
import { expectUsable } from '../../support/checked';
import { each } from '../../support/each';

const GROUP = { id: 61, name: 'Moscow' };

/** Stores 1 to 3 are a group, 4 is alone in another, 5 and 6 in none; 7 and 8 share a warehouse, 8 a group with 9. */
const warehouses = [
	{ id: 51, campaignId: 1, groupInfo: GROUP },
	{ id: 52, campaignId: 2, groupInfo: { ...GROUP } },
	{ id: 53, campaignId: 3, groupInfo: GROUP },
	{ id: 54, campaignId: 4, groupInfo: { id: 62 } },
	{ id: 55, campaignId: 5 },
	{ id: 56, name: 'Main', campaignId: 7 },
	{ id: 56, name: 'Main', campaignId: 8 },
	{ id: 57, campaignId: 8, groupInfo: { id: 63 } },
	{ id: 58, campaignId: 9, groupInfo: { id: 63 } },
	{ id: 59 },
	{ id: 59 },
];
const holders = holdersOfStores(warehouses);

function plan(targetId: string, counts: Record<string, number>): TargetPlan<StockRecord> {
	const records = Object.entries(counts).map(([sku, count]) => ({ sku, count }));
	return { targetId, records, items: records.map((_, index) => index), together: new Map() };
}

function said(targets: Array<TargetPlan<StockRecord>>, rows: RefusedRow[] = []): Plan<StockRecord> {
	return { targets, refused: new Map(rows.map((row, index) => [100 + index, row])) };
}

/** The refused SKUs by store, for plans that are sent as they are said. */
async function refused(
	...plans: Array<TargetPlan<StockRecord>>
): Promise<Record<string, string[]>> {
	return await refusedOf(plans, said(plans));
}

async function refusedOf(
	plans: Array<TargetPlan<StockRecord>>,
	all: Plan<StockRecord>,
): Promise<Record<string, string[]>> {
	const conflicts = await conflictsOfStores(plans, all, holders, each);
	for (const refusals of conflicts.values())
		for (const refusal of refusals.values()) expectUsable(refusal);
	const skusOf = ({ records }: TargetPlan<StockRecord>, positions: Iterable<number>) =>
		Array.from(positions, (position) => records[position]?.sku ?? '');
	return Object.fromEntries(
		[...conflicts].map(([store, refusals]) => [store.targetId, skusOf(store, refusals.keys())]),
	);
}

describe('Two stores of one group', () => {
	it('may be sent the same number, or different SKUs', async () => {
		expect(await refused(plan('1', { A: 5, B: 1 }), plan('2', { A: 5, C: 2 }))).toEqual({});
	});

	it('are both refused a SKU with different numbers, and no other', async () => {
		expect(await refused(plan('1', { A: 5, B: 1 }), plan('2', { B: 1, A: 7 }))).toEqual({
			'1': ['A'],
			'2': ['A'],
		});
	});

	it('are named, with both numbers and the group', async () => {
		const first = plan('1', { A: 5 });
		const plans = [first, plan('2', { A: 7 })];
		const refusal = (await conflictsOfStores(plans, said(plans), holders, each)).get(first)?.get(0);
		expect(refusal?.reason).toBe(
			'Stores 1 and 2 are in one warehouse group (Moscow), and this run has 5 for the one and 7 for the other: ' +
				'the group holds one number',
		);
	});

	it('take a third one with them, whichever of the two it agrees with', async () => {
		const all = { '1': ['A'], '2': ['A'], '3': ['A'] };
		expect(await refused(plan('1', { A: 5 }), plan('2', { A: 5 }), plan('3', { A: 7 }))).toEqual(
			all,
		);
		expect(await refused(plan('1', { A: 5 }), plan('2', { A: 7 }), plan('3', { A: 5 }))).toEqual(
			all,
		);
	});
});

it('Stores of different groups, or of none, hold their own numbers', async () => {
	expect(
		await refused(
			plan('1', { A: 5 }),
			plan('4', { A: 7 }),
			plan('5', { A: 9 }),
			plan('6', { A: 11 }),
		),
	).toEqual({});
});

describe('Two stores that sell from one warehouse, in no group', () => {
	it('are both refused a SKU with different numbers, and no other', async () => {
		expect(await refused(plan('7', { A: 5, B: 1 }), plan('8', { A: 6, B: 1 }))).toEqual({
			'7': ['A'],
			'8': ['A'],
		});
	});

	it('are named, with both numbers and the warehouse', async () => {
		const plans = [plan('7', { A: 5 }), plan('8', { A: 6 })];
		const [refusals] = (await conflictsOfStores(plans, said(plans), holders, each)).values();
		expect(refusals?.get(0)?.reason).toBe(
			'Stores 7 and 8 sell from one warehouse (Main), and this run has 5 for the one and 6 for the other: ' +
				'the warehouse holds one number',
		);
	});

	it('may be joined through a third one', async () => {
		const plans = [plan('7', { A: 5 }), plan('9', { A: 6 })];
		const [refusals] = (await conflictsOfStores(plans, said(plans), holders, each)).values();
		expect(refusals?.get(0)?.reason).toMatch(
			/^Stores 7 and 9 are joined by warehouse group 63 and warehouse Main, and this run has 5 .* together they hold one/,
		);
	});
});

describe('An item that was refused', () => {
	const refusal = { reason: 'Stock is blank', advice: 'Fill it.' };

	it('keeps its SKU from the other stores of its group, but no other SKU, and no other stores', async () => {
		const plans = [plan('1', { A: 5, B: 1 }), plan('5', { A: 5 })];
		const all = said(plans, [{ sku: 'A', targetId: '2', refusal }]);
		expect(await refusedOf(plans, all)).toEqual({ '1': ['A'] });
		expect(
			(await conflictsOfStores(plans, all, holders, each)).get(plans[0] as never)?.get(0)?.reason,
		).toBe(
			'Stores 1 and 2 are in one warehouse group (Moscow), and item 100, which has this SKU for the other one, was ' +
				'refused (Stock is blank): the group holds one number, which is not known without it',
		);
	});

	it('is named by its line too, if that is known', async () => {
		const plans = [plan('1', { A: 5 })];
		const all = said(plans, [{ sku: 'A', targetId: '2', refusal }]);
		const lineOf = (item: number) => item - 93;
		const refusals = await conflictsOfStores(plans, { ...all, lineOf }, holders, each);
		expect(refusals.get(plans[0] as never)?.get(0)?.reason).toContain(
			'and item 100 (line 7 of the file), which has this SKU',
		);
	});

	it('of the same store, of an unknown store or without a SKU keeps nothing', async () => {
		const plans = [plan('1', { A: 5 }), plan('2', { B: 5 })];
		const rows = [
			{ sku: 'C', targetId: '1', refusal },
			{ sku: 'A', refusal },
			{ targetId: '2', refusal },
		];
		expect(await refusedOf(plans, said(plans, rows))).toEqual({});
	});
});

it('A number that is not sent for another reason still contradicts others', async () => {
	const plans = [plan('1', { A: 5, B: 2 })];
	expect(await refusedOf(plans, said([...plans, plan('2', { A: 0, B: 2 })]))).toEqual({
		'1': ['A'],
	});
});

it('What joins stores is read from the list of warehouses', async () => {
	expect([...holders.keys()].sort()).toEqual(['1', '2', '3', '7', '8', '9']);
	expect(holders.get('1')).toBe(holders.get('3'));
	expect(holders.get('7')).toBe(holders.get('9'));
	expect(holders.get('1')).toEqual([{ kind: 'group', ...GROUP, stores: new Set(['1', '2', '3']) }]);
	expect([hasGroups(warehouses), hasGroups(warehouses.slice(4, 7)), hasGroups([])]).toEqual([
		true,
		false,
		false,
	]);
});
