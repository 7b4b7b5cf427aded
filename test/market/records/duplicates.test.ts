import { resolveDuplicates, type DuplicateRule } from '../../../market/records/duplicates';
import { cleanStock, type StockRow } from '../../../market/records/stockRecord';
import { refusalOf, valueOf } from '../../support/checked';

const RULES: DuplicateRule[] = ['refuse', 'last', 'newest', 'sum'];

/** Rows of one SKU; a moment is given in minutes of an hour, or not at all. */
function rows(...balances: Array<number | [units: number, minute: number] | undefined>) {
	return balances.map((balance, index) => ({
		index,
		record: balance === undefined ? undefined : record(balance),
	}));
}

function record(balance: number | [units: number, minute: number]): StockRow {
	if (typeof balance === 'number') return { sku: 'A', units: balance };
	const [units, minute] = balance;
	const updatedAt = new Date(Date.UTC(2026, 10, 23, 11, minute)).toISOString();
	return { sku: 'A', units, updatedAt, momentMs: Date.parse(updatedAt) };
}

describe('Rows of one SKU that say the same', () => {
	it.each(['refuse', 'last', 'newest'] as const)('become one record with the rule %s', (rule) => {
		expect(valueOf(resolveDuplicates(rows(5, 5, 5), rule))).toEqual(record(5));
		expect(valueOf(resolveDuplicates(rows([5, 1], [5, 1]), rule))).toEqual(record([5, 1]));
	});

	it('are added up with the rule sum: two shelves may hold as many', () => {
		expect(valueOf(resolveDuplicates(rows(5, 5), 'sum'))).toEqual({
			...record(10),
			origin: 'the sum of 5 in item 0, 5 in item 1',
		});
	});
});

describe('Rows of one SKU that differ', () => {
	it('are refused with the rule refuse, with each balance and its item', () => {
		const { reason, advice } = refusalOf(resolveDuplicates(rows(5, [7, 30]), 'refuse'));
		expect(reason).toContain('5 in item 0, 7 in item 1 at "2026-11-23T11:30:00.000Z"');
		expect(advice).toMatch(/Duplicate SKUs/);
	});

	it('are named by their lines too, where these are known', () => {
		const inFile = rows(5, 7, undefined).map((row) => ({ ...row, line: row.index + 4 }));
		const reasonOf = (repeated: typeof inFile, rule: DuplicateRule) =>
			refusalOf(resolveDuplicates(repeated, rule)).reason;
		expect(reasonOf(inFile.slice(0, 2), 'refuse')).toBe(
			'The SKU comes more than once with different balances: 5 in item 0 (line 4 of the file), 7 in item 1 (line 5 of the file)',
		);
		expect(reasonOf(inFile, 'sum')).toBe(
			'The same SKU stands in item 2 (line 6 of the file), whose balance could not be read',
		);
		const held = inFile.map((row) => ({ ...row, record: { ...record(5), reserve: row.index } }));
		expect(reasonOf(held.slice(0, 2), 'refuse')).toBe(
			'The SKU comes more than once with different values of Reserve: 0 in item 0 (line 4 of the file), 1 in item 1 (line 5 of the file)',
		);
	});

	it('only in their moment agree: the balance was true at the newest of them', () => {
		for (const order of [
			[
				[5, 1],
				[5, 2],
			],
			[
				[5, 2],
				[5, 1],
			],
		] as Array<Array<[number, number]>>) {
			expect(valueOf(resolveDuplicates(rows(...order), 'refuse'))).toEqual(record([5, 2]));
		}
	});

	it('in great number are named by the first three', () => {
		const { reason } = refusalOf(resolveDuplicates(rows(1, 2, 3, 4, 5), 'refuse'));
		expect(reason).toMatch(/1 in item 0, 2 in item 1, 3 in item 2 and 2 more$/);
	});

	it('leave the last with the rule last', () => {
		expect(valueOf(resolveDuplicates(rows([5, 30], [7, 1], [6, 2]), 'last'))).toEqual(
			record([6, 2]),
		);
	});

	it('leave the newest with the rule newest, wherever it stands', () => {
		for (const order of [
			[
				[5, 30],
				[7, 1],
				[6, 2],
			],
			[
				[7, 1],
				[5, 30],
				[6, 2],
			],
			[
				[7, 1],
				[6, 2],
				[5, 30],
			],
		] as Array<Array<[number, number]>>) {
			expect(valueOf(resolveDuplicates(rows(...order), 'newest'))).toEqual(record([5, 30]));
		}
	});

	it('with several newest that agree leave one of them', () => {
		expect(valueOf(resolveDuplicates(rows([5, 1], [7, 30], [7, 30]), 'newest'))).toEqual(
			record([7, 30]),
		);
	});

	it('with several newest that differ are refused', () => {
		const { reason } = refusalOf(resolveDuplicates(rows([5, 1], [7, 30], [8, 30]), 'newest'));
		expect(reason).toMatch(/same moment, 2026-11-23T11:30/);
	});

	it('without moments have no newest', () => {
		expect(refusalOf(resolveDuplicates(rows(5, 7), 'newest')).reason).toMatch(
			/same moment, the run/,
		);
	});

	it('are added up with the rule sum, as of the newest moment', () => {
		const total = valueOf(resolveDuplicates(rows([5, 1], [7, 30], [6, 2]), 'sum'));
		expect(total).toEqual({
			...record([7, 30]),
			units: 18,
			origin: expect.stringContaining('7 in item 1'),
		});
	});

	it('are refused if the sum is more than the Market takes', () => {
		const total = valueOf(resolveDuplicates(rows(2_000_000_000, 1), 'sum'));
		expect(refusalOf(cleanStock(total, { fractions: 'refuse', negatives: 'refuse' })).reason).toBe(
			'Stock "2000000001" (the sum of 2000000000 in item 0, 1 in item 1) is larger than 2000000000, ' +
				'the most that the Market takes',
		);
	});

	it('are added up as they are, with sign and fraction', () => {
		expect(valueOf(resolveDuplicates(rows(100, -30), 'sum')).units).toBe(70);
		expect(valueOf(resolveDuplicates(rows(7, -9, 1), 'sum')).units).toBe(-1);
		expect(valueOf(resolveDuplicates(rows(1.5, 1.5), 'sum')).units).toBe(3);
		expect(valueOf(resolveDuplicates(rows(0.1, 0.2, 0.7), 'sum')).units).toBe(1);
	});

	it('keep the rows that they came from as they were', () => {
		const before = rows([5, 1], [7, 30]);
		resolveDuplicates(before, 'sum');
		expect(before).toEqual(rows([5, 1], [7, 30]));
	});
});

