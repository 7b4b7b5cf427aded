import type { INode } from 'n8n-workflow';

import { generateCatalogue, systemClock } from '../../sandbox';
import { roundTrips } from '../support/roundTrips';
import { skuOf, useSandbox } from '../support/useSandbox';

/** Holds requests in the Market until they are let go. */
class Gate {
	private readonly waiting: Array<() => void> = [];
	private watchers: Array<{ count: number; reached: () => void }> = [];
	/** Requests that have arrived since the last reset. */
	arrived = 0;
	private open = 0;

	/** Lets this many requests through, and holds the others. */
	reset(open: number): void {
		this.letGo();
		this.watchers = [];
		this.arrived = 0;
		this.open = open;
	}

	async pass(): Promise<void> {
		this.arrived += 1;
		for (const { count, reached } of this.watchers) if (this.arrived >= count) reached();
		if (this.arrived > this.open) await new Promise<void>((go) => this.waiting.push(go));
	}

	/** Resolves when this many requests have arrived. */
	async until(count: number): Promise<void> {
		await new Promise<void>((reached) => this.watchers.push({ count, reached }));
	}

	letGo(): void {
		this.open = Infinity;
		for (const go of this.waiting.splice(0)) go();
	}
}

const gate = new Gate();
const shop = useSandbox({
	catalogue: generateCatalogue(20_000),
	clock: { now: () => systemClock.now(), sleep: async () => await gate.pass() },
	switches: { latencyMs: 1 },
});
const items = Array.from({ length: 20_000 }, (_, index) => ({ sku: skuOf(index + 1), stock: 1 }));

/** Runs, answers the first `answered` requests, and presses Stop when `arrived` have arrived. */
async function stopped(answered: number, arrived: number, onError?: INode['onError']) {
	gate.reset(answered);
	const result = await shop.update(items, {
		onError,
		onStart: (stop) => void gate.until(arrived).then(stop),
	});
	const arrivedByThen = gate.arrived;
	gate.letGo();
	await roundTrips(shop.sandbox.url);
	expect(gate.arrived).toBe(arrivedByThen);
	return { ...result, requests: gate.arrived };
}

describe('the Stop button', () => {
	it('before the store is known: nothing is sent', async () => {
		const { status, error, requests } = await stopped(0, 1);
		expect(status).toBe('canceled');
		expect(error?.message).toMatch(
			/^The run was canceled\. 0 of 20000 items were sent and accepted, 20000 were not: /,
		);
		expect(requests).toBe(1);
	});

	it('while requests are under way: ends without their answers, and says what may have arrived', async () => {
		const { error, requests } = await stopped(2, 6);
		expect(error?.message).toContain('20000 were not (8000 of them may have reached the Market)');
		expect(error?.message).toContain('it may have taken this');
		expect(requests).toBe(6);
	});

	it('in the middle: counts what was sent', async () => {
		const { error, requests } = await stopped(4, 8);
		expect(error?.message).toContain(
			'4000 of 20000 items were sent and accepted, 16000 were not (8000 of them may',
		);
		expect(error?.description).toContain('Run again: sending the same balances twice is safe');
		expect(requests).toBe(8);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'stops with %s too',
		async (onError) => {
			const { status, error } = await stopped(4, 8, onError);
			expect(status).toBe('canceled');
			expect(error?.message).toContain('4000 of 20000 items were sent and accepted');
		},
	);

	it('while waiting to repeat a request: ends at once', async () => {
		gate.reset(Infinity);
		jest.spyOn(Math, 'random').mockReturnValue(0.99);
		shop.market.setSwitches({ faults: [{ kind: '500', count: 1_000 }] });
		const { error } = await shop.update(items, {
			onStart: (stop) =>
				shop.market.watch({
					offerChanged() {},
					wasReset() {},
					// By then the answer has arrived too.
					callAnswered: () => void roundTrips(shop.sandbox.url).then(stop),
				}),
		});
		jest.restoreAllMocks();
		expect(error?.message).toMatch(/^The run was canceled\. 0 of 20000/);
		expect(gate.arrived).toBe(1);
	});
});
