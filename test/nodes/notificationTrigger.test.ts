import { createServer, type AddressInfo, type Socket } from 'node:net';

import { YandexMarketTrigger } from '../../nodes/YandexMarketTrigger/YandexMarketTrigger.node';
import { BUSINESSES, STORES, TOKENS } from '../../sandbox';
import { startFakeMarket } from '../support/fakeMarket';
import { newOrderItem } from '../support/orderItem';
import { skuOf, useFreshSandboxes } from '../support/useSandbox';
import { listenTo, type Listening, type WebhookSettings } from '../support/webhookRuns';

const { fbs, fby } = STORES;
const shop = useFreshSandboxes();
const sku = skuOf(1);
const business = { __rl: true, mode: 'id', value: String(fbs.businessId) };

const listening: Listening[] = [];
afterEach(async () => {
	for (const one of listening.splice(0)) await one.stop();
});

async function open(settings: WebhookSettings = {}, apiUrl = shop.sandbox.url): Promise<Listening> {
	const trigger = await listenTo(new YandexMarketTrigger(), apiUrl, {
		...settings,
		parameters: { business, ...settings.parameters },
	});
	listening.push(trigger);
	return trigger;
}

function order(
	{ campaignId }: { campaignId: number } = fbs,
	options: { fake?: boolean } = {},
): number {
	shop.market.setBalance(campaignId, sku, 1_000);
	return shop.market.placeOrder(campaignId, [{ sku, count: 2 }], options).orderId;
}

const momentAgo = (ms: number) => new Date(Date.now() - ms).toISOString();
const HOUR_MS = 60 * 60_000;

/** A notification of a new order, as the Market sends it. */
const created = (orderId: number, fields: object = {}) => ({
	notificationType: 'ORDER_CREATED',
	orderId,
	campaignId: fbs.campaignId,
	items: [{ offerId: sku, count: 2 }],
	createdAt: momentAgo(0),
	...fields,
});

const TAKEN = {
	status: 200,
	type: expect.stringMatching(/^application\/json/),
	body: {
		version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
		name: 'n8n-nodes-yandex-market',
		time: expect.stringMatching(/^\d{4}-.*Z$/),
	},
};
const REPEATED = { status: 500, body: { error: { type: 'UNKNOWN', message: expect.any(String) } } };

describe('PING', () => {
	const ping = { notificationType: 'PING', time: momentAgo(0) };

	it.each(['/', '/notification'])(
		'is answered at %s as the contract wants, without an execution and without the network',
		async (path) => {
			const trigger = await open();
			expect(await trigger.post(ping, { path })).toEqual(TAKEN);
			expect([trigger.executions, shop.requests()]).toEqual([[], []]);
		},
	);

	it('is answered even if the business is not chosen, or an expression that fails', async () => {
		for (const value of ['', "={{ $('Absent').first().json.id }}"]) {
			const trigger = await open({ parameters: { business: { ...business, value } } });
			expect(await trigger.post(ping)).toEqual(TAKEN);
		}
	});

	it.each([
		['My shop', 'My shop'],
		['  ', 'n8n-nodes-yandex-market'],
		['x'.repeat(200), 'x'.repeat(100)],
	])('carries the name %j', async (integrationName, name) => {
		const trigger = await open({ options: { integrationName } });
		expect((await trigger.post(ping)).body.name).toBe(name);
	});
});

