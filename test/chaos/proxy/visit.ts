import type { Random } from '../../../sandbox';

/** A request as it came to the proxy, without the proxy's own part of the path. */
export interface Received {
	verb: string;
	/** With the query. */
	path: string;
	headers: Readonly<Record<string, string>>;
	body: Buffer;
}

/** What goes back to the client. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** What a fault can do with one request. All waits are in virtual time. */
export interface Visit {
	request: Received;
	/** Random numbers for this request alone. */
	random: Random;
	/** URL of a host that is not the Market's and records whatever it gets. */
	foreignUrl: string;
	/** The sandbox's time, in milliseconds since 1970. */
	nowMs: number;
	/** Delivers the request to the sandbox: each call is one more delivery. */
	forward(): Promise<Answer>;
	/** Answers as a well-behaved server does. */
	answer(answer: Answer): void;
	/** Writes bytes as they are, including the head, and closes the connection afterwards if `isEnd`. */
	raw(bytes: string, isEnd: boolean): void;
	/** Resets the connection. */
	drop(): void;
	wait(ms: number): Promise<void>;
	/** The request stays there for good: the client has to give up by itself. */
	swallow(): void;
	/** Whether the client has closed the connection. */
	isGone(): boolean;
	/** Goes on by itself after a while, whatever has become of the client. */
	later(ms: number, work: () => Promise<unknown>): void;
}
