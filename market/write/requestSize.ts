/** How the size of requests follows their answers: what it is multiplied by, and what it begins with. */
interface Pace {
	/** As a part of the most that a request may hold. */
	first: number;
	accepted: number;
	refused: number;
}

/**
 * For records that were never sent. At this pace about two requests in five are refused: the answers tell most if it is
 * one in two, but a request that is refused costs its items. Of 1.1 to 2 and 0.5 to 0.9, tried on up to 1,000 records to
 * blame in 100,000, these cost few requests and not many items.
 */
export const NEVER_SENT: Pace = { first: 1, accepted: 1.3, refused: 0.7 };

/** For records that were in a refused request: where one is to blame, its neighbours often are, so it adapts faster. */
export const LEFT_OVER: Pace = { first: 0.5, accepted: 2, refused: 0.5 };

/** How many records to send in one request, by how often the Market has refused such requests without naming a record. */
export class RequestSize {
	private size: number;

	/** @param most records that a request may hold */
	constructor(
		private readonly most: number,
		private readonly pace: Pace,
	) {
		this.size = most * pace.first;
	}

	/** Records for the next request: at least one. */
	get length(): number {
		return Math.max(1, Math.round(this.size));
	}

	/** Whether refusals are rare: two in a row make it small. */
	get isLarge(): boolean {
		return this.size >= this.most / 2;
	}

	/** A request was accepted. One that was smaller than it might have been tells nothing. */
	accepted(records: number): void {
		if (records >= this.length) this.size = Math.min(this.most, this.size * this.pace.accepted);
	}

	/** A request was refused, and no record named. */
	refused(records: number): void {
		this.size = Math.max(1, Math.min(this.size, records) * this.pace.refused);
	}
}