describe('An event', () => {
	it.each(['/', '/notification'])('at %s starts the workflow with the order', async (path) => {
		const trigger = await open();
		const id = order();
		expect(await trigger.post(created(id), { path })).toEqual(TAKEN);
		const item = newOrderItem('ORDER_CREATED', id, [{ sku, count: 2 }]);
		expect(trigger.executions).toEqual([[{ json: item }]]);
	});

	it('says what the order is now, whatever the notification says', async () => {
		const trigger = await open();
		const id = order();
		shop.market.cancelOrder(id);
		await trigger.post(created(id, { items: [{ offerId: 'FORGED', count: 99 }] }));
		expect(trigger.executions[0]?.[0]?.json).toMatchObject({
			status: 'CANCELLED',
			lines: [{ sku, count: 2, held: 0 }],
		});
	});

	it('that comes several times has the same key each time', async () => {
		const trigger = await open();
		const id = order();
		for (let time = 0; time < 3; time++) await trigger.post(created(id));
		const keys = trigger.executions.map(([item]) => item?.json.key);
		expect(keys).toHaveLength(3);
		expect(new Set(keys).size).toBe(1);
	});

	it('of a return says what the Market says of it', async () => {
		const trigger = await open();
		const id = order();
		for (const step of ['pack', 'ship', 'carry', 'receive'] as const)
			shop.market.stepOrder(id, step);
		await trigger.post({
			notificationType: 'ORDER_RETURN_STATUS_UPDATED',
			orderId: id,
			campaignId: fbs.campaignId,
			returnId: 5,
			statuses: { shipmentStatus: 'PICKED' },
			updatedAt: momentAgo(0),
		});
		expect(trigger.executions[0]?.[0]?.json).toMatchObject({
			key: expect.stringMatching(`^return:${fbs.campaignId}:5:`),
			packed: true,
			lines: [{ sku, held: 2 }],
			return: { returnId: '5', shipmentStatus: 'PICKED' },
		});
	});

	it('gives one item for each line if so wanted', async () => {
		const trigger = await open({ options: { oneItemPerLine: true } });
		await trigger.post(created(order()));
		expect(trigger.executions[0]?.[0]?.json).toMatchObject({ sku, count: 2, held: 2 });
	});

	it('keeps every digit of a long ID', async () => {
		const bodies: string[] = [];
		const market = await startFakeMarket((_, body) => {
			bodies.push(body);
			return { status: 200, body: '{"orders":[]}' };
		});
		const trigger = await open({}, market.url);
		const text = JSON.stringify(created(1)).replace('"orderId":1', '"orderId":9007199254740993');
		expect(await trigger.post(text)).toMatchObject(REPEATED);
		expect(bodies[0]).toBe('{"orderIds":[9007199254740993]}');
		await market.stop();
	});
});

describe('Nothing starts, and the Market is content,', () => {
	it.each([
		['an event that is not selected', () => created(order()), { events: ['ORDER_CANCELLED'] }, {}],
		['a chat', () => ({ notificationType: 'CHAT_CREATED', businessId: 1 }), {}, {}],
		['a type that came later', () => ({ notificationType: 'SOMETHING_NEW' }), {}, {}],
		['another store', () => created(order()), {}, { orderStores: String(fby.campaignId) }],
		['a test order', () => created(order(fbs, { fake: true })), {}, {}],
		['FBY', () => created(order(fby), { campaignId: fby.campaignId }), {}, {}],
	])('with %s', async (_name, make, parameters, options) => {
		const trigger = await open({ parameters, options });
		expect(await trigger.post(make())).toEqual(TAKEN);
		expect(trigger.executions).toEqual([]);
	});

	it.each([
		['test orders', { includeTestOrders: true }, fbs, { fake: true }],
		['FBY', { includeFby: true }, fby, {}],
	])('unless %s are wanted', async (_name, options, store, kind) => {
		const trigger = await open({ options });
		const { campaignId } = store;
		expect(await trigger.post(created(order(store, kind), { campaignId }))).toEqual(TAKEN);
		expect(trigger.executions[0]?.[0]?.json.lines).toEqual([{ sku, count: 2, held: 0 }]);
	});
});

describe('A broken body is refused in the form of the contract:', () => {
	it.each([
		['no type', {}],
		['an order that is an object', created({ $gt: 0 } as never)],
		['a count that is a text', created(1, { items: [{ offerId: sku, count: '2' }] })],
		['no moment', created(1, { createdAt: 'yesterday' })],
		['2 MB', created(1, { more: 'x'.repeat(2 * 1024 * 1024) })],
	])('%s', async (_name, body) => {
		const trigger = await open();
		expect(await trigger.post(body)).toEqual({
			status: 400,
			type: TAKEN.type,
			body: { error: { type: 'WRONG_EVENT_FORMAT', message: expect.any(String) } },
		});
		expect([trigger.executions, shop.requests()]).toEqual([[], []]);
	});

	it('what is not JSON', async () => {
		const trigger = await open();
		expect(await trigger.post('<xml/>', { type: 'application/xml' })).toMatchObject({
			status: 400,
		});
	});
});

