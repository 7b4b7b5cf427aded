import type { MarketFault, MarketReply, Ports } from '../wire/ports';
import type { StampLog } from '../records/runStamp';
import { isOwnReply } from '../wire/ownReply';
import { limitHit, usesQuota } from '../wire/verdict';
import type { ServerClock } from './serverClock';
import { Slots } from './slots';
import type { Booking, QuotaWindow } from './window';

/** Permission to send one request now. Must be settled exactly once, whatever becomes of the request. */
export interface Ticket {
	booking: Booking;
	/** Milliseconds it waited for the quota, or paused after a 420. */
	waitedMs: number;
}

/** No ticket, and why. */
export type NoTicket = Denial & Pick<Ticket, 'waitedMs'>;

type Denial =
	| { kind: 'cancelled' }
	/** The quota is used up for longer than the run may wait. */
	| { kind: 'tooLate'; waitMs: number }
	/** Others hold all slots for longer than the run may pause. */
	| { kind: 'noPlace' }
	/** Nothing was taken: there is nothing left to send. */
	| { kind: 'nothing' };

/** What a caller asks for. */
export interface Demand {
	/** The most it can use now. */
	wanted: number;
	/** The least it can use; if the quota has less left, it waits for the next window. */
	least: number;
	/** Takes as much of what is free as it can use, and returns how much. */
	take(free: number): number;
	/** Whether nothing is left to send. */
	isOver(): boolean;
	/** Our time after which no quota is waited for, in milliseconds since 1970; Infinity if there is no limit. */
	deadlineMs: number;
	/** Our time until which it may still pause after a 420: that is short, and not a wait for a quota. */
	pauseDeadlineMs: number;
	/** Called before a wait for the quota. */
	onWait?(waitMs: number): void;
}

/** What a demand has to wait for, as far as we know now. */
interface Wait {
	/** 0 or less if it need not wait. */
	ms: number;
	isForQuota: boolean;
	/** Whether a reply is awaited that may report more quota. */
	mayEndSooner: boolean;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * The way to one method of one store, shared by everything in this process that uses it: keeps the quota, the
 * number of concurrent requests, and the order of those who wait.
 */
export class Lane {
	/** Only one at a time looks at the quota, in order of arrival. */
	private readonly desk = new Slots(1);
	/** Those waiting for the desk. Each checks whether it still makes sense to wait. */
	private readonly queue = new Set<() => void>();
	private readonly whenSettled = new Set<() => void>();
	private limitHits = 0;
	private usedAtMs = -Infinity;
	private resumeAtMs = 0;

	/**
	 * @param slots the store's, shared by all its methods
	 * @param clock the Market's, shared by all lanes to it
	 * @param stamps what this process has stamped there, shared likewise
	 */
	constructor(
		private readonly window: QuotaWindow,
		private readonly slots: Slots,
		private readonly clock: ServerClock,
		readonly stamps: StampLog,
	) {}

	/** The amount of one window, as far as we know. */
	get limit(): number {
		return this.window.limit;
	}

	/** Whether this much can be used now, as far as we know. */
	hasRoom(cost: number, nowMs: number): boolean {
		return this.window.free(this.clock.at(nowMs)) >= cost;
	}

	/** Whether a reply gives a credible time at which the quota is back: such a time is worth waiting for. */
	tellsEnd({ headers }: MarketReply, nowMs: number): boolean {
		return this.window.canEnd(
			Date.parse(headers['x-ratelimit-resource-until'] ?? ''),
			this.clock.at(nowMs),
		);
	}

	/** When the lane was last asked or answered, by our clock. */
	get lastUseMs(): number {
		return this.usedAtMs;
	}

	/** How far the Market's clock is ahead of ours, at least and at most, in milliseconds. */
	get clockOffset(): { least: number; most: number } {
		return this.clock.offset;
	}

	/** The Market has refused a time derived from its clock as we know it. */
	disproveClock(): void {
		this.clock.disprove();
	}

	/** Waits for the quota and for a slot, takes what it can use, and books it. */
	async enter(demand: Demand, ports: Ports): Promise<Ticket | NoTicket> {
		this.usedAtMs = ports.clock.now();
		const denial = await this.comeToDesk(demand, ports);
		if (denial) return { ...denial, waitedMs: 0 };
		let waitedMs = 0;
		try {
			for (;;) {
				const end = await this.awaitQuota(demand, ports);
				waitedMs += end.waitedMs;
				if (end.denial) return { ...end.denial, waitedMs };
				if (!(await this.slots.enter(ports.signal))) return { kind: 'cancelled', waitedMs };
				const nowMs = ports.clock.now();
				const marketMs = this.clock.at(nowMs);
				// Meanwhile the run may have ended, or a reply may have said that others have used up the quota.
				const isReady = !this.denial(demand, ports) && this.waitOf(demand, nowMs).ms <= 0;
				const cost = isReady ? demand.take(this.window.free(marketMs)) : 0;
				if (cost > 0) return { booking: this.window.book(cost, nowMs, marketMs), waitedMs };
				this.slots.leave();
			}
		} finally {
			this.desk.leave();
		}
	}

