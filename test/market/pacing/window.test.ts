import { QuotaWindow, type Booking } from '../../../market/pacing/window';
import type { MarketReply } from '../../../market/wire/ports';
import { DROPPED, GARBLED, refusal } from '../../support/answers';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 23, 12);

/** A reply with the quota's headers. */
function told(remaining: number, untilMs = NOON + MINUTE, limit = 100, status = 200): MarketReply {
	const headers = {
		'x-ratelimit-resource-limit': String(limit),
		'x-ratelimit-resource-remaining': String(remaining),
		'x-ratelimit-resource-until': new Date(untilMs).toUTCString(),
	};
	return { kind: 'reply', status, headers, body: { status: 'OK' } };
}

/** A window of a hundred, and bookings in it at so many milliseconds past noon. */
function open(limit = 100) {
	const window = new QuotaWindow(limit, MINUTE);
	const book = (cost: number, afterMs = 0) => window.book(cost, NOON + afterMs, NOON + afterMs);
	const settle = (booking: Booking, answer: Parameters<QuotaWindow['settle']>[1], afterMs = 0) =>
		window.settle(booking, answer, NOON + afterMs, NOON + afterMs);
	return { window, book, settle, free: (afterMs = 0) => window.free(NOON + afterMs) };
}

describe('A quota', () => {
	it('is planned by what was booked, and is whole again in the next window', () => {
		const { window, book, settle, free } = open();
		expect(free()).toBe(100);
		const booking = book(70);
		expect(free()).toBe(30);
		expect(window.isAwaitingReplies).toBe(true);
		settle(booking, told(30));
		expect(window.isAwaitingReplies).toBe(false);
		expect(free(MINUTE - 1)).toBe(30);
		expect(window.remainingMs(NOON + 59_000)).toBe(1_000);
		expect(free(MINUTE)).toBe(100);
	});

	it('that others use too is planned by the reply', () => {
		const { book, settle, free } = open();
		settle(book(10), told(23));
		expect(free()).toBe(23);
	});

	it('is never thought larger by a reply that was made before another', () => {
		const { book, settle, free } = open();
		const [first, second] = [book(10), book(10)];
		settle(second, told(70));
		settle(first, told(80));
		expect(free()).toBe(70);
	});

	it('counts what is under way on top of what a reply says', () => {
		const { book, settle, free } = open();
		const [first, second] = [book(10), book(20)];
		settle(first, told(40));
		expect(free()).toBe(20);
		settle(second, told(20));
		expect(free()).toBe(20);
	});

	it.each([
		['a 503', refusal(503)],
		['a 420', refusal(420)],
		['a page', GARBLED],
	])('is not used by %s', (_, answer) => {
		const { book, settle, free } = open();
		settle(book(60), answer);
		expect(free()).toBe(100);
	});

	it('is used by a refusal', () => {
		const { book, settle, free } = open();
		settle(book(60), refusal(400));
		expect(free()).toBe(40);
	});

	it('may be used by a request without a reply, until the reply to a later one says', () => {
		const { book, settle, free } = open();
		const [lost, meanwhile] = [book(60), book(10)];
		settle(lost, DROPPED, 500);
		expect(free(500)).toBe(30);
		settle(meanwhile, told(90), 900);
		expect(free(900)).toBe(30);
		settle(book(10, 1_000), told(80), 1_500);
		expect(free(1_500)).toBe(80);
	});

	it('that a lost request may have used in part is whole in the next window', () => {
		const { book, settle, free } = open();
		settle(book(60), DROPPED);
		expect(free(MINUTE)).toBe(100);
	});
});

describe("A request in flight over a window's end", () => {
	it('counts in the new window until its reply tells which one it was counted in', () => {
		for (const [untilMs, remaining, left] of [
			[NOON + MINUTE, 0, 100],
			[NOON + 2 * MINUTE, 40, 40],
		] as const) {
			const { book, settle, free } = open();
			const booking = book(60, MINUTE - 10);
			expect(free(MINUTE)).toBe(40);
			settle(booking, told(remaining, untilMs), MINUTE + 10);
			expect(free(MINUTE + 10)).toBe(left);
		}
	});

	it('that tells of a window that had not begun for us begins it', () => {
		const { window, book, settle, free } = open();
		settle(book(60, MINUTE - 10), told(40, NOON + 2 * MINUTE), MINUTE - 5);
		expect(free(MINUTE - 5)).toBe(40);
		expect(window.remainingMs(NOON + MINUTE)).toBe(MINUTE);
		expect(free(2 * MINUTE)).toBe(100);
	});
});

describe('A window said to end later than any can', () => {
	it.each([2 * MINUTE, 3 * 24 * 60 * MINUTE])(
		'%d ms from now ends when ours does, and its figures hold until then',
		(farMs) => {
			const { window, book, settle, free } = open();
			settle(book(60), told(0, NOON + farMs, 100, 420), 500);
			expect(free(500)).toBe(0);
			expect(window.remainingMs(NOON + 500)).toBe(MINUTE - 500);
			expect(free(MINUTE)).toBe(100);
		},
	);
});

it.each([
	[2_000, NOON + 2_000 + MINUTE],
	[3_000, NOON + MINUTE],
])(
	'A window said to end %d ms later than any can is believed for the two seconds that clocks may differ',
	(laterMs, endMs) => {
		const { window, book, settle } = open();
		settle(book(60), told(40, NOON + MINUTE + laterMs));
		expect(window.remainingMs(NOON)).toBe(endMs - NOON);
	},
);

describe('What a quota is thought to be', () => {
	it.each([40, 1_000])('is corrected to %d by the first reply', (limit) => {
		const { window, book, settle, free } = open();
		settle(book(10), told(limit - 10, NOON + MINUTE, limit));
		expect(window.limit).toBe(limit);
		expect(free()).toBe(limit - 10);
		expect(free(MINUTE)).toBe(limit);
	});

	it('is corrected by a 420 too, which says what is left', () => {
		const { book, settle, free } = open();
		settle(book(60), told(25, NOON + MINUTE, 40, 420));
		expect(free()).toBe(25);
	});

	it.each([undefined, null, NaN, 0, -1, 0.5, Infinity, '100'])(
		'of %p is not one, and no window is made of it',
		(limit) => {
			expect(() => new QuotaWindow(limit as number, MINUTE)).toThrow(RangeError);
		},
	);

	it.each(['0', '-1', '', 'many', 'Infinity'])(
		'is not corrected to %j, with which nothing could ever be sent',
		(limit) => {
			const { window, book, settle, free } = open();
			const reply = told(0);
			settle(book(60), {
				...reply,
				headers: { ...reply.headers, 'x-ratelimit-resource-limit': limit },
			});
			expect(window.limit).toBe(100);
			expect(free()).toBe(40);
		},
	);

	it('ends when the Market says, if our clock was ahead until then', () => {
		const { window } = open();
		const dayMs = 24 * 60 * MINUTE;
		const booking = window.book(60, NOON + dayMs, NOON + dayMs);
		window.settle(booking, told(40), NOON + dayMs, NOON);
		expect(window.free(NOON)).toBe(40);
		expect(window.remainingMs(NOON)).toBe(MINUTE);
	});

	it('ends by the clock of the Market, if a reply told the time and nothing else', () => {
		const { window } = open();
		const dayMs = 24 * 60 * MINUTE;
		window.settle(window.book(100, NOON + dayMs, NOON + dayMs), refusal(400), NOON + dayMs, NOON);
		expect(window.free(NOON)).toBe(0);
		expect(window.remainingMs(NOON)).toBe(MINUTE);
	});
});
