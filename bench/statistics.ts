/** A summary of several measurements of the same thing. */
export interface Summary {
	median: number;
	least: number;
	most: number;
	/** How many measurements there were. */
	runs: number;
}

/** The arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @throws Error if there is nothing to summarize */
export function summarize(values: readonly number[]): Summary {
	const sorted = [...values].sort((a, b) => a - b);
	const [least, most] = [sorted[0], sorted.at(-1)];
	if (least === undefined || most === undefined) throw new Error('There is no measurement');
	const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]] as [
		number,
		number,
	];
	return { median: (low + high) / 2, least, most, runs: sorted.length };
}
