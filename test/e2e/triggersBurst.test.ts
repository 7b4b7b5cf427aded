import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { generateCatalogue, STORES } from '../../sandbox';
import { useQueueBed } from './support/queue/queueBed';
import { useTestBed, type TestBed } from './support/testBed';
import { created, notifiedFlow, notify, PING, SKU } from './support/triggers';

const AT_ONCE = 20;
const PINGS = 10;

const rounded = (all: number[]) =>
	all
		.map(Math.round)
		.sort((a, b) => a - b)
		.join(' ');

/** n8n's default, and, to compare how fast they answer, its other engines for expressions. */
const ENGINES = [
	['the default engine', {}],
	...(process.env.BURST_ENGINES === 'all'
		? ([
				['the default engine, only when needed,', { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' }],
				['the legacy engine', { N8N_EXPRESSION_ENGINE: 'legacy' }],
			] as const)
		: []),
] as const;

const sandbox = { catalogue: generateCatalogue(10) };

describe.each(ENGINES)('In one process, with %s for expressions', (engine, env) => {
	const bed = useTestBed({ sandbox, env });
	it('orders that come at once are all taken, and PING between them is answered', async () => {
		await burst(`main, ${engine}`, bed(), bed().url);
	});
});

describe.each(ENGINES)('In queue mode, with %s for expressions', (engine, env) => {
	const bed = useQueueBed({ sandbox, env });
	it('orders that come at once are all taken, and PING between them is answered', async () => {
		await burst(`queue, ${engine}`, bed(), bed().webhooks.url);
	});
});

/** One request, and how long its answer took; an answer that the Market no longer waits for has no status. */
async function timed(url: string, body: object) {
	const sentMs = performance.now();
	const status = await notify(url, body).then(
		(reply) => reply.status,
		() => undefined,
	);
	return { status, ms: performance.now() - sentMs };
}

/** Sends orders at once with PINGs between them, checks that each order is given, and prints how long answers took. */
async function burst(
	name: string,
	{ market, client, apiKey, signal }: Pick<TestBed, 'market' | 'client' | 'apiKey' | 'signal'>,
	n8n: string,
): Promise<void> {
	const path = randomUUID();
	const url = `${n8n}/webhook/${path}`;
	const flow = await client.importWorkflow(notifiedFlow(path, apiKey));
	await client.activate(flow);
	while ((await notify(url, PING)).status === 404) await delay(100, undefined, { signal });
	market.setBalance(STORES.fbs.campaignId, SKU, 1_000);
	const place = () => market.placeOrder(STORES.fbs.campaignId, [{ sku: SKU, count: 2 }]).orderId;
	const alone: number[] = [];
	while (alone.length < PINGS) alone.push((await timed(url, PING)).ms);
	const readsBefore = market.statistics().getBusinessOrders?.requests ?? 0;
	const ids = Array.from({ length: AT_ONCE }, place);
	const events = Promise.all(ids.map(async (id) => await timed(url, created(id))));
	const between: number[] = [];
	while (between.length < PINGS) between.push((await timed(url, PING)).ms);
	const replies = await events;
	const reads = (market.statistics().getBusinessOrders?.requests ?? 0) - readsBefore;
	// As the Market does: what was not taken in time comes again.
	const again = ids.filter((_, at) => replies[at]?.status !== 200);
	for (const id of again)
		while ((await timed(url, created(id))).status !== 200) await delay(100, undefined, { signal });
	const orders = new Map<string, unknown>();
	while (new Set(orders.values()).size < AT_ONCE) {
		for (const run of await client.executionIds(flow)) {
			if (orders.has(run)) continue;
			const { nodes } = await client.finished(run, signal);
			orders.set(run, nodes.get('Taken')?.items[0]?.orderId);
		}
		await delay(100, undefined, { signal });
	}
	expect(new Set(orders.values())).toEqual(new Set(ids.map(String)));
	const told = [
		`${name}: PING alone ${rounded(alone)} ms, between ${AT_ONCE} orders ${rounded(between)} ms`,
		`orders answered in ${rounded(replies.map(({ ms }) => ms))} ms`,
		`${reads} reads, ${again.length} repeated`,
	];
	process.stdout.write(`${told.join('; ')}\n`);
}
