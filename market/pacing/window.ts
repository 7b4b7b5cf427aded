import type { MarketFault, MarketReply } from '../wire/ports';
import { usesQuota } from '../wire/verdict';

/** A request whose cost has been set aside. */
export interface Booking {
	cost: number;
	/** Our time when it went out. */
	sentMs: number;
	/** End of the window in which it was booked, by the Market's clock. */
	windowEndMs: number;
}

/** A request whose reply was lost: the Market may have counted it. */
interface Lost {
	cost: number;
	/** Our time when it was given up. */
	endedMs: number;
}

/** How far the Market's real clock may be ahead of what we know of it. */
const TOLERANCE_MS = 2_000;

/**
 * What is left of one quota: planned from what we have sent ourselves and corrected by what each reply says, because
 * other programs may use the same quota. Windows have a fixed length and are aligned to the Market's clock.
 * Source: X-RateLimit-Resource headers in the Market's documentation; 2xx and 4xx count, 5xx and 420 do not.
 */
export class QuotaWindow {
	/** End of the current window, by the Market's clock. */
	private endMs = 0;
	/** Whether a reply has confirmed this end. */
	private isEndTold = false;
	/** Booked in this window, including what is under way. */
	private ours = 0;
	/** Used by everybody in this window, as far as replies have told. */
	private told = 0;
	private underWay = 0;
	private lost: Lost[] = [];

	/**
	 * @param amount amount of one window, at least 1, until a reply says otherwise
	 * @param windowMs length of a window, in milliseconds
	 * @throws RangeError if it is not: with such an amount everything would wait forever
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

	/** Whether a reply is still awaited, which may say more. */
	get isAwaitingReplies(): boolean {
		return this.underWay > 0;
	}

	/** What may be booked now without overdrawing the window, whatever the Market has counted so far. */
	free(marketMs: number): number {
		this.turn(marketMs);
		const lost = this.lost.reduce((sum, { cost }) => sum + cost, 0);
		return Math.max(0, this.amount - Math.max(this.ours, this.told + this.underWay) - lost);
	}

	/** How long the current window lasts, in milliseconds. */
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
	 * Learns from how the request ended.
	 *
	 * @param nowMs our time
	 * @param marketMs the Market's time
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
		// The reply names a window that we thought had not begun; or ours has not begun, because our clock was ahead.
		const isOursToCome = marketMs < this.endMs - this.windowMs;
		if (untilMs > this.endMs || (untilMs < this.endMs && isOursToCome)) this.begin(untilMs);
		if (untilMs < this.endMs) return this.release(booking);
		this.isEndTold = true;
		this.amount = limit;
		this.told = Math.max(this.told, limit - remaining);
		// Whatever was lost before this request went out is in the figure by now, or never will be.
		this.lost = this.lost.filter(({ endedMs }) => endedMs > booking.sentMs);
	}

	/** Whether a window can end then: it must be under way at this moment of the Market's clock. */
	canEnd(toldMs: number, marketMs: number): boolean {
		return toldMs <= marketMs + this.windowMs + TOLERANCE_MS;
	}

	/** The window's end as the reply gives it, or our own if no window can end then. */
	private endOf(toldMs: number, marketMs: number): number {
		if (Number.isNaN(toldMs) || this.canEnd(toldMs, marketMs)) return toldMs;
		this.turn(marketMs);
		return this.endMs;
	}

	private turn(marketMs: number): void {
		const endMs = (Math.floor(marketMs / this.windowMs) + 1) * this.windowMs;
		if (marketMs >= this.endMs) this.begin(endMs);
		// Our clock ran ahead of the Market's, as we know by now: it was an earlier window all along.
		else if (!this.isEndTold) this.endMs = endMs;
	}

	private begin(endMs: number): void {
		this.endMs = endMs;
		this.isEndTold = false;
		// What is under way may be counted in either window: assume this one.
		this.ours = this.underWay;
		this.told = 0;
		this.lost = [];
	}
}

/** Whether a quota can have this amount. All runs share it, so nothing else must ever get in. */
function isAmount(amount: unknown): amount is number {
	return Number.isFinite(amount) && (amount as number) >= 1;
}
