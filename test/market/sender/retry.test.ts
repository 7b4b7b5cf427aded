import type { MarketReply } from '../../../market/ports';
import {
	isFault,
	isLimitHit,
	isSuccess,
	MAX_FAULT_RETRIES,
	MAX_LIMIT_WAIT_MS,
	noAttempts,
	retryDelay,
} from '../../../market/sender/retry';
import { DROPPED, GARBLED, OK, PARALLEL_LIMIT, refusal } from '../../support/answers';

describe('An answer', () => {
	it.each([
		['200', OK, 'success'],
		['200 with an empty object', { ...OK, body: {} }, 'success'],
		['200 that says ERROR', refusal(200), 'refusal'],
		['200 with a page', GARBLED, 'fault'],
		['200 with nothing', { ...OK, body: null }, 'fault'],
		['no reply', DROPPED, 'fault'],
		['500', refusal(500), 'fault'],
		['502 with a page', { ...GARBLED, status: 502 }, 'fault'],
		['503', refusal(503), 'fault'],
		['420', PARALLEL_LIMIT, 'limit'],
		['301', refusal(301), 'refusal'],
		['400', refusal(400), 'refusal'],
		['401', refusal(401), 'refusal'],
		['403', refusal(403), 'refusal'],
		['404 with a page', { ...GARBLED, status: 404 }, 'refusal'],
		['423', refusal(423), 'refusal'],
		['429', refusal(429), 'refusal'],
	])('%s tells whether to go on, to repeat or to give up', (_, answer, kind) => {
		expect({ success: isSuccess(answer), fault: isFault(answer), limit: isLimitHit(answer) }).toEqual({
			success: kind === 'success',
			fault: kind === 'fault',
			limit: kind === 'limit',
		});
		const isRepeated = retryDelay(answer, noAttempts(), 0.5) !== undefined;
		expect(isRepeated).toBe(kind === 'fault' || kind === 'limit');
	});
});

describe('The pause before a repetition', () => {
	it('grows with each fault up to half a minute, and then ends', () => {
		const pauses = Array.from({ length: MAX_FAULT_RETRIES + 1 }, (_, faults) =>
			retryDelay(DROPPED, { ...noAttempts(), faults }, 0.5),
		);
		expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, undefined]);
	});

	it('grows with each hit of the parallel limit, up to half a minute', () => {
		const pauses = [0, 1, 4, 5, 50].map((limitHits) =>
			retryDelay(PARALLEL_LIMIT, { ...noAttempts(), limitHits }, 0.5),
		);
		expect(pauses).toEqual([500, 1_000, 8_000, 15_000, 15_000]);
	});

	const endsIn40s: MarketReply = refusal(420, 'Hit rate limit', {
		date: 'Tue, 09 Jan 2024 14:04:20 GMT',
		'x-ratelimit-resource-until': 'Tue, 09 Jan 2024 14:05:00 GMT',
	});

	it.each([0, 0.5, 0.999])('for a quota lasts to the end of its window, and hardly longer, by chance %d', (random) => {
		const pause = retryDelay(endsIn40s, noAttempts(), random);
		expect(pause).toBeGreaterThanOrEqual(40_000);
		expect(pause).toBeLessThan(41_000);
	});

	it('is never one that would make the wait of all tries longer than its bound', () => {
		const waited = (limitWaitMs: number) => ({ ...noAttempts(), limitWaitMs });
		expect(retryDelay(endsIn40s, waited(MAX_LIMIT_WAIT_MS - 40_000), 0)).toBe(40_000);
		expect(retryDelay(endsIn40s, waited(MAX_LIMIT_WAIT_MS - 39_999), 0)).toBeUndefined();
	});
});
