import type { Logger } from 'n8n-workflow';

import type { WriteMethod } from '../../../market/write/methods';
import type { Plan, PlanRules, TargetPlan } from '../../../market/records/plan';
import type { Patience } from '../../../market/read/read';
import type { SkuDoubts } from '../../../market/records/skuDoubts';
import type { Refusal } from '../../../market/common/refusal';
import type { RunStamp } from '../../../market/records/runStamp';
import type { RunPorts, SendStats } from '../../../market/pacing/runPorts';
import type { Compare } from '../../../market/verify/compared';
import type { Account } from '../connection/account';
import type { Blankness } from '../input/blankRows';
import type { WriteOptions } from '../input/options';
import type { FateBook, SentRecord, WriteReport } from '../output/fates';
import type { ReadRow } from '../input/places';
import type { Prepared, ReadyTarget } from './prepared';

/** What one node reads from its items, and how it makes records of that. */
export interface WriteJob<S, R extends SentRecord> extends PlanRules<S, R>, SendJob<R> {
	/** Reads one item. */
	readRow(itemIndex: number): ReadRow<S>;
	/** Whether an item that could not be read holds anything at all. */
	blanknessOf(itemIndex: number): Blankness | undefined;
	/** The SKUs to warn about, once it is known which are taken. */
	doubts: SkuDoubts;
	/** What the user should know about all that was read, and about the records made from it. */
	warningsOf?(plan: Plan<R>): string[];
	/** What the user should know about how the run leaves the Market. */
	leaves?(report: WriteReport): string[];
}

/** What one node writes, and what it asks the Market before and after. */
export interface SendJob<R extends SentRecord> {
	method: WriteMethod<R>;
	/** Which records of a target must not be sent, by their position, and why. */
	guard?(plan: TargetPlan<R>): Promise<ReadonlyMap<number, Refusal>>;
	/** Asks the Market about the targets before anything is sent or planned. */
	prepare(plans: ReadonlyArray<TargetPlan<R>>, run: AskingRun<R>): Promise<Prepared<R>>;
	/** What reads one target back. */
	openReadBack(target: ReadyTarget<R>, ports: RunPorts): Compare<R & { updatedAt: string }>;
	/** What may later undo this run. */
	opposite?: Opposite;
	/** After everything is sent and read back, looks at what could not be checked before. */
	lookAfter?(targets: ReadonlyArray<ReadyTarget<R>>, run: WriteRun<R>): Promise<void>;
	/** The run's start, in milliseconds since 1970. */
	startMs: number;
}

/** Another API method that undoes what a run sends; no moment tells the Market which of the two came last. */
export interface Opposite {
	method: WriteMethod<never>;
	/** What it does, in words. */
	does: string;
	/** Whether its requests are expected even if this process has sent none: another program may have. */
	isExpected: boolean;
}

/** What the targets of one run have in common while the Market is asked about them. */
export interface AskingRun<R extends SentRecord> {
	/** What the items say, whatever has become of them since; the refused ones include those that a guard holds back. */
	said: Plan<R>;
	job: SendJob<R>;
	options: WriteOptions;
	account: Account;
	/** They give up when Maximum Wait is over. */
	ports: RunPorts;
	/** How long the questions before sending are waited for, if something depends on their answers. */
	patience: Patience;
	logger: Logger;
}

/** What they have in common from then on. */
export interface WriteRun<R extends SentRecord> extends AskingRun<R> {
	book: FateBook;
	/** What sending the records has cost so far, without the questions before and after. */
	written: SendStats;
	stamp: RunStamp;
	/** For reading back, which has its own bound. */
	lastingPorts: RunPorts;
	/** What the user should know about the targets. */
	alerts: string[];
}
