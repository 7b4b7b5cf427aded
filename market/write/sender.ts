import type { Batch } from './batching';
import { BatchesAhead, type BatchSource } from './batchesAhead';
import { whenAborted } from '../wire/cancel';
import { explain } from '../wire/explain';
import { isStopped, isTimeUp, limitsUntil, portsWithin, type Limits } from '../pacing/limits';
import type { WriteMethod } from './methods';
import type { Subscription } from '../contract/apiMethods';
import { marketTime } from '../pacing/serverClock';
import { ownFault } from '../wire/ownFault';
import { requestTo } from '../wire/paths';
import type { MarketReply } from '../wire/ports';
import type { Refusal } from '../common/refusal';
import type { RunStamp } from '../records/runStamp';
import { utf8Length } from '../common/text';
import { exchange, type Ending, type Judged, type Terms } from '../pacing/exchange';
import { addStats, noStats, type RunPorts } from '../pacing/runPorts';
import { isolate, readRefusal, type Subject } from './isolation';
import type { Outcome, SendReport } from './outcome';
import {
	IN_FLIGHT,
	mayBeHeld,
	NO_PLACE,
	notSent,
	OUT_OF_TIME,
	refusedBefore,
	STOPPED,
	TIME_UP,
	tooLate,
	type Unsent,
} from './refusals';
import { MAX_FAULT_RETRIES, MAX_PAUSES_MS, noLimitHits, type Attempts } from '../pacing/retry';
import { Search, searchBudget } from './search';
import { concernsMoment, concernsWholeRequest, type Wording } from './wording';
import { WorkList, type Piece } from './workList';

/** What the sender needs to know of a record: what it is for, and whether it has a moment of its own. */
interface Sendable extends Subject {
	updatedAt?: string;
}

/** Records for one store or business, all valid and none twice, to be written by one method. */
export interface TargetJob<R> {
	method: WriteMethod<R>;
	/** Campaign ID or business ID, whichever the method needs. Digits. */
	targetId: string;
	records: readonly R[];
	stamp: RunStamp;
	subscription: Subscription;
	/** Our time after which no quota is waited for, in milliseconds since 1970; Infinity if there is no limit. */
	deadlineMs: number;
	/** Called with the milliseconds before the quota is waited for. */
	onWait?(waitMs: number): void;
	/** Called after each request with the number of records that have an outcome, and of those the Market has accepted. */
	onProgress?(settled: number, accepted: number): void;
}

/**
 * Sends the records of one store or business in full requests, as many at once as the Market allows and as fast as its
 * quota permits. Reports what became of each and what it cost, and adds the cost to the run's statistics. Never rejects:
 * whatever happens, every record has an outcome. Bodies are made a few requests ahead and released once they are sent.
 */
export async function sendRecords<R extends Sendable>(
	job: TargetJob<R>,
	ports: RunPorts,
): Promise<SendReport> {
	return await new SendRun(job, ports).run();
}

/**
 * After this long the requests that go out together are written to their connections, and the processor is free, in
 * milliseconds. An answer that comes sooner leaves it no time to spare anyway.
 */
const WRITTEN_MS = 30;

class SendRun<R extends Sendable> {
	private readonly outcomes: Outcome[];
	private readonly work: WorkList;
	private readonly batches: BatchesAhead<R>;
	private readonly way: Terms;
	private settled = 0;
	private accepted = 0;
	/** The method, limited to fewer bytes per request if something on the way does not accept larger ones. */
	private method: WriteMethod<R>;
	private readonly search: Search;
	/** Requests in a row that got no answer from the Market after all their attempts. */
	private unanswered = 0;
	/** Our time before which nothing is sent: the stamp is a little ahead of the Market's clock. */
	private notBeforeMs = -Infinity;
	/** Set when no other request can fare better: the store or the credential is refused, or time is up. */
	private halted: Unsent | undefined;

	private readonly limits: Limits;
	private readonly ports: RunPorts;

