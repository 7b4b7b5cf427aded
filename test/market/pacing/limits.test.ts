import { limitsUntil, portsWithin } from '../../../market/pacing/limits';
import type { RunPorts } from '../../../market/pacing/runPorts';
import type { MarketFault, MarketReply } from '../../../market/wire/ports';
import { listHiddenOffers } from '../../../market/read/hiddenOffers';
import { sendRecords } from '../../../market/write/sender';
import { updateStocks } from '../../../market/write/methods';
import { OK, PARALLEL_LIMIT, refusal } from '../../support/answers';
import { expectUsable } from '../../support/checked';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';
import { failures, jobOf, someRecords } from '../write/sending';

const MINUTE = 60_000;
/** No run in these tests lasts this long unless something never ends. */
const GRACE = 15_000;

/** A Market that gives no answer at all. */
async function silence(): Promise<MarketReply | MarketFault> {
	return await new Promise(() => {});
}

async function readAll(ports: RunPorts): Promise<string> {
	try {
		for await (const page of listHiddenOffers('1', 'none', ports)) void page;
		return 'read';
	} catch (error) {
		return (error as Error).message;
	}
}

describe('Maximum Wait', () => {
	it.each([1, 5])(
		'of %d minutes ends a run that gets no answer, and says that the Market may hold it',
		async (minutes) => {
			const clock = new VirtualClock();
			const ports = virtualPorts(silence, { clock });
			const startMs = clock.now();
			const job = {
				...jobOf(someRecords(50), ports, updateStocks),
				deadlineMs: startMs + minutes * MINUTE,
			};
			const { outcomes } = await sendRecords(job, ports);
			expect(clock.now() - startMs).toBe(minutes * MINUTE + GRACE);
			expect(failures(outcomes)).toHaveLength(50);
			for (const { refusal: told, applied } of failures(outcomes)) {
				expectUsable(told);
				expect(applied).toBe('unknown');
				expect(told.reason).toBe(
					'Maximum Wait was over before the Market answered: it may have taken this',
				);
			}
		},
	);

	it.each([
		['of a minute', MINUTE],
		['of 0, which leaves a minute in any case,', 0],
	])('%s begins no request when it is over, and lets those under way finish', async (_, waitMs) => {
		const clock = new VirtualClock();
		const sentAt: number[] = [];
		const ports = virtualPorts(
			async () => {
				sentAt.push(clock.now());
				await clock.sleep(9_000);
				return OK;
			},
			{ clock },
		);
		const startMs = clock.now();
		const method = { ...updateStocks, apiMethod: { ...updateStocks.apiMethod, maxItems: 1 } };
		const job = { ...jobOf(someRecords(40), ports, method), deadlineMs: startMs + waitMs };
		const { outcomes } = await sendRecords(job, ports);
		expect([...new Set(sentAt)].map((at) => at - startMs)).toEqual([
			0, 9_000, 18_000, 27_000, 36_000, 45_000, 54_000,
		]);
		expect(failures(outcomes).map(({ applied }) => applied)).toEqual(Array(12).fill('no'));
		expect(failures(outcomes)[0]?.refusal.reason).toBe('Not sent: Maximum Wait is over');
	});

	it('of 0 leaves a minute for what the quota has room for', async () => {
		const clock = new VirtualClock();
		const ports = virtualPorts(
			async () => {
				await clock.sleep(20_000);
				return OK;
			},
			{ clock },
		);
		const { outcomes } = await sendRecords(
			{ ...jobOf(someRecords(4_000), ports, updateStocks), deadlineMs: clock.now() },
			ports,
		);
		expect(failures(outcomes)).toEqual([]);
	});

	it('ends a read that gets no answer', async () => {
		const clock = new VirtualClock();
		const startMs = clock.now();
		const ports = portsWithin(
			virtualPorts(silence, { clock }),
			limitsUntil(startMs + MINUTE, startMs),
		);
		expect(await readAll(ports)).toBe('The Market did not answer within the time that was given');
		expect(clock.now() - startMs).toBe(MINUTE + GRACE);
	});
});

describe('A limit that is hit again and again', () => {
	const quota = refusal(420, 'Hit rate limit', {
		'x-ratelimit-resource-limit': '100000',
		'x-ratelimit-resource-remaining': '0',
		'x-ratelimit-resource-until': 'Thu, 26 Nov 2026 12:00:00 GMT',
	});

	it.each([
		['without a word when it ends', PARALLEL_LIMIT],
		['whose window is told to end in three days', quota],
	])('%s: a run ends after 20 minutes, with a message', async (_, answer) => {
		const clock = new VirtualClock();
		const startMs = clock.now();
		const ports = virtualPorts(() => Promise.resolve(answer), { clock });
		const { outcomes } = await sendRecords(jobOf(someRecords(10), ports, updateStocks), ports);
		expect(failures(outcomes)).toHaveLength(10);
		expect(failures(outcomes)[0]?.refusal.reason).toContain(
			'used up for longer than a run waits (420)',
		);
		expect(failures(outcomes)[0]?.applied).toBe('no');
		expect(clock.now() - startMs).toBeGreaterThan(20 * MINUTE);
		expect(clock.now() - startMs).toBeLessThan(23 * MINUTE);
		const readMs = clock.now();
		expect(await readAll(virtualPorts(() => Promise.resolve(answer), { clock }))).toContain(
			'(420)',
		);
		expect(clock.now() - readMs).toBeGreaterThan(20 * MINUTE);
		expect(clock.now() - readMs).toBeLessThan(23 * MINUTE);
	});

	it('is waited out as long as requests go through in between', async () => {
		const clock = new VirtualClock();
		let count = 0;
		const ports = virtualPorts(() => Promise.resolve(++count % 60 === 0 ? OK : PARALLEL_LIMIT), {
			clock,
		});
		const method = { ...updateStocks, apiMethod: { ...updateStocks.apiMethod, maxItems: 1 } };
		const { outcomes } = await sendRecords(jobOf(someRecords(5), ports, method), ports);
		expect(failures(outcomes)).toEqual([]);
	});
});
