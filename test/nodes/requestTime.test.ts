import { ClientRequest, createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { nodesOn, type Nodes } from '../support/nodeRuns';

/** A Market that knows every store, and takes balances as each test wants. */
let server: Server;
let nodes: Nodes;
/** Answers the request of such a number, from 1, for balances. */
let answer: (request: number, response: ServerResponse) => void;
let requests = 0;

const STORE = JSON.stringify({ campaign: { id: 77, placementType: 'FBS', apiAvailability: 'AVAILABLE', business: { id: 5 } } });
const items = [{ sku: 'A', stock: 1 }];

beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume().on('end', () => {
			response.writeHead(200, { 'content-type': 'application/json' });
			if (request.method === 'GET') return response.end(STORE);
			if (!request.url?.includes('stocks')) return response.end('{"status":"OK","result":{"warehouses":[]}}');
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

/** Lets so much time pass at once. */
function passTime(ms: number): void {
	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
}

describe('A Market that is silent', () => {
	it('is given up after a minute, and asked once more', async () => {
		/** The time that each request gives the Market, as its connection is told of it. */
		const times: number[] = [];
		const { setTimeout: original } = ClientRequest.prototype;
		jest.spyOn(ClientRequest.prototype, 'setTimeout').mockImplementation(function (this: ClientRequest, ms, onTimeout) {
			times.push(ms);
			if (this.method === 'PUT' && requests === 0) setTimeout(() => onTimeout?.(), 200);
			return original.call(this, ms, onTimeout);
		});
		answer = (request, response) => (request > 1 ? void response.end('{"status":"OK"}') : undefined);
		const { items: output } = await nodes.update(items, { store: 77 });
		expect([output[0]?.json.status, requests]).toEqual(['accepted', 2]);
		expect([...new Set(times)]).toEqual([60_000]);
	});
});

describe('A reply that comes in pieces', () => {
	// Whoever waits looks at the clock every half second.
	const SEEN_MS = 700;

	it.each([
		[85_000, 1],
		[91_000, 2],
	])('that is whole after %d ms takes %d requests: ninety seconds are its time', async (ms, expected) => {
		answer = (request, response) => {
			if (request > 1) return void response.end('{"status":"OK"}');
			response.write('{"status"');
			passTime(ms);
			setTimeout(() => response.end(':"OK"}'), SEEN_MS);
		};
		const { items: output } = await nodes.update(items, { store: 77 });
		expect([output[0]?.json.status, requests]).toEqual(['accepted', expected]);
	});
});
