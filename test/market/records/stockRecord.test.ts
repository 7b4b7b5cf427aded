import fc from 'fast-check';

import { readStockRecord, shownRecord, type StockRules } from '../../../market/records/stockRecord';
import { refusalOf, valueOf } from '../../support/checked';

const RULES: StockRules = {
	fractions: 'refuse',
	negatives: 'refuse',
	oldUpdatedAt: 'refuse',
	nowMs: Date.parse('2026-11-23T12:00:00Z'),
};

describe('A record', () => {
	it('without a mapped moment has none', () => {
		expect(readStockRecord({ sku: ' A ', stock: '1 234' }, RULES)).toEqual({
			sku: 'A',
			record: { ok: true, value: { sku: 'A', count: 1_234 } },
		});
	});

	it('with a mapped moment keeps its text and its milliseconds', () => {
		const updatedAt = '2026-11-23T14:00:00+03:00';
		const { record } = readStockRecord({ sku: 7, stock: 0, updatedAt: { value: updatedAt } }, RULES);
		expect(valueOf(record)).toEqual({ sku: '7', count: 0, updatedAt, momentMs: Date.parse(updatedAt) });
	});

	it('with an old moment that gives way to the run keeps only the milliseconds', () => {
		const updatedAt = { value: '2026-11-01T00:00:00Z' };
		const { record } = readStockRecord({ sku: 'A', stock: 1, updatedAt }, { ...RULES, oldUpdatedAt: 'runTime' });
		expect(valueOf(record)).toEqual({ sku: 'A', count: 1, momentMs: Date.parse(updatedAt.value) });
	});

	it('with a mapped moment that is blank is refused', () => {
		const { sku, record } = readStockRecord({ sku: 'A', stock: 1, updatedAt: { value: undefined } }, RULES);
		expect(sku).toBe('A');
		expect(refusalOf(record).reason).toMatch(/Updated At is blank/);
	});

	it('with a refused balance still names its SKU', () => {
		const { sku, record } = readStockRecord({ sku: ' A ', stock: '' }, RULES);
		expect(sku).toBe('A');
		expect(refusalOf(record).reason).toMatch(/Stock is blank/);
	});

	it('with a refused SKU has none to name, and the SKU is the reason', () => {
		const { sku, record } = readStockRecord({ sku: '', stock: '' }, RULES);
		expect(sku).toBeUndefined();
		expect(refusalOf(record).reason).toMatch(/SKU is blank/);
	});
});

describe('What the Market is told of a balance', () => {
	it.each([
		['all of it by default', 10, { reserve: 0 }, 10],
		['less the reserve', 10, { reserve: 3 }, 7],
		['nothing where the reserve is as large', 3, { reserve: 3 }, 0],
		['nothing, never less, where the reserve is larger', 2, { reserve: 3 }, 0],
		['no more than the maximum', 500, { reserve: 0, maximum: 100 }, 100],
		['less than the maximum as it is', 50, { reserve: 0, maximum: 100 }, 50],
		['the maximum of what is left after the reserve', 103, { reserve: 5, maximum: 100 }, 98],
		['nothing with a maximum of zero', 7, { reserve: 0, maximum: 0 }, 0],
	])('is %s', (_, count, rules, shown) => {
		expect(valueOf(shownRecord({ sku: 'A', count, ...rules })).count).toBe(shown);
	});

	it('changes nothing else of the record, nor the record itself', () => {
		const record = { sku: 'A', count: 9, updatedAt: '2026-11-23T11:00:00Z', momentMs: 1, reserve: 1, maximum: 5 };
		expect(valueOf(shownRecord(record))).toEqual({ ...record, count: 5 });
		expect(record.count).toBe(9);
	});

	it('is never more than there is, nor than the maximum, nor less than zero', () => {
		const units = fc.integer({ min: 0, max: 2_000_000_000 });
		fc.assert(
			fc.property(units, units, fc.option(units, { nil: undefined }), (count, reserve, maximum) => {
				const shown = valueOf(shownRecord({ sku: 'A', count, reserve, maximum })).count;
				expect(shown).toBe(Math.max(0, Math.min(count - reserve, maximum ?? Infinity)));
			}),
		);
	});
});
