import type { TargetPlan } from '../../../market/records/plan';
import type { RefusedRecords } from '../../../market/records/refusedRecords';
import type { Refusal } from '../../../market/common/refusal';
import { noStats, type SendStats } from '../../../market/pacing/runPorts';
import type { Place } from '../input/places';
import { inTurns } from '../engine/turns';

/** A record as the output needs it. */
export interface SentRecord {
	sku: string;
	count?: number;
	updatedAt?: string;
	/** The rule that made the balance zero although there are units, by its name in the panel. */
	zeroedBy?: string;
}

/** What became of one input item. */
export type Fate = SentFate | FailedFate | SkippedFate;

export interface SentFate {
	/** `confirmed` and `unconfirmed` if the Market was read back. */
	status: 'accepted' | 'planned' | 'confirmed' | 'unconfirmed';
	record: SentRecord;
	/** The run's stamp, for a record without a moment of its own. */
	stamp: string;
	/** All input items behind the record, if there are several. */
	together?: readonly number[];
	/** In a dry run, the number of the request that would carry the record, from 1. */
	request?: number;
	/** Why it is unconfirmed. */
	refusal?: Refusal;
}

export interface FailedFate {
	status: 'failed';
	record?: SentRecord;
	refusal: Refusal;
	/** Whether a request with this record went out and got no answer. */
	mayBeApplied: boolean;
	/** Whether it failed only because of others. */
	isConsequence?: boolean;
}

/** The item holds nothing to send. */
export interface SkippedFate {
	status: 'skipped';
	record?: undefined;
	refusal: Refusal;
}

/** What an output item says beside its fate if it stands for no input item. */
export interface AddedItem {
	place: Place;
	/** Why it is there. */
	note: string;
}

/** What became of all input items, by their number, and what it cost. */
export interface WriteReport {
	/** Those of the added items come last. */
	fates: Fate[];
	/** Where each item was to be sent, as far as that could be read. */
	places: Place[];
	/** The items that are not from the input. */
	added: readonly AddedItem[];
	/** What else the user should know about the items. */
	warnings: string[];
	/** What the user should know about the targets: it may be why items failed. */
	alerts: string[];
	/** What the whole run has cost, questions included. */
	stats: SendStats;
	/** Requests that carried records, repetitions included; in a dry run, those that would. */
	writeRequests: number;
	totalMs: number;
	cancelled: boolean;
}

/** All items that failed. Those that failed only because of others come last, so that the causes are named first. */
export async function failuresOf({
	fates,
}: WriteReport): Promise<Array<{ fate: FailedFate; item: number }>> {
	const causes: Array<{ fate: FailedFate; item: number }> = [];
	const consequences: typeof causes = [];
	await inTurns(fates, (fate, item) => {
		if (fate.status === 'failed') (fate.isConsequence ? consequences : causes).push({ fate, item });
	});
	return causes.concat(consequences);
}

/** The report of a run in which nothing at all was sent, for one reason. */
export function nothingSent(length: number, startMs: number, refusal: Refusal): WriteReport {
	return {
		fates: Array.from({ length }, () => ({ status: 'failed', refusal, mayBeApplied: false })),
		places: Array.from({ length }, () => ({})),
		added: [],
		warnings: [],
		alerts: [],
		stats: noStats(),
		writeRequests: 0,
		totalMs: Date.now() - startMs,
		cancelled: false,
	};
}

/** What the node itself did wrong, or n8n around it. */
export interface Fault {
	/** Continues "Not sent" and the like. */
	cause: string;
	advice: string;
}

/** What is said if nothing was thrown, yet an item has no fate. */
const FORGOTTEN: Fault = {
	cause: ': the node has lost sight of this item',
	advice:
		'Run again: sending the same balances twice is safe. If it happens again, report it to the authors of the node.',
};

/**
 * The fates of all items during a run, written by the position of a record in its target's plan. An item that gets none
 * has failed: it was not sent, or may have been if its plan was handed over to be sent.
 */
