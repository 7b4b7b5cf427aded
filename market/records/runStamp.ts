import { MAX_UPDATED_AT_AGE_MS } from '../contract/bounds';

/** While the Market's clock is unknown, our own stamp lies this far in the past, in case our clock is a little ahead. */
const MARGIN_MS = 1_000;

/** How many times one run may reset its stamp by the Market's clock before it gives up. */
const MAX_CORRECTIONS = 3;

/**
 * A stamp that is in the Market's future by no more than this is waited for. An older stamp would not do: a request that
 * carries this one may have been lost, and be carried out, or repeated, when the Market's clock has come up to it.
 */
const MAX_AHEAD_MS = 5_000;

/** How many times one run waits for the Market's clock before it takes the Market's word for the time. */
const MAX_WAITS = 3;

/** If two clocks are further apart than this, at least one of them is wrong. */
const CONTRADICTION_MS = 10_000;

/** A clock that goes back by no more than this was not set back: runs come that close together. */
const NOTABLE_MS = 1_000;

/** How many stamps are remembered at most: a refused one can only concern the runs of about the same moment. */
const MAX_REMEMBERED = 100;

/** A stamp that a run was given. */
interface Issued {
	/** The run's place in the order in which this process started its runs. */
	order: number;
	ms: number;
}

/**
 * The stamps that one process has given to the runs that write to one Market: in the order in which the runs started,
 * whichever sends first, and no two alike.
 */
export class StampLog {
	/** The latest ones, in the order of the runs. */
	private issued: Issued[] = [];

	/**
	 * The wanted stamp, or the nearest one later than those of earlier runs and earlier than those of later runs, in
	 * milliseconds since 1970. If there is no room between them, it comes before the later ones: newer runs win.
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

	/** Takes back the stamps after a moment, because they are in the future: the Market accepts none of them. */
	withdrawAfter(presentMs: number): void {
		this.issued = this.issued.filter(({ ms }) => ms <= presentMs);
	}
}

/**
 * The one `updatedAt` of a run, for records without a moment of their own: the run's start by the Market's clock, as far
 * as it is known, and otherwise by ours less a margin. With one stamp for all requests, a late retry never overtakes a
 * newer run.
 */
export class RunStamp {
	private ms: number;
	/** The same, regardless of other runs' stamps. */
	private wantedMs: number;
	private corrections = 0;
	private isAligned = false;
	private raisedMs = 0;
	/** Whether the stamp comes from the Market's clock. */
	private isOfMarket = false;
	/** Whether the stamp from our own clock has been refused. */
	private isOursRefused = false;
	private isMarketWrong = false;
	/** Until when the stamp is waited for, by our clock, and how many times so far. */
	private wait = { untilMs: -Infinity, times: 0 };

	private log = new StampLog();

	private constructor(
		private readonly startMs: number,
		private readonly order: number,
	) {
		this.ms = startMs - MARGIN_MS;
		this.wantedMs = this.ms;
	}

	private static runs = 0;

	/** The next place in the order in which this process starts its runs: take it when a run starts. */
	static nextOrder(): number {
		return ++RunStamp.runs;
	}

	/**
	 * @param startMs the run's start, in milliseconds since 1970
	 * @param order its place in the order of starts: a clock that was set back would give another one
	 */
	static ofRun(startMs: number, order = RunStamp.nextOrder()): RunStamp {
		return new RunStamp(startMs, order);
	}

	/**
	 * Sets the stamp to the run's start by the Market's clock if ours is certainly off by more than the margin. Later than
	 * the stamps of this process's earlier runs, and earlier than those of its later ones. Once only: a run has one stamp.
	 *
	 * @param least the least by which the Market's clock is ahead of ours, in milliseconds
	 * @param log the stamps of this process
	 */
	align({ least }: { least: number }, log: StampLog): void {
		if (this.isAligned) return;
		this.isAligned = true;
		this.log = log;
		this.isOfMarket = least !== -Infinity;
		// Within the margin all processes of a machine stamp alike: with bounds of its own, a later run could look older.
		const shiftMs = least > 0 ? least : Math.min(0, least + MARGIN_MS);
		this.take(this.startMs - MARGIN_MS + (this.isOfMarket ? shiftMs : 0));
	}

	/** How far the clock has gone back behind this process's last stamp, in milliseconds; 0 if that is not notable. */
	get setBackMs(): number {
		return this.raisedMs > NOTABLE_MS ? this.raisedMs : 0;
	}

	/** Whether the Market refused a stamp from its own clock, so that the stamp now comes from ours. */
	get isAgainstMarketClock(): boolean {
		return this.isMarketWrong;
	}

	/** Whether the Market will accept the stamp for another half day. */
	isYoung(nowMs: number): boolean {
		return nowMs - this.ms < MAX_UPDATED_AT_AGE_MS / 2;
	}

	/** The stamp as the Market wants it: ISO 8601 in UTC. */
	get text(): string {
		return new Date(this.ms).toISOString();
	}

	/**
	 * Until when to wait before the stamp is sent again, by our clock: the Market called it wrong, and it is in the Market's
	 * future by a little. Undefined if waiting would not help.
	 *
	 * @param refusedText the stamp that was refused
	 * @param marketMs the reply's Date, in milliseconds since 1970
	 * @param nowMs our time at the reply
	 */
	waitUntil(refusedText: string, marketMs: number, nowMs: number): number | undefined {
		const aheadMs = this.ms - marketMs;
		if (refusedText !== this.text || !(aheadMs > 0 && aheadMs <= MAX_AHEAD_MS)) return undefined;
		if (nowMs >= this.wait.untilMs) {
			if (this.wait.times >= MAX_WAITS) return undefined;
			this.wait = { untilMs: nowMs + aheadMs, times: this.wait.times + 1 };
		}
		return this.wait.untilMs;
	}

	/**
	 * Resets the stamp after the Market called it wrong: by the Market's own clock, or by ours if the Market refused a
	 * stamp from its own clock.
	 *
	 * @param refusedText the stamp that was refused: if another request has already corrected it, that correction stands
	 * @param marketMs the reply's Date, in milliseconds since 1970
	 * @returns whether there is another stamp to try
	 */
	correct(refusedText: string, marketMs: number): boolean {
		if (refusedText !== this.text) return true;
		// Raised above what was wanted: the stamps before it are in the future, and no clock is disproved.
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

	/** Takes the stamp that was wanted, now that later ones turned out to be in the Market's future. */
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
