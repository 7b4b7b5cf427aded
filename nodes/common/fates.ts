import type { StorePlan } from '../../market/plan';
import type { Refusal } from '../../market/refusal';
import type { SendStats } from '../../market/sender/exchange';

/** A record as the output needs it. */
export interface SentRecord {
	sku: string;
	count?: number;
	updatedAt?: string;
}

/** What became of one input item. */
export type Fate = SentFate | FailedFate;

export interface SentFate {
	/** `confirmed` and `unconfirmed` where the Market was read back. */
	status: 'accepted' | 'planned' | 'confirmed' | 'unconfirmed';
	store: string;
	record: SentRecord;
	/** The run's stamp, for a record without a moment of its own. */
	stamp: string;
	/** All input items behind the record, where there are several. */
	together?: readonly number[];
	/** In a dry run, the number of the request that would carry the record, from 1. */
	request?: number;
	/** Why it is unconfirmed. */
	refusal?: Refusal;
}

export interface FailedFate {
	status: 'failed';
	store?: string;
	record?: SentRecord;
	refusal: Refusal;
	/** Whether a request with this record went out without an answer. */
	mayBeApplied: boolean;
	/** Whether it failed only because of others. */
	isConsequence?: boolean;
}

/** What became of all input items, by their number, and what it cost. */
export interface WriteReport {
	fates: Fate[];
	stats: SendStats;
	totalMs: number;
	cancelled: boolean;
}

/** All items that failed. Those that only failed because of others come last: the causes are what is named first. */
export function failuresOf({ fates }: WriteReport): Array<{ fate: FailedFate; item: number }> {
	const failures = fates.flatMap((fate, item) => (fate.status === 'failed' ? [{ fate, item }] : []));
	return [
		...failures.filter(({ fate }) => !fate.isConsequence),
		...failures.filter(({ fate }) => fate.isConsequence),
	];
}

/** The fates of all items while a run goes on, written by the position of a record in its store's plan. */
export class FateBook {
	readonly fates: Fate[];

	/** @param length number of input items */
	constructor(length: number) {
		this.fates = new Array<Fate>(length);
	}

	/** Gives one item, which is in no plan, its fate. */
	refuse(item: number, fate: FailedFate): void {
		this.fates[item] = fate;
	}

	/** Gives all items behind one record the same fate. */
	settle<R>({ items, together }: StorePlan<R>, position: number, fate: Fate): void {
		const all = together.get(position);
		if (!all) {
			this.fates[items[position] as number] = fate;
			return;
		}
		const shared = fate.status === 'failed' ? fate : { ...fate, together: all };
		for (const item of all) this.fates[item] = shared;
	}

	/** Fails all records of a store for the same reason. */
	failStore<R extends SentRecord>(store: StorePlan<R>, refusal: Refusal, isConsequence = false): void {
		store.records.forEach((record, position) => {
			const fate: FailedFate = {
				status: 'failed',
				store: store.campaignId,
				record,
				refusal,
				mayBeApplied: false,
				isConsequence,
			};
			this.settle(store, position, fate);
		});
	}
}
