import { seededRandom, STORES, type MarketOptions } from '../../sandbox';
import { OrderBench } from './support/orderBench';
import { answerOf, nodeError, Receiver, RECEIPT, rest } from './support/receiver';

const URL = 'http://127.0.0.1:5678/webhook/1';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A Market whose usual business sends its notifications to a receiver. */
async function connected(options: MarketOptions = {}) {
	const receiver = new Receiver();
	const bench = new OrderBench({ post: receiver.post, ...options });
	await bench.market.notifications.subscribe({ businessId: 1001, url: URL });
	return { bench, receiver, notifications: bench.market.notifications };
}

describe('what the Market tells of an order', () => {
	it('is to the contract, from its placing to its return', async () => {
		const { bench, receiver } = await connected();
		const orderId = bench.order(STORES.fbs, { count: 2 });
		bench.clock.turn(1_500);
		bench.market.stepOrder(orderId, 'pack');
		bench.market.postponeOrder(orderId);
		for (const step of ['ship', 'carry', 'receive'] as const) bench.market.stepOrder(orderId, step);
		const { returnId } = bench.market.returnOrder(orderId);
		bench.market.moveReturn(returnId);
		bench.market.moveReturn(returnId, 'PICKED');
		await rest();
		const place = { orderId, campaignId: 21_000_001 };
		const items = [{ offerId: 'SKU-00001', count: 2 }];
		const at = (ms: number) => new Date(Date.parse('2026-11-23T12:00:01.500Z') + ms).toISOString();
		const status = (text: string, substatus: string, ms: number) => ({
			notificationType: 'ORDER_STATUS_UPDATED',
			...place,
			status: text,
			substatus,
			updatedAt: at(ms),
		});
		const moved = (statuses: object, ms: number) => ({
			notificationType: 'ORDER_RETURN_STATUS_UPDATED',
			...place,
			returnId,
			statuses,
			updatedAt: at(ms),
		});
		expect(receiver.received.map(({ body }) => body)).toEqual([
			{ notificationType: 'ORDER_CREATED', ...place, items, createdAt: '2026-11-23T12:00:00.000Z' },
			status('PROCESSING', 'READY_TO_SHIP', 0),
			{
				notificationType: 'ORDER_UPDATED',
				...place,
				updateType: 'SHIPMENT_DATE_UPDATED',
				updatedAt: at(1),
			},
			status('PROCESSING', 'SHIPPED', 2),
			status('DELIVERY', 'DELIVERY_SERVICE_RECEIVED', 3),
			status('DELIVERED', 'DELIVERY_SERVICE_DELIVERED', 4),
			{
				notificationType: 'ORDER_RETURN_CREATED',
				...place,
				returnId,
				returnType: 'RETURN',
				items,
				createdAt: at(0),
			},
			moved({ shipmentStatus: 'RECEIVED' }, 1),
			status('RETURNED', 'DELIVERY_SERVICE_DELIVERED', 5),
			moved({ refundStatus: 'REFUNDED', shipmentStatus: 'PICKED' }, 2),
		]);
	});

	it('is nothing when the seller reduces it, and what is left of it when it is cancelled', async () => {
		const { bench, receiver } = await connected({
			switches: { cancelledNotification: 'cancelled' },
		});
		const orderId = bench.order(STORES.fbs, { count: 3 });
		bench.market.reduceOrder(orderId, [{ sku: bench.sku, count: 1 }]);
		bench.market.cancelOrder(orderId);
		await rest();
		expect(receiver.received.map(({ body }) => body)).toMatchObject([
			{ notificationType: 'ORDER_CREATED' },
			{
				notificationType: 'ORDER_CANCELLED',
				items: [{ offerId: bench.sku, count: 2 }],
				cancelledAt: '2026-11-23T12:00:00.002Z',
			},
		]);
	});

	it.each([
		{ cancelledNotification: 'both', types: ['ORDER_CANCELLED', 'ORDER_STATUS_UPDATED'] },
		{ cancelledNotification: 'cancelled', types: ['ORDER_CANCELLED'] },
		{ cancelledNotification: 'statusUpdated', types: ['ORDER_STATUS_UPDATED'] },
	] as const)('on a cancellation is $types', async ({ cancelledNotification, types }) => {
		const { bench, receiver } = await connected({ switches: { cancelledNotification } });
		bench.market.cancelOrder(bench.order());
		await rest();
		expect(receiver.types()).toEqual(['ORDER_CREATED', ...types]);
	});

	it.each([
		{ createdNotification: 'placed', first: ['ORDER_CREATED'] },
		{ createdNotification: 'paid', first: [] },
	] as const)(
		'of one to be paid begins with $first, if it counts as created when $createdNotification',
		async ({ createdNotification, first }) => {
			const { bench, receiver } = await connected({ switches: { createdNotification } });
			const orderId = bench.order(STORES.fbs, { unpaid: true });
			await rest();
			expect(receiver.types()).toEqual(first);
			bench.market.stepOrder(orderId, 'pay');
			await rest();
			expect(receiver.types()).toEqual(['ORDER_CREATED', 'ORDER_STATUS_UPDATED']);
		},
	);

	it('is also told of test orders, of FBY orders and of requests to cancel', async () => {
		const { bench, receiver } = await connected();
		bench.order(STORES.fbs, { fake: true });
		bench.order(STORES.fby);
		const orderId = bench.order(STORES.dbs);
		for (const step of ['ship', 'carry'] as const) bench.market.stepOrder(orderId, step);
		bench.market.requestCancellation(orderId);
		await rest();
		expect(receiver.types().filter((type) => type === 'ORDER_CREATED')).toHaveLength(3);
		expect(receiver.received.at(-1)?.body).toEqual({
			notificationType: 'ORDER_CANCELLATION_REQUEST',
			orderId,
			campaignId: STORES.dbs.campaignId,
			requestedAt: '2026-11-23T12:00:00.003Z',
		});
	});
});

