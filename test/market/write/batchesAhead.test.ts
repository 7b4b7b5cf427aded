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
/** As the sender has it, and once something on the way has not taken so many bytes. */
const methods = [
	updateStocks,
	{ ...updateStocks, apiMethod: { ...updateStocks.apiMethod, maxBodyBytes: 250 } },
];

const parts = {
	queue: fc.constantFrom(...queues),
	from: fc.integer({ min: 0, max: 5 }),
	method: fc.constantFrom(...methods),
	stamp: fc.constantFrom(...stamps),
	most: fc.integer({ min: 1, max: 9 }),
};

it('whatever is made ahead, each batch is the one that would have been made then', () => {
	// Mostly the run goes on where it is; sometimes one thing is different, or several are.
	const change = fc.oneof(
		{ weight: 2, arbitrary: fc.constant({}) },
		...Object.entries(parts).map(([part, value]) => fc.record({ [part]: value })),
		fc.record(parts, { requiredKeys: [] }),
	);
	const step = fc.record({ change, ahead: fc.integer({ min: 0, max: 5 }), isTaken: fc.boolean() });
	fc.assert(
		fc.property(fc.record(parts), fc.array(step, { maxLength: 30 }), (first, steps) => {
			const batches = new BatchesAhead(records);
			let next: Source = first;
			for (const { change: changed, ahead, isTaken } of steps) {
				next = { ...next, ...changed };
				if (next.from >= next.queue.length) next = { ...next, from: 0 };
				for (let one = 0; one < ahead; one++) batches.makeOne(next, 4);
				if (!isTaken) continue;
				const { queue, from, method, stamp, most } = next;
				const batch = batches.take(next);
				expect(batch).toEqual(takeBatch(records, queue, from, method, stamp, most));
				next = { ...next, from: from + batch.positions.length };
			}
		}),
		{ numRuns: 1_000 },
	);
});

describe('Ahead', () => {
	const open = (queue = queues[0] as number[]) => {
		const { made, method } = counting();
		const first: Source = { queue, from: 0, method, stamp: stamps[0] as string, most: 5 };
		return { made, first, batches: new BatchesAhead(records) };
	};

	it('no more is made than is enough, and nothing twice', () => {
		const { made, first, batches } = open();
		for (let one = 0; one < 10; one++) batches.makeOne(first, 3);
		expect(made.elements).toBe(15);
		for (const from of [0, 5, 10]) batches.take({ ...first, from });
		expect(made.elements).toBe(15);
		batches.take({ ...first, from: 15 });
		expect(made.elements).toBe(20);
	});

	it('nothing is made beyond the end', () => {
		const { made, first, batches } = open(queues[1]);
		for (let one = 0; one < 5; one++) batches.makeOne({ ...first, from: 4 }, 4);
		expect(made.elements).toBe(2);
	});
});
