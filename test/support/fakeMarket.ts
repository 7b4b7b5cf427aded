import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server answers to one request. */
export interface FakeAnswer {
	status: number;
	headers?: Record<string, string>;
	body?: string | Uint8Array;
}

/** A server on loopback that answers whatever a test wants: for what the real Market never does. */
export interface FakeMarket {
	url: string;
	/** Verbs and paths of the requests received. */
	requests: string[];
	stop(): Promise<void>;
}

/** Starts a server that gives every request the same kind of answer. */
export async function startFakeMarket(
	answer: (request: IncomingMessage, body: string) => FakeAnswer,
): Promise<FakeMarket> {
	const requests: string[] = [];
	const server = createServer((request, response) => {
		requests.push(`${request.method} ${request.url}`);
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { status, headers = {}, body = '' } = answer(request, Buffer.concat(chunks).toString());
			response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
