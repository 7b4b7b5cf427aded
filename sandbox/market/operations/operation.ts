import type { OperationContract } from '../../contract';
import type { Caller } from '../callers';
import type { MarketRequest } from '../http';
import type { MarketState } from '../state';

/** A call on its way through the Market. */
export interface Inbound {
	request: MarketRequest;
	contract: OperationContract;
	query: URLSearchParams;
	caller: Caller;
	/** The path's `{campaignId}` as text. */
	campaignId?: string;
	/** The path's `{businessId}` as text. */
	businessId?: string;
	/** Called with the number of items in the request's or the reply's list, as soon as the operation knows it. */
	countItems(items: number): void;
	state: MarketState;
}

/** Does what was asked and returns the reply's body. */
export type Apply = () => object;

/**
 * Reads and checks a call without changing anything: the quota is taken between this and `Apply`.
 * @throws Refusal for anything but 200.
 */
export type Operation = (call: Inbound) => Apply;

/** The body of a reply that says only that all is well. */
export const OK = { status: 'OK' } as const;
