import type { INodeExecutionData } from 'n8n-workflow';

import { YandexMarketOrdersTrigger } from '../../nodes/YandexMarketOrdersTrigger/YandexMarketOrdersTrigger.node';
import { YandexMarketTrigger } from '../../nodes/YandexMarketTrigger/YandexMarketTrigger.node';
import {
	generateCatalogue,
	seededRandom,
	startSandbox,
	STORES,
	type Delivery,
	type Order,
	type Sandbox,
} from '../../sandbox';
import { postByHttp } from '../../sandbox/notifications/post';
import { eventually } from '../support/eventually';
import { LeapingClock } from '../support/leapingClock';
import { openPolled, type Polled } from '../support/pollRuns';
import { skuOf } from '../support/useSandbox';
import { listenTo, type Listening } from '../support/webhookRuns';
import { stepOf } from './support/flowSteps';
import { useLedger } from './support/ledger';
import { sendBy } from './support/ledgerSend';

const { campaignId, businessId } = STORES.fbs;

const ORDERS = 1_000;
const GOODS = 40;
const BROUGHT = 200;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Five orders come at once each time: so the hour has its thousand. */
const STEP_MS = 18 * SECOND_MS;
const AT_ONCE = (ORDERS * STEP_MS) / HOUR_MS;

/** As the flows do: asked for every ten minutes, sent every minute. */
const POLL_EVERY_MS = 10 * MINUTE_MS;
const SEND_EVERY_MS = MINUTE_MS;

/** After this time the ledger sends once more what an order has freed. */
const AGAIN_MS = 15 * MINUTE_MS;

/**
 * Each notification comes twice, up to two minutes late and out of order, and a fifth of them not at all. What an order
 * frees is for sale again after the ledger has heard of it.
 */
const HARDSHIP = {
	notificationCopies: 2,
	notificationSpreadMs: 2 * MINUTE_MS,
	notificationLoss: 0.2,
	orderVisibilityDelayMs: 30 * SECOND_MS,
	freeingDelayMs: 5 * MINUTE_MS,
	orderMoments: 'seconds',
} as const;

const WITHIN_MS = 300_000;

const ledger = useLedger();
const clock = new LeapingClock();
const random = seededRandom(15);

let sandbox: Sandbox;
let trigger: Listening;
let polled: Polled;
/** Notifications whose answer is awaited. */
let underWay = 0;
const deliveries: Delivery[] = [];

const skuOfOrder = (number: number) => skuOf(1 + (number % GOODS));

beforeAll(async () => {
	// The nodes' clock is the Market's.
	jest.spyOn(Date, 'now').mockImplementation(() => clock.now());
	sandbox = await startSandbox({
		clock,
		random,
		catalogue: generateCatalogue(GOODS),
		switches: HARDSHIP,
		post: async (...notification) => {
			underWay += 1;
			return await postByHttp(...notification).finally(() => (underWay -= 1));
		},
	});
	sandbox.market.watch({ delivered: (delivery) => deliveries.push(delivery) });
	const business = { __rl: true, mode: 'id', value: String(businessId) };
	const settings = { parameters: { business } };
	trigger = await listenTo(new YandexMarketTrigger(), sandbox.url, settings);
	polled = openPolled(new YandexMarketOrdersTrigger(), sandbox.url, settings);
	await sandbox.market.notifications.subscribe({ businessId, url: trigger.url });
});
afterAll(async () => {
	jest.restoreAllMocks();
	await trigger.stop();
	await sandbox.stop();
});

/** What happens to the order of a number, by how many minutes after it was placed; some are never heard of again. */
function lifeOf(number: number): Array<[afterMinutes: number, happens: (id: number) => void]> {
	const { market } = sandbox;
	const cancel = (id: number) => market.cancelOrder(id);
	const pack = (id: number) => market.stepOrder(id, 'pack');
	switch (number % 10) {
		case 0:
			// Of which the Market notifies nobody.
			return [[5, (id) => market.reduceOrder(id, [{ sku: skuOfOrder(number), count: 1 }])]];
		case 1:
			return [[4, cancel]];
		case 2:
			return [
				[2, pack],
				// Of a cancelled order the Market no longer says whether it was packed: it has to be seen before.
				[16, cancel],
			];
		case 3:
			return [
				[2, pack],
				[3, (id) => market.stepOrder(id, 'ship')],
			];
		case 4:
			return [[3, (id) => market.stepOrder(id, 'pay')]];
		case 5:
			return [[1, cancel]];
		default:
			return [];
	}
}

function place(number: number): number {
	const items = [
		{ sku: skuOfOrder(number), count: 2 },
		...(number % 3 === 0 ? [{ sku: skuOfOrder(number + 1), count: 1 }] : []),
	];
	const options = { unpaid: [4, 5].includes(number % 10), fake: number % 10 === 9 };
	return sandbox.market.placeOrder(campaignId, items, options).orderId;
}

