import { RunStamp } from '../../market/runStamp';

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
		while (stamp.correct(stamp.text, market)) seconds.push((market - Date.parse(stamp.text)) / 1_000);
		expect(seconds).toEqual([1, 2, 3]);
	});

	it('stays where the Market does not tell its time', () => {
		const stamp = RunStamp.ofRun(START);
		expect(stamp.correct(stamp.text, NaN)).toBe(false);
		expect(stamp.text).toBe('2026-11-23T11:59:59.250Z');
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
		stamp.align({ least });
		expect(Date.parse(stamp.text) - (START - 1_000)).toBe(shiftMs);
	});

	it('stays what it is, whatever is learnt later', () => {
		for (const first of [-Infinity, 0, 60_000]) {
			const stamp = RunStamp.ofRun(START);
			stamp.align({ least: first });
			const { text } = stamp;
			stamp.align({ least: 70_000 });
			expect(stamp.text).toBe(text);
		}
	});

	it('is never older than that of an earlier run', () => {
		const stamps = [-2_000, -1_600, -1_001, -1_000, -3, 0, 1, 500].map((least) => {
			const stamp = RunStamp.ofRun(START);
			stamp.align({ least });
			return stamp.text;
		});
		expect([...stamps].sort()).toEqual(stamps);
	});
});
