import { onAbort, whenAborted } from '../../../market/wire/cancel';

describe('The Stop button', () => {
	it('is noticed when it is pressed', async () => {
		const stop = new AbortController();
		const aborted = whenAborted(stop.signal);
		stop.abort();
		expect(await aborted).toBe('aborted');
	});

	it('is noticed if it was pressed before', async () => {
		const stop = new AbortController();
		stop.abort();
		expect(await whenAborted(stop.signal)).toBe('aborted');
	});

	it('is listened to once, however many requests wait for it', () => {
		const stop = new AbortController();
		const listen = jest.spyOn(stop.signal, 'addEventListener');
		const waits = Array.from({ length: 100 }, () => whenAborted(stop.signal));
		expect(new Set(waits).size).toBe(1);
		expect(listen).toHaveBeenCalledTimes(1);
	});

	it('is listened to once by everything that is to end with it, but for what was taken back', () => {
		const stop = new AbortController();
		const listen = jest.spyOn(stop.signal, 'addEventListener');
		const ended: number[] = [];
		const takeBack = Array.from({ length: 100 }, (_, index) =>
			onAbort(stop.signal, () => ended.push(index)),
		);
		for (const undo of takeBack.slice(3)) undo();
		stop.abort();
		expect(listen).toHaveBeenCalledTimes(1);
		expect(ended).toEqual([0, 1, 2]);
	});

	it('of one run leaves another alone', async () => {
		const [one, other] = [new AbortController(), new AbortController()];
		const waits = Promise.race([
			whenAborted(one.signal),
			whenAborted(other.signal).then(() => 'other'),
		]);
		other.abort();
		expect(await waits).toBe('other');
	});
});