describe('a subscription', () => {
	it('of a store takes what its business would get; other stores’ and other types stay there', async () => {
		const { bench, receiver, notifications } = await connected();
		const url = 'http://localhost:5678/store';
		await notifications.subscribe({ campaignId: 21_000_001, url, types: ['ORDER_CREATED'] });
		bench.market.cancelOrder(bench.order(STORES.fbs));
		bench.order(STORES.dbs);
		await rest();
		expect(receiver.received.map(({ url: to, body }) => [to, body.notificationType])).toEqual([
			[`${url}/notification`, 'ORDER_CREATED'],
			[`${URL}/notification`, 'ORDER_CANCELLED'],
			[`${URL}/notification`, 'ORDER_STATUS_UPDATED'],
			[`${URL}/notification`, 'ORDER_CREATED'],
		]);
	});

	it('of another business gets nothing', async () => {
		const { bench, receiver } = await connected();
		bench.order(STORES.warehouseFbs);
		await rest();
		expect(receiver.received).toEqual([]);
	});

	it('is called as it was entered, if the switch says so', async () => {
		const { bench, receiver } = await connected({ switches: { notificationPath: 'asEntered' } });
		bench.order();
		await rest();
		expect(receiver.received.map(({ url }) => url)).toEqual([URL]);
	});

	it('gets nothing more once it is removed', async () => {
		const { bench, receiver, notifications } = await connected();
		notifications.unsubscribe(1);
		bench.order();
		await rest();
		expect(receiver.received).toEqual([]);
		expect(() => notifications.unsubscribe(1)).toThrow('No subscription 1');
	});

	it.each([
		{ request: { url: URL }, message: 'takes either businessId or campaignId' },
		{ request: { businessId: 1001, campaignId: 21_000_001, url: URL }, message: 'either' },
		{ request: { businessId: 5, url: URL }, message: 'No business 5' },
		{ request: { campaignId: 5, url: URL }, message: 'No store 5' },
		{ request: { businessId: 1001, url: 'https://example.com/' }, message: 'not on this machine' },
		{ request: { businessId: 1001, url: 'http://127.0.0.1.example.com/' }, message: 'not on this' },
		{ request: { businessId: 1001, url: 'http://10.0.0.1/' }, message: 'not on this machine' },
		{ request: { businessId: 1001, url: 'ftp://127.0.0.1/' }, message: 'not on this machine' },
		{ request: { businessId: 1001, url: '/notification' }, message: 'not on this machine' },
		{ request: { businessId: 1001, url: URL, types: [] }, message: 'at least one type' },
	])('like $request is refused: $message', async ({ request, message }) => {
		const bench = new OrderBench({ post: new Receiver().post });
		await expect(bench.market.notifications.subscribe(request)).rejects.toThrow(message);
		expect(bench.market.notifications.subscriptions()).toEqual([]);
	});
});

