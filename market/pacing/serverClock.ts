import type { MarketReply } from '../wire/ports';

/** The Market tells the time in whole seconds, rounded down. */
const DATE_RESOLUTION_MS = 1_000;

/** The Market's own servers may disagree with each other by this much. */
const TOLERANCE_MS = 5_000;

/** The Market's own time of a reply, in milliseconds since 1970; NaN if the reply does not tell. */
export function marketTime(reply: MarketReply): number {
	return Date.parse(reply.headers['date'] ?? '');
}

/**
 * The Market's clock as seen from here. Each reply says that its Date was true at some moment between sending and
 * receiving; together they narrow down how far off our clock is.
 */
export class ServerClock {
	private least = -Infinity;
	private most = Infinity;
	private isDisproved = false;

	/** How far the Market's clock is ahead of ours, at least and at most, in milliseconds; infinite before any reply. */
	get offset(): { least: number; most: number } {
		return { least: this.least, most: this.most };
	}

	/**
	 * Learns from a reply.
	 *
	 * @param sentMs our time when the request went out
	 * @param receivedMs our time when the reply arrived
	 * @param windowMs length of the quota's windows, whose end the reply may tell
	 */
	learn(reply: MarketReply, sentMs: number, receivedMs: number, windowMs = Infinity): void {
		const date = marketTime(reply);
		if (Number.isNaN(date) || contradictsQuota(reply, date, windowMs)) return;
		const least = date - receivedMs;
		const most = date + DATE_RESOLUTION_MS - sentMs;
		if (this.isDisproved && (least > TOLERANCE_MS || most < -TOLERANCE_MS)) return;
		this.isDisproved = false;
		// A clock that was reset in the meantime contradicts what we learnt before.
		const isContradiction = least > this.most || most < this.least;
		this.least = isContradiction ? least : Math.max(this.least, least);
		this.most = isContradiction ? most : Math.min(this.most, most);
	}

	/**
	 * The Market has refused a time derived from this clock: what the replies tell is not its real time. Our own clock
	 * counts again, until a reply agrees with it.
	 */
	disprove(): void {
		this.isDisproved = true;
		this.least = -Infinity;
		this.most = Infinity;
	}

	/**
	 * The Market's time at our time, in milliseconds since 1970. Never later than it really is, so a window that is over
	 * by this clock is over for the Market. Our own time until the first reply.
	 */
	at(nowMs: number): number {
		return this.least === -Infinity ? nowMs : nowMs + this.least;
	}
}

/** Whether a reply's Date lies outside the quota window in which, by the same reply, it was made. */
function contradictsQuota({ headers }: MarketReply, date: number, windowMs: number): boolean {
	const untilMs = Date.parse(headers['x-ratelimit-resource-until'] ?? '');
	return date > untilMs + TOLERANCE_MS || date < untilMs - windowMs - TOLERANCE_MS;
}
