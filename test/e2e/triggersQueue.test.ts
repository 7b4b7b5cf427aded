import { randomUUID } from 'node:crypto';

import { generateCatalogue, STORES } from '../../sandbox';
import { useQueueBed } from './support/queue/queueBed';
import { created, notifiedFlow, notify, PING, SKU, TAKEN } from './support/triggers';

const { fbs } = STORES;
const bed = useQueueBed({ sandbox: { catalogue: generateCatalogue(10) } });

it('In queue mode notifications are taken by the webhook processor, and each order arrives', async () => {
	const path = randomUUID();
	const flow = await bed().switchOn(notifiedFlow(path, bed().apiKey));
	const url = `${bed().webhooks.url}/webhook/${path}`;
	const ping = await bed().until(async () => {
		const reply = await notify(`${url}/notification`, PING);
		return reply.status !== 404 && reply;
	});
	expect([ping.status, ping.data]).toEqual([200, TAKEN]);
	bed().market.setBalance(fbs.campaignId, SKU, 1_000);
	const ids = Array.from(
		{ length: 5 },
		() => bed().market.placeOrder(fbs.campaignId, [{ sku: SKU, count: 2 }]).orderId,
	);
	for (const id of ids) {
		const { status, data, headers } = await notify(url, created(id));
		expect([status, data]).toEqual([200, TAKEN]);
		expect(headers['content-type']).toMatch(/^application\/json/);
	}
	const runs = await bed().finished(flow, ids.length);
	const items = runs.map(({ nodes }) => nodes.get('Taken')?.items[0]);
	expect(new Set(items.map((item) => item?.orderId))).toEqual(new Set(ids.map(String)));
	for (const item of items)
		expect(item).toMatchObject({ verified: true, lines: [{ sku: SKU, count: 2, held: 2 }] });
	expect((await notify(url, created(12345))).status).toBe(500);
	expect((await notify(url, { notificationType: 'CHAT_CREATED' })).status).toBe(200);
	expect(await bed().client.executionIds(flow)).toHaveLength(ids.length);
});
