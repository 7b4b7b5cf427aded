import fc from 'fast-check';

import { takeBatch, type Batch } from '../../../market/write/batching';
import {
	hideOffers,
	unhideOffers,
	updateStocks,
	type WriteMethod,
} from '../../../market/write/methods';
import type { StockRecord } from '../../../market/records/stockRecord';

const STAMP = '2026-11-23T11:59:59.250Z';
const MOST_BYTES = 524_288;

/** All batches of the records, in the order in which they are sent. */
function batches<R>(records: readonly R[], method: WriteMethod<R>): Batch[] {
	const queue = records.map((_, position) => position);
	const taken: Batch[] = [];
	for (let from = 0; from < queue.length;) {
		const batch = takeBatch(records, queue, from, method, STAMP);
		expect(batch.positions.length).toBeGreaterThan(0);
		from += batch.positions.length;
		taken.push(batch);
	}
	return taken;
}

function stock(sku: string, index: number): StockRecord {
	return { sku, count: index };
}

/** The same method with small bounds, so that few records reach them. */
function smaller(maxItems: number, maxBodyBytes: number): WriteMethod<StockRecord> {
	return { ...updateStocks, apiMethod: { ...updateStocks.apiMethod, maxItems, maxBodyBytes } };
}

describe('A batch of short records', () => {
	it.each([
		['Update Stocks', updateStocks as WriteMethod<StockRecord>, 2_000, [2_000, 2_000, 1_000]],
		['Hide Offers', hideOffers as WriteMethod<StockRecord>, 500, Array<number>(10).fill(500)],
		['Unhide Offers', unhideOffers as WriteMethod<StockRecord>, 500, Array<number>(10).fill(500)],
	])('of %s has as many as the method takes', (_, method, most, sizes) => {
		const records = Array.from({ length: 5_000 }, (_, index) => stock(`SKU-${index}`, index));
		const taken = batches(records, method);
		expect(taken.map(({ positions }) => positions.length)).toEqual(sizes);
		expect(Math.max(...sizes)).toBe(most);
	});
});

describe('The body', () => {
	it('of Update Stocks has the moment of each record, or the stamp of the run', () => {
		const records = [
			{ sku: 'A', count: 1 },
			{ sku: 'B', count: 0, updatedAt: '2026-11-23T10:00:00+03:00', momentMs: 1 },
		];
		const { body, stamp } = takeBatch(records, [0, 1], 0, updateStocks, STAMP);
		expect(stamp).toBe(STAMP);
		expect(JSON.parse(body)).toEqual({
			skus: [
				{ sku: 'A', items: [{ count: 1, updatedAt: STAMP }] },
				{ sku: 'B', items: [{ count: 0, updatedAt: '2026-11-23T10:00:00+03:00' }] },
			],
		});
	});

	it.each([
		['Hide Offers', hideOffers],
		['Unhide Offers', unhideOffers],
	])('of %s has only the SKUs', (_, method) => {
		const { body } = takeBatch(
			[{ sku: 'A', count: 7 }, { sku: '__proto__' }],
			[0, 1],
			0,
			method,
			STAMP,
		);
		expect(JSON.parse(body)).toEqual({
			hiddenOffers: [{ offerId: 'A' }, { offerId: '__proto__' }],
		});
	});
});

