import type { Refusal } from '../common/refusal';
import { searchedEnough, refusedWithoutName, type Unsent } from './refusals';
import type { WorkList } from './workList';

/** How many records are first sent alone if a refusal names none; as many again after each round. */
const FIRST_PROBES = 8;

/**
 * Maximum records that are sent alone, from all over the run, while nothing at all is accepted. A run of this size is
 * tried to the last record; in a larger one in which one record in a hundred is good, 98 % of all runs find one. It takes
 * eight minutes of the scarcest quota (50 requests a minute), and half a minute if only items count.
 */
const MOST_PROBES = 400;

/** If no more than this are left, each is tried: that costs less than losing a good one. */
const FEW = 50;

/** Once something is accepted, the search may use as much as the quota gives in this time. */
const SEARCH_MS = 60 * 60_000;

/** Limits the search for refused records that the Market's messages do not name. */
export class Search {
	private probed = 0;
	private refusedAlone = 0;
	private cost = 0;

	/** @param budget what refused requests may use of the quota, in its unit; see `searchBudget` */
	constructor(
		private readonly work: WorkList,
		private readonly budget: number,
	) {}

	/**
	 * A batch was refused. If nothing has been accepted so far and nobody is named, records from all over the run are tried
	 * alone next: they show whether there are good ones.
	 *
	 * @param cost of the request, in the quota's unit
	 * @param left records that have no outcome yet
	 * @returns why the search ends here, or undefined if it goes on
	 */
	refused(batch: Refused, cost: number, left: number): Unsent | undefined {
		this.cost += cost;
		if (left <= FEW) return undefined;
		if (this.cost > this.budget) return searchedEnough(batch.refusal);
		if (batch.isNamed || batch.isAnyAccepted) return undefined;
		if (batch.isAlone) this.refusedAlone += 1;
		if (this.refusedAlone >= MOST_PROBES) return refusedWithoutName(MOST_PROBES, batch.refusal);
		if (!this.work.hasProbes && this.nextProbes > 0)
			this.probed += this.work.addProbes(this.nextProbes);
		return undefined;
	}

	private get nextProbes(): number {
		return Math.min(Math.max(FIRST_PROBES, this.probed), MOST_PROBES - this.probed);
	}
}

/** A batch that was refused. */
export interface Refused {
	refusal: Refusal;
	/** Whether the refusal names records. */
	isNamed: boolean;
	/** Whether the batch was a single record. */
	isAlone: boolean;
	/** Whether the Market has accepted any record of this run. */
	isAnyAccepted: boolean;
}

/**
 * What the search may use of a quota, in the quota's unit.
 *
 * @param limit amount of one window
 */
export function searchBudget(limit: number, windowMs: number): number {
	return Math.max(MOST_PROBES, (limit * SEARCH_MS) / windowMs);
}
