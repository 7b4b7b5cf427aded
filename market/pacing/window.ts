import type { MarketFault, MarketReply } from '../wire/ports';
import { usesQuota } from '../wire/verdict';

/** A request whose cost has been set aside. */
export interface Booking {
	cost: number;
	/** Our clock when it went out. */
	sentMs: number;
	/** End of the window in which it was booked, by the Market's clock. */
	windowEndMs: number;
}

/** A request whose reply was lost: the Market may have counted it. */
interface Lost {
	cost: number;
	/** Our clock when it was given up. */
	endedMs: number;
}

/** What the Market's clock, as known here, may be behind it. */
const TOLERANCE_MS = 2_000;

/**
 * What may still be used of one quota: planned by what we have sent ourselves, corrected by what each reply says,
 * because other programs may use the same quota. Windows are fixed and aligned to the Market's clock.
 * Source: X-RateLimit-Resource headers in the Market's documentation; 2xx and 4xx count, 5xx and 420 do not.
 */
export class QuotaWindow {
	/** End of the present window, by the Market's clock. */
	private endMs = 0;
	/** Whether a reply has told this end. */
	private isEndTold = false;
	/** Booked in this window, what is under way included. */
	private ours = 0;
	/** Used by everybody in this window, as far as a reply has told. */
	private told = 0;
	private underWay = 0;
	private lost: Lost[] = [];

	/**
	 * @param amount amount of one window, until a reply tells otherwise: a number from 1
	 * @param windowMs length of a window, in milliseconds
	 * @throws RangeError where it is none: with such an amount everything would wait for ever
	 */
	constructor(
		private amount: number,
		readonly windowMs: number,
	) {
		if (!isAmount(amount))
			throw new RangeError(`A quota's amount is a number from 1, not ${amount}`);
	}

	/** The amount of one window. */
	get limit(): number {
		return this.amount;
	}

	/** Whether a reply is awaited, which may tell more. */
	get isAwaitingReplies(): boolean {
		return this.underWay > 0;
	}

	/** What may be booked now without overdrawing the window, whatever the Market has counted so far. */
	free(marketMs: number): number {
		this.turn(marketMs);
		const lost = this.lost.reduce((sum, { cost }) => sum + cost, 0);
		return Math.max(0, this.amount - Math.max(this.ours, this.told + this.underWay) - lost);
	}

	/** How long the present window still lasts, in milliseconds. */
	remainingMs(marketMs: number): number {
		this.turn(marketMs);
		return this.endMs - marketMs;
	}

	/** Sets a request's cost aside. */
	book(cost: number, sentMs: number, marketMs: number): Booking {
		this.turn(marketMs);
		this.ours += cost;
		this.underWay += cost;
		return { cost, sentMs, windowEndMs: this.endMs };
	}

	/**
	 * Learns from the request's end.
	 *
	 * @param nowMs our clock
	 * @param marketMs the Market's clock
	 */
	settle(
		booking: Booking,
		answer: MarketReply | MarketFault,
		nowMs: number,
		marketMs: number,
	): void {
		this.underWay -= booking.cost;
		const isLost = answer.kind === 'fault';
		if (isLost || !usesQuota(answer)) this.release(booking);
		if (isLost) this.lost.push({ cost: booking.cost, endedMs: nowMs });
		else this.learn(booking, answer, marketMs);
	}

	private release({ cost }: Booking): void {
		this.ours = Math.max(this.underWay, this.ours - cost);
	}

	private learn(booking: Booking, { headers }: MarketReply, marketMs: number): void {
		const untilMs = this.endOf(Date.parse(headers['x-ratelimit-resource-until'] ?? ''), marketMs);
		const limit = Number(headers['x-ratelimit-resource-limit'] ?? NaN);
		const remaining = Number(headers['x-ratelimit-resource-remaining'] ?? NaN);
		if (Number.isNaN(untilMs) || !Number.isFinite(remaining) || !isAmount(limit)) return;
		// Told of a window that we thought had not begun; or ours has not, because our clock was ahead until now.
		const isOursToCome = marketMs < this.endMs - this.windowMs;
		if (untilMs > this.endMs || (untilMs < this.endMs && isOursToCome)) this.begin(untilMs);
		if (untilMs < this.endMs) return this.release(booking);
		this.isEndTold = true;
		this.amount = limit;
		this.told = Math.max(this.told, limit - remaining);
		// Whatever was lost before this request went out is in the figure by now, or never will be.
		this.lost = this.lost.filter(({ endedMs }) => endedMs > booking.sentMs);
	}

	/** Whether a window can end then: one that is under way at this moment of the Market's clock. */
	canEnd(toldMs: number, marketMs: number): boolean {
		return toldMs <= marketMs + this.windowMs + TOLERANCE_MS;
	}

	/** The told end of the window; our own where none can end then. */
	private endOf(toldMs: number, marketMs: number): number {
		if (Number.isNaN(toldMs) || this.canEnd(toldMs, marketMs)) return toldMs;
		this.turn(marketMs);
		return this.endMs;
	}

	private turn(marketMs: number): void {
		const endMs = (Math.floor(marketMs / this.windowMs) + 1) * this.windowMs;
		if (marketMs >= this.endMs) this.begin(endMs);
		// Our clock was ahead of the Market's, as we know by now: it was an earlier window all along.
		else if (!this.isEndTold) this.endMs = endMs;
	}

	private begin(endMs: number): void {
		this.endMs = endMs;
		this.isEndTold = false;
		// What is under way may be counted in either window: reckon with it in this one.
		this.ours = this.underWay;
		this.told = 0;
		this.lost = [];
	}
}

/** Whether a quota can be of so much: what is shared by all runs must never be reckoned with anything else. */
function isAmount(amount: unknown): amount is number {
	return Number.isFinite(amount) && (amount as number) >= 1;
}
