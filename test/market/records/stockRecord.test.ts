import {
	cleanStock,
	cleanWarehouseStock,
	readStockRow,
	type ReadingRules,
} from '../../../market/records/stockRecord';
import { refusalOf, valueOf } from '../../support/checked';

const RULES: ReadingRules = {
	decimalSeparator: 'refuse',
	oldUpdatedAt: 'refuse',
	nowMs: Date.parse('2026-11-23T12:00:00Z'),
};

describe('A row', () => {
	it('without a mapped moment has none', () => {
		expect(readStockRow({ sku: 'A', stock: '1 234' }, RULES)).toEqual({
			ok: true,
			value: { sku: 'A', units: 1_234 },
		});
	});

	it('with a mapped moment keeps its text and its milliseconds', () => {
		const updatedAt = '2026-11-23T14:00:00+03:00';
		const record = readStockRow({ sku: '7', stock: 0, updatedAt: { value: updatedAt } }, RULES);
		expect(valueOf(record)).toEqual({
			sku: '7',
			units: 0,
			updatedAt,
			momentMs: Date.parse(updatedAt),
		});
	});

	it('with an old moment that gives way to the run keeps only the milliseconds', () => {
		const updatedAt = { value: '2026-11-01T00:00:00Z' };
		const record = readStockRow(
			{ sku: 'A', stock: 1, updatedAt },
			{ ...RULES, oldUpdatedAt: 'runTime' },
		);
		expect(valueOf(record)).toEqual({ sku: 'A', units: 1, momentMs: Date.parse(updatedAt.value) });
	});

	it('with a mapped moment that is blank is refused', () => {
		const record = readStockRow({ sku: 'A', stock: 1, updatedAt: { value: undefined } }, RULES);
		expect(refusalOf(record).reason).toMatch(/Updated At is blank/);
	});

	it('with a blank balance is refused', () => {
		const record = readStockRow({ sku: 'A', stock: '' }, RULES);
		expect(refusalOf(record).reason).toMatch(/Stock is blank/);
	});

	const left = (stock: unknown, subtract: unknown) =>
		readStockRow({ sku: 'A', stock, subtract: { value: subtract } }, RULES);

	it.each<[unknown, unknown, number]>([
		[10, 3, 7],
		['10', '3', 7],
		['1 234,5', '0,5', 1_234],
		[10, 13, -3],
		[0.3, 0.1, 0.2],
		[1_000_000_000.3, 0.3, 1_000_000_000],
		[0, 0, 0],
		[0.3, 0.30000000000000004, 0],
	])('with %p less %p holds %p', (stock, subtract, units) => {
		const value = valueOf(left(stock, subtract)).units;
		expect(value).toBeCloseTo(units, 12);
		if (Number.isInteger(units)) expect(Object.is(value, units)).toBe(true);
	});

	it.each<[unknown, unknown, RegExp]>([
		['', 3, /^Stock is blank/],
		[null, 3, /^Stock is blank/],
		[10, '', /^Subtract is blank/],
		[10, null, /^Subtract is blank/],
		[10, undefined, /^Subtract is missing/],
		[10, '1,234', /^Subtract "1,234" may be 1234 or 1.234/],
		[10, 'many', /^Subtract "many" is not a number/],
		[10, true, /^Subtract is the boolean true/],
		[10, -3, /^Subtract "-3" is negative: to take it off would add units/],
	])('with %p less %p is refused, naming which of the two', (stock, subtract, reason) => {
		expect(refusalOf(left(stock, subtract)).reason).toMatch(reason);
	});

	it('with more taken off than there is is refused with both numbers', () => {
		const record = cleanStock(valueOf(left(10, 13)), { fractions: 'refuse', negatives: 'refuse' });
		expect(refusalOf(record).reason).toBe('Stock "-3" (10 less 13) is negative');
	});

	it('with a blank to take off says that it is not read as zero', () => {
		expect(refusalOf(left(10, '')).advice).toMatch(/not read as zero.*Give 0/);
	});
});

