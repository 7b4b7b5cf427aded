import { codeOf, type Json } from './support/flowSteps';

const run = codeOf('running-out', 'Running Out');

const STORE = '21000001';
const stocksOf = (stocks: Record<string, number | null>) =>
	Object.entries(stocks).map(([sku, available]) => ({ sku, available, store: STORE }));

/** What one run says of these stocks, after what was told before. */
function say(stocks: Record<string, number | null>, told: Json[] = [], least: unknown = 5) {
	const steps = { 'Fewer Than': [{ least }], 'Told Before': told };
	const [out] = run({ input: stocksOf(stocks), steps, nowMs: 0 });
	return out as { text: string; html: string; changes: Json[] };
}

/** What is said day by day. */
function days(...stocks: Array<Record<string, number | null>>): string[] {
	const told: Json[] = [];
	return stocks.map((today) => {
		const { text, changes } = say(today, told);
		told.push(...changes);
		return text;
	});
}

const FEW = '1 SKU has fewer than 5 left:\n';

it('names what has fewer than the number, fewest first, and nothing else', () => {
	const { text, html } = say({ A: 5, 'B<1>': 4, C: 0, D: 4, E: 100 });
	expect(text).toBe('3 SKUs have fewer than 5 left:\nC: sold out\nB<1>: 4\nD: 4');
	expect(html).toContain('B&lt;1&gt;: 4');
});

it('tells a SKU once when it becomes few, and once more when it is sold out', () => {
	expect(days({ A: 7 }, { A: 4 }, { A: 3 }, { A: 0 }, { A: 0 }, { A: 2 }, { A: 0 })).toEqual([
		'',
		`${FEW}A: 4`,
		'',
		`${FEW}A: sold out`,
		'',
		'',
		'',
	]);
});

it('tells it again after it had enough', () => {
	expect(days({ A: 4 }, { A: 5 }, { A: 4 })).toEqual([`${FEW}A: 4`, '', `${FEW}A: 4`]);
});

it('keeps stores apart', () => {
	expect(say({ A: 4 }, [{ sku: 'A', store: '1', state: 'few' }]).text).toBe(`${FEW}A: 4`);
});

it('takes a number that is not known for nothing', () => {
	expect(days({ A: 4 }, { A: null }, { A: 4 })).toEqual([`${FEW}A: 4`, '', '']);
});

it('remembers nothing that has not changed', () => {
	const told = [{ sku: 'A', store: STORE, state: 'few' }];
	expect(say({ A: 4, B: 9 }, told).changes).toEqual([]);
	expect(say({ A: 9, B: 9 }, told).changes).toEqual([{ sku: 'A', store: STORE, state: 'enough' }]);
});

it('stays within a message of Telegram, and says how many more there are', () => {
	const all = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`SKU-${n}-&`, 0]));
	const { text, html, changes } = say(all);
	expect(html.length).toBeLessThanOrEqual(4_096);
	const named = text.match(/sold out/g)!.length;
	expect(text).toContain('1000 SKUs have fewer than 5 left:');
	expect(text.split('\n').at(-1)).toBe(`and ${1_000 - named} more`);
	expect(changes).toHaveLength(1_000);
});

it.each([0, 2.5, '5', undefined])('stops if the number is %p', (least) => {
	expect(() => say({ A: 4 }, [], least ?? null)).toThrow('write a whole number from 1');
});
