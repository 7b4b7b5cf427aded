import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { rowsOf } from '../rows';
import type { Arrived, Command, Listening } from './receiverProcess';

/** A Market that accepts everything: it only keeps what it gets. Runs in a separate process. */

const MINUTE_MS = 60_000;
const PLENTY = '100000000';

/** Bodies as they came: nothing is parsed while a measurement runs. */
let bodies: Buffer[] = [];
let questions = 0;
let latencyMs = 0;

async function take(request: IncomingMessage, reply: ServerResponse): Promise<void> {
	const body = await buffer(request);
	if (request.method === 'PUT') bodies.push(body);
	else questions += 1;
	const text = request.method === 'PUT' ? '{"status":"OK"}' : answerTo(request);
	const answer = () => reply.writeHead(200, headers()).end(text);
	if (latencyMs > 0) setTimeout(answer, latencyMs);
	else answer();
}

function headers(): Record<string, string> {
	const now = Date.now();
	return {
		'content-type': 'application/json;charset=UTF-8',
		date: new Date(now).toUTCString(),
		'x-ratelimit-resource-limit': PLENTY,
		'x-ratelimit-resource-remaining': PLENTY,
		'x-ratelimit-resource-until': new Date(now - (now % MINUTE_MS) + MINUTE_MS).toUTCString(),
	};
}

/** Answers what our node asks before it sends: about the store, and about the warehouses of its business. */
function answerTo({ method, url }: IncomingMessage): string {
	if (method === 'POST') {
		const warehouse = {
			id: 1,
			name: 'Main',
			campaignId: 1,
			express: false,
			groupInfo: { id: 1, name: 'Group' },
		};
		return JSON.stringify({ status: 'OK', result: { warehouses: [warehouse], paging: {} } });
	}
	const id = Number(/\d+$/.exec(url ?? '')?.[0]);
	const store = { id, domain: 'shop.example', placementType: 'FBS', apiAvailability: 'AVAILABLE' };
	return JSON.stringify({ campaign: { ...store, business: { id: 1, name: 'Shop' } } });
}

/** Compares what came with the rows, and forgets it. */
function check(rows: number): Arrived {
	const counts = new Map<string, unknown>();
	for (const body of bodies) {
		const { skus } = JSON.parse(body.toString()) as {
			skus: Array<{ sku: string; items: [{ count: unknown }] }>;
		};
		for (const { sku, items } of skus) counts.set(sku, items[0].count);
	}
	const arrived = { requests: bodies.length, questions };
	bodies = [];
	questions = 0;
	const right = rowsOf(rows).filter(({ sku, stock }) => counts.get(sku) === stock);
	return { ...arrived, right: right.length };
}

const server = createServer((request, reply) => void take(request, reply));
// The side that keeps a connection open decides for how long: here, the client.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => {
	const { port } = server.address() as AddressInfo;
	process.send?.({ url: `http://127.0.0.1:${port}` } satisfies Listening);
});
process.on('message', (command: Command) => {
	if ('latencyMs' in command) latencyMs = command.latencyMs;
	process.send?.('rows' in command ? check(command.rows) : {});
});
process.on('disconnect', () => process.exit());
