import { marketTime, ServerClock } from '../../../market/pacing/serverClock';
import type { MarketReply } from '../../../market/wire/ports';

const NOON = Date.UTC(2026, 10, 23, 12);

function reply(date?: string): MarketReply {
	return { kind: 'reply', status: 200, headers: { date }, body: {} };
}

/** A reply that the Market made at a moment by its own clock. */
function replyAt(marketMs: number): MarketReply {
	return reply(new Date(marketMs).toUTCString());
}

describe("The Market's time", () => {
	it('is read from the reply', () => {
		expect(marketTime(reply('Tue, 09 Jan 2024 14:04:20 GMT'))).toBe(
			Date.UTC(2024, 0, 9, 14, 4, 20),
		);
	});

	it.each([undefined, '', 'soon'])('is not known from a Date of %j', (date) => {
		expect(marketTime(reply(date))).toBeNaN();
	});
});

describe("The Market's clock", () => {
	it('is ours until the first reply', () => {
		const clock = new ServerClock();
		expect(clock.at(NOON)).toBe(NOON);
		expect(clock.offset).toEqual({ least: -Infinity, most: Infinity });
	});

	it('is known to within a second and the time that the reply took', () => {
		const clock = new ServerClock();
		clock.learn(replyAt(NOON + 60_000), NOON, NOON + 300);
		expect(clock.offset).toEqual({ least: 59_700, most: 61_000 });
		expect(clock.at(NOON + 300)).toBe(NOON + 60_000);
	});

	it('is known better with more replies, and never taken to be later than it is', () => {
		const clock = new ServerClock();
		const aheadMs = -7_250;
		const widths: number[] = [];
		for (let ourMs = NOON; ourMs < NOON + 10_000; ourMs += 730) {
			clock.learn(replyAt(ourMs + aheadMs), ourMs - 20, ourMs + 20);
			const { least, most } = clock.offset;
			expect(least).toBeLessThanOrEqual(aheadMs);
			expect(most).toBeGreaterThanOrEqual(aheadMs);
			expect(clock.at(ourMs)).toBeLessThanOrEqual(ourMs + aheadMs);
			widths.push(most - least);
		}
		expect([...widths].sort((a, b) => b - a)).toEqual(widths);
		expect(widths.at(-1)).toBeLessThan(200);
	});

	it('that was reset is learnt anew', () => {
		const clock = new ServerClock();
		clock.learn(replyAt(NOON), NOON, NOON);
		clock.learn(replyAt(NOON + 90_000), NOON, NOON + 10);
		expect(clock.offset).toEqual({ least: 89_990, most: 91_000 });
		clock.learn(replyAt(NOON), NOON, NOON);
		expect(clock.offset).toEqual({ least: 0, most: 1_000 });
	});

	it('is not touched by a reply without a time', () => {
		const clock = new ServerClock();
		clock.learn(reply(), NOON, NOON);
		expect(clock.at(NOON)).toBe(NOON);
	});

	it('is not learnt from a Date outside the window that the same reply gives', () => {
		const untilMs = NOON + 60_000;
		for (const days of [3, -3]) {
			const clock = new ServerClock();
			const { headers } = replyAt(NOON + days * 86_400_000);
			const contradictory = {
				...reply(),
				headers: { ...headers, 'x-ratelimit-resource-until': new Date(untilMs).toUTCString() },
			};
			clock.learn(contradictory, NOON, NOON, 60_000);
			expect(clock.at(NOON)).toBe(NOON);
			const right = {
				...contradictory,
				headers: { ...contradictory.headers, ...replyAt(NOON + 30_000).headers },
			};
			clock.learn(right, NOON, NOON, 60_000);
			expect(clock.at(NOON)).toBe(NOON + 30_000);
		}
	});

	it.each([
		[5, true],
		[6, false],
		[-65, true],
		[-66, false],
	])(
		'is learnt from a Date %d s behind the given end of a minute: %p, as its servers differ a little',
		(seconds, isLearnt) => {
			const clock = new ServerClock();
			const untilMs = NOON + 3_600_000;
			const { headers } = replyAt(untilMs + seconds * 1_000);
			const until = { 'x-ratelimit-resource-until': new Date(untilMs).toUTCString() };
			clock.learn({ ...reply(), headers: { ...headers, ...until } }, NOON, NOON, 60_000);
			expect(clock.at(NOON) !== NOON).toBe(isLearnt);
		},
	);

	it.each([
		[5, true],
		[6, false],
		[-6, true],
		[-7, false],
	])(
		'that was disproved is learnt from a reply that is %d s ahead of ours: %p',
		(seconds, isLearnt) => {
			const clock = new ServerClock();
			clock.disprove();
			clock.learn(replyAt(NOON + seconds * 1_000), NOON, NOON);
			expect(clock.at(NOON)).toBe(isLearnt ? NOON + seconds * 1_000 : NOON);
		},
	);

	it('that was disproved is ours, until a reply agrees with it', () => {
		const clock = new ServerClock();
		const wrong = replyAt(NOON + 3 * 86_400_000);
		clock.learn(wrong, NOON, NOON);
		clock.disprove();
		clock.learn(wrong, NOON, NOON);
		expect(clock.at(NOON)).toBe(NOON);
		clock.learn(replyAt(NOON - 1_000), NOON, NOON);
		expect(clock.at(NOON)).toBe(NOON - 1_000);
	});
});
