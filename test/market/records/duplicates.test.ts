import { resolveDuplicates, type DuplicateRule } from '../../../market/records/duplicates';
import type { StockRecord } from '../../../market/records/stockRecord';
import { refusalOf, valueOf } from '../../support/checked';

const RULES: DuplicateRule[] = ['refuse', 'last', 'newest', 'sum'];

/** Rows of one SKU; a moment is given in minutes of an hour, or not at all. */
function rows(...balances: Array<number | [count: number, minute: number] | undefined>) {
	return balances.map((balance, index) => ({ index, record: balance === undefined ? undefined : record(balance) }));
}

function record(balance: number | [count: number, minute: number]): StockRecord {
	if (typeof balance === 'number') return { sku: 'A', count: balance };
	const [count, minute] = balance;
	const updatedAt = new Date(Date.UTC(2026, 10, 23, 11, minute)).toISOString();
	return { sku: 'A', count, updatedAt, momentMs: Date.parse(updatedAt) };
}

describe('Rows of one SKU that say the same', () => {
	it.each(['refuse', 'last', 'newest'] as const)('become one record with the rule %s', (rule) => {
		expect(valueOf(resolveDuplicates(rows(5, 5, 5), rule))).toEqual(record(5));
		expect(valueOf(resolveDuplicates(rows([5, 1], [5, 1]), rule))).toEqual(record([5, 1]));
	});

	it('are added up with the rule sum: two shelves may hold as many', () => {
		expect(valueOf(resolveDuplicates(rows(5, 5), 'sum'))).toEqual(record(10));
	});
});

describe('Rows of one SKU that differ', () => {
	it('are refused with the rule refuse, with each balance and its item', () => {
		const { reason, advice } = refusalOf(resolveDuplicates(rows(5, [7, 30]), 'refuse'));
		expect(reason).toContain('5 in item 0, 7 in item 1 at "2026-11-23T11:30:00.000Z"');
		expect(advice).toMatch(/Duplicate SKUs/);
	});

	it('in their moment alone are refused too', () => {
		refusalOf(resolveDuplicates(rows([5, 1], [5, 2]), 'refuse'));
	});

	it('in great number are named by the first three', () => {
		const { reason } = refusalOf(resolveDuplicates(rows(1, 2, 3, 4, 5), 'refuse'));
		expect(reason).toMatch(/1 in item 0, 2 in item 1, 3 in item 2, 2 more$/);
	});

	it('leave the last with the rule last', () => {
		expect(valueOf(resolveDuplicates(rows([5, 30], [7, 1], [6, 2]), 'last'))).toEqual(record([6, 2]));
	});

	it('leave the newest with the rule newest, wherever it stands', () => {
		for (const order of [
			[[5, 30], [7, 1], [6, 2]],
			[[7, 1], [5, 30], [6, 2]],
			[[7, 1], [6, 2], [5, 30]],
		] as Array<Array<[number, number]>>) {
			expect(valueOf(resolveDuplicates(rows(...order), 'newest'))).toEqual(record([5, 30]));
		}
	});

	it('with several newest that agree leave one of them', () => {
		expect(valueOf(resolveDuplicates(rows([5, 1], [7, 30], [7, 30]), 'newest'))).toEqual(record([7, 30]));
	});

	it('with several newest that differ are refused', () => {
		const { reason } = refusalOf(resolveDuplicates(rows([5, 1], [7, 30], [8, 30]), 'newest'));
		expect(reason).toMatch(/same moment, 2026-11-23T11:30/);
	});

	it('without moments have no newest', () => {
		expect(refusalOf(resolveDuplicates(rows(5, 7), 'newest')).reason).toMatch(/same moment, the run/);
	});

	it('are added up with the rule sum, as of the newest moment', () => {
		const total = valueOf(resolveDuplicates(rows([5, 1], [7, 30], [6, 2]), 'sum'));
		expect(total).toEqual({ ...record([7, 30]), count: 18 });
	});

	it('are refused where the sum is more than the Market takes', () => {
		expect(refusalOf(resolveDuplicates(rows(2_000_000_000, 1), 'sum')).reason).toMatch(/larger than 2000000000/);
	});

	it('keep the rows that they came from as they were', () => {
		const before = rows([5, 1], [7, 30]);
		resolveDuplicates(before, 'sum');
		expect(before).toEqual(rows([5, 1], [7, 30]));
	});
});

describe('A row that could not be read', () => {
	it.each(RULES)('leaves the balance of its SKU unknown with the rule %s', (rule) => {
		for (const spoiled of [rows(undefined, 5), rows(5, undefined), rows(5, undefined, 5)]) {
			const index = spoiled.findIndex((row) => !row.record);
			expect(refusalOf(resolveDuplicates(spoiled, rule)).reason).toContain(`item ${index}`);
		}
	});
});
