import { MAX_UPDATED_AT_AGE_MS } from './bounds';

/** While nothing is known of the Market's clock, our own stamp lies this far in the past, should ours be a little ahead. */
const MARGIN_MS = 1_000;

/** How often one run may set its stamp by the Market's clock before it gives up. */
const MAX_CORRECTIONS = 3;

/** Two clocks that are further apart are not both right. */
const CONTRADICTION_MS = 10_000;

/** A clock that has gone back by no more than this is none that was set back: runs are that close to each other. */
const NOTABLE_MS = 1_000;

/** So many stamps are remembered at most: one refused may concern no more than the runs of a moment. */
const MAX_REMEMBERED = 100;

/** The stamps that one process has given to the runs that write to one Market. No two are alike, and none goes back. */
export class StampLog {
	/** The latest ones, in milliseconds since 1970, in their order. */
	private issued: number[] = [];

	/** The wanted stamp, or the one next to the last where that is later, in milliseconds since 1970. */
	issue(wantedMs: number): number {
		const ms = Math.max(wantedMs, (this.issued.at(-1) ?? -Infinity) + 1);
		this.issued = [...this.issued.slice(1 - MAX_REMEMBERED), ms];
		return ms;
	}

	/** Takes back the stamps after a moment, because they prove to be in the future: the Market takes none of them. */
	withdrawAfter(presentMs: number): void {
		this.issued = this.issued.filter((ms) => ms <= presentMs);
	}
}

/**
 * The one `updatedAt` of a run, for records that bring no moment of their own: the run's start by the Market's clock, as
 * far as that is known, and otherwise by ours less a margin. One stamp for all requests means that a late retry never
 * overtakes a newer run.
 */
export class RunStamp {
	private ms: number;
	/** The same, whatever other runs have. */
	private wantedMs: number;
	private corrections = 0;
	private isAligned = false;
	private raisedMs = 0;
	/** Whether the Market's clock has made the stamp. */
	private isOfMarket = false;
	/** Whether the stamp by our own clock has been refused. */
	private isOursRefused = false;
	private isMarketWrong = false;

	private log = new StampLog();

	private constructor(private readonly startMs: number) {
		this.ms = startMs - MARGIN_MS;
		this.wantedMs = this.ms;
	}

	/** @param startMs the run's start, in milliseconds since 1970 */
	static ofRun(startMs: number): RunStamp {
		return new RunStamp(startMs);
	}

	/**
	 * Tells the run's start by the Market's clock, where that is known: as late as is certain not to be in its future, so
	 * that it is no older than what another program has just sent. Never before the last stamp of this process, nor the
	 * same. Once only: a run has one stamp.
	 *
	 * @param offset bounds of what the Market's clock is ahead of ours, in milliseconds
	 * @param log the stamps of this process
	 */
	align({ least }: { least: number }, log: StampLog): void {
		if (this.isAligned) return;
		this.isAligned = true;
		this.log = log;
		this.isOfMarket = least !== -Infinity;
		this.take(this.isOfMarket ? this.startMs + least : this.startMs - MARGIN_MS);
	}

	/** How far the clock has gone back behind the last stamp of this process, in milliseconds; 0 where that is not notable. */
	get setBackMs(): number {
		return this.raisedMs > NOTABLE_MS ? this.raisedMs : 0;
	}

	/** Whether the Market has refused what its own clock had made, and the stamp is by ours since. */
	get isAgainstMarketClock(): boolean {
		return this.isMarketWrong;
	}

	/** Whether the Market will take the stamp for half a day yet. */
	isYoung(nowMs: number): boolean {
		return nowMs - this.ms < MAX_UPDATED_AT_AGE_MS / 2;
	}

	/** The stamp as the Market wants it: ISO 8601 in UTC. */
	get text(): string {
		return new Date(this.ms).toISOString();
	}

	/**
	 * Sets the stamp anew, after the Market called it wrong: by the Market's own clock, or by ours where the Market has
	 * refused what its own clock had made.
	 *
	 * @param refusedText the stamp that was refused: where another request has already corrected it, that stands
	 * @param marketMs the reply's Date, in milliseconds since 1970
	 * @returns whether there is another stamp to try
	 */
	correct(refusedText: string, marketMs: number): boolean {
		if (refusedText !== this.text) return true;
		// Raised above what was wanted: it is the stamps before it that are in the future, and no clock is disproved.
		if (this.ms > this.wantedMs) return this.lower(marketMs);
		const oursMs = this.startMs - MARGIN_MS;
		if (!this.isOfMarket) this.isOursRefused = true;
		const isOurs = !this.isOursRefused && Math.abs(oursMs - this.wantedMs) > CONTRADICTION_MS;
		if (!isOurs && (Number.isNaN(marketMs) || this.corrections >= MAX_CORRECTIONS)) return false;
		if (!isOurs) this.corrections += 1;
		this.isOfMarket = !isOurs;
		this.isMarketWrong = isOurs;
		this.log.withdrawAfter(Math.min(isOurs ? this.startMs : marketMs, this.ms - 1));
		this.take(isOurs ? oursMs : marketMs - MARGIN_MS * this.corrections);
		return refusedText !== this.text;
	}

	/** Takes what was wanted, now that later stamps have proved to be in the Market's future. */
	private lower(marketMs: number): boolean {
		const refusedMs = this.ms;
		this.log.withdrawAfter(Math.min(Number.isNaN(marketMs) ? Infinity : marketMs, refusedMs - 1));
		this.take(this.wantedMs);
		return this.ms !== refusedMs;
	}

	private take(wantedMs: number): void {
		this.wantedMs = wantedMs;
		this.ms = this.log.issue(wantedMs);
		this.raisedMs = Math.max(this.raisedMs, this.ms - wantedMs);
	}
}