describe('a PING', () => {
	it('comes when a subscription is connected, and again when it is reconnected', async () => {
		const { notifications } = await connected();
		await notifications.reconnect(1);
		expect(notifications.deliveries()).toMatchObject([
			{
				type: 'PING',
				url: `${URL}/notification`,
				body: { notificationType: 'PING', time: '2026-11-23T12:00:00.000Z' },
				outcome: 'DELIVERED',
				status: 200,
			},
			{ type: 'PING' },
		]);
	});

	it('that is not answered within a second connects nothing', async () => {
		const receiver = new Receiver();
		receiver.pong = undefined;
		const bench = new OrderBench({ post: receiver.post });
		const { notifications } = bench.market;
		const connecting = notifications.subscribe({ businessId: 1001, url: URL });
		const refused = expect(connecting).rejects.toThrow(
			`${URL}/notification did not answer the PING as it should: CANT_GET_RESPONSE, READ_TIMED_OUT`,
		);
		bench.clock.turn(999);
		await rest();
		expect(notifications.deliveries()).toEqual([]);
		bench.clock.turn(1);
		await refused;
		expect(notifications.subscriptions()).toEqual([]);
		expect(notifications.deliveries()).toMatchObject([{ outcome: 'FAILED', status: 0 }]);
	});
});

describe('an answer', () => {
	const receipt = { version: '1', name: 'n', time: '2026-11-23T12:00:00Z' };
	const html = { contentType: 'text/html' };
	const subtype = (type: string, name: string) => ({
		outcome: 'FAILED',
		failure: { type, subtype: name },
	});

	it.each([
		[RECEIPT, { outcome: 'DELIVERED', status: 200 }],
		[
			answerOf(receipt, { contentType: 'application/json; charset=utf-8' }),
			{ outcome: 'DELIVERED' },
		],
		[answerOf(receipt, { status: 201 }), subtype('CANT_GET_RESPONSE', 'HTTP')],
		[answerOf('', { status: 500 }), { ...subtype('CANT_GET_RESPONSE', 'HTTP'), status: 500 }],
		[answerOf('', { status: 302 }), subtype('CANT_GET_RESPONSE', 'HTTP')],
		[answerOf(receipt, html), subtype('CANT_GET_RESPONSE', 'UNSUPPORTED_MEDIA_TYPE')],
		[answerOf('firstEntryJson'), subtype('INVALID_RESPONSE', 'CANT_PARSE_RESPONSE')],
		[answerOf([]), subtype('INVALID_RESPONSE', 'INVALID_DATA')],
		[answerOf({ ...receipt, name: '' }), subtype('INVALID_RESPONSE', 'INVALID_DATA')],
		[answerOf({ ...receipt, version: 1 }), subtype('INVALID_RESPONSE', 'INVALID_DATA')],
		[answerOf({ ...receipt, name: 'n'.repeat(101) }), subtype('INVALID_RESPONSE', 'INVALID_DATA')],
		[answerOf({ ...receipt, time: 'now' }), subtype('INVALID_RESPONSE', 'INVALID_DATA')],
		[
			answerOf({ error: { type: 'DUPLICATED_EVENT', message: 'seen' } }, { status: 400 }),
			{ outcome: 'REFUSED', error: 'DUPLICATED_EVENT', status: 400 },
		],
		[answerOf({ error: 'no' }, { status: 400 }), subtype('CANT_GET_RESPONSE', 'HTTP')],
		[answerOf({ error: { type: 'NO' } }, { status: 400 }), subtype('CANT_GET_RESPONSE', 'HTTP')],
		[nodeError('ECONNREFUSED'), subtype('CANT_GET_RESPONSE', 'CONNECTION_REFUSED')],
		[nodeError('ETIMEDOUT'), subtype('CANT_GET_RESPONSE', 'CONNECTION_TIMED_OUT')],
		[nodeError('DEPTH_ZERO_SELF_SIGNED_CERT'), subtype('CANT_GET_RESPONSE', 'SSL_ERROR')],
		[nodeError('ECONNRESET'), subtype('CANT_GET_RESPONSE', 'HTTP')],
	])('like %j is in the log as %j', async (answer, logged) => {
		const { bench, receiver, notifications } = await connected();
		receiver.answer = answer;
		const orderId = bench.order();
		await rest();
		expect(notifications.deliveries().at(-1)).toMatchObject({
			type: 'ORDER_CREATED',
			orderId,
			campaignId: 21_000_001,
			subscriptionId: 1,
			attempt: 1,
			...logged,
		});
		expect(notifications.subscriptions()).toMatchObject([
			{ queued: logged.outcome === 'FAILED' ? 1 : 0 },
		]);
	});

	it('has ten seconds', async () => {
		const { bench, receiver, notifications } = await connected();
		receiver.answer = undefined;
		bench.order();
		await rest();
		bench.clock.turn(9_999);
		await rest();
		expect(notifications.deliveries()).toHaveLength(1);
		bench.clock.turn(1);
		await rest();
		expect(notifications.deliveries().at(-1)).toMatchObject({
			failure: { subtype: 'READ_TIMED_OUT' },
			at: Date.parse('2026-11-23T12:00:00Z'),
			finishedAt: Date.parse('2026-11-23T12:00:10Z'),
		});
	});
});

