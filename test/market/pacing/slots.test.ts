import { Slots } from '../../../market/pacing/slots';

const NEVER = new AbortController().signal;

/** Asks for a number of places, and remembers who got one. */
function ask(slots: Slots, count: number, signal: AbortSignal = NEVER) {
	const entered: number[] = [];
	const waits = Array.from({ length: count }, async (_, index) => {
		const isIn = await slots.enter(signal);
		if (isIn) entered.push(index);
		return isIn;
	});
	return { entered, waits };
}

async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

describe('Places for requests at once', () => {
	it('are given up to the maximum, then one for each that comes back, in the order of asking', async () => {
		const slots = new Slots(2);
		const { entered } = ask(slots, 5);
		await settled();
		expect(entered).toEqual([0, 1]);
		slots.leave();
		await settled();
		expect(entered).toEqual([0, 1, 2]);
		slots.leave();
		slots.leave();
		await settled();
		expect(entered).toEqual([0, 1, 2, 3, 4]);
	});

	it('are idle only when nobody holds one and nobody waits', async () => {
		const slots = new Slots(1);
		expect(slots.isIdle).toBe(true);
		const { waits } = ask(slots, 2);
		await waits[0];
		slots.leave();
		await waits[1];
		expect(slots.isIdle).toBe(false);
		slots.leave();
		expect(slots.isIdle).toBe(true);
	});

	it('are refused to a run that is cancelled, before and while it waits, and go to the next', async () => {
		const slots = new Slots(1);
		const stop = new AbortController();
		await slots.enter(NEVER);
		const cancelled = slots.enter(stop.signal);
		const next = slots.enter(NEVER);
		stop.abort();
		expect(await cancelled).toBe(false);
		expect(await slots.enter(stop.signal)).toBe(false);
		slots.leave();
		expect(await next).toBe(true);
		slots.leave();
		expect(slots.isIdle).toBe(true);
	});

	it('are not lost if the call and the cancellation meet', async () => {
		for (const isCallFirst of [true, false]) {
			const slots = new Slots(1);
			const stop = new AbortController();
			await slots.enter(NEVER);
			const cancelled = slots.enter(stop.signal);
			const next = slots.enter(NEVER);
			if (isCallFirst) slots.leave();
			stop.abort();
			if (!isCallFirst) slots.leave();
			if (await cancelled) slots.leave();
			expect(await next).toBe(true);
			slots.leave();
			expect(slots.isIdle).toBe(true);
		}
	});

	it('become fewer with each hit of the limit, but never none', async () => {
		const slots = new Slots(4);
		for (let hit = 0; hit < 9; hit++) slots.tooMany();
		const { entered } = ask(slots, 3);
		await settled();
		expect(entered).toEqual([0]);
		slots.leave();
		await settled();
		expect(entered).toEqual([0, 1]);
	});

	it('increase again, by one after eight requests that went through, and one who waits is called', async () => {
		const slots = new Slots(2);
		slots.tooMany();
		const { entered } = ask(slots, 3);
		for (let request = 0; request < 7; request++) slots.wentThrough();
		await settled();
		expect(entered).toEqual([0]);
		slots.tooMany();
		for (let request = 0; request < 7; request++) slots.wentThrough();
		await settled();
		expect(entered).toEqual([0]);
		slots.wentThrough();
		await settled();
		expect(entered).toEqual([0, 1]);
		for (let request = 0; request < 99; request++) slots.wentThrough();
		await settled();
		expect(entered).toEqual([0, 1]);
	});
});
