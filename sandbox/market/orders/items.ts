import type { OrderItem, OrderLine } from './order';

/**
 * How many of the items' units fall on each line: an order may name a SKU in several.
 * @throws Error if there are more of them than `left` says of the lines
 */
export function spread(
	items: readonly OrderItem[],
	lines: readonly OrderLine[],
	left: (line: OrderLine) => number,
): number[] {
	const open = new Map(totalsOf(items).map(({ sku, count }) => [sku, count]));
	const counts = lines.map((line) => {
		const count = Math.min(open.get(line.sku) ?? 0, left(line));
		open.set(line.sku, (open.get(line.sku) ?? 0) - count);
		return count;
	});
	for (const [sku, count] of open)
		if (count > 0) throw new Error(`'${sku}': ${count} more than the order has`);
	return counts;
}

/**
 * One item for each SKU, with the sum of its counts.
 * @throws Error if there is none, or a count is not a whole number of 1 or more
 */
export function totalsOf(items: readonly OrderItem[]): OrderItem[] {
	if (items.length === 0) throw new Error('At least one item is named');
	const totals = new Map<string, number>();
	for (const { sku, count } of items) {
		if (!Number.isSafeInteger(count) || count < 1)
			throw new Error(`'${sku}': a count of 1 or more is named`);
		totals.set(sku, (totals.get(sku) ?? 0) + count);
	}
	return [...totals].map(([sku, count]) => ({ sku, count }));
}

/** The sum of some numbers. */
export function sumOf(numbers: readonly number[]): number {
	return numbers.reduce((sum, number) => sum + number, 0);
}