describe('A batch of long records', () => {
	it.each([
		['Cyrillic letters', 'Ж'],
		['emoji', '🫖'],
		['characters that JSON escapes', '"\\'],
		['tabs', 'x\t'],
	])('of %s stays within 512 KB and takes as many as fit', (_, unit) => {
		const records = Array.from({ length: 4_000 }, (_, index) =>
			stock(`${unit.repeat(120)}${index}`.slice(-255), index),
		);
		const taken = batches(records, updateStocks);
		expect(taken.flatMap(({ positions }) => positions)).toEqual(records.map((_, index) => index));
		for (const [index, { body, positions }] of taken.entries()) {
			expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MOST_BYTES);
			const next = taken[index + 1]?.positions[0];
			if (next === undefined || positions.length === 2_000) continue;
			const element = updateStocks.element(records[next] as StockRecord, STAMP);
			expect(Buffer.byteLength(`${body},${element}`)).toBeGreaterThan(MOST_BYTES);
		}
	});

	it('fills the last byte', () => {
		const one = takeBatch([stock('A', 1)], [0], 0, updateStocks, STAMP).body.length;
		const two = takeBatch([stock('A', 1), stock('B', 2)], [0, 1], 0, updateStocks, STAMP).body
			.length;
		const records = [stock('A', 1), stock('B', 2)];
		expect(batches(records, smaller(10, two))).toHaveLength(1);
		expect(batches(records, smaller(10, two - 1)).map(({ body }) => body.length)).toEqual([
			one,
			one,
		]);
	});

	it('sends a record that is too large in a request of its own, and the others as usual', () => {
		const records = [stock('A', 1), stock('x'.repeat(500), 2), stock('B', 3), stock('C', 4)];
		const taken = batches(records, smaller(10, 400));
		expect(taken.map(({ positions }) => positions)).toEqual([[0], [1], [2, 3]]);
	});
});

it('Only the records of the queue go, from the place asked for', () => {
	const records = ['A', 'B', 'C', 'D', 'E'].map(stock);
	const { positions, body } = takeBatch(records, [4, 2, 0], 1, updateStocks, STAMP);
	expect(positions).toEqual([2, 0]);
	expect(skusOf(body)).toEqual(['C', 'A']);
});

it('Whatever the records and the bounds: within both, full, in order, nothing lost, nothing twice', () => {
	const unit = fc.constantFrom('a', 'Ж', '🫖', '"', '\\', '\t', '€', '\u2028', '__proto__');
	const sku = fc.array(unit, { minLength: 1, maxLength: 60 }).map((units) => units.join(''));
	const bounds = fc.record({
		items: fc.integer({ min: 1, max: 12 }),
		bytes: fc.integer({ min: 90, max: 1_500 }),
	});
	fc.assert(
		fc.property(fc.array(sku, { maxLength: 60 }), bounds, (skus, { items, bytes }) => {
			const records = skus.map(stock);
			const method = smaller(items, bytes);
			const taken = batches(records, method);
			expect(taken.flatMap(({ positions }) => positions)).toEqual(records.map((_, index) => index));
			for (const { positions, body } of taken) {
				expect(positions.length).toBeLessThanOrEqual(items);
				if (positions.length > 1) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(bytes);
				const wanted = positions.map((position) => {
					const { sku: one, count, updatedAt = STAMP } = records[position] as StockRecord;
					return { sku: one, items: [{ count, updatedAt }] };
				});
				expect(JSON.parse(body)).toEqual({ skus: wanted });
			}
			for (const [index, { positions, body }] of taken.slice(0, -1).entries()) {
				if (positions.length === items) continue;
				const next = records[taken[index + 1]?.positions[0] as number] as StockRecord;
				const element = method.element(next, STAMP);
				expect(Buffer.byteLength(`${body},${element}`)).toBeGreaterThan(bytes);
			}
		}),
		{ numRuns: 300 },
	);
});

function skusOf(body: string): string[] {
	return (JSON.parse(body) as { skus: Array<{ sku: string }> }).skus.map(({ sku }) => sku);
}

describe('A batch for a quota that allows so many', () => {
	it.each([
		[1, 1],
		[3, 3],
		[2_000, 2_000],
		[100_000, 2_000],
	])('%d, has %d: never more than the method takes', (allowed, size) => {
		const records = Array.from({ length: 3_000 }, (_, index) => stock(`SKU-${index}`, index));
		const queue = records.map((_, position) => position);
		expect(takeBatch(records, queue, 0, updateStocks, STAMP, allowed).positions).toHaveLength(size);
	});
});
