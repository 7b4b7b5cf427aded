import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { generateCatalogue, STORES } from '../../sandbox';
import { useTestBed } from './support/testBed';
import { created, notifiedFlow, notify, PING, SKU } from './support/triggers';

const AT_ONCE = 20;
const PINGS = 10;

const rounded = (all: number[]) =>
	all
		.map(Math.round)
		.sort((a, b) => a - b)
		.join(' ');

describe.each([
	['the default engine', {}],
	['the legacy engine', { N8N_EXPRESSION_ENGINE: 'legacy' }],
])('With %s for expressions', (engine, env) => {
	const bed = useTestBed({ sandbox: { catalogue: generateCatalogue(10) }, env });

	/** One request, and how long its answer took; an answer that the Market no longer waits for has no status. */
	async function timed(url: string, body: object) {
		const sentMs = performance.now();
		const status = await notify(url, body).then(
			(reply) => reply.status,
			() => undefined,
		);
		return { status, ms: performance.now() - sentMs };
	}

	it('orders that come at once are all taken, and PING between them is answered', async () => {
		const { market, client, apiKey, url: n8n, signal } = bed();
		const path = randomUUID();
		const url = `${n8n}/webhook/${path}`;
		const flow = await client.importWorkflow(notifiedFlow(path, apiKey));
		await client.activate(flow);
		while ((await notify(url, PING)).status === 404) await delay(100, undefined, { signal });
		market.setBalance(STORES.fbs.campaignId, SKU, 1_000);
		const place = () => market.placeOrder(STORES.fbs.campaignId, [{ sku: SKU, count: 2 }]).orderId;
		const alone: number[] = [];
		while (alone.length < PINGS) alone.push((await timed(url, PING)).ms);
		const ids = Array.from({ length: AT_ONCE }, place);
		const events = Promise.all(ids.map(async (id) => await timed(url, created(id))));
		const between: number[] = [];
		while (between.length < PINGS) between.push((await timed(url, PING)).ms);
		const replies = await events;
		// As the Market does: what was not taken in time comes again.
		const again = ids.filter((_, at) => replies[at]?.status !== 200);
		for (const id of again)
			while ((await timed(url, created(id))).status !== 200)
				await delay(100, undefined, { signal });
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
			`${engine}: PING alone ${rounded(alone)} ms, between ${AT_ONCE} orders ${rounded(between)} ms`,
			`orders answered in ${rounded(replies.map(({ ms }) => ms))} ms, ${again.length} repeated`,
		];
		process.stdout.write(`${told.join('; ')}\n`);
	});
});
