import { takeBatch, type Batch } from '../batching';
import { whenAborted } from '../cancel';
import { explain, marketMessages } from '../explain';
import type { WriteMethod } from '../methods';
import type { Subscription } from '../operations';
import { marketTime } from '../pacing/serverClock';
import { requestTo } from '../paths';
import type { MarketFault, MarketReply, Ports } from '../ports';
import type { Refusal } from '../refusal';
import type { RunStamp } from '../runStamp';
import { exchange, noStats, type Ending, type Way } from './exchange';
import { concernsWholeRequest, isolate, type Subject } from './isolation';
import type { Outcome, SendReport } from './outcome';
import { IN_FLIGHT, notSent, ownFault, refusedBefore, STOPPED, tooLate, type Unsent } from './refusals';
import { isBadRequest, isFault, isSuccess, MAX_FAULT_RETRIES, type Attempts } from './retry';
import { WorkList, type Piece } from './workList';

/** What the sender needs to know of a record: what it is for, and whether it brings a moment of its own. */
interface SentRecord extends Subject {
	updatedAt?: string;
}

/** Records for one store or cabinet, each valid and none twice, to be written by one method. */
export interface SendJob<R> {
	method: WriteMethod<R>;
	/** Campaign ID or business ID, as the method wants it. Digits. */
	targetId: string;
	records: readonly R[];
	stamp: RunStamp;
	subscription: Subscription;
	/** Our time after which no quota is waited for, in milliseconds since 1970; Infinity where there is none. */
	deadlineMs: number;
	/** Told before the quota is waited for, with the milliseconds. */
	onWait?(waitMs: number): void;
	/** Told after each request, with the number of records that have an outcome. */
	onProgress?(settled: number): void;
}

/** The Market's words for a moment that it does not take [docs, updateStocks]. */
const WRONG_MOMENT = /Stock for '(.*?)' should not be (?:in the future|older than a day)/;

/** So many single records refused while nothing at all was accepted: the Market refuses the request, not the items. */
const REFUSED_SINGLES_THAT_PROVE = 8;

/** Where no more than this are left, each is tried: that costs less than the loss of a good one. */
const FEW = 50;

/**
 * Sends the records of one store or cabinet in full requests, as many at once as the Market allows and as fast as its quota
 * lasts, and tells what became of each. Never rejects: whatever happens, every record has an outcome. Bodies are
 * made when they are needed and released when they are sent.
 */
export async function sendRecords<R extends SentRecord>(job: SendJob<R>, ports: Ports): Promise<SendReport> {
	return await new SendRun(job, ports).run();
}

class SendRun<R extends SentRecord> {
	private readonly outcomes: Outcome[];
	private readonly work: WorkList;
	private readonly way: Way;
	private settled = 0;
	private accepted = 0;
	private refusedSingles = 0;
	private isProbed = false;
	/** Requests in a row that the Market would not answer, all their tries used up. */
	private unanswered = 0;
	/** Set when no other request can fare better: the store or the credential is refused, or time is up. */
	private halted: Unsent | undefined;

	constructor(
		private readonly job: SendJob<R>,
		private readonly ports: Ports,
	) {
		const { records, method, targetId, subscription, deadlineMs } = job;
		this.outcomes = new Array<Outcome>(records.length);
		this.work = new WorkList(records.length);
		const lane = ports.laneOf(method.operation, targetId, subscription);
		const canCut = method.operation.quota.unit === 'items';
		this.way = { lane, ports, stats: noStats(), deadlineMs, mostRetries: MAX_FAULT_RETRIES, canCut };
	}

	async run(): Promise<SendReport> {
		this.job.stamp.align(this.way.lane.clockOffset, this.way.lane.stamps);
		await Promise.all(Array.from({ length: this.job.method.operation.parallel }, async () => await this.worker()));
		for (const { positions, from, attempts } of this.work.takeAll()) {
			this.fail(positions.slice(from), notSent(this.halted ?? STOPPED, attempts.faults > 0), attempts);
		}
		return { outcomes: this.outcomes, stats: this.way.stats };
	}

	private get isOver(): boolean {
		return this.halted !== undefined || this.ports.signal.aborted;
	}

	private async worker(): Promise<void> {
		while (!this.isOver) {
			if (!this.work.isEmpty) await this.sendNext();
			// Another worker's batch may be refused and come back in pieces.
			else if (this.work.isUnderWay) await Promise.race([this.work.nextChange(), whenAborted(this.ports.signal)]);
			else return;
		}
	}