describe('Rows of one SKU that disagree about how much is shown', () => {
	const one = { ...record([5, 1]), reserve: 1, maximum: 9 };
	const two = { ...record([5, 2]), reserve: 4, maximum: 9 };
	const three = { ...record([5, 3]), maximum: 7 };
	const asRows = (...records: StockRow[]) =>
		records.map((each, index) => ({ index, record: each }));

	it('leave it to the row that stands, with the rules last and newest', () => {
		expect(valueOf(resolveDuplicates(asRows(one, three, two), 'last'))).toEqual(two);
		expect(valueOf(resolveDuplicates(asRows(one, three, two), 'newest'))).toEqual(three);
	});

	it.each(['refuse', 'sum'] as const)('are refused with the rule %s, naming both', (rule) => {
		const { reason, advice } = refusalOf(resolveDuplicates(asRows(one, two), rule));
		expect(reason).toBe(
			'The SKU comes more than once with different values of Reserve: 1 in item 0, 4 in item 1',
		);
		expect(advice).toContain('Duplicate SKUs');
		const reasonOf = (...records: StockRow[]) =>
			refusalOf(resolveDuplicates(asRows(...records), rule)).reason;
		expect(reasonOf({ ...three, reserve: 1 }, one)).toContain(
			'Maximum Stock Shown: 7 in item 0, 9 in item 1',
		);
		expect(reasonOf(record(5), three)).toContain(
			'Maximum Stock Shown: none in item 0, 7 in item 1',
		);
		expect(reasonOf(record(5), { ...record(5), reserve: 2 })).toContain(
			'Reserve: 0 in item 0, 2 in item 1',
		);
	});

	it('of the same moment are refused with the rule newest', () => {
		const { reason } = refusalOf(resolveDuplicates(asRows(one, { ...one, reserve: 2 }), 'newest'));
		expect(reason).toContain('Reserve: 1 in item 0, 2 in item 1');
	});

	it.each([
		[{ share: 50 }, {}, 'Share (%): 50 in item 0, 100 in item 1'],
		[{}, { minimum: 3 }, 'Minimum Stock Shown: 0 in item 0, 3 in item 1'],
	])('%j and %j are refused if they are combined', (first, second, said) => {
		const both = asRows({ ...one, ...first }, { ...one, ...second });
		for (const rule of ['refuse', 'sum', 'newest'] as const) {
			expect(refusalOf(resolveDuplicates(both, rule)).reason).toContain(said);
		}
		expect(valueOf(resolveDuplicates(both, 'last'))).toEqual({ ...one, ...second });
	});

	it('only by what means the same do not disagree', () => {
		const plain = record([5, 1]);
		const same = { ...plain, share: 100, reserve: 0, minimum: 0 };
		expect(resolveDuplicates(asRows(plain, same), 'sum').ok).toBe(true);
	});

	it('keep what they agree on', () => {
		const total = valueOf(resolveDuplicates(asRows(two, { ...two }), 'sum'));
		expect(total).toMatchObject({ units: 10, reserve: 4, maximum: 9 });
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

describe('A sum', () => {
	const old = {
		...record(7),
		untimely: { reason: 'Updated At is too old', advice: 'Send newer ones.' },
	};

	it('is not known if one of its rows is too old, whichever it is', () => {
		const { reason, advice } = refusalOf(
			resolveDuplicates([...rows(5), { index: 1, record: old }], 'sum'),
		);
		expect(reason).toBe("The SKU's sum is not known: in item 1, Updated At is too old");
		const inFile = [...rows(5), { index: 1, line: 3, record: old }];
		expect(refusalOf(resolveDuplicates(inFile, 'sum')).reason).toBe(
			"The SKU's sum is not known: in item 1 (line 3 of the file), Updated At is too old",
		);
		expect(advice).toBe('Send newer ones.');
	});

	it('is refused if units would get lost in it', () => {
		expect(refusalOf(resolveDuplicates(rows(2 ** 53 - 1, 1), 'sum')).reason).toMatch(
			/^Stock "9007199254740992" is larger/,
		);
	});

	it('of more than three rows names three, and how many more there are', () => {
		const originOf = (count: number) =>
			valueOf(resolveDuplicates(rows(...Array<number>(count).fill(1)), 'sum')).origin;
		expect(originOf(3)).toBe('the sum of 1 in item 0, 1 in item 1, 1 in item 2');
		expect(originOf(4)).toBe('the sum of 1 in item 0, 1 in item 1, 1 in item 2 and 1 more');
	});
});
