import { RunStamp, StampLog } from '../../../market/records/runStamp';

const START_MS = Date.UTC(2026, 10, 25);
const HALF_A_DAY_MS = 12 * 60 * 60_000;

/** A log that has given these stamps to runs with these places. */
function logOf(...given: Array<[wantedMs: number, order: number]>): StampLog {
	const log = new StampLog();
	for (const [wantedMs, order] of given) log.issue(wantedMs, order);
	return log;
}

describe('A stamp', () => {
	it('is later only than those of the runs before, and earlier only than those of the runs after', () => {
		expect(logOf([1_000, 1]).issue(900, 2)).toBe(1_001);
		expect(logOf([1_000, 2]).issue(900, 1)).toBe(900);
		expect(logOf([1_000, 2]).issue(1_100, 1)).toBe(999);
		expect(logOf([1_000, 1], [1_001, 3]).issue(2_000, 2)).toBe(1_000);
	});

	it('that a run is given anew takes the place of the one that it had', () => {
		expect(logOf([1_000, 5], [900, 5]).issue(800, 6)).toBe(901);
	});

	it('is forgotten if it is later than the present, and not otherwise', () => {
		const log = logOf([1_000, 1]);
		log.withdrawAfter(1_000);
		expect(log.issue(900, 2)).toBe(1_001);
		log.withdrawAfter(999);
		expect(log.issue(900, 3)).toBe(900);
	});

	it.each([
		[99, 999],
		[100, 1_500],
	])(
		'of a run before %d others still counts for another, which gets %d: a hundred are remembered',
		(others, expected) => {
			const log = logOf([1_000, 0]);
			for (let order = 1; order <= others; order++) log.issue(2_000 + order, order);
			expect(log.issue(1_500, -1)).toBe(expected);
		},
	);

	it('of the newest runs is remembered, in whichever order they come to send', () => {
		const log = new StampLog();
		for (let order = 100; order >= 0; order--) log.issue(1_000 + 10 * order, order);
		expect(log.issue(1, 101)).toBe(2_001);
	});
});

describe("A run's stamp", () => {
	it.each([
		[999, 0],
		[1_000, 1_001],
	])(
		'that an earlier one is ahead of by %d ms shows a clock that was set back by %d',
		(aheadMs, setBackMs) => {
			const stamp = RunStamp.ofRun(START_MS, 2);
			stamp.align({ least: -Infinity }, logOf([START_MS - 1_000 + aheadMs, 1]));
			expect(stamp.setBackMs).toBe(setBackMs);
		},
	);

	it('is young for half of the day during which the Market takes it', () => {
		const stamp = RunStamp.ofRun(START_MS, 1);
		const ms = Date.parse(stamp.text);
		expect([-1, 0, 1].map((more) => stamp.isYoung(ms + HALF_A_DAY_MS + more))).toEqual([
			true,
			false,
			false,
		]);
	});
});

describe("A run's stamp that the Market refuses", () => {
	const MARGIN_MS = 1_000;
	const HOUR_MS = 60 * 60_000;

	/** A run's stamp by a Market's clock that is ahead of ours by so much, or by ours. */
	function stampOf(log: StampLog, order: number, { startMs = START_MS, aheadMs = -Infinity } = {}) {
		const stamp = RunStamp.ofRun(startMs, order);
		stamp.align({ least: aheadMs }, log);
		return stamp;
	}
	const msOf = (stamp: RunStamp) => Date.parse(stamp.text);

	it('only because it follows one in the future becomes the wanted one, and no clock is doubted', () => {
		const log = logOf([START_MS + HOUR_MS, 1]);
		const stamp = stampOf(log, 2, { aheadMs: -HOUR_MS });
		expect(stamp.correct(stamp.text, START_MS - HOUR_MS)).toBe(true);
		expect(msOf(stamp)).toBe(START_MS - HOUR_MS);
		expect(stamp.isAgainstMarketClock).toBe(false);
	});

	it.each([NaN, START_MS + HOUR_MS])(
		'is given up if it has to follow one that is not in the future (%d)',
		(marketMs) => {
			const stamp = stampOf(logOf([START_MS, 1]), 2);
			expect(stamp.correct(stamp.text, marketMs)).toBe(false);
			expect(msOf(stamp)).toBe(START_MS + 1);
		},
	);

	it.each([
		[10_000, false],
		[10_001, true],
	])('by a clock that is %d ms off ours gives way to ours: %p', (aheadMs, isOursTried) => {
		const stamp = stampOf(new StampLog(), 1, { aheadMs });
		stamp.correct(stamp.text, START_MS + aheadMs - 1);
		expect(stamp.isAgainstMarketClock).toBe(isOursTried);
	});

	it('is by our clock if the Date of its refusals makes none that the Market takes', () => {
		const stamp = stampOf(new StampLog(), 1, { aheadMs: 500 });
		stamp.correct(stamp.text, START_MS + HOUR_MS);
		expect(msOf(stamp)).toBe(START_MS + HOUR_MS - MARGIN_MS);
		expect(stamp.correct(stamp.text, START_MS + HOUR_MS)).toBe(true);
		expect(msOf(stamp)).toBe(START_MS - MARGIN_MS);
	});

	it('does not stay above those of earlier runs that are in the future too', () => {
		const stamp = stampOf(logOf([START_MS, 1]), 2, { startMs: START_MS + 10_000 });
		expect(stamp.correct(stamp.text, START_MS - HOUR_MS)).toBe(true);
		expect(msOf(stamp)).toBe(START_MS - HOUR_MS - MARGIN_MS);
	});

	it('does not stay below those of later runs if all are too old', () => {
		const log = new StampLog();
		const stamp = stampOf(log, 1);
		stampOf(log, 2);
		expect(stamp.correct(stamp.text, START_MS + HOUR_MS)).toBe(true);
		expect(msOf(stamp)).toBe(START_MS + HOUR_MS - MARGIN_MS);
	});

	it('is not tried again if the time of the Market makes the same one', () => {
		const stamp = stampOf(new StampLog(), 1);
		expect(stamp.correct(stamp.text, START_MS)).toBe(false);
	});
});
