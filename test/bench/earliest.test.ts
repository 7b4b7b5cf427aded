import { earliestEnd } from '../../bench/model/earliest';

const MINUTE_MS = 60_000;
const BALANCES = {
	perWindow: 100_000,
	windowMs: MINUTE_MS,
	perRequest: 2_000,
	parallel: 4,
	latencyMs: 300,
};

describe('the earliest end that the quotas allow', () => {
	it.each([
		['one request', 1, 250, 250 + 300],
		['a whole window, begun within it', 100_000, 250, 250 + 13 * 300],
		['one record more than a window takes', 100_001, 250, MINUTE_MS + 300],
		['ten windows', 1_000_000, 250, 9 * MINUTE_MS + 13 * 300],
		['the same, begun at the end of a window', 1_000_000, 59_000, 9 * MINUTE_MS + 13 * 300],
	])('%s', (_name, records, startMs, end) => {
		expect(earliestEnd({ ...BALANCES, records, startMs })).toBe(end);
	});
});
