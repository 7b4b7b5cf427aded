import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

import { rowsOf } from '../rows';

/**
 * The least that sending can cost: bodies made beforehand, four requests in flight, connections kept alive.
 * Runs in a separate process: `floor.ts <url> <rows> <client>`.
 */

const BATCH = 2_000;
const PARALLEL = 4;
const HEADERS = { 'content-type': 'application/json' };

const [url = '', rows = '0', client = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });
const bodies = makeBodies(Number(rows));

function makeBodies(count: number): string[] {
	const updatedAt = new Date().toISOString();
	const skus = rowsOf(count).map(({ sku, stock }) => ({
		sku,
		items: [{ count: stock, updatedAt }],
	}));
	const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, index) =>
		skus.slice(index * BATCH, (index + 1) * BATCH),
	);
	return batches.map((batch) => JSON.stringify({ skus: batch }));
}

/** The ways to PUT a body; the first is what one would write a script with today. */
const CLIENTS: Record<string, (body: string) => Promise<unknown>> = {
	fetch: async (body) => {
		const reply = await fetch(url, { method: 'PUT', body, headers: HEADERS });
		return await reply.text();
	},
	http: async (body) =>
		await new Promise((resolve, reject) => {
			const call = request(url, { agent, method: 'PUT', headers: HEADERS }, (reply) => {
				reply.resume().on('end', resolve);
			});
			call.on('error', reject).end(body);
		}),
};

async function main(): Promise<void> {
	const put = CLIENTS[client];
	if (put === undefined) throw new Error(`No client "${client}"`);
	const start = performance.now();
	let next = 0;
	const worker = async () => {
		while (next < bodies.length) await put(bodies[next++] as string);
	};
	await Promise.all(Array.from({ length: PARALLEL }, worker));
	const milliseconds = performance.now() - start;
	agent.destroy();
	process.send?.(milliseconds);
	process.disconnect();
}

void main();
