import fc from 'fast-check';

import {
	planTargets,
	withoutRecords,
	type Plan,
	type PlanRules,
	type Row,
	type TargetPlan,
} from '../../../market/records/plan';
import { accepted, refused } from '../../../market/common/refusal';
import { each } from '../../support/each';

interface Record {
	sku: string;
	count: number;
}

/** Adds repeated rows up; an unreadable row spoils them. Nothing above 100 passes the last step. */
const rules: PlanRules<Record, Record> = {
	merge: (rows) => {
		const counts = rows.map(({ record }) => record?.count ?? NaN);
		const count = counts.reduce((sum, one) => sum + one, 0);
		const sku = rows.find(({ record }) => record)?.record?.sku ?? '';
		return Number.isNaN(count) ? refused('spoiled', 'mend it') : accepted({ sku, count });
	},
	finish: (record) => (record.count > 100 ? refused('too many', 'send fewer') : accepted(record)),
};

function row(index: number, store: string, sku: string, count: number): Row<Record> {
	return { index, target: accepted(store), sku, key: sku, record: accepted({ sku, count }) };
}

function badRow(index: number, store: string, sku?: string): Row<Record> {
	return { index, target: accepted(store), sku, key: sku, record: refused('bad', 'mend it') };
}

function reasons(plan: Plan<Record>): Array<[number, string]> {
	return [...plan.refused].map(([index, { refusal }]) => [index, refusal.reason]);
}

describe('A row whose store is not known', () => {
	const homeless = (index: number, sku?: string): Row<Record> => ({
		...row(index, '', 'X', 1),
		sku,
		key: sku,
		target: refused('no store', 'mend it'),
	});
	const rows = [row(0, '1', 'A', 1), homeless(1, 'A'), homeless(2, 'A'), row(3, '1', 'B', 2)];

	it('may be a part of any sum of its SKU: none of them is sent, and the first such row is named', async () => {
		const plan = await planTargets(
			[...rows, homeless(4), row(5, '2', 'A', 3)],
			{ ...rules, needsAllRows: true },
			each,
		);
		expect(plan.targets.map(({ records }) => records)).toEqual([[{ sku: 'B', count: 2 }]]);
		const unknown = expect.stringMatching(/^The sum of this SKU is not known: item 1 has it too/);
		expect(reasons(plan)).toEqual([
			[1, 'no store'],
			[2, 'no store'],
			[4, 'no store'],
			[0, unknown],
			[5, unknown],
		]);
	});

	it('is named by its line too, if that is known', async () => {
		const lineOf = (item: number) => item + 2;
		const plan = await planTargets(rows, { ...rules, needsAllRows: true }, each, lineOf);
		expect(plan.refused.get(0)?.refusal.reason).toMatch(
			/is not known: item 1 \(line 3 of the file\) has it too/,
		);
	});

	it('keeps no other from the Market if rows are not added up', async () => {
		const { targets } = await planTargets(rows, rules, each);
		expect(targets.map(({ items }) => items)).toEqual([[0, 3]]);
	});
});

describe('Rows of several stores', () => {
	it('are sorted by store, each in the order of the input', async () => {
		const { targets, refused: bad } = await planTargets(
			[row(0, '2', 'B', 1), row(1, '1', 'A', 2), row(2, '2', 'A', 3), row(3, '1', 'C', 4)],
			rules,
			each,
		);
		expect(targets).toEqual([
			{
				targetId: '2',
				records: [
					{ sku: 'B', count: 1 },
					{ sku: 'A', count: 3 },
				],
				items: [0, 2],
				together: new Map(),
			},
			{
				targetId: '1',
				records: [
					{ sku: 'A', count: 2 },
					{ sku: 'C', count: 4 },
				],
				items: [1, 3],
				together: new Map(),
			},
		]);
		expect(bad.size).toBe(0);
	});

	it('with the same SKU are not repeated rows', async () => {
		const { targets } = await planTargets(
			[row(0, '1', 'A', 60), row(1, '2', 'A', 60)],
			rules,
			each,
		);
		expect(targets.map(({ records }) => records)).toEqual([
			[{ sku: 'A', count: 60 }],
			[{ sku: 'A', count: 60 }],
		]);
	});
});

describe('Rows of one SKU', () => {
	it('become one record where the first of them stands, with all their items', async () => {
		const { targets } = await planTargets(
			[row(0, '1', 'A', 1), row(1, '1', 'B', 2), row(2, '1', 'A', 3)],
			rules,
			each,
		);
		expect(targets).toEqual([
			{
				targetId: '1',
				records: [
					{ sku: 'A', count: 4 },
					{ sku: 'B', count: 2 },
				],
				items: [0, 1],
				together: new Map([[0, [0, 2]]]),
			},
		]);
	});

	it('are all refused if one could not be read, each for its own reason', async () => {
		const plan = await planTargets(
			[row(0, '1', 'A', 1), badRow(1, '1', 'A'), row(2, '1', 'B', 2)],
			rules,
			each,
		);
		expect(reasons(plan)).toEqual([
			[0, 'spoiled'],
			[1, 'bad'],
		]);
		expect(plan.refused.get(0)).toMatchObject({ sku: 'A' });
		expect(plan.targets).toEqual([
			{ targetId: '1', records: [{ sku: 'B', count: 2 }], items: [2], together: new Map() },
		]);
	});

	it('are all refused if the last step refuses what they make', async () => {
		expect(
			reasons(await planTargets([row(0, '1', 'A', 60), row(1, '1', 'A', 60)], rules, each)),
		).toEqual([
			[0, 'too many'],
			[1, 'too many'],
		]);
	});
});

