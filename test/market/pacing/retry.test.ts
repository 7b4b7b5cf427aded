import {
	isHopeless,
	MAX_FAULT_RETRIES,
	noLimitHits,
	pauseAfterFault,
	retriesAfter,
} from '../../../market/pacing/retry';

describe('The pause after a fault', () => {
	it('grows with each fault, up to half a minute', () => {
		const pauses = Array.from({ length: MAX_FAULT_RETRIES }, (_, earlier) =>
			pauseAfterFault(earlier, 0.5),
		);
		expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
	});

	it.each([0, 5, 50])('is anything up to its bound, by chance (fault %d)', (earlier) => {
		expect(pauseAfterFault(earlier, 0)).toBe(0);
		expect(pauseAfterFault(earlier, 0.999)).toBeLessThanOrEqual(30_000);
	});
});

describe('What is repeated', () => {
	const fault = { kind: 'fault', mayBeApplied: true, askedPauseMs: 0 } as const;

	it('is repeated as often as wanted after a fault, and a few times after the answer of a gateway', () => {
		expect(retriesAfter({ ...fault, isStubborn: false }, MAX_FAULT_RETRIES)).toBe(7);
		expect(retriesAfter({ ...fault, isStubborn: true }, MAX_FAULT_RETRIES)).toBe(3);
		expect(retriesAfter({ ...fault, isStubborn: true }, 1)).toBe(1);
	});
});

describe('Going on is useless if limits are hit, nothing goes through and nothing says when it will', () => {
	const MINUTE_MS = 60_000;
	const START_MS = Date.UTC(2026, 10, 25);
	/** Whether it is hopeless after each limit that is hit, given in minutes after the first. */
	const hopeless = (...minutes: number[]) => {
		const streak = noLimitHits();
		return minutes.map((after) => isHopeless(streak, START_MS + after * MINUTE_MS));
	};

	it('for more than twenty minutes', () => {
		expect(hopeless(0, 10, 20, 20.001, 30)).toEqual([false, false, false, true, true]);
	});

	it('at least three times: an hour may pass before the second', () => {
		expect(hopeless(0, 60, 60.001)).toEqual([false, false, true]);
	});
});