describe('A record', () => {
	const row = {
		sku: 'A',
		units: 9,
		updatedAt: '2026-11-23T11:00:00Z',
		momentMs: 1,
		reserve: 1,
		maximum: 5,
	};
	const rules = { fractions: 'refuse', negatives: 'refuse' } as const;

	it('has what is sent and nothing else, and leaves its row as it was', () => {
		const before = { ...row };
		expect(valueOf(cleanStock(row, rules))).toStrictEqual({
			sku: 'A',
			count: 5,
			updatedAt: row.updatedAt,
		});
		expect(valueOf(cleanStock({ sku: 'A', units: 9, momentMs: 1 }, rules))).toStrictEqual({
			sku: 'A',
			count: 9,
		});
		expect(row).toEqual(before);
	});

	it('names the rule that made it zero although there are units', () => {
		const few = { sku: 'A', units: 2.5, reserve: 1, minimum: 3 };
		const lenient = { fractions: 'roundDown', negatives: 'zero' } as const;
		expect(valueOf(cleanStock(few, lenient))).toStrictEqual({
			sku: 'A',
			count: 0,
			zeroedBy: 'Minimum Stock Shown',
		});
		for (const units of [0, 0.5, -2]) {
			expect(valueOf(cleanStock({ ...few, units }, lenient))).toStrictEqual({ sku: 'A', count: 0 });
		}
	});

	it('of a warehouse keeps it', () => {
		const record = valueOf(cleanWarehouseStock({ ...row, warehouseId: '51' }, rules));
		expect(record).toStrictEqual({
			sku: 'A',
			count: 5,
			updatedAt: row.updatedAt,
			warehouseId: '51',
		});
		refusalOf(cleanWarehouseStock({ ...row, units: -1, warehouseId: '51' }, rules));
	});
});

describe('A barcode or an ID among the numbers of a row', () => {
	it.each([
		[
			{ stock: 7, subtract: { value: 4_600_000_000_000 } },
			/^Subtract "4600000000000" is larger than 2000000000/,
		],
		[
			{ stock: -4_600_000_000_000 },
			/^Stock "-4600000000000" is negative, and larger than any number of units/,
		],
		[
			{ stock: '4601234567893', subtract: { value: 4_601_234_567_890 } },
			/^Stock "4601234567893" is larger than 2000000000/,
		],
	])('%j is refused before Negatives can make a zero of it', (raw, reason) => {
		expect(refusalOf(readStockRow({ sku: 'A', ...raw }, RULES)).reason).toMatch(reason);
	});
});

describe('A row whose moment is too old', () => {
	const updatedAt = { value: '2026-11-22T11:59:59Z' };
	const read = readStockRow({ sku: 'A', stock: 1, updatedAt }, RULES);

	it('keeps it, because a newer row of the SKU may stand, and is refused if it stands itself', () => {
		const row = valueOf(read);
		expect(row).toMatchObject({ sku: 'A', units: 1, momentMs: Date.parse(updatedAt.value) });
		expect(row.updatedAt).toBeUndefined();
		const { reason } = refusalOf(cleanStock(row, { fractions: 'refuse', negatives: 'refuse' }));
		expect(reason).toMatch(/^Updated At .*24 hours/);
	});
});

describe('A row with rules of how much is shown', () => {
	it.each([
		[
			{ reserve: 2, maximum: 7 },
			{ reserve: 2, maximum: 7 },
		],
		[{ reserve: 0, maximum: 0 }, { maximum: 0 }],
		[
			{ share: 0, minimum: 3 },
			{ share: 0, minimum: 3 },
		],
		[{ share: undefined, minimum: 0 }, {}],
		[{}, {}],
	])('%j keeps %j: nothing held back is none, a maximum of zero is one', (terms, kept) => {
		const record = readStockRow({ sku: 'A', stock: 9, ...terms }, RULES);
		expect(valueOf(record)).toStrictEqual({ sku: 'A', units: 9, ...kept });
	});
});

describe('A row with units taken off', () => {
	it.each([
		[10, 3, undefined],
		[10, 10, undefined],
		[10, 13, '10 less 13'],
		[10, 0.5, '10 less 0.5'],
	])(
		'%d less %d, has the name %p: that of what is left, if that will be refused or rounded',
		(stock, less, origin) => {
			const record = readStockRow({ sku: 'A', stock, subtract: { value: less } }, RULES);
			expect(valueOf(record)).toStrictEqual({
				sku: 'A',
				units: stock - less,
				...(origin && { origin }),
			});
		},
	);
});