	constructor(
		private readonly job: TargetJob<R>,
		private readonly outer: RunPorts,
	) {
		const { records, method, targetId, subscription, deadlineMs } = job;
		this.limits = limitsUntil(deadlineMs, outer.clock.now());
		const ports = { ...portsWithin(outer, this.limits), stats: noStats() };
		this.ports = ports;
		this.outcomes = new Array<Outcome>(records.length);
		this.method = method;
		this.batches = new BatchesAhead(records);
		const lane = ports.laneOf(method.apiMethod, targetId, subscription);
		const { maxItems = records.length, parallel, quota } = method.apiMethod;
		const canCut = quota.unit === 'items';
		// If requests count, a search is slow because of the quota, and more of them at once would make it slower.
		this.work = new WorkList(records.length, maxItems, canCut ? parallel : 1);
		const bounds = { deadlineMs, pausesMs: MAX_PAUSES_MS, mostRetries: MAX_FAULT_RETRIES };
		this.way = { lane, ports, ...bounds, streak: noLimitHits(), canCut };
		this.search = new Search(this.work, searchBudget(lane.limit, quota.windowMs));
	}

	async run(): Promise<SendReport> {
		this.job.stamp.align(this.way.lane.clockOffset, this.way.lane.stamps);
		await Promise.all(
			Array.from({ length: this.job.method.apiMethod.parallel }, async () => await this.worker()),
		);
		for (const { positions, from, attempts } of this.work.takeAll()) {
			this.leave(positions.slice(from), this.end, attempts);
		}
		const { stats } = this.ports;
		addStats(this.outer.stats, stats);
		return { outcomes: this.outcomes, stats };
	}

	private get isOver(): boolean {
		return this.halted !== undefined || this.ports.signal.aborted || this.isLate;
	}

	private get isLate(): boolean {
		return this.ports.clock.now() > this.limits.lastStartMs;
	}

	/** Why nothing more is sent. */
	private get end(): Unsent {
		return this.halted ?? (isStopped(this.ports.signal) ? STOPPED : TIME_UP);
	}

	private async worker(): Promise<void> {
		while (!this.isOver) {
			if (this.notBeforeMs > this.ports.clock.now()) await this.waitForMarketClock();
			else if (!this.work.isEmpty) await this.sendNext();
			// Another worker's batch may be refused and come back in pieces.
			else if (this.work.isUnderWay)
				await Promise.race([this.work.nextChange(), whenAborted(this.ports.signal)]);
			else return;
		}
	}

	private async waitForMarketClock(): Promise<void> {
		const { clock, stats } = this.ports;
		const startMs = clock.now();
		await clock.sleep(this.notBeforeMs - startMs);
		stats.waitedMs += clock.now() - startMs;
	}

	private async sendNext(): Promise<void> {
		const { job, ports, way, work } = this;
		const { maxItems, quota } = job.method.apiMethod;
		const countsItems = quota.unit === 'items';
		let piece: Piece | undefined;
		let batch: Batch | undefined;
		const ticket = await way.lane.enter(
			{
				wanted: countsItems ? Math.min(maxItems, work.nextLength) : 1,
				least: 1,
				isOver: () => this.isOver || work.isEmpty,
				take: (free) => {
					const most = Math.min(countsItems ? free : maxItems, work.nextLength);
					piece = work.take();
					try {
						batch = this.batches.take(this.sourceOf(piece, most));
					} catch (error) {
						// No request can be made of these records. The lane is shared: it must not be left half entered.
						this.halted ??= refusedBefore(ownFault(error));
						work.putBack(piece, 0);
						work.done();
						return 0;
					}
					work.putBack(piece, batch.positions.length);
					return countsItems ? batch.positions.length : 1;
				},
				deadlineMs: way.deadlineMs,
				pauseDeadlineMs: ports.clock.now() + way.pausesMs,
				onWait: job.onWait,
			},
			ports,
		);
		ports.stats.waitedMs += ticket.waitedMs;
		if (!('booking' in ticket)) {
			if (ticket.kind === 'tooLate' || ticket.kind === 'noPlace') this.halt(ticket);
			return;
		}
		if (!batch || !piece) return;
		const { attempts } = piece;
		let ending: Ending | undefined;
		try {
			const answer = exchange(this.request(batch), ticket, way, attempts);
			void this.makeAhead();
			ending = await answer;
			this.deliver(batch, piece, ending);
		} catch (error) {
			// Wrong on our own side, such as a credential that must be reconnected: the same for every request.
			const refusal = ownFault(error);
			this.halted ??= refusedBefore(refusal);
			// What the Market accepted stays accepted; what became of the rest of an answered request is unknown.
			const open = batch.positions.filter((position) => this.outcomes[position] === undefined);
			const applied = ending !== undefined || attempts.faults > 0 ? 'unknown' : 'no';
			if (open.length > 0) this.settle(open, { status: 'failed', refusal, applied });
		} finally {
			work.done();
		}
	}

