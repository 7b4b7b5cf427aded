import type { Refusal } from '../common/refusal';
import type { SendStats } from '../pacing/runPorts';

/** What became of one record. Every record has exactly one. */
export type Outcome = AcceptedOutcome | FailedOutcome;

/** The Market answered 200 to the request that carried the record. */
export interface AcceptedOutcome {
	status: 'accepted';
	/** The run's stamp that the request carried, for records without a moment of their own. */
	stamp: string;
}

/** The record was refused, or was not sent. */
export interface FailedOutcome {
	status: 'failed';
	refusal: Refusal;
	/** `unknown` if a request went out and its reply was lost: the Market may hold the record. */
	applied: 'no' | 'unknown';
}

/** What became of all records of one store. */
export interface SendReport {
	/** By position in the list of records. */
	outcomes: Outcome[];
	/** What sending them cost. */
	stats: SendStats;
}
