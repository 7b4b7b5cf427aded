import { difficultiesOf, type Call } from '../../demo/difficulties';

const MINUTE_MS = 60_000;
const call = (at: number, more: Partial<Call> = {}): Call => ({
	at,
	finishedAt: at + 100,
	operation: 'updateStocks',
	status: 200,
	...more,
});
const difficulties = (...calls: Call[]) =>
	difficultiesOf(calls, ['updateStocks', 'addHiddenOffers']);

it('counts faults, their kinds and the calls that had to be repeated', () => {
	const found = difficulties(
		call(0, { status: 0, fault: 'dropAfter' }),
		call(1, { status: 500, fault: '500' }),
		call(2, { fault: 'slow' }),
		call(3, { fault: 'html200' }),
		call(4, { status: 0, fault: 'dropAfter', operation: 'getCampaign' }),
		call(5, { status: 420 }),
		call(6, { status: 420, fault: 'limit' }),
		call(7),
	);
	expect(found).toMatchObject({
		calls: 8,
		faults: 6,
		kinds: 5,
		repeated: 5,
		refused: 1,
		waitedSeconds: 0,
	});
});

it('a wait is from the last reply of one window to the first call of a later one', () => {
	const found = difficulties(
		call(10_000),
		call(10_050),
		call(MINUTE_MS + 150),
		call(MINUTE_MS + 200),
	);
	expect(found.waitedSeconds).toBe(50);
});

it('time between steps is not a wait', () => {
	const hide = { operation: 'addHiddenOffers' };
	expect(
		difficulties(call(0, hide), call(MINUTE_MS), call(3 * MINUTE_MS + 100)).waitedSeconds,
	).toBe(120);
	expect(difficulties(call(0, hide), call(MINUTE_MS)).waitedSeconds).toBe(0);
});

it('is zero if nothing happened', () => {
	expect(difficulties()).toEqual({
		calls: 0,
		faults: 0,
		kinds: 0,
		repeated: 0,
		refused: 0,
		waitedSeconds: 0,
	});
});
