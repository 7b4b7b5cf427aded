import type { ApiMethod, Subscription } from '../contract/apiMethods';
import type { MarketFault, MarketReply, MarketRequest, Ports } from '../wire/ports';
import type { Lane } from './lane';

/** What sending has cost so far. */
export interface SendStats {
	/** Requests that went out, repetitions included. */
	requests: number;
	/** Repetitions among them. */
	retries: number;
	/** Requests without a clear answer, which the Market may yet carry out. */
	unanswered: number;
	/** Requests that hit a quota or the limit of parallel requests. */
	limitHits: number;
	/** Time spent waiting for quotas and after faults, in milliseconds; concurrent waits add up. */
	waitedMs: number;
}

/** Statistics before anything is sent. */
export function noStats(): SendStats {
	return { requests: 0, retries: 0, unanswered: 0, limitHits: 0, waitedMs: 0 };
}

/** Adds what part of a run has cost. */
export function addStats(total: SendStats, part: SendStats): void {
	total.requests += part.requests;
	total.retries += part.retries;
	total.unanswered += part.unanswered;
	total.limitHits += part.limitHits;
	total.waitedMs += part.waitedMs;
}

/** One request that is over, for whoever keeps a log. */
export interface RequestReport {
	request: MarketRequest;
	/** Absent if the run ended before it came, or if the request could not be sent. */
	answer?: MarketReply | MarketFault;
	/** From sending to the answer, in milliseconds. */
	tookMs: number;
	/** How long it had waited before: for the quota, or after a fault or a limit, in milliseconds. */
	waitedMs: number;
}

/** Everything that the sender and the reads of one run need. */
export interface RunPorts extends Ports {
	/**
	 * The lane to one method of one store, shared by all runs of this process.
	 *
	 * @param id of the store or business; absent for methods that belong to neither
	 * @param subscription sets the quota until a reply tells it
	 */
	laneOf(apiMethod: ApiMethod, id?: string, subscription?: Subscription): Lane;
	/** What the run has cost so far; everything it sends and reads is added. */
	readonly stats: SendStats;
	/** Told of each request once it is over, repetitions included. */
	onRequest?(report: RequestReport): void;
}
