import { takeBatch, type Batch } from './batching';
import type { WriteMethod } from './methods';

/** What the next batch is made of. */
export interface BatchSource<R> {
	/** Positions of the records still to be sent. */
	queue: readonly number[];
	/** Where in the queue the batch begins. */
	from: number;
	method: WriteMethod<R>;
	stamp: string;
	/** Most records that it may hold. */
	most: number;
}

/**
 * Makes batches, also ahead: while requests are under way, so that an answer is followed by the next request at once. To
 * make a body of 2,000 balances takes milliseconds, and nothing else can happen meanwhile.
 */
export class BatchesAhead<R> {
	/** In their order: each begins where the one before it ends. */
	private made: Batch[] = [];
	/** What the first of them was made of. */
	private source: BatchSource<R> | undefined;

	/** @param records those that positions stand for */
	constructor(private readonly records: readonly R[]) {}

	/** The batch that `takeBatch` makes of this. */
	take(source: BatchSource<R>): Batch {
		const made = this.isFor(source) ? this.made.shift() : undefined;
		if (!made) return this.make(source, source.from);
		this.source = { ...source, from: source.from + made.positions.length };
		return made;
	}

	/**
	 * Makes one batch more, unless there are enough or nothing is left.
	 *
	 * @param source what the next batch to be taken is made of
	 * @param enough number of batches made ahead
	 */
	makeOne(source: BatchSource<R>, enough: number): void {
		if (!this.isFor(source)) this.made = [];
		this.source = source;
		const from = this.made.reduce((at, { positions }) => at + positions.length, source.from);
		if (this.made.length >= enough || from >= source.queue.length) return;
		this.made.push(this.make(source, from));
	}

	private make({ queue, method, stamp, most }: BatchSource<R>, from: number): Batch {
		return takeBatch(this.records, queue, from, method, stamp, most);
	}

	/** Whether what was made was made of this. */
	private isFor(source: BatchSource<R>): boolean {
		const known = this.source;
		if (!known) return false;
		const parts = Object.keys(source) as Array<keyof BatchSource<R>>;
		return parts.every((part) => known[part] === source[part]);
	}
}
