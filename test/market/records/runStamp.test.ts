import { RunStamp, StampLog } from '../../../market/records/runStamp';

const START = Date.parse('2026-11-23T12:00:00.250Z');

describe('The stamp of a run', () => {
	it("is the run's start less a second", () => {
		expect(RunStamp.ofRun(START).text).toBe('2026-11-23T11:59:59.250Z');
	});

	it("that the Market refused becomes a second before the Market's own time", () => {
		const stamp = RunStamp.ofRun(START);
		expect(stamp.correct(stamp.text, Date.parse('2026-11-23T11:30:00Z'))).toBe(true);
		expect(stamp.text).toBe('2026-11-23T11:29:59.000Z');
	});

	it('that another request has already corrected stays as it is', () => {
		const stamp = RunStamp.ofRun(START);
		const refused = stamp.text;
		stamp.correct(refused, Date.parse('2026-11-23T11:30:00Z'));
		const corrected = stamp.text;
		expect(stamp.correct(refused, Date.parse('2026-11-23T11:45:00Z'))).toBe(true);
		expect(stamp.text).toBe(corrected);
	});

	it('goes further back each time that it is refused again, and gives up after three', () => {
		const stamp = RunStamp.ofRun(START);
		const market = Date.parse('2026-11-23T11:30:00Z');
		const seconds = [];
		while (stamp.correct(stamp.text, market))
			seconds.push((market - Date.parse(stamp.text)) / 1_000);
		expect(seconds).toEqual([1, 2, 3]);
	});

	it('stays as it is if the Market does not tell its time', () => {
		const stamp = RunStamp.ofRun(START);
		expect(stamp.correct(stamp.text, NaN)).toBe(false);
		expect(stamp.text).toBe('2026-11-23T11:59:59.250Z');
	});
});

describe("The stamp of a run that is in the Market's future", () => {
	const ahead = (ms: number) => Date.parse('2026-11-23T11:59:59.250Z') - ms;

	it.each([
		[1, 1],
		[1_250, 1_250],
		[5_000, 5_000],
	])('by %d ms is waited for %d ms', (ms, waitMs) => {
		const stamp = RunStamp.ofRun(START);
		expect(stamp.waitUntil(stamp.text, ahead(ms), START)).toBe(START + waitMs);
	});

	it.each([0, -1_000, 5_001, 60_000, NaN])('by %d ms is not', (ms) => {
		const stamp = RunStamp.ofRun(START);
		expect(stamp.waitUntil(stamp.text, ahead(ms), START)).toBeUndefined();
	});

	it('is not waited for once it has been corrected', () => {
		const stamp = RunStamp.ofRun(START);
		const refused = stamp.text;
		stamp.correct(refused, ahead(60_000));
		expect(stamp.waitUntil(refused, ahead(1_000), START)).toBeUndefined();
	});

	it('is waited for by all requests at once, and three times at most', () => {
		const stamp = RunStamp.ofRun(START);
		const waits = [0, 10, 1_000, 2_000, 2_500, 3_000].map((afterMs) =>
			stamp.waitUntil(stamp.text, ahead(1_000), START + afterMs),
		);
		expect(waits.map((untilMs) => untilMs && untilMs - START)).toEqual([
			1_000,
			1_000,
			2_000,
			3_000,
			3_000,
			undefined,
		]);
	});
});

describe('The stamp of a run, once the clock of the Market is known', () => {
	it.each([
		['is not known yet', -Infinity, 0],
		['may be the same', -999, 0],
		['is the same', 0, 0],
		['is surely ahead', 90_000, 90_000],
		['may be further behind than the margin', -1_200, -200],
		['is surely behind', -90_500, -89_500],
	])('is never later than the start by a clock that %s', (_, least, shiftMs) => {
		const stamp = RunStamp.ofRun(START);
		stamp.align({ least }, new StampLog());
		expect(Date.parse(stamp.text) - (START - 1_000)).toBe(shiftMs);
	});

	it('stays what it is, whatever is learnt later', () => {
		for (const first of [-Infinity, 0, 60_000]) {
			const stamp = RunStamp.ofRun(START);
			stamp.align({ least: first }, new StampLog());
			const { text } = stamp;
			stamp.align({ least: 70_000 }, new StampLog());
			expect(stamp.text).toBe(text);
		}
	});

	it('is never older than that of an earlier run', () => {
		const stamps = [-2_000, -1_600, -1_001, -1_000, -3, 0, 1, 500].map((least) => {
			const stamp = RunStamp.ofRun(START);
			stamp.align({ least }, new StampLog());
			return stamp.text;
		});
		expect([...stamps].sort()).toEqual(stamps);
	});
});