	private async sendNext(): Promise<void> {
		const { job, ports, way, work } = this;
		const { maxItems, quota } = job.method.operation;
		const countsItems = quota.unit === 'items';
		let piece: Piece | undefined;
		let batch: Batch | undefined;
		const ticket = await way.lane.enter(
			{
				wanted: countsItems ? Math.min(maxItems, work.nextLength) : 1,
				least: 1,
				isOver: () => this.isOver || work.isEmpty,
				take: (free) => {
					piece = work.take();
					const most = countsItems ? free : maxItems;
					try {
						batch = takeBatch(job.records, piece.positions, piece.from, job.method, job.stamp.text, most);
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
				onWait: job.onWait,
			},
			ports,
		);
		way.stats.waitedMs += ticket.waitedMs;
		if (!('booking' in ticket)) {
			if (ticket.kind === 'tooLate') this.halted ??= tooLate(ticket.waitMs, ports.clock.now());
			return;
		}
		if (!batch || !piece) return;
		const { attempts } = piece;
		let ending: Ending | undefined;
		try {
			ending = await exchange(this.request(batch), ticket, way, attempts);
			this.deliver(batch, piece, ending);
		} catch (error) {
			// Wrong on our own side, such as a credential that must be connected again: the same for every request.
			const refusal = ownFault(error);
			this.halted ??= refusedBefore(refusal);
			// What the Market has accepted stays so; of the rest of an answered request it is not known.
			const open = batch.positions.filter((position) => this.outcomes[position] === undefined);
			const applied = ending !== undefined || attempts.faults > 0 ? 'unknown' : 'no';
			if (open.length > 0) this.settle(open, { status: 'failed', refusal, applied });
		} finally {
			work.done();
		}
	}

	private request({ body }: Batch) {
		const { method, targetId } = this.job;
		return requestTo(method.operation, targetId, {}, body);
	}

	/** Gives the batch's records their outcomes, or its pieces back to the work list. */
	private deliver(batch: Batch, piece: Piece, ending: Ending): void {
		const { job, ports, work } = this;
		const { positions } = batch;
		const { attempts } = piece;
		if (ending.kind === 'cancelled') {
			return this.fail(positions, attempts.faults > 0 ? IN_FLIGHT : notSent(STOPPED, false), attempts);
		}
		if (ending.kind === 'tooBig') return work.add([positions], piece);
		if (ending.kind === 'tooLate') {
			const unsent = tooLate(ending.waitMs, ports.clock.now());
			this.halted ??= unsent;
			return this.fail(positions, notSent(unsent, attempts.faults > 0), attempts);
		}
		const { answer } = ending;
		this.unanswered = isFault(answer) ? this.unanswered + 1 : 0;
		if (isSuccess(answer)) {
			this.accepted += positions.length;
			return this.settle(positions, { status: 'accepted', stamp: batch.stamp });
		}
		if (this.blamesStamp(answer, batch) && job.stamp.correct(batch.stamp, marketTime(answer))) {
			if (job.stamp.isAgainstMarketClock) this.way.lane.disproveClock();
			return work.add([positions], piece);
		}
		if (isBadRequest(answer) && !concernsWholeRequest(answer)) return this.isolate(answer, batch, piece);
		const refusal = explain(answer, job.method.operation, job.targetId);
		if (!isFault(answer) || this.unanswered >= job.method.operation.parallel) {
			this.halted ??= refusedBefore(refusal);
		}
		this.fail(positions, refusal, attempts);
	}

	/** Takes out of a refused batch what is to blame, and gives the rest back to the work list. */
	private isolate(answer: MarketReply, { positions }: Batch, piece: Piece): void {
		const { method, targetId, records } = this.job;
		const subjectOf = (position: number) => records[position] as R;
		const { refused, isNamed, pieces } = isolate(answer, positions, subjectOf, piece.isFresh);
		for (const [position, messages] of refused) {
			this.fail([position], explain(answer, method.operation, targetId, messages), piece.attempts);
		}
		this.work.add(pieces, { ...piece, isFresh: false });
		if (!isNamed && this.accepted === 0) this.doubtRequest(answer, positions.length === 1);
	}

	/** Where nothing at all is accepted, single records from all over tell whether the request itself is refused. */
	private doubtRequest(answer: MarketReply, isSingle: boolean): void {
		if (!this.isProbed) this.work.addProbes(REFUSED_SINGLES_THAT_PROVE);
		this.isProbed = true;
		if (isSingle) this.refusedSingles += 1;
		const left = this.job.records.length - this.settled;
		if (this.refusedSingles >= REFUSED_SINGLES_THAT_PROVE && left > FEW) {
			this.halted ??= refusedBefore(explain(answer, this.job.method.operation, this.job.targetId));
		}
	}

	/** Whether the Market found the moment wrong of a record that carries our own stamp: then our clock is off. */
	private blamesStamp(answer: MarketReply | MarketFault, { positions }: Batch): answer is MarketReply {
		if (!isBadRequest(answer)) return false;
		const blamed = new Set(marketMessages(answer).map((message) => WRONG_MOMENT.exec(message)?.[1]));
		return positions.some((position) => {
			const { sku, updatedAt } = this.job.records[position] as R;
			return updatedAt === undefined && blamed.has(sku);
		});
	}

	private fail(positions: readonly number[], refusal: Refusal, { faults }: Attempts): void {
		this.settle(positions, { status: 'failed', refusal, applied: faults > 0 ? 'unknown' : 'no' });
	}

	private settle(positions: readonly number[], outcome: Outcome): void {
		for (const position of positions) this.outcomes[position] = outcome;
		this.settled += positions.length;
		this.job.onProgress?.(this.settled);
	}
}