	/** Makes the body of a request to come while others are under way. */
	private async makeAhead(): Promise<void> {
		const { maxItems, parallel } = this.job.method.apiMethod;
		await this.ports.clock.sleep(WRITTEN_MS);
		const next = this.work.nextFresh;
		if (!next || this.isOver) return;
		const most = Math.min(maxItems, this.work.nextLength);
		try {
			this.batches.makeOne(this.sourceOf(next, most), parallel);
		} catch {
			// It is made again when its turn comes, and what is wrong with it is said then.
		}
	}

	private sourceOf({ positions: queue, from }: Piece, most: number): BatchSource<R> {
		return { queue, from, method: this.method, stamp: this.job.stamp.text, most };
	}

	private request({ body, positions }: Batch) {
		const { method, targetId } = this.job;
		return requestTo(method.apiMethod, targetId, {}, body, positions.length);
	}

	/** Gives the batch's records their outcomes, or returns them to the work list in pieces. */
	private deliver(batch: Batch, piece: Piece, ending: Ending): void {
		const { positions } = batch;
		const { attempts } = piece;
		switch (ending.kind) {
			case 'cancelled':
				if (attempts.faults === 0) return this.leave(positions, this.end, attempts);
				return this.settle(positions, {
					status: 'failed',
					refusal: isTimeUp(this.ports.signal) ? OUT_OF_TIME : IN_FLIGHT,
					applied: 'unknown',
				});
			case 'tooBig':
				return this.work.add([positions], piece);
			case 'tooLate':
			case 'noPlace':
				return this.leave(positions, this.halt(ending), attempts);
			case 'answered':
				return this.conclude(batch, piece, ending);
		}
	}

	/** Ends the run if waiting would take longer than it may, and says why. */
	private halt(end: { kind: 'tooLate'; waitMs: number } | { kind: 'noPlace' }): Unsent {
		const unsent = end.kind === 'noPlace' ? NO_PLACE : tooLate(end.waitMs, this.ports.clock);
		this.halted ??= unsent;
		return unsent;
	}

	/** Acts on an answer, after all attempts. */
	private conclude(batch: Batch, piece: Piece, { answer, verdict }: Judged): void {
		const { method, targetId } = this.job;
		const { positions } = batch;
		this.unanswered =
			verdict.kind === 'fault' || verdict.kind === 'tooLarge' ? this.unanswered + 1 : 0;
		if (verdict.kind === 'success') {
			this.accepted += positions.length;
			this.work.accepted(piece, positions.length);
			return this.settle(positions, { status: 'accepted', stamp: batch.stamp });
		}
		if (verdict.kind === 'tooLarge' && positions.length > 1) return this.cut(batch, piece);
		if (verdict.kind === 'badRequest' && this.isSearched(answer as MarketReply, batch, piece))
			return;
		const refusal = explain(answer, method.apiMethod, targetId);
		const isOver = this.unanswered === 0 || this.unanswered >= method.apiMethod.parallel;
		if (isOver) this.halted ??= refusedBefore(refusal);
		this.work.acquit(piece.set);
		this.fail(positions, refusal, piece.attempts);
	}