describe('The stamps of one process', () => {
	it('differ, even if two runs start in the same millisecond', () => {
		const log = new StampLog();
		const stamps = [0, 0, 1].map((afterMs) => {
			const stamp = RunStamp.ofRun(START + afterMs);
			stamp.align({ least: 0 }, log);
			return Date.parse(stamp.text) - START;
		});
		expect(stamps).toEqual([-1_000, -999, -998]);
	});

	it('never go back if the clock does, which is reported if it is more than a second', () => {
		const log = new StampLog();
		const stamps = [0, -900, -3_600_000].map((afterMs) => {
			const stamp = RunStamp.ofRun(START + afterMs);
			stamp.align({ least: 0 }, log);
			return [Date.parse(stamp.text) - START, stamp.setBackMs];
		});
		expect(stamps).toEqual([
			[-1_000, 0],
			[-999, 0],
			[-998, 3_600_002],
		]);
	});

	it('are in the order of starts: a run that sends later than a newer one stays the older', () => {
		const log = new StampLog();
		const [older, newer] = [RunStamp.ofRun(START), RunStamp.ofRun(START + 300)];
		newer.align({ least: -100 }, log);
		// By now the Market's clock is known better, and would make the older run's stamp the later one.
		older.align({ least: 900 }, log);
		expect(Date.parse(older.text)).toBeLessThan(Date.parse(newer.text));
		const newest = RunStamp.ofRun(START + 301);
		newest.align({ least: -200 }, log);
		expect(Date.parse(newest.text)).toBeGreaterThan(Date.parse(newer.text));
	});

	it('ignore one that the Market has refused', () => {
		const log = new StampLog();
		const market = START - 1_800_000;
		const first = RunStamp.ofRun(START);
		first.align({ least: -Infinity }, log);
		first.correct(first.text, market);
		const second = RunStamp.ofRun(START);
		second.align({ least: -1_800_000 }, log);
		expect([Date.parse(first.text), Date.parse(second.text)]).toEqual([market - 1_000, market]);
		expect(second.setBackMs).toBe(0);
	});

	it('begin anew if the Market refuses one that follows them, and this is reported', () => {
		const log = new StampLog();
		const first = RunStamp.ofRun(START);
		first.align({ least: 86_400_000 }, log);
		const second = RunStamp.ofRun(START);
		second.align({ least: 0 }, log);
		expect(second.correct(second.text, START)).toBe(true);
		expect(Date.parse(second.text)).toBeLessThanOrEqual(START);
		expect(second.setBackMs).toBe(86_400_001);
	});
});

describe("A stamp by the Market's clock that the Market refuses", () => {
	it.each([3, -3, 0.5])('%d days off becomes one by ours', (days) => {
		const offMs = days * 86_400_000;
		const stamp = RunStamp.ofRun(START);
		stamp.align({ least: offMs }, new StampLog());
		expect(stamp.isAgainstMarketClock).toBe(false);
		expect(stamp.correct(stamp.text, START + offMs)).toBe(true);
		expect(stamp.text).toBe(new Date(START - 1_000).toISOString());
		expect(stamp.isAgainstMarketClock).toBe(true);
	});

	it('is tried further back if ours says the same', () => {
		const stamp = RunStamp.ofRun(START);
		stamp.align({ least: 500 }, new StampLog());
		expect(stamp.correct(stamp.text, START)).toBe(true);
		expect(stamp.text).toBe(new Date(START - 1_000).toISOString());
		expect(stamp.isAgainstMarketClock).toBe(false);
	});

	it("is by the Market's clock again if ours is refused too", () => {
		const stamp = RunStamp.ofRun(START);
		stamp.align({ least: 3_600_000 }, new StampLog());
		stamp.correct(stamp.text, START + 3_600_000);
		expect(stamp.correct(stamp.text, START + 3_600_000)).toBe(true);
		expect(stamp.text).toBe(new Date(START + 3_599_000).toISOString());
	});
});
