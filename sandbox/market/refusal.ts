import type { MarketReply } from './http';

/**
 * The Market's error codes are the names of HTTP statuses; 420 has been seen in practice as METHOD_FAILURE.
 * The documentation does not list them, so a client has to decide by the status.
 */
const CODES: Readonly<Record<number, string>> = {
	400: 'BAD_REQUEST',
	401: 'UNAUTHORIZED',
	403: 'FORBIDDEN',
	404: 'NOT_FOUND',
	405: 'METHOD_NOT_ALLOWED',
	415: 'UNSUPPORTED_MEDIA_TYPE',
	420: 'METHOD_FAILURE',
	423: 'LOCKED',
	500: 'INTERNAL_SERVER_ERROR',
	502: 'BAD_GATEWAY',
	503: 'SERVICE_UNAVAILABLE',
};

/** The Market does not do what was asked: a status, and a message for every reason. */
export class Refusal extends Error {
	readonly messages: readonly string[];

	constructor(
		readonly status: number,
		...messages: string[]
	) {
		super(messages.join('; '));
		this.name = 'Refusal';
		this.messages = messages;
	}

	/** The Market's error envelope. */
	envelope(): object {
		const code = CODES[this.status] ?? 'UNKNOWN';
		return { status: 'ERROR', errors: this.messages.map((message) => ({ code, message })) };
	}
}

/** The connection ends before the whole reply is there. */
export class ConnectionDropped extends Error {
	/** Node's name for it on the client's side. */
	readonly code = 'ECONNRESET';

	/** @param brokenOff the reply of which only the first half arrives; absent = nothing arrives. */
	constructor(readonly brokenOff?: MarketReply) {
		super('The sandbox dropped the connection');
		this.name = 'ConnectionDropped';
	}
}