describe('An order that cannot be read', () => {
	it('yet is asked for again by the Market, and taken then', async () => {
		const trigger = await open();
		shop.market.setSwitches({ orderVisibilityDelayMs: HOUR_MS });
		const event = created(order());
		expect(await trigger.post(event)).toMatchObject(REPEATED);
		expect(trigger.executions).toEqual([]);
		shop.market.setSwitches({ orderVisibilityDelayMs: 0 });
		expect(await trigger.post(created(order()))).toEqual(TAKEN);
		expect(trigger.executions).toHaveLength(1);
	});

	it.each([
		['of another business', () => created(order(STORES.fbs), {}), BUSINESSES.warehouse.businessId],
		['that never was', () => created(12345), fbs.businessId],
		[
			'of another store than the notification says',
			() => created(order(), { campaignId: fby.campaignId }),
			fbs.businessId,
		],
	])('%s changes nothing', async (_name, make, businessId) => {
		const trigger = await open({
			parameters: { business: { ...business, value: String(businessId) } },
			apiKey: businessId === fbs.businessId ? TOKENS.allMethods : TOKENS.warehouseLists,
		});
		expect((await trigger.post(make())).status).toBe(500);
		expect(trigger.executions).toEqual([]);
	});

	it('for a day is given unread, with nothing that a ledger could take', async () => {
		const trigger = await open();
		const just = created(12345, { createdAt: momentAgo(24 * HOUR_MS - 60_000) });
		expect(await trigger.post(just)).toMatchObject(REPEATED);
		const old = created(12345, { createdAt: momentAgo(24 * HOUR_MS + 60_000) });
		expect(await trigger.post(old)).toEqual(TAKEN);
		expect(trigger.executions.map(([item]) => item?.json)).toEqual([
			expect.objectContaining({
				verified: false,
				status: null,
				packed: null,
				lines: [{ sku, count: 2, held: null }],
			}),
		]);
	});

	it('because the Market is down is repeated, at once and without a word of its reply', async () => {
		const market = await startFakeMarket(() => ({ status: 502, body: 'Api-Key: ACMA:secret' }));
		const trigger = await open({}, market.url);
		const reply = await trigger.post(created(1));
		expect(reply).toMatchObject(REPEATED);
		expect(JSON.stringify([reply, trigger.warnings])).not.toContain('secret');
		expect(trigger.failures).toEqual([]);
		await market.stop();
	});

	it('because the Market is silent is given up before the Market itself gives up on us', async () => {
		const silent = await startSilent();
		const trigger = await open({}, silent.url);
		expect(await trigger.post(created(1))).toMatchObject(REPEATED);
		await silent.stop();
	}, 20_000);

	it('because the token may not is shown once as a failed execution, and repeated', async () => {
		const trigger = await open({ apiKey: TOKENS.offersManagement });
		for (let time = 0; time < 3; time++) expect((await trigger.post(created(1))).status).toBe(500);
		expect(trigger.failures).toHaveLength(1);
		expect(trigger.failures[0]).toMatchObject({
			description: expect.stringContaining('inventory-and-order-processing:read-only'),
		});
		expect(trigger.executions).toEqual([]);
	});
});

