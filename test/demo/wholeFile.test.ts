import { makeBalances } from '../../demo/balances';
import { judgeWholeFile, spoil } from '../../demo/wholeFile';
import type { Execution } from '../../lab/n8n/execution';

const goods = makeBalances(5_000);
const spoilt = spoil(goods);

describe('the spoilt file', () => {
	it('has lost 200 goods that were in stock', () => {
		expect(spoilt.gone.size).toBe(200);
		const named = new Set(spoilt.rows.map(({ sku }) => sku));
		for (const { sku, count } of goods)
			if (spoilt.gone.has(sku)) expect([named.has(sku), count > 0]).toEqual([false, true]);
	});

	it('has 20 SKUs that no good has, each for one that is in stock nowhere else in the file', () => {
		expect(spoilt.meant.size).toBe(20);
		const skus = new Set(goods.map(({ sku }) => sku));
		for (const [wrong, right] of spoilt.meant)
			expect([skus.has(wrong), skus.has(right), spoilt.gone.has(right)]).toEqual([
				false,
				true,
				false,
			]);
	});

	it('has all else as it was', () => {
		expect(spoilt.rows).toHaveLength(goods.length - spoilt.gone.size);
	});
});

describe('the verdict', () => {
	const held = new Map(goods.map(({ sku, count }) => [sku, spoilt.gone.has(sku) ? 0 : count]));
	const items = [
		...Array.from(spoilt.gone, (sku) => ({ sku, notInInput: true })),
		...Array.from(spoilt.meant, ([sku, right]) => ({ sku, reason: `probably meant: "${right}"` })),
	];
	const run = (changes: { status?: string; items?: object[] } = {}) => ({
		status: changes.status ?? 'error',
		nodes: new Map([['Update Stocks', { items: changes.items ?? items }]]) as Execution['nodes'],
	});
	const judged = (execution: ReturnType<typeof run>, balances = held) =>
		judgeWholeFile(goods, spoilt, execution, balances).map(({ ok }) => ok);

	it('is good if all is as it must be', () => {
		expect(judged(run())).toEqual([true, true, true, true]);
	});

	it('is not if the flow is green', () => {
		expect(judged(run({ status: 'success' }))).toEqual([false, true, true, true]);
	});

	it('is not if an item is missing', () => {
		expect(judged(run({ items: items.slice(1) }))).toEqual([true, false, true, true]);
		expect(judged(run({ items: items.slice(0, -1) }))).toEqual([true, true, false, true]);
	});

	it('is not if one balance is wrong', () => {
		const [sku] = spoilt.gone;
		expect(judged(run(), new Map([...held, [sku as string, 7]]))).toEqual([
			true,
			true,
			true,
			false,
		]);
	});
});