/** What an order takes from the shelf, by what truly happened to it. */
function truthOf({ status, packed, lines }: Order): Record<string, number> {
	if (status === 'CANCELLED' && !packed) return {};
	const held: Record<string, number> = {};
	for (const { sku, ordered, removed } of lines) held[sku] = (held[sku] ?? 0) + ordered - removed;
	return held;
}

/** The step Take Orders, for each item of the executions by itself and all at once. */
async function takeOrders(executions: readonly INodeExecutionData[][]): Promise<void> {
	const query = String(stepOf('ledger-orders-in', 'Take Orders').parameters.query);
	await Promise.all(
		executions.flat().map(async ({ json }) => {
			const [taken] = await ledger().rows<{ status: string }>(query, JSON.stringify(json));
			expect(taken).toMatchObject({ status: 'taken', reason: null });
		}),
	);
}

/** Nothing is under way any more: all notifications are answered, and what they started is done. */
async function atRest(): Promise<void> {
	await eventually('all notifications are answered', () => underWay === 0 || undefined);
	await takeOrders(trigger.executions.splice(0));
}

async function poll(): Promise<void> {
	const items = await polled.poll();
	if (items) await takeOrders([items]);
}

const send = async () => await sendBy(ledger(), sandbox, clock.now());

it(
	'A thousand orders in an hour, with notifications that come twice, late, out of order or not at all: each is in the ledger, and the Market shows it',
	async () => {
		const { market } = sandbox;
		const goods = Array.from({ length: GOODS }, (_, index) => skuOf(index + 1));
		await ledger().book('receipt', '1', Object.fromEntries(goods.map((sku) => [sku, BROUGHT])));
		await send();
		await poll();

		const startMs = clock.now();
		const due: Array<{ atMs: number; happens: () => unknown }> = [];
		const after = (ms: number, happens: () => unknown) => due.push({ atMs: startMs + ms, happens });
		for (let number = 0; number < ORDERS; number++) {
			const placedMs = Math.floor(number / AT_ONCE) * STEP_MS;
			let id = 0;
			after(placedMs, () => (id = place(number)));
			for (const [minutes, happens] of lifeOf(number))
				after(placedMs + minutes * MINUTE_MS, () => happens(id));
		}
		const lastMs = Math.max(...due.map(({ atMs }) => atMs)) - startMs;
		// The last poll comes when reads show all that has happened.
		const endMs = lastMs + HARDSHIP.orderVisibilityDelayMs + POLL_EVERY_MS + AGAIN_MS;
		for (let ms = POLL_EVERY_MS; ms <= endMs; ms += POLL_EVERY_MS) after(ms, poll);
		for (let ms = SEND_EVERY_MS; ms <= endMs; ms += SEND_EVERY_MS) after(ms, send);
		// n8n is restarted once.
		after(HOUR_MS / 2, () => polled.restart());

		for (let ms = 0; ms <= endMs + STEP_MS; ms += STEP_MS) {
			clock.leapTo(startMs + ms);
			await ledger().pass(STEP_MS);
			const now = due.filter(({ atMs }) => atMs > startMs + ms - STEP_MS && atMs <= startMs + ms);
			for (const { happens } of now) await happens();
			await atRest();
		}
		await send();

		const inLedger: Record<string, Record<string, number>> = {};
		const orders = await ledger().rows<{ id: string }>(
			'SELECT order_id AS id FROM ledger.market_order',
		);
		for (const { id } of orders) inLedger[id] = {};
		const lines = await ledger().rows<{ id: string; sku: string; held: number }>(
			'SELECT order_id AS id, sku, held FROM ledger.order_line WHERE held > 0',
		);
		for (const { id, sku, held } of lines) Object.assign(inLedger[id] as object, { [sku]: held });
		const real = market.orders().filter(({ fake }) => !fake);
		expect(market.orders()).toHaveLength(ORDERS);
		expect(inLedger).toEqual(
			Object.fromEntries(real.map((order) => [order.orderId, truthOf(order)])),
		);
		const shown = goods.map((sku) => [sku, market.offer(campaignId, sku).available]);
		expect(Object.fromEntries(shown)).toEqual(await ledger().counts());

		// It was as hard as it should be, and the Market's quotas were kept.
		const outcomes = new Set(deliveries.map(({ outcome }) => outcome));
		expect(outcomes).toEqual(new Set(['DELIVERED', 'FAILED', 'LOST']));
		const heard = new Set(
			deliveries.filter(({ outcome }) => outcome === 'DELIVERED').map(({ orderId }) => orderId),
		);
		expect(real.filter(({ orderId }) => !heard.has(orderId)).length).toBeGreaterThan(0);
		const statuses = Object.values(market.statistics()).flatMap(({ statuses: all }) =>
			Object.keys(all),
		);
		expect(new Set(statuses)).toEqual(new Set(['200']));
	},
	WITHIN_MS,
);