	/** Sends the batch again in smaller requests, and makes no larger ones from now on. */
	private cut({ positions, body }: Batch, piece: Piece): void {
		const maxBodyBytes = Math.min(
			this.method.apiMethod.maxBodyBytes,
			Math.floor(utf8Length(body) / 2),
		);
		this.method = { ...this.method, apiMethod: { ...this.method.apiMethod, maxBodyBytes } };
		this.unanswered = 0;
		this.work.add([positions], piece);
	}

	/** Sends a refused batch again, with another stamp or in pieces, unless the request as a whole is refused. */
	private isSearched(reply: MarketReply, batch: Batch, piece: Piece): boolean {
		const { records } = this.job;
		const wordings = readRefusal(reply, batch.positions, (position) => records[position] as R);
		if (this.blamesStamp(wordings, batch) && this.isStampMended(batch.stamp, marketTime(reply))) {
			this.work.add([batch.positions], piece);
			return true;
		}
		if (wordings.some(concernsWholeRequest)) return false;
		this.isolate(reply, batch, piece);
		return true;
	}

	/** Whether the refused stamp will be accepted a little later, or there is another one to try. */
	private isStampMended(refusedText: string, marketMs: number): boolean {
		const { stamp } = this.job;
		const untilMs = stamp.waitUntil(refusedText, marketMs, this.ports.clock.now());
		if (untilMs !== undefined && untilMs <= this.limits.lastStartMs) {
			this.notBeforeMs = untilMs;
			return true;
		}
		if (!stamp.correct(refusedText, marketMs)) return false;
		if (stamp.isAgainstMarketClock) this.way.lane.disproveClock();
		return true;
	}

	/** Removes the records to blame from a refused batch, and returns the rest to the work list. */
	private isolate(answer: MarketReply, { positions }: Batch, piece: Piece): void {
		const { method, targetId, records } = this.job;
		const { apiMethod } = method;
		const subjectOf = (position: number) => records[position] as R;
		const { refused, isNamed, pieces } = isolate(answer, positions, subjectOf, piece.isFresh);
		for (const [position, messages] of refused) {
			this.fail([position], explain(answer, apiMethod, targetId, messages), piece.attempts);
		}
		if (isNamed) {
			this.work.acquit(piece.set);
			this.work.add(pieces, { isFresh: false, attempts: piece.attempts });
		} else {
			this.work.refused(piece, positions);
		}
		const batch = {
			refusal: explain(answer, apiMethod, targetId),
			isNamed,
			isAlone: positions.length === 1,
			isAnyAccepted: this.accepted > 0,
		};
		const cost = apiMethod.quota.unit === 'items' ? positions.length : 1;
		const end = this.search.refused(batch, cost, records.length - this.settled);
		if (end) this.halted ??= end;
	}

	/** Whether the Market rejected the moment of a record that carries our own stamp: then our clock is off. */
	private blamesStamp(wordings: readonly Wording[], { positions }: Batch): boolean {
		const blamed = new Set(wordings.filter(concernsMoment).map(({ sku }) => sku));
		return positions.some((position) => {
			const { sku, updatedAt } = this.job.records[position] as R;
			return updatedAt === undefined && blamed.has(sku);
		});
	}

	/** Records that are not sent, or not sent again. */
	private leave(positions: readonly number[], unsent: Unsent, { faults }: Attempts): void {
		const isLost = faults > 0;
		this.settle(positions, {
			status: 'failed',
			refusal: notSent(unsent, isLost),
			applied: isLost ? 'unknown' : 'no',
		});
	}

	/** Records that are refused, or whose answer was lost for good. */
	private fail(positions: readonly number[], refusal: Refusal, { faults }: Attempts): void {
		const isLost = faults > 0;
		const told = isLost ? mayBeHeld(refusal) : refusal;
		this.settle(positions, { status: 'failed', refusal: told, applied: isLost ? 'unknown' : 'no' });
	}

	private settle(positions: readonly number[], outcome: Outcome): void {
		for (const position of positions) this.outcomes[position] = outcome;
		this.settled += positions.length;
		this.job.onProgress?.(this.settled, this.accepted);
	}
}
