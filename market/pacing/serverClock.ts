import type { MarketReply } from '../ports';

/** The Market tells the time in whole seconds, cut off. */
const DATE_RESOLUTION_MS = 1_000;

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

	/** Bounds of what the Market's clock is ahead of ours, in milliseconds; infinite until the first reply. */
	get offset(): { least: number; most: number } {
		return { least: this.least, most: this.most };
	}

	/**
	 * Learns from a reply.
	 *
	 * @param sentMs our clock when the request went out
	 * @param receivedMs our clock when the reply was there
	 */
	learn(reply: MarketReply, sentMs: number, receivedMs: number): void {
		const date = marketTime(reply);
		if (Number.isNaN(date)) return;
		const least = date - receivedMs;
		const most = date + DATE_RESOLUTION_MS - sentMs;
		// A clock that was set anew in the meantime contradicts what was learnt before.
		const isContradiction = least > this.most || most < this.least;
		this.least = isContradiction ? least : Math.max(this.least, least);
		this.most = isContradiction ? most : Math.min(this.most, most);
	}

	/**
	 * The Market's time at our time, in milliseconds since 1970: never later than it really is, so that a window
	 * that is over by this clock is over for the Market. Our own time until the first reply.
	 */
	at(nowMs: number): number {
		return this.least === -Infinity ? nowMs : nowMs + this.least;
	}
}
