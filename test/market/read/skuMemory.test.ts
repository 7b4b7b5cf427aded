import { SkuMemory } from '../../../market/read/skuMemory';

/** Which of these SKUs of a place are remembered. */
const held = (memory: SkuMemory<true>, nowMs: number, place = 'store', skus = 'abcdef') =>
	Array.from(skus)
		.filter((sku) => memory.recall(place, sku, nowMs))
		.join('');

describe('A memory of SKUs', () => {
	it('holds them until their time is over', () => {
		const memory = new SkuMemory<true>(10, 100);
		memory.remember('store', ['a', 'b'], true, 0);
		memory.remember('store', ['b', 'c'], true, 5);
		expect([held(memory, 9), held(memory, 10), held(memory, 15)]).toEqual(['abc', 'bc', '']);
	});

	it('holds those of each place by themselves', () => {
		const memory = new SkuMemory<true>(10, 100);
		memory.remember('store', ['a'], true, 0);
		memory.remember('another', ['b'], true, 0);
		expect([held(memory, 1), held(memory, 1, 'another')]).toEqual(['a', 'b']);
	});

	it('forgets the oldest of all places when there are too many, and never holds more', () => {
		const memory = new SkuMemory<true>(10, 4);
		memory.remember('store', ['a', 'b'], true, 0);
		memory.remember('another', ['a', 'b'], true, 1);
		expect([held(memory, 2), held(memory, 2, 'another'), memory.size]).toEqual(['ab', 'ab', 4]);
		memory.remember('store', ['c'], true, 2);
		expect([held(memory, 2), held(memory, 2, 'another'), memory.size]).toEqual(['c', 'ab', 3]);
		memory.remember('store', ['a', 'b', 'c', 'd', 'e'], true, 3);
		expect([held(memory, 3), held(memory, 3, 'another'), memory.size]).toEqual(['', '', 0]);
	});

	it('forgets what is over when something new comes', () => {
		const memory = new SkuMemory<true>(10, 100);
		memory.remember('store', ['a', 'b'], true, 0);
		memory.remember('store', ['b'], true, 8);
		expect(memory.size).toBe(3);
		memory.remember('another', ['c'], true, 10);
		expect([memory.size, held(memory, 10)]).toEqual([2, 'b']);
	});

	it('holds what was learnt last', () => {
		const memory = new SkuMemory<string>(10, 100);
		memory.remember('store', ['a'], 'first', 0);
		memory.remember('store', ['a'], 'second', 1);
		expect(memory.recall('store', 'a', 2)).toBe('second');
	});

	it('holds nothing if there is nothing to hold', () => {
		const memory = new SkuMemory<true>(10, 100);
		memory.remember('store', [], true, 0);
		expect(memory.size).toBe(0);
	});
});
