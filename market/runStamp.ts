import { MAX_UPDATED_AT_AGE_MS } from './bounds';

/** Our own stamp lies this far in the past, so that a clock slightly ahead of the Market's does no harm. */
const MARGIN_MS = 1_000;

/** How often one run may set its stamp by the Market's clock before it gives up. */
const MAX_CORRECTIONS = 3;

/**
 * The one `updatedAt` of a run, for records that bring no moment of their own: the run's start less a second.
 * One stamp for all requests means that a late retry never overtakes a newer run.
 */
export class RunStamp {
	private corrections = 0;
	private isAligned = false;

	private constructor(private ms: number) {}

	/** @param startMs the run's start, in milliseconds since 1970 */
	static ofRun(startMs: number): RunStamp {
		return new RunStamp(startMs - MARGIN_MS);
	}

	/**
	 * Tells the run's start by the Market's clock where ours may be further ahead than the margin, or is surely behind:
	 * never later than it was. The better a clock is known the later the stamp, so a later run's stamp is never the
	 * older one. Once only: a run has one stamp.
	 *
	 * @param offset bounds of what the Market's clock is ahead of ours, in milliseconds
	 */
	align(offset: { least: number }): void {
		const { least } = offset;
		if (this.isAligned) return;
		this.isAligned = true;
		if (least !== -Infinity) this.ms += least > 0 ? least : Math.min(0, least + MARGIN_MS);
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
	 * Sets the stamp by the Market's own clock, after the Market called a stamp wrong.
	 *
	 * @param refusedText the stamp that was refused: where another request has already corrected it, that stands
	 * @param marketMs the reply's Date, in milliseconds since 1970
	 * @returns whether there is another stamp to try
	 */
	correct(refusedText: string, marketMs: number): boolean {
		if (refusedText !== this.text) return true;
		if (Number.isNaN(marketMs) || this.corrections >= MAX_CORRECTIONS) return false;
		this.corrections += 1;
		this.ms = marketMs - MARGIN_MS * this.corrections;
		return refusedText !== this.text;
	}
}
