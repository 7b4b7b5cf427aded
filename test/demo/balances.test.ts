import { parse } from 'csv-parse/sync';

import { makeBalances, spreadOver, toCsv } from '../../demo/balances';

const rows = makeBalances(5_000);

describe("the seller's file", () => {
	it('is the same on every machine and in every run', () => {
		expect(toCsv(makeBalances(5_000))).toBe(toCsv(rows));
	});

	it('has as many rows as asked for, each with its own SKU', () => {
		expect(rows).toHaveLength(5_000);
		expect(new Set(rows.map(({ sku }) => sku)).size).toBe(5_000);
	});

	it('gives a CSV reader the same cells back', () => {
		const cells = parse(toCsv(rows), { bom: true, columns: true });
		expect(cells).toEqual(rows.map((row) => row.cells));
	});

	it('means what a person reads in the cells', () => {
		for (const { cells, sku, count } of rows) {
			expect(sku).toBe(cells.sku.trim());
			expect(Number(cells.stock.replace(/\s/g, ''))).toBe(count);
		}
	});

	it.each([
		['a leading zero that makes another SKU', ({ sku }) => sku === '0557722'],
		['Cyrillic', ({ sku }) => /\p{Script=Cyrillic}/u.test(sku)],
		['emoji', ({ sku }) => /\p{Extended_Pictographic}/u.test(sku)],
		['spaces around', ({ cells }) => cells.sku !== cells.sku.trim()],
		['the longest SKU allowed', ({ sku }) => sku.length === 255],
		['a quote', ({ sku }) => sku.includes('"')],
		['a comma', ({ sku }) => sku.includes(',')],
		['a semicolon', ({ sku }) => sku.includes(';')],
		['thousands set apart by a space', ({ cells }) => /^\d+ \d+$/.test(cells.stock)],
		['thousands set apart by a no-break space', ({ cells }) => /^\d+\u00a0\d+$/.test(cells.stock)],
		['a whole number written with decimals', ({ cells }) => cells.stock === '12.0'],
		['a zero', ({ count }) => count === 0],
		['the largest balance allowed', ({ count }) => count === 2_000_000_000],
	] as Array<[string, (row: (typeof rows)[number]) => boolean]>)('contains %s', (_what, isIt) => {
		expect(rows.some(isIt)).toBe(true);
	});
});

describe('the file for several warehouses', () => {
	const spread = spreadOver([51, 52], rows);

	it('has every product once for each, mostly with different balances', () => {
		expect(spread).toHaveLength(10_000);
		expect(new Set(spread.map(({ sku, cells }) => `${cells.warehouse} ${sku}`)).size).toBe(10_000);
		const same = rows.filter(
			(_, index) => spread[2 * index]?.count === spread[2 * index + 1]?.count,
		);
		expect(same.length).toBeLessThan(rows.length / 10);
	});

	it('gives a CSV reader the same cells back', () => {
		expect(parse(toCsv(spread), { bom: true, columns: true })).toEqual(
			spread.map(({ cells }) => cells),
		);
	});
});
