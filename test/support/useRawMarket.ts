import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { nodesOn, type Nodes } from './nodeRuns';

const STORE = JSON.stringify({
	campaign: { id: 77, placementType: 'FBS', apiAvailability: 'AVAILABLE', business: { id: 5 } },
});

/** A Market that knows every store, and leaves each answer to a request about balances to the test, byte by byte. */
export interface RawMarket {
	nodes(): Nodes;
	/** Requests about balances so far. */
	requests(): number;
	/** @param answer called for each request with its number, from 1 */
	answers(answer: (request: number, response: ServerResponse) => void): void;
}

/** One for all tests of a file, with counts starting afresh for each. Nothing is random, and a mocked clock is restored. */
export function useRawMarket(): RawMarket {
	let server: Server;
	let nodes: Nodes;
	let answer: (request: number, response: ServerResponse) => void;
	let requests = 0;
	beforeAll(async () => {
		server = createServer((request, response) => {
			request.resume().on('end', () => {
				response.writeHead(200, { 'content-type': 'application/json' });
				if (request.method === 'GET') return response.end(STORE);
				if (!request.url?.includes('stocks'))
					return response.end('{"status":"OK","result":{"warehouses":[]}}');
				answer(++requests, response);
			});
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		nodes = nodesOn({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
	});
	beforeEach(() => {
		requests = 0;
		jest.spyOn(Math, 'random').mockReturnValue(0);
	});
	afterEach(() => jest.restoreAllMocks());
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((closed) => server.close(closed));
	});
	return { nodes: () => nodes, requests: () => requests, answers: (given) => (answer = given) };
}

/** Lets this much time pass at once, until the end of the test. */
export function passTime(ms: number): void {
	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
}
