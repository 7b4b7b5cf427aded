import { cleanStock, cleanWarehouseStock, readStockRow, type ReadingRules } from '../../../market/records/stockRecord';
import { refusalOf, valueOf } from '../../support/checked';

const RULES: ReadingRules = {
	oldUpdatedAt: 'refuse',
	nowMs: Date.parse('2026-11-23T12:00:00Z'),
};

describe('A row', () => {
	it('without a mapped moment has none', () => {
		expect(readStockRow({ sku: ' A ', stock: '1 234' }, RULES)).toEqual({
			sku: 'A',
			record: { ok: true, value: { sku: 'A', units: 1_234 } },
		});
	});

	it('with a mapped moment keeps its text and its milliseconds', () => {
		const updatedAt = '2026-11-23T14:00:00+03:00';
		const { record } = readStockRow({ sku: 7, stock: 0, updatedAt: { value: updatedAt } }, RULES);
		expect(valueOf(record)).toEqual({ sku: '7', units: 0, updatedAt, momentMs: Date.parse(updatedAt) });
	});

	it('with an old moment that gives way to the run keeps only the milliseconds', () => {
		const updatedAt = { value: '2026-11-01T00:00:00Z' };
		const { record } = readStockRow({ sku: 'A', stock: 1, updatedAt }, { ...RULES, oldUpdatedAt: 'runTime' });
		expect(valueOf(record)).toEqual({ sku: 'A', units: 1, momentMs: Date.parse(updatedAt.value) });
	});

	it('with a mapped moment that is blank is refused', () => {
		const { sku, record } = readStockRow({ sku: 'A', stock: 1, updatedAt: { value: undefined } }, RULES);
		expect(sku).toBe('A');
		expect(refusalOf(record).reason).toMatch(/Updated At is blank/);
	});

	it('with a refused balance still names its SKU', () => {
		const { sku, record } = readStockRow({ sku: ' A ', stock: '' }, RULES);
		expect(sku).toBe('A');
		expect(refusalOf(record).reason).toMatch(/Stock is blank/);
	});

	it('with a refused SKU has none to name, and the SKU is the reason', () => {
		const { sku, record } = readStockRow({ sku: '', stock: '' }, RULES);
		expect(sku).toBeUndefined();
		expect(refusalOf(record).reason).toMatch(/SKU is blank/);
	});
});

describe('A record', () => {
	const row = { sku: 'A', units: 9, updatedAt: '2026-11-23T11:00:00Z', momentMs: 1, reserve: 1, maximum: 5 };
	const rules = { fractions: 'refuse', negatives: 'refuse' } as const;

	it('has what is sent and nothing else, and leaves its row as it was', () => {
		const before = { ...row };
		expect(valueOf(cleanStock(row, rules))).toStrictEqual({ sku: 'A', count: 5, updatedAt: row.updatedAt });
		expect(valueOf(cleanStock({ sku: 'A', units: 9, momentMs: 1 }, rules))).toStrictEqual({ sku: 'A', count: 9 });
		expect(row).toEqual(before);
	});

	it('of a warehouse keeps it', () => {
		const record = valueOf(cleanWarehouseStock({ ...row, warehouseId: '51' }, rules));
		expect(record).toStrictEqual({ sku: 'A', count: 5, updatedAt: row.updatedAt, warehouseId: '51' });
		refusalOf(cleanWarehouseStock({ ...row, units: -1, warehouseId: '51' }, rules));
	});
});
