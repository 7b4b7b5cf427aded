import type { MarketReply } from '../wire/ports';

/** The Market tells the time in whole seconds, cut off. */
const DATE_RESOLUTION_MS = 1_000;

/** The Market's servers need not agree any better with each other. */
const TOLERANCE_MS = 5_000;

/** The Market's own time of a reply, in milliseconds since 1970; NaN where it is not told. */
export function marketTime(reply: MarketReply): number {
	return Date.parse(reply.headers['date'] ?? '');
}

/**
 * The Market's clock as seen from here. Each reply says that its Date was true at some moment between sending and
 * receiving; all of them together narrow down how far our clock is off.
 */
export class ServerClock {
	private least = -Infinity;
	private most = Infinity;
	private isDisproved = false;

	/** Bounds of what the Market's clock is ahead of ours, in milliseconds; infinite until the first reply. */
	get offset(): { least: number; most: number } {
		return { least: this.least, most: this.most };
	}

	/**
	 * Learns from a reply.
	 *
	 * @param sentMs our clock when the request went out
	 * @param receivedMs our clock when the reply was there
	 * @param windowMs length of the quota's windows, of which the reply may tell the end
	 */
	learn(reply: MarketReply, sentMs: number, receivedMs: number, windowMs = Infinity): void {
		const date = marketTime(reply);
		if (Number.isNaN(date) || contradictsQuota(reply, date, windowMs)) return;
		const least = date - receivedMs;
		const most = date + DATE_RESOLUTION_MS - sentMs;
		if (this.isDisproved && (least > TOLERANCE_MS || most < -TOLERANCE_MS)) return;
		this.isDisproved = false;
		// A clock that was set anew in the meantime contradicts what was learnt before.
		const isContradiction = least > this.most || most < this.least;
		this.least = isContradiction ? least : Math.max(this.least, least);
		this.most = isContradiction ? most : Math.min(this.most, most);
	}

	/**
	 * The Market has refused a moment that was made by this clock: what the replies tell is not its time. Ours counts again,
	 * until a reply agrees with it.
	 */
	disprove(): void {
		this.isDisproved = true;
		this.least = -Infinity;
		this.most = Infinity;
	}

	/**
	 * The Market's time at our time, in milliseconds since 1970: never later than it really is, so that a window
	 * that is over by this clock is over for the Market. Our own time until the first reply.
	 */
	at(nowMs: number): number {
		return this.least === -Infinity ? nowMs : nowMs + this.least;
	}
}

/** Whether a reply's Date is outside of the quota's window in which the same reply says that it was made. */
function contradictsQuota({ headers }: MarketReply, date: number, windowMs: number): boolean {
	const untilMs = Date.parse(headers['x-ratelimit-resource-until'] ?? '');
	return date > untilMs + TOLERANCE_MS || date < untilMs - windowMs - TOLERANCE_MS;
}