describe('a notification that fails', () => {
	/** Lets time go by in steps in which everybody gets his turn. @returns how many attempts there were meanwhile */
	async function attemptsIn(bench: OrderBench, receiver: Receiver, ms: number, stepMs: number) {
		const before = receiver.received.length;
		for (let passed = 0; passed < ms; passed += stepMs) {
			bench.clock.turn(stepMs);
			await rest();
		}
		return receiver.received.length - before;
	}

	it('comes each minute of the first hour, each quarter of the first day, then hourly, for 14 days', async () => {
		const { bench, receiver, notifications } = await connected();
		receiver.answer = answerOf('', { status: 500 });
		bench.order();
		await rest();
		expect(await attemptsIn(bench, receiver, HOUR_MS, MINUTE_MS)).toBe(60);
		expect(await attemptsIn(bench, receiver, 23 * HOUR_MS, 15 * MINUTE_MS)).toBe(23 * 4);
		expect(await attemptsIn(bench, receiver, 13 * DAY_MS - HOUR_MS, HOUR_MS)).toBe(13 * 24 - 1);
		expect(notifications.subscriptions()).toMatchObject([{ active: true, queued: 1 }]);
		expect(await attemptsIn(bench, receiver, HOUR_MS, HOUR_MS)).toBe(1);
		expect(notifications.subscriptions()).toMatchObject([{ active: false, queued: 0 }]);
	});

	it('gets through as soon as the receiver answers, and then no more', async () => {
		const { bench, receiver, notifications } = await connected();
		receiver.answer = nodeError('ECONNREFUSED');
		bench.order();
		await rest();
		receiver.answer = RECEIPT;
		expect(await attemptsIn(bench, receiver, 5 * MINUTE_MS, MINUTE_MS)).toBe(1);
		expect(notifications.deliveries().at(-1)).toMatchObject({ outcome: 'DELIVERED', attempt: 2 });
		expect(notifications.subscriptions()).toMatchObject([{ queued: 0 }]);
	});

	it('takes all that waits along when the Market gives up, until the seller reconnects', async () => {
		const { bench, receiver, notifications } = await connected({
			switches: { notificationSpeed: 14 * 24 * 60 },
		});
		receiver.answer = answerOf('', { status: 500 });
		bench.order();
		await rest();
		// A minute is 14 days: the order of half a minute later has not failed for long.
		await attemptsIn(bench, receiver, MINUTE_MS / 2, 100);
		bench.order();
		await attemptsIn(bench, receiver, MINUTE_MS / 2 + 1_000, 100);
		expect(notifications.subscriptions()).toMatchObject([{ active: false, queued: 0 }]);
		receiver.answer = RECEIPT;
		expect(await attemptsIn(bench, receiver, 5_000, 100)).toBe(0);
		await notifications.reconnect(1);
		expect(await attemptsIn(bench, receiver, 5_000, 100)).toBe(0);
		expect(notifications.subscriptions()).toMatchObject([{ active: true, queued: 0 }]);
		bench.order();
		await rest();
		expect(notifications.deliveries().at(-1)).toMatchObject({ outcome: 'DELIVERED' });
	});

	it('is refused for good by a 400 in the contract’s form', async () => {
		const { bench, receiver } = await connected();
		receiver.answer = answerOf({ error: { type: 'WRONG_EVENT_FORMAT' } }, { status: 400 });
		bench.order();
		await rest();
		expect(await attemptsIn(bench, receiver, HOUR_MS, MINUTE_MS)).toBe(0);
	});

	it('is forgotten with a reset, together with the subscriptions', async () => {
		const { bench, receiver, notifications } = await connected();
		receiver.answer = answerOf('', { status: 500 });
		bench.order();
		await rest();
		bench.market.reset();
		expect(await attemptsIn(bench, receiver, HOUR_MS, MINUTE_MS)).toBe(0);
		expect([notifications.subscriptions(), notifications.deliveries()]).toEqual([[], []]);
	});
});

