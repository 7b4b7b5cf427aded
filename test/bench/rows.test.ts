import { poisonedTable } from '../../bench/poison';
import { cellsOf, csvOf, rowsCode, rowsOf } from '../../bench/rows';
import { readUnits, STOCK } from '../../market/records/units';
import { readSku } from '../../market/records/sku';
import { rowsOf as rowsOfTheFile } from '../workflows/support/fileStep';

const BATCH = 2_000;

/** What a Code node makes of a text. */
function runCode(code: string): Array<{ json: object }> {
	return new Function(code)() as Array<{ json: object }>;
}

describe('rows', () => {
	it('are the same inside n8n as outside', () => {
		const changes = { 3: { sku: '' }, 4: { stock: '1 234' } };
		expect(runCode(rowsCode(50, changes)).map(({ json }) => json)).toEqual(rowsOf(50, changes));
	});

	it('may be a part of the table', () => {
		const changes = { 12: { sku: '' } };
		const part = runCode(rowsCode(5, changes, '5 + 5')).map(({ json }) => json);
		expect(part).toEqual(rowsOf(15, changes).slice(10));
	});

	it('each have their own SKU and a balance that can be sent', () => {
		const rows = rowsOf(10_000);
		expect(new Set(rows.map(({ sku }) => sku)).size).toBe(10_000);
		expect(rows.every(({ stock }) => Number.isInteger(stock) && Number(stock) >= 0)).toBe(true);
	});
});

it('the rows of a file are read from it as they are', async () => {
	const rows = rowsOf(3).map((row, index) => ({ ...row, lineInFile: index + 2 }));
	expect(await rowsOfTheFile(cellsOf(rowsOf(3)))).toEqual(rows);
	const csv = new TextEncoder().encode(csvOf(cellsOf(rowsOf(3))));
	expect(await rowsOfTheFile(csv)).toEqual(
		rows.map((row) => ({ ...row, price: String(row.price), stock: String(row.stock) })),
	);
});

describe('the poisoned table', () => {
	const { rows, balances, poisoned, refusedSkus } = poisonedTable(100_000);

	it('has every row among either the balances or the poisoned', () => {
		expect(balances).toHaveLength(rows.length - poisoned.length);
		expect(new Set(balances.map(({ sku }) => sku)).size).toBe(balances.length);
		for (const sku of refusedSkus)
			expect(balances.some((balance) => balance.sku === sku)).toBe(false);
	});

	it('is poisoned by a SKU that comes twice with different balances, a blank SKU and a blank balance', () => {
		const [first, second, blankSku, blankStock] = poisoned.map((row) => rows[row]);
		expect(second?.sku).toBe(first?.sku);
		expect(second?.stock).not.toBe(first?.stock);
		expect(readSku(blankSku?.sku).ok).toBe(false);
		expect(readUnits(blankStock?.stock, STOCK, 'refuse').ok).toBe(false);
	});

	it('spoils three requests, each in a different place', () => {
		expect(new Set(poisoned.map((row) => Math.floor(row / BATCH))).size).toBe(3);
		expect(new Set(poisoned.map((row) => row % BATCH)).size).toBe(4);
	});
});
