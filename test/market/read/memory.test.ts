import { Memory } from '../../../market/read/memory';

/** Which of these keys a memory of ten milliseconds holds at a time. */
function held(memory: Memory<number>, nowMs: number, keys = ['a', 'b', 'c']): string {
	return keys.filter((key) => memory.recall(key, nowMs) !== undefined).join('');
}

describe('A memory', () => {
	it('holds an answer until its time is over, and the one that was given last', async () => {
		const memory = new Memory<number>(10);
		memory.remember('a', 1, 0);
		expect([memory.recall('a', 9), memory.recall('a', 10)]).toEqual([1, undefined]);
		memory.remember('a', 2, 8);
		expect([memory.recall('a', 17), memory.recall('a', 18)]).toEqual([2, undefined]);
		const failed = Promise.reject(new Error('Unread'));
		memory.forgetUnlessRead('a', failed);
		await expect(failed).rejects.toThrow('Unread');
		expect(memory.recall('a', 9)).toBeUndefined();
	});

	it('keeps what was read, unless it turns out not to be an answer', async () => {
		const memory = new Memory<number>(10);
		for (const key of ['a', 'b', 'c']) memory.remember(key, 1, 0);
		const reading = Promise.resolve('read');
		memory.forgetUnlessRead('a', reading);
		memory.forgetUnlessRead('b', reading, (read) => read === 'read');
		memory.forgetUnlessRead('c', reading, (read) => read !== 'read');
		await reading;
		expect(held(memory, 9)).toBe('ab');
	});

	it('forgets what is over when something new comes, and nothing else', () => {
		const memory = new Memory<number>(10);
		memory.remember('a', 1, 0);
		memory.remember('b', 2, 5);
		memory.remember('a', 3, 8);
		expect(held(memory, 8)).toBe('ab');
		memory.remember('c', 4, 16);
		expect(held(memory, 16)).toBe('ac');
		// Even by a clock that was set back, by which it would not be over yet.
		expect(held(memory, 14)).toBe('ac');
	});
});
