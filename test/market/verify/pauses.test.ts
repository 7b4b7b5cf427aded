import { readingLimits, verify } from '../../../market/verify/verify';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** When the Market is read, in seconds after the first reading, if it shows what was sent after so many readings. */
async function readings(minutes: number, shownAfter = Infinity, sent = ['A']): Promise<number[]> {
	const clock = new VirtualClock();
	const ports = virtualPorts(() => Promise.reject(new Error('no request is wanted')), { clock });
	const startMs = clock.now();
	const seconds: number[] = [];
	await verify(
		sent,
		async () => {
			seconds.push((clock.now() - startMs) / SECOND);
			if (seconds.length >= shownAfter) return [{ ok: true, value: undefined }];
			return [{ ok: false, refusal: { reason: 'not shown yet', advice: 'Wait.' } }];
		},
		startMs + minutes * MINUTE,
		ports,
	);
	return seconds;
}

describe('The Market is read back', () => {
	it('at once, soon again, then less and less often, every 30 seconds at last, and once more at the end', async () => {
		expect(await readings(2)).toEqual([0, 2, 6, 14, 30, 60, 90, 120]);
	});

	it('once if no time is given', async () => {
		expect(await readings(0)).toEqual([0]);
	});

	it('for ten minutes in no more than 25 readings', async () => {
		expect((await readings(10)).length).toBeLessThanOrEqual(25);
	});

	it('not at all if nothing was sent', async () => {
		expect(await readings(5, 1, [])).toEqual([]);
	});

	it('not again once it shows what was sent', async () => {
		expect(await readings(15, 3)).toEqual([0, 2, 6]);
	});
});

describe('Reading back begins no request after', () => {
	const startMs = Date.UTC(2026, 10, 25);
	const limits = (records: number, minutes: number, deadline = Infinity) => {
		const { deadlineMs, lastStartMs, endMs } = readingLimits(
			records,
			startMs + minutes * MINUTE,
			deadline,
			startMs,
		);
		return [deadlineMs - startMs, lastStartMs - startMs, endMs - startMs];
	};

	it.each([
		['the time given', 1, 15, 15 * MINUTE],
		['two minutes where less is given', 1, 0, 2 * MINUTE],
		['two minutes where less is given for as many as are read in one', 10_000, 0, 2 * MINUTE],
		['a minute more for each 10,000 SKUs, or part of them', 10_001, 0, 3 * MINUTE],
		['the time in which 100,000 are read once', 100_000, 5, 11 * MINUTE],
	])('%s, and gives up what is under way 15 seconds later', (_, records, minutes, lastMs) => {
		expect(limits(records, minutes)).toEqual([lastMs, lastMs, lastMs + 15 * SECOND]);
	});

	it('but waits for no quota after Maximum Wait', () => {
		expect(limits(1, 5, startMs + MINUTE)).toEqual([MINUTE, 5 * MINUTE, 5 * MINUTE + 15 * SECOND]);
	});

	it.each([
		[1, MINUTE],
		[10_001, 2 * MINUTE],
	])('nor a minute for a quota if Maximum Wait is over: %i SKUs', (records, lastMs) => {
		expect(limits(records, 0, startMs)).toEqual([0, lastMs, lastMs + 15 * SECOND]);
	});
});
