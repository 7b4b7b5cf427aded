import {
	isBadRequest,
	isFault,
	isLimitHit,
	isSuccess,
	MAX_FAULT_RETRIES,
	pauseAfterFault,
} from '../../../market/sender/retry';
import { DROPPED, GARBLED, OK, PARALLEL_LIMIT, refusal } from '../../support/answers';

describe('An answer', () => {
	it.each([
		['200', OK, 'success'],
		['200 with an empty object', { ...OK, body: {} }, 'success'],
		['200 that says ERROR', refusal(200), 'bad request'],
		['200 with a page', GARBLED, 'fault'],
		['200 with nothing', { ...OK, body: null }, 'fault'],
		['no reply', DROPPED, 'fault'],
		['500', refusal(500), 'fault'],
		['502 with a page', { ...GARBLED, status: 502 }, 'fault'],
		['503', refusal(503), 'fault'],
		['420', PARALLEL_LIMIT, 'limit'],
		['301', refusal(301), 'refusal'],
		['400', refusal(400), 'bad request'],
		['400 that broke off', { ...refusal(400), body: '{"status":"ERR' }, 'fault'],
		['401 that broke off', { ...refusal(401), body: '{"status":"ERR' }, 'fault'],
		['400 with a page', { ...GARBLED, status: 400 }, 'bad request'],
		['401', refusal(401), 'refusal'],
		['403', refusal(403), 'refusal'],
		['404 with a page', { ...GARBLED, status: 404 }, 'refusal'],
		['423', refusal(423), 'refusal'],
		['429', refusal(429), 'refusal'],
	])('%s tells whether to go on, to repeat, to search the request or to give up', (_, answer, kind) => {
		const kinds = {
			success: isSuccess(answer),
			fault: isFault(answer),
			limit: isLimitHit(answer),
			'bad request': isBadRequest(answer),
		};
		expect(Object.entries(kinds).flatMap(([name, holds]) => (holds ? [name] : [])).join() || 'refusal').toBe(kind);
	});
});

describe('The pause after a fault', () => {
	it('grows with each fault, up to half a minute', () => {
		const pauses = Array.from({ length: MAX_FAULT_RETRIES }, (_, earlier) => pauseAfterFault(earlier, 0.5));
		expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
	});

	it.each([0, 5, 50])('is anything up to its bound, by chance (fault %d)', (earlier) => {
		expect(pauseAfterFault(earlier, 0)).toBe(0);
		expect(pauseAfterFault(earlier, 0.999)).toBeLessThanOrEqual(30_000);
	});
});
