import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { forEachAtOnce } from '../../nodes/common/write/atOnce';
import { nodesOn } from '../support/nodeRuns';

/** How many stores are served at once, as the README says. */
const AT_ONCE = 8;
const STORES = Array.from({ length: 20 }, (_, index) => 100 + index);
const items = STORES.map((at) => ({ sku: 'A', stock: 3, at }));

/** A Market of twenty stores that answers no request of a kind until as many wait as it will ever get at once. */
let server: Server;
/** The most requests that waited at once, by what they ask for. */
const most = new Map<string, number>();
const waiting = new Map<string, Array<() => void>>();
const patience = new Map<string, NodeJS.Timeout>();

/** One too many would come at once, as the others did. */
const ONE_TOO_MANY_MS = 100;
/** If fewer are sent at a time, no more will come. */
const FEWER_MS = 5_000;

let answered = 0;

beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume().on('end', () => {
			const [, store = ''] = /campaigns\/(\d+)/.exec(request.url ?? '') ?? [];
			if (store === '') return answer(response, { status: 'OK', result: { warehouses: [] } });
			const kind = `${request.method} ${request.url?.replace(store, '').replace(/\?.*/, '')}`;
			const held = waiting.get(kind) ?? [];
			waiting.set(kind, held);
			held.push(() =>
				answer(response, bodyFor(Number(store), request.method ?? '', request.url ?? '')),
			);
			most.set(kind, Math.max(most.get(kind) ?? 0, held.length));
			const areAllThere = held.length >= Math.min(AT_ONCE, STORES.length - answeredOf(kind));
			clearTimeout(patience.get(kind));
			patience.set(
				kind,
				setTimeout(() => release(kind), areAllThere ? ONE_TOO_MANY_MS : FEWER_MS),
			);
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
	server.closeAllConnections();
	await new Promise((closed) => server.close(closed));
});

const done = new Map<string, number>();
const answeredOf = (kind: string) => done.get(kind) ?? 0;

function release(kind: string): void {
	const held = waiting.get(kind) ?? [];
	waiting.set(kind, []);
	done.set(kind, answeredOf(kind) + held.length);
	for (const go of held) go();
}

function answer(response: ServerResponse, body: object): void {
	answered++;
	response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function bodyFor(store: number, verb: string, url: string): object {
	if (verb === 'GET')
		return {
			campaign: {
				id: store,
				placementType: 'FBS',
				apiAvailability: 'AVAILABLE',
				business: { id: 5 },
			},
		};
	if (verb === 'PUT') return { status: 'OK' };
	const stocks = [
		{ type: 'FIT', count: 3 },
		{ type: 'AVAILABLE', count: 3 },
	];
	const offers = [{ offerId: 'A', stocks, updatedAt: new Date().toISOString() }];
	return {
		status: 'OK',
		result: { warehouses: url.includes('stocks') ? [{ warehouseId: store, offers }] : [] },
	};
}

it('Eight stores at a time are asked about, sent to and read back', async () => {
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const { status } = await nodesOn({ url }).update(items, {
		store: '={{ $json.at }}',
		options: { verify: 0 },
	});
	expect(status).toBe('success');
	expect(answered).toBeGreaterThanOrEqual(3 * STORES.length);
	expect(Object.fromEntries(most)).toEqual({
		'GET /v2/campaigns/': AT_ONCE,
		'PUT /v2/campaigns//offers/stocks': AT_ONCE,
		'POST /v2/campaigns//offers/stocks': AT_ONCE,
	});
});

describe('This many at a time', () => {
	it.each([
		[3, 7, 3],
		[3, 2, 2],
		[1, 4, 1],
		[4, 0, 0],
	])('%d of %d: at most %d under way, each once, in order', async (atOnce, count, expected) => {
		const list = Array.from({ length: count }, (_, index) => index);
		const begun: number[] = [];
		let underWay = 0;
		let mostUnderWay = 0;
		await forEachAtOnce(list, atOnce, async (one) => {
			begun.push(one);
			mostUnderWay = Math.max(mostUnderWay, ++underWay);
			await new Promise((resolve) => setImmediate(resolve));
			underWay--;
		});
		expect([mostUnderWay, begun]).toEqual([expected, list]);
	});
});