describe('An order that is still shown as it was before', () => {
	const MINUTE_MS = 60_000;
	const told = (orderId: number, fields: object) => ({
		notificationType: 'ORDER_STATUS_UPDATED',
		orderId,
		campaignId: fbs.campaignId,
		status: 'PROCESSING',
		substatus: 'READY_TO_SHIP',
		updatedAt: momentAgo(0),
		...fields,
	});
	const cancelled = (orderId: number, ago: number) => ({
		...created(orderId),
		notificationType: 'ORDER_CANCELLED',
		cancelledAt: momentAgo(ago),
	});

	const packed = (orderId: number) => told(orderId, { updatedAt: momentAgo(-2_000) });

	it.each<[string, (id: number) => object, (id: number) => void]>([
		['not cancelled', (id) => cancelled(id, 0), (id) => void shop.market.cancelOrder(id)],
		['not packed', packed, (id) => void shop.market.stepOrder(id, 'pack')],
	])('is asked for again by the Market: %s', async (_, notification, happens) => {
		const trigger = await open();
		const id = order();
		shop.market.setSwitches({ orderVisibilityDelayMs: HOUR_MS });
		happens(id);
		expect(await trigger.post(notification(id))).toMatchObject(REPEATED);
		expect(trigger.executions).toEqual([]);
		expect(trigger.warnings.join()).toMatch(/still shows order \d+ as PROCESSING STARTED/);
	});

	it('is taken as soon as it is shown as it is', async () => {
		const trigger = await open();
		const id = order();
		expect(await trigger.post(packed(id))).toMatchObject(REPEATED);
		shop.market.stepOrder(id, 'pack');
		expect(await trigger.post(packed(id))).toEqual(TAKEN);
		expect(trigger.executions[0]?.[0]?.json).toMatchObject({ packed: true });
	});

	it.each<[string, (id: number) => object]>([
		['for ten minutes', (id) => cancelled(id, 11 * MINUTE_MS)],
		['but has changed since', (id) => told(id, { updatedAt: momentAgo(5 * MINUTE_MS) })],
		[
			'and is what was told',
			(id) => told(id, { substatus: 'STARTED', updatedAt: momentAgo(-2_000) }),
		],
	])('is given as it is shown %s', async (_, notification) => {
		const trigger = await open();
		const id = order();
		expect(await trigger.post(notification(id))).toEqual(TAKEN);
		expect(trigger.executions[0]?.[0]?.json).toMatchObject({ substatus: 'STARTED' });
	});
});

describe('Notifications that come together', () => {
	const AT_ONCE = 20;
	const all = async (trigger: Listening, ids: readonly number[]) =>
		await Promise.all(ids.map(async (id) => (await trigger.post(created(id))).status));
	const givenBy = ({ executions }: Listening) =>
		executions.map(([item]) => Number(item?.json.orderId)).sort((a, b) => a - b);

	it('share requests, and each starts the workflow with its own order', async () => {
		const trigger = await open();
		const ids = Array.from({ length: AT_ONCE }, () => order());
		shop.market.setSwitches({ latencyMs: 300 });
		expect(await all(trigger, ids)).toEqual(Array(AT_ONCE).fill(200));
		expect(givenBy(trigger)).toEqual(ids);
		expect(shop.requests().length).toBeLessThan(AT_ONCE);
	});

	it('are taken one by one: of those that cannot be read, or are not wanted, nothing starts', async () => {
		const trigger = await open();
		const [first, test, last] = [order(), order(fbs, { fake: true }), order()] as const;
		const absent = [12345, order(fby)];
		shop.market.setSwitches({ latencyMs: 100 });
		const statuses = await all(trigger, [first, ...absent, test, last, first]);
		expect(statuses).toEqual([200, 500, 500, 200, 200, 200]);
		expect(givenBy(trigger)).toEqual([first, first, last]);
	});

	/** A Market that has every order, and answers with a status by what it is asked for, and by whom. */
	async function market(answer: (ids: readonly number[], token: string) => number) {
		return await startFakeMarket(({ headers }, body) => {
			const { orderIds } = JSON.parse(body) as { orderIds: number[] };
			const orders = orderIds.map((orderId) => ({ ...written, orderId }));
			return {
				status: answer(orderIds, String(headers['api-key'])),
				body: JSON.stringify({ orders }),
			};
		});
	}
	const written = {
		campaignId: fbs.campaignId,
		status: 'PROCESSING',
		substatus: 'STARTED',
		items: [{ offerId: sku, count: 2 }],
	};

	it('are not hindered by one that the Market refuses', async () => {
		const refusing = await market((ids) => (ids.includes(13) ? 400 : 200));
		const trigger = await open({}, refusing.url);
		const ids = Array.from({ length: AT_ONCE }, (_, index) => index + 1);
		const statuses = await all(trigger, ids);
		expect(statuses).toEqual(ids.map((id) => (id === 13 ? 500 : 200)));
		expect(givenBy(trigger)).toEqual(ids.filter((id) => id !== 13));
		await refusing.stop();
	});

	it('are never read with the token of another credential', async () => {
		const asked = new Set<string>();
		const seeing = await market((ids, token) => {
			for (const id of ids) asked.add(`${token} ${id % 2}`);
			return 200;
		});
		const tokens = [TOKENS.allMethods, TOKENS.readOnly];
		const triggers = await Promise.all(tokens.map((apiKey) => open({ apiKey }, seeing.url)));
		await Promise.all(
			triggers.map(async (trigger, which) => {
				await all(
					trigger,
					Array.from({ length: AT_ONCE }, (_, index) => 2 * index + which + 2),
				);
			}),
		);
		expect([...asked].sort()).toEqual(tokens.map((token, which) => `${token} ${which}`).sort());
		await seeing.stop();
	});

	it('are given up each in its own time if the Market is silent', async () => {
		const silent = await startSilent();
		const trigger = await open({}, silent.url);
		expect(await all(trigger, [1, 2, 3])).toEqual([500, 500, 500]);
		expect(trigger.executions).toEqual([]);
		await silent.stop();
	}, 20_000);
});

