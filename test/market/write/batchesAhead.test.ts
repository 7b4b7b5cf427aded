import fc from 'fast-check';

import { BatchesAhead, type BatchSource } from '../../../market/write/batchesAhead';
import { takeBatch } from '../../../market/write/batching';
import { updateStocks } from '../../../market/write/methods';

const records = Array.from({ length: 30 }, (_, index) => ({ sku: `SKU-${index}`, count: index }));
type Source = BatchSource<(typeof records)[number]>;

/** Counts how many elements of bodies are made. */
function counting() {
	const made = { elements: 0 };
	const element: typeof updateStocks.element = (record, stamp) => {
		made.elements += 1;
		return updateStocks.element(record, stamp);
	};
	return { made, method: { ...updateStocks, element } };
}

const queues = [records.map((_, position) => position), [7, 3, 5, 2, 1, 0]];
const stamps = ['2026-11-23T09:00:00.000Z', '2026-11-23T09:00:01.000Z'];
const methods = [counting().method, counting().method];

const source: fc.Arbitrary<Source> = fc.record({
	queue: fc.constantFrom(...queues),
	from: fc.integer({ min: 0, max: 5 }),
	method: fc.constantFrom(...methods),
	stamp: fc.constantFrom(...stamps),
	most: fc.integer({ min: 1, max: 9 }),
});

it('whatever is made ahead, each batch is the one that would have been made then', () => {
	const steps = fc.array(
		fc.record({
			ahead: fc.integer({ min: 0, max: 5 }),
			// Mostly the run goes on where it is; sometimes everything is different.
			change: fc.option(source, { freq: 3 }),
		}),
		{ maxLength: 30 },
	);
	fc.assert(
		fc.property(source, steps, (first, all) => {
			const batches = new BatchesAhead(records);
			let next = first;
			for (const { ahead, change } of all) {
				for (let one = 0; one < ahead; one++) batches.makeOne(next, 4);
				next = change ?? next;
				if (next.from >= next.queue.length) next = { ...next, from: 0 };
				const { queue, from, method, stamp, most } = next;
				const batch = batches.take(next);
				expect(batch).toEqual(takeBatch(records, queue, from, method, stamp, most));
				next = { ...next, from: from + batch.positions.length };
			}
		}),
	);
});

it('what was made ahead is not made again, and no more is made than is enough', () => {
	const { made, method } = counting();
	const batches = new BatchesAhead(records);
	const first = {
		queue: queues[0] as number[],
		from: 0,
		method,
		stamp: stamps[0] as string,
		most: 5,
	};
	for (let one = 0; one < 10; one++) batches.makeOne(first, 3);
	expect(made.elements).toBe(15);
	for (const from of [0, 5, 10]) batches.take({ ...first, from });
	expect(made.elements).toBe(15);
	batches.take({ ...first, from: 15 });
	expect(made.elements).toBe(20);
});

it('nothing is made ahead of the end', () => {
	const { made, method } = counting();
	const batches = new BatchesAhead(records);
	const last = {
		queue: queues[1] as number[],
		from: 4,
		method,
		stamp: stamps[0] as string,
		most: 5,
	};
	for (let one = 0; one < 5; one++) batches.makeOne(last, 4);
	expect(made.elements).toBe(2);
});
