import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { nodesOn, type Nodes } from '../support/nodeRuns';

/** A Market that takes balances as each test wants, and knows every store. */
let server: Server;
let nodes: Nodes;
/** Answers the request of such a number, from 1, for balances. */
let answer: (request: number, drip: (piece: string) => void, end: (piece: string) => void) => void;
let requests = 0;
/** Resolves when the node has closed the connection of a request for balances before its reply was whole. */
let brokenOff: Promise<void>;
let isBrokenOff: () => void;

const STORE = JSON.stringify({ campaign: { id: 77, placementType: 'FBS', apiAvailability: 'AVAILABLE', business: { id: 5 } } });
const items = [{ sku: 'A', stock: 1 }];

beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume().on('end', () => {
			response.writeHead(200, { 'content-type': 'application/json' });
			if (request.method === 'GET') return response.end(STORE);
			if (!request.url?.includes('stocks')) return response.end('{"status":"OK","result":{"warehouses":[]}}');
			response.on('close', () => (response.writableFinished ? undefined : isBrokenOff()));
			answer(++requests, (piece) => response.write(piece), (piece) => response.end(piece));
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	nodes = nodesOn({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
beforeEach(() => {
	requests = 0;
	brokenOff = new Promise((resolve) => (isBrokenOff = resolve));
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

describe('A reply that trickles for ever', () => {
	it('is given up after a while, its connection closed, and the request is repeated', async () => {
		answer = (request, drip, end) => {
			if (request > 1) return end('{"status":"OK"}');
			drip('{');
			passTime(100_000);
		};
		const { status, items: output } = await nodes.update(items, { store: 77 });
		expect([status, output[0]?.json.status, requests]).toEqual(['success', 'accepted', 2]);
		await brokenOff;
	});
});

describe('A Market that does not answer', () => {
	it('outlasts no Maximum Wait: what it was sent may be held, and the connection is closed', async () => {
		answer = () => passTime(200_000);
		const options = { maximumWait: 1 };
		const { items: output } = await nodes.update(items, { store: 77, options, onError: 'continueRegularOutput' });
		expect(output[0]?.json).toMatchObject({
			status: 'failed',
			reason: 'Maximum Wait was over before the Market answered: it may have taken this',
		});
		expect(requests).toBe(1);
		await brokenOff;
	});

	it('outlasts no Maximum Wait of the reading node either', async () => {
		answer = () => passTime(200_000);
		const { error } = await nodes.read([{}], { store: 77, parameters: { returnAll: true }, options: { maximumWait: 1 } });
		expect(error?.message).toBe('The Market did not answer within the time that was given');
		expect(requests).toBe(1);
		await brokenOff;
	});
});