describe('what goes wrong with notifications', () => {
	it('can be that each comes three times', async () => {
		const { bench, receiver } = await connected({ switches: { notificationCopies: 3 } });
		bench.order();
		await rest();
		expect(receiver.types()).toEqual(Array.from({ length: 3 }, () => 'ORDER_CREATED'));
	});

	it('can be that they come late', async () => {
		const { bench, receiver } = await connected({ switches: { notificationDelayMs: HOUR_MS } });
		bench.order();
		bench.clock.turn(HOUR_MS - 1);
		await rest();
		expect(receiver.received).toEqual([]);
		bench.clock.turn(1);
		await rest();
		expect(receiver.types()).toEqual(['ORDER_CREATED']);
	});

	it('can be that they change places', async () => {
		const { bench, receiver } = await connected({
			switches: { notificationSpreadMs: 1_000 },
			random: seededRandom(1),
		});
		const orderIds = Array.from({ length: 20 }, () => bench.order());
		for (let passed = 0; passed <= 1_000; passed += 10) {
			bench.clock.turn(10);
			await rest();
		}
		const seen = receiver.received.map(({ body }) => body.orderId);
		expect(seen).not.toEqual(orderIds);
		expect([...seen].sort()).toEqual(orderIds);
	});

	it('can be that some are lost, which the log says', async () => {
		const { bench, receiver, notifications } = await connected({
			switches: { notificationLoss: 1 },
		});
		bench.order();
		await rest();
		expect(receiver.received).toEqual([]);
		expect(notifications.deliveries().at(-1)).toMatchObject({ outcome: 'LOST', status: 0 });
		expect(notifications.subscriptions()).toMatchObject([{ queued: 0 }]);
	});

	it('can be that one comes before its order can be read', async () => {
		const { bench, receiver } = await connected({ switches: { orderVisibilityDelayMs: 3_000 } });
		const orderId = bench.order();
		await rest();
		expect(receiver.types()).toEqual(['ORDER_CREATED']);
		expect(await bench.found({ orderIds: [orderId] })).toEqual([]);
		bench.clock.turn(3_000);
		expect(await bench.found({ orderIds: [orderId] })).toEqual([orderId]);
	});
});