describe('With Read Order off', () => {
	it('the notification is given, unproven, without the network', async () => {
		const trigger = await open({ parameters: { readOrder: 'off' } });
		expect(await trigger.post(created(12345))).toEqual(TAKEN);
		expect(trigger.executions[0]?.[0]?.json).toMatchObject({
			orderId: '12345',
			businessId: null,
			verified: false,
			lines: [{ sku, count: 2, held: null }],
		});
		expect(shop.requests()).toEqual([]);
	});

	it('what names no lines says so in every form', async () => {
		const event = {
			notificationType: 'ORDER_STATUS_UPDATED',
			orderId: 1,
			campaignId: fbs.campaignId,
			status: 'DELIVERY',
			substatus: 'UNKNOWN',
			updatedAt: momentAgo(0),
		};
		for (const oneItemPerLine of [false, true]) {
			const trigger = await open({
				parameters: { readOrder: 'off' },
				options: { oneItemPerLine },
			});
			await trigger.post(event);
			const nothing = oneItemPerLine ? { sku: null, held: null } : { lines: null };
			expect(trigger.executions[0]?.[0]?.json).toMatchObject({ status: 'DELIVERY', ...nothing });
		}
	});
});

describe("The sender's address", () => {
	const options = { checkSenderAddress: true };

	it.each([
		['5.255.253.7', 200],
		['127.0.0.1', 403],
		['10.0.0.1', 403],
	])('%s gets %d if it is checked', async (ip, status) => {
		const trigger = await open({ options, ip });
		expect((await trigger.post({ notificationType: 'PING' })).status).toBe(status);
		expect((await trigger.post(created(order()))).status).toBe(status);
		expect(trigger.executions).toHaveLength(status === 200 ? 1 : 0);
		expect(trigger.warnings.some((text) => text.includes(ip))).toBe(status !== 200);
	});

	it('does not matter otherwise', async () => {
		const trigger = await open({ ip: '10.0.0.1' });
		expect(await trigger.post({ notificationType: 'PING' })).toEqual(TAKEN);
	});
});

describe('When the workflow is published', () => {
	it('orders are read once, to see that it works', async () => {
		await (await open()).publish();
		expect(shop.requests()).toEqual([`POST /v1/businesses/${fbs.businessId}/orders`]);
	});

	it('a wrong token or business is told', async () => {
		await expect((await open({ apiKey: TOKENS.offersManagement })).publish()).rejects.toThrow();
		const parameters = { business: { ...business, value: 'mine' } };
		await expect((await open({ parameters })).publish()).rejects.toThrow('is not a business ID');
	});

	it('a Market that is down is no reason not to listen', async () => {
		const market = await startFakeMarket(() => ({ status: 503 }));
		await (await open({}, market.url)).publish();
		await market.stop();
	});

	it('nothing is asked if orders are not to be read', async () => {
		await (await open({ parameters: { readOrder: 'off' } })).publish();
		expect(shop.requests()).toEqual([]);
	});
});

/** A Market that takes a request and says nothing. */
async function startSilent() {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => void sockets.add(socket));
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((closed) => server.close(closed));
		},
	};
}
