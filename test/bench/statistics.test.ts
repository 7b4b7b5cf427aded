import { summarize } from '../../bench/statistics';

describe('a summary of measurements', () => {
	it.each([
		[[7], 7],
		[[3, 1, 2], 2],
		[[4, 1, 3, 2], 2.5],
		[[10, 9, 100, 11, 1], 10],
	])('the median of %j is %d', (values, median) => {
		const summary = summarize(values);
		expect(summary).toEqual({
			median,
			least: Math.min(...values),
			most: Math.max(...values),
			runs: values.length,
		});
	});

	it('leaves the measurements in their order', () => {
		const values = [3, 1, 2];
		summarize(values);
		expect(values).toEqual([3, 1, 2]);
	});

	it('there is none without measurements', () => {
		expect(() => summarize([])).toThrow('no measurement');
	});
});
