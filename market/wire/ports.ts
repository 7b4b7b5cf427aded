import type { MarketId } from '../records/ids';
import type { ApiMethod } from '../contract/apiMethods';

/** One request to the Market, ready to go: nothing in it depends on who sends it. */
export interface MarketRequest {
	apiMethod: ApiMethod;
	/** Path with the campaign or business ID filled in, and the query if there is one. */
	path: string;
	/** The JSON body as text, so that the bytes sent are the bytes counted. */
	body?: string;
	/** How many items it is about, if it says so. */
	items?: number;
	/** The business that the request is for, if known for certain: a wrong one would be refused. */
	businessId?: string;
}

/** The Market answered, whatever the status. */
export interface MarketReply {
	kind: 'reply';
	status: number;
	/** Header names in lower case. */
	headers: Readonly<Record<string, string | undefined>>;
	/** The parsed JSON body, or the text if it is not JSON. */
	body: unknown;
}

/** No answer came: the connection failed, timed out or broke off. Whether the Market acted is unknown. */
export interface MarketFault {
	kind: 'fault';
	/** The cause, as Node names it, such as ECONNRESET; absent if unknown. */
	code?: string;
	/** What the connection reported, without secrets. */
	message: string;
}

/**
 * Sends one request. Resolves with the answer or the fault; rejects only if something is wrong
 * on our own side (no credential, a refused address), which no retry would fix.
 *
 * @param signal ends the request and closes its connection
 */
export type Send = (
	request: MarketRequest,
	signal?: CancelSignal,
) => Promise<MarketReply | MarketFault>;

/** Time as the sender sees it; a virtual one in tests. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Resolves after so many milliseconds, or as soon as the run is cancelled. */
	sleep(ms: number): Promise<void>;
	/** A moment, in milliseconds since 1970, as the user reads it; ISO 8601 in UTC if absent. */
	inWords?(ms: number): string;
}

/** A moment, in milliseconds since 1970, as texts give it. */
export function momentOf(ms: number, clock: Clock): string {
	return clock.inWords?.(ms) ?? new Date(ms).toISOString();
}

/** Signals that the run was stopped or that its time is up. The subset of the standard AbortSignal that we need. */
export interface CancelSignal {
	readonly aborted: boolean;
	readonly reason?: unknown;
	addEventListener(type: 'abort', listener: () => void): void;
	removeEventListener(type: 'abort', listener: () => void): void;
}

/** What a request needs from the outside. */
export interface Ports {
	send: Send;
	clock: Clock;
	signal: CancelSignal;
	/** Our time after which reads no longer wait for a quota, in milliseconds since 1970; absent if there is no limit. */
	deadlineMs?: number;
	/** Called with the milliseconds before a read waits for a quota. */
	onWait?(waitMs: number): void;
	/** A number from 0 up to 1, for jitter. */
	random(): number;
}

/** The same ports for the methods of one store: its requests name the business that owns it, if known. */
export function portsOfStore<P extends Ports>(ports: P, businessId: MarketId | undefined): P {
	if (businessId === undefined) return ports;
	const named = { businessId: String(businessId) };
	return {
		...ports,
		send: async (request, signal) => await ports.send({ ...named, ...request }, signal),
	};
}
