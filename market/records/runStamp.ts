import { MAX_UPDATED_AT_AGE_MS } from '../contract/bounds';

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

/** A stamp that a run has been given. */
interface Issued {
	/** The run's place in the order in which this process started its runs. */
	order: number;
	ms: number;
}

/**
 * The stamps that one process has given to the runs that write to one Market: in the order in which the runs started,
 * whichever of them comes to send first, and no two alike.
 */
export class StampLog {
	/** The latest ones, in the order of the runs. */
	private issued: Issued[] = [];

	/**
	 * The wanted stamp, or the nearest that is later than those of the runs before and earlier than those of the runs
	 * after, in milliseconds since 1970. Where there is no room between them, earlier than those after: newer runs win.
	 */
	issue(wantedMs: number, order: number): number {
		const others = this.issued.filter((one) => one.order !== order);
		const before = others.filter((one) => one.order < order).map((one) => one.ms);
		const after = others.filter((one) => one.order > order).map((one) => one.ms);
		const ms = Math.min(Math.max(wantedMs, Math.max(...before) + 1), Math.min(...after) - 1);
		this.issued = [...others, { order, ms }]
			.sort((a, b) => a.order - b.order)
			.slice(-MAX_REMEMBERED);
		return ms;
	}

	/** Takes back the stamps after a moment, because they prove to be in the future: the Market takes none of them. */
	withdrawAfter(presentMs: number): void {
		this.issued = this.issued.filter(({ ms }) => ms <= presentMs);
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

	private constructor(
		private readonly startMs: number,
		private readonly order: number,
	) {
		this.ms = startMs - MARGIN_MS;
		this.wantedMs = this.ms;
	}

	private static runs = 0;

	/** The next place in the order in which this process starts its runs: to be taken at a run's start. */
	static nextOrder(): number {
		return ++RunStamp.runs;
	}

	/**
	 * @param startMs the run's start, in milliseconds since 1970
	 * @param order its place in the order of starts: a clock that is set back tells another one
	 */
	static ofRun(startMs: number, order = RunStamp.nextOrder()): RunStamp {
		return new RunStamp(startMs, order);
	}

	/**
	 * Tells the run's start by the Market's clock where ours is surely off by more than the margin. Later than the stamps of this process's earlier runs, and
	 * earlier than those of its later ones. Once only: a run has one stamp.
	 *
	 * @param offset bounds of what the Market's clock is ahead of ours, in milliseconds
	 * @param log the stamps of this process
	 */
	align({ least }: { least: number }, log: StampLog): void {
		if (this.isAligned) return;
		this.isAligned = true;
		this.log = log;
		this.isOfMarket = least !== -Infinity;
		// Within the margin all processes of a machine stamp alike: by bounds of their own, a later run could be the older one.
		const shiftMs = least > 0 ? least : Math.min(0, least + MARGIN_MS);
		this.take(this.startMs - MARGIN_MS + (this.isOfMarket ? shiftMs : 0));
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
		this.log.withdrawAfter(Number.isNaN(marketMs) ? Infinity : marketMs);
		this.take(this.wantedMs);
		return this.ms !== refusedMs;
	}

	private take(wantedMs: number): void {
		this.wantedMs = wantedMs;
		this.ms = this.log.issue(wantedMs, this.order);
		this.raisedMs = Math.max(this.raisedMs, this.ms - wantedMs);
	}
}