describe('A row that cannot be sent', () => {
	it('because of its store keeps its SKU', async () => {
		const target = refused<string>('no store', 'choose one');
		const plan = await planTargets(
			[
				{ ...row(0, '1', 'A', 1), target },
				{ ...badRow(1, '1'), target },
			],
			rules,
			each,
		);
		expect(plan.targets).toEqual([]);
		expect([...plan.refused.values()]).toMatchObject([{ sku: 'A' }, { sku: undefined }]);
		expect(reasons(plan)).toEqual([
			[0, 'no store'],
			[1, 'no store'],
		]);
	});

	it('because of its SKU spoils nothing else', async () => {
		const plan = await planTargets(
			[badRow(0, '1'), badRow(1, '1'), row(2, '1', 'A', 1)],
			rules,
			each,
		);
		expect(plan.refused.get(0)).toMatchObject({ refusal: { reason: 'bad' } });
		expect(plan.targets[0]?.items).toEqual([2]);
	});
});

it('A store with nothing to send is not planned for', async () => {
	expect(
		(await planTargets([badRow(0, '1', 'A'), row(1, '1', 'B', 500)], rules, each)).targets,
	).toEqual([]);
	expect(await planTargets([], rules, each)).toEqual({ targets: [], refused: new Map() });
});

describe('Rows of one SKU in several warehouses', () => {
	const at = (index: number, warehouse: string, sku: string, count: number): Row<Record> => ({
		...row(index, '1', sku, count),
		key: `${warehouse}\n${sku}`,
	});

	it('are records of their own; those of one warehouse become one', async () => {
		const { targets } = await planTargets(
			[at(0, '51', 'A', 1), at(1, '52', 'A', 2), at(2, '51', 'A', 3)],
			rules,
			each,
		);
		expect(targets).toEqual([
			{
				targetId: '1',
				records: [
					{ sku: 'A', count: 4 },
					{ sku: 'A', count: 2 },
				],
				items: [0, 1],
				together: new Map([[0, [0, 2]]]),
			},
		]);
	});

	it('lose only a row that names no warehouse, and it keeps its SKU', async () => {
		const unknown: Row<Record> = { ...badRow(1, '1', 'A'), key: undefined };
		const { targets, refused: bad } = await planTargets(
			[at(0, '51', 'A', 1), unknown],
			rules,
			each,
		);
		expect(targets[0]?.items).toEqual([0]);
		expect([...bad]).toEqual([
			[1, { sku: 'A', targetId: '1', refusal: { reason: 'bad', advice: 'mend it' } }],
		]);
	});
});

describe('A plan without some of its records', () => {
	it('keeps the items of the others, even if there are several', async () => {
		const { targets } = await planTargets(
			[row(0, '1', 'A', 1), row(1, '1', 'B', 2), row(2, '1', 'C', 3), row(3, '1', 'C', 4)],
			rules,
			each,
		);
		const [plan] = targets as [TargetPlan<Record>];
		expect(withoutRecords(plan, new Set([0]))).toEqual({
			targetId: '1',
			records: [
				{ sku: 'B', count: 2 },
				{ sku: 'C', count: 7 },
			],
			items: [1, 2],
			together: new Map([[1, [2, 3]]]),
		});
		expect(withoutRecords(plan, new Set())).toBe(plan);
	});
});

const NAMES_OF_MEMBERS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

it.each(NAMES_OF_MEMBERS)('%s is a SKU and a store like any other', async (name) => {
	const { targets } = await planTargets(
		[row(0, name, name, 1), row(1, name, name, 2), row(2, '1', name, 3)],
		rules,
		each,
	);
	expect(targets).toEqual([
		{
			targetId: name,
			records: [{ sku: name, count: 3 }],
			items: [0],
			together: new Map([[0, [0, 1]]]),
		},
		{ targetId: '1', records: [{ sku: name, count: 3 }], items: [2], together: new Map() },
	]);
});

it('Every row is in exactly one place, and order is kept, whatever the rows are', async () => {
	const name = fc.constantFrom('A', 'B', '__proto__', 'valueOf', '1');
	const anyRow = fc.record({
		store: fc.option(name),
		sku: fc.option(name),
		count: fc.option(fc.nat({ max: 80 })),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(anyRow, { maxLength: 40 }), async (inputs) => {
			const rows = inputs.map(({ store, sku, count }, index): Row<Record> => ({
				index,
				target: store === null ? refused('no store', 'choose one') : accepted(store),
				sku: sku ?? undefined,
				key: sku ?? undefined,
				record:
					sku === null || count === null ? refused('bad', 'mend it') : accepted({ sku, count }),
			}));
			const plan = await planTargets(rows, rules, each);
			const planned = plan.targets.flatMap(({ items, together }) =>
				items.flatMap((item, position) => together.get(position) ?? item),
			);
			expect([...planned, ...plan.refused.keys()].sort((a, b) => a - b)).toEqual(
				rows.map(({ index }) => index),
			);
			for (const { records, items } of plan.targets) {
				expect(new Set(records.map(({ sku }) => sku)).size).toBe(records.length);
				expect(items).toEqual([...items].sort((a, b) => a - b));
			}
		}),
	);
});