export class FateBook {
	/** The items that are not from the input, numbered after those that are. */
	readonly added: AddedItem[] = [];
	private readonly fates: Array<Fate | undefined>;
	private readonly handedOver = new Map<TargetPlan<SentRecord>, Fault | undefined>();

	/** @param length number of input items */
	constructor(private readonly length: number) {
		this.fates = new Array<Fate | undefined>(length);
	}

	/** Adds an item that is not from the input. Returns its number. */
	add(item: AddedItem): number {
		return this.length + this.added.push(item) - 1;
	}

	/**
	 * Call this before anything of a plan goes out: from then on its records can no longer be said not to have been sent.
	 */
	handOver(plan: TargetPlan<SentRecord>): void {
		this.handedOver.set(plan, undefined);
	}

	/** Something went wrong while a plan was sent: those of its records that have no fate get this one. */
	breakOff(plan: TargetPlan<SentRecord>, fault: Fault): void {
		this.handedOver.set(plan, fault);
	}

	/** What has become of a record so far. */
	fateOf<R>({ items }: TargetPlan<R>, position: number): Fate | undefined {
		return this.fates[items[position] as number];
	}

	/**
	 * Ends the run: every item now has a fate.
	 *
	 * @param skuOf the SKU of an item, if it is known
	 * @param fault why the items that were never handed over have no fate, if that is known
	 */
	async close(skuOf: (item: number) => string | undefined, fault = FORGOTTEN): Promise<Fate[]> {
		for (const [plan, ofPlan = FORGOTTEN] of this.handedOver) {
			await inTurns(plan.records, (record, position) => {
				if (!this.fateOf(plan, position)) this.settle(plan, position, inDoubt(record, ofPlan));
			});
		}
		this.fates.length = this.length + this.added.length;
		await inTurns(this.fates, (fate, item) => {
			if (fate) return;
			const sku = skuOf(item);
			this.fates[item] = neverSent(sku === undefined ? undefined : { sku }, fault);
		});
		return this.fates as Fate[];
	}

	/** Gives a fate to one item that is in no plan. */
	refuse(item: number, fate: FailedFate): void {
		this.fates[item] = fate;
	}

	/** Skips an item that holds nothing to send. */
	passOver(item: number, refusal: Refusal): void {
		this.fates[item] = { status: 'skipped', refusal };
	}

	/** Gives all items behind one record the same fate. */
	settle<R>({ items, together }: TargetPlan<R>, position: number, fate: Fate): void {
		const all = together.get(position);
		if (!all) {
			this.fates[items[position] as number] = fate;
			return;
		}
		const shared = fate.status === 'failed' ? fate : { ...fate, together: all };
		for (const item of all) this.fates[item] = shared;
	}

	/** Fails one record that has not been sent. */
	fail<R extends SentRecord>(
		plan: TargetPlan<R>,
		position: number,
		refusal: Refusal,
		isConsequence = false,
	): void {
		const record = plan.records[position] as R;
		this.settle(plan, position, {
			status: 'failed',
			record,
			refusal,
			mayBeApplied: false,
			isConsequence,
		});
	}

	/** Fails some records of a target that have not been sent, each for its reason. */
	failEach<R extends SentRecord>({ plan, refusals }: RefusedRecords<R>): void {
		for (const [position, refusal] of refusals) this.fail(plan, position, refusal);
	}

	/** Fails all records of a target for the same reason. */
	failAll<R extends SentRecord>(
		plan: TargetPlan<R>,
		refusal: Refusal,
		isConsequence = false,
	): void {
		plan.records.forEach((_, position) => this.fail(plan, position, refusal, isConsequence));
	}
}

function inDoubt(record: SentRecord, { cause, advice }: Fault): FailedFate {
	const reason = `Internal: it is not known whether this was sent, it may have been${cause}`;
	return { status: 'failed', record, refusal: { reason, advice }, mayBeApplied: true };
}

function neverSent(record: SentRecord | undefined, { cause, advice }: Fault): FailedFate {
	return {
		status: 'failed',
		record,
		refusal: { reason: `Internal: not sent${cause}`, advice },
		mayBeApplied: false,
	};
}