	/** Ends a request: frees its slot and learns from its answer. */
	settle({ booking }: Ticket, answer: MarketReply | MarketFault | 'cancelled', ports: Ports): void {
		const nowMs = ports.clock.now();
		this.usedAtMs = nowMs;
		if (answer === 'cancelled') {
			this.window.settle(
				booking,
				{ kind: 'fault', message: 'cancelled' },
				nowMs,
				this.clock.at(nowMs),
			);
		} else {
			if (answer.kind === 'reply' && isOwnReply(answer)) {
				this.clock.learn(answer, booking.sentMs, nowMs, this.window.windowMs);
			}
			this.window.settle(booking, answer, nowMs, this.clock.at(nowMs));
			this.learnLimits(answer, ports);
		}
		this.slots.leave();
		for (const wake of this.whenSettled) wake();
		this.whenSettled.clear();
	}

	/** Waits for a turn at the desk, unless whoever stands there is prepared to wait longer than this demand may. */
	private async comeToDesk(demand: Demand, ports: Ports): Promise<Denial | undefined> {
		let denial = this.denial(demand, ports);
		if (denial) return denial;
		let look = () => {};
		const useless = new Promise<'useless'>((resolve) => {
			look = () => {
				denial = this.denial(demand, ports);
				if (denial) resolve('useless');
			};
		});
		this.queue.add(look);
		const isThere = await this.desk.enter(ports.signal, useless);
		this.queue.delete(look);
		return isThere ? undefined : (denial ?? { kind: 'cancelled' });
	}

	/** Waits until enough is free, or until waiting has become pointless. */
	private async awaitQuota(
		demand: Demand,
		ports: Ports,
	): Promise<{ waitedMs: number; denial?: Denial }> {
		let waitedMs = 0;
		for (;;) {
			const denial = this.denial(demand, ports);
			if (denial) return { waitedMs, denial };
			const nowMs = ports.clock.now();
			const { ms, isForQuota, mayEndSooner } = this.waitOf(demand, nowMs);
			if (ms <= 0) return { waitedMs };
			if (mayEndSooner) {
				await Promise.race([this.nextSettled(), ports.clock.sleep(ms)]);
				continue;
			}
			for (const look of this.queue) look();
			if (isForQuota) demand.onWait?.(ms);
			await ports.clock.sleep(ms);
			waitedMs += ports.clock.now() - nowMs;
		}
	}

	private denial(demand: Demand, ports: Ports): Denial | undefined {
		if (ports.signal.aborted) return { kind: 'cancelled' };
		if (demand.isOver()) return { kind: 'nothing' };
		const nowMs = ports.clock.now();
		const { ms, isForQuota, mayEndSooner } = this.waitOf(demand, nowMs);
		if (ms <= 0 || mayEndSooner || nowMs + ms <= demand.deadlineMs) return undefined;
		if (isForQuota) return { kind: 'tooLate', waitMs: ms };
		return nowMs + ms > demand.pauseDeadlineMs ? { kind: 'noPlace' } : undefined;
	}

	private waitOf(demand: Demand, nowMs: number): Wait {
		const marketMs = this.clock.at(nowMs);
		if (this.isEnough(this.window.free(marketMs), demand)) {
			return { ms: this.resumeAtMs - nowMs, isForQuota: false, mayEndSooner: false };
		}
		const ms = this.window.remainingMs(marketMs);
		return { ms, isForQuota: true, mayEndSooner: this.window.isAwaitingReplies };
	}

	/** While replies are awaited, more may turn out to be free, so crumbs of the quota are left for later. */
	private isEnough(free: number, { least, wanted }: Demand): boolean {
		return free >= Math.min(this.window.isAwaitingReplies ? wanted : least, this.window.limit);
	}

	/**
	 * After a 420 all users of this lane pause together, with jitter: our figures were wrong, and a burst of requests
	 * would only bring a burst of further 420s.
	 */
	private learnLimits(answer: MarketReply | MarketFault, ports: Ports): void {
		if (answer.kind === 'fault') return;
		const limit = limitHit(answer);
		if (limit) {
			if (limit === 'tooManyAtOnce') this.slots.tooMany();
			const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.limitHits++);
			this.resumeAtMs = Math.max(
				this.resumeAtMs,
				ports.clock.now() + pauseMs * (0.5 + ports.random() / 2),
			);
		} else if (usesQuota(answer)) {
			this.limitHits = 0;
			this.slots.wentThrough();
		}
	}

	private async nextSettled(): Promise<void> {
		await new Promise<void>((resolve) => this.whenSettled.add(resolve));
	}
}
