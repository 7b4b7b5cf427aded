import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Locator, Page } from 'playwright-core';

import { generateCatalogue, STORES, systemClock } from '../../sandbox';
import { useEditor } from './support/editor';
import { shootPart } from './support/editorPictures';
import { eventually } from './support/editorWait';
import { chain, marketNode, rows } from './support/flow';
import { useTestBed } from './support/testBed';

/** The latency by which the Market knows a call that it holds back. */
const HELD_BACK_MS = 1;

/** Ends when such a call may go on. */
let heldBack = Promise.resolve();

const bed = useTestBed({
	sandbox: {
		catalogue: generateCatalogue(14),
		clock: {
			now: Date.now,
			sleep: async (ms) => await (ms === HELD_BACK_MS ? heldBack : systemClock.sleep(ms)),
		},
	},
});
const editor = useEditor(bed);

/** Of the first offers; the others never get a balance. */
const BALANCES = [12, 3, 0, 41, 7, 150, 0, 26, 5, 1_234].map((stock, index) => ({
	sku: skuOf(index + 1),
	stock,
}));

function skuOf(number: number): string {
	return `SKU-${String(number).padStart(5, '0')}`;
}

let page: Page;
let loads = 0;
beforeAll(async () => {
	page = await editor().context.newPage();
	page.on('load', () => (loads += 1));
	await page.setViewportSize({ width: 1_400, height: 800 });
	await page.goto(bed().sandbox.url);
	await page.getByText('live', { exact: true }).waitFor();
});

afterEach(() => {
	expect(loads).toBe(1);
	expect(editor().scriptErrors).toEqual([]);
	expect(editor().outside).toEqual([]);
});

function offer(sku: string): Locator {
	return page.getByRole('row').filter({ has: page.getByRole('cell', { name: sku, exact: true }) });
}

/** The page's big numbers. */
async function totals(): Promise<Record<string, string | undefined>> {
	const [names, numbers] = await Promise.all(
		['dt', 'dd'].map((tag) => page.locator(`#totals ${tag}`).allInnerTexts()),
	);
	return Object.fromEntries((names ?? []).map((name, index) => [name, numbers?.[index]]));
}

/** The stock and the status of an offer as a buyer sees them. */
const seen = async (sku: string) =>
	(await offer(sku).getByRole('cell').allInnerTexts()).slice(3, 5);

/** What of a page's texts does not fit its place. */
const cutOff = async (shown: Page) =>
	await shown.evaluate<string[]>(
		`[...document.querySelectorAll('html, body, section, header, td:not(.sku)')]
			.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
			.map(({ tagName, textContent }) => tagName + ' ' + textContent.slice(0, 40))`,
	);

/** How dark an offer's line is, from 0 to 1. */
const darkness = async (sku: string) =>
	await page.evaluate<string>(
		`getComputedStyle(document.querySelector('[title="${sku}"] ~ .stock')).opacity`,
	);

describe('the storefront of the sandbox', () => {
	it('shows the balances that a run sends, without a reload', async () => {
		await eventually(async () => expect(await seen('SKU-00001')).toEqual(['–', 'No balance yet']));
		const flow = chain('Balances', rows(BALANCES), marketNode('updateStocks', bed().apiKey));
		expect((await bed().run(flow)).status).toBe('success');
		await eventually(async () =>
			expect(await totals()).toEqual({
				'On sale': '8',
				'Sold out': '2',
				Hidden: '0',
				'No balance yet': '4',
			}),
		);
		expect(await seen('SKU-00010')).toEqual(['1,234', 'On sale']);
		expect(await seen('SKU-00003')).toEqual(['0', 'Sold out']);
		expect(await seen('SKU-00011')).toEqual(['–', 'No balance yet']);
		await page.getByRole('row', { name: /update\S*Stocks 21000001 10 200/ }).waitFor();
	});

	it('greys what a run has hidden, while that run is under way', async () => {
		const { client, apiKey, market, signal } = bed();
		await bed().run(chain('Balances', rows(BALANCES), marketNode('updateStocks', apiKey)));
		const options = { includeInputFields: true };
		const flow = chain(
			'Check the integration',
			rows([
				{ sku: 'SKU-00004', stock: 9 },
				{ sku: 'SKU-00005', stock: 0 },
				{ sku: 'SKU-00006', stock: 60 },
			]),
			marketNode('hideOffers', apiKey, { parameters: { options } }),
			marketNode('updateStocks', apiKey, { parameters: { stockField: 'input.stock' } }),
			marketNode('unhideOffers', apiKey),
		);
		let goOn = () => {};
		heldBack = new Promise((resolve) => (goOn = resolve));
		market.setSwitches({
			faults: [{ kind: 'slow', ms: HELD_BACK_MS, count: 1, operation: 'updateStocks' }],
		});

		const execution = await client.start(await client.importWorkflow(flow));
		await eventually(async () => expect(await seen('SKU-00004')).toEqual(['41', 'Hidden']));
		expect(await darkness('SKU-00004')).toBe('0.5');
		expect(await darkness('SKU-00003')).toBe('1');
		expect(await client.status(execution)).toBe('running');
		const buy = (sku: string, count: number) =>
			market.placeOrder(STORES.fbs.campaignId, [{ sku, count }]).orderId;
		market.stepOrder(buy('SKU-00001', 2), 'pack');
		buy('SKU-00008', 1);
		await page.locator('#orders').getByText('SKU-00008 × 1').waitFor();
		await shootPart(page.locator('body'), 'storefront');

		goOn();
		expect((await client.finished(execution, signal)).status).toBe('success');
		await eventually(async () => expect(await seen('SKU-00004')).toEqual(['9', 'On sale']));
		await eventually(async () => expect(await seen('SKU-00005')).toEqual(['0', 'Sold out']));
		await eventually(async () => expect(await seen('SKU-00006')).toEqual(['60', 'On sale']));
		expect(await darkness('SKU-00004')).toBe('1');
	});

	it('lets one buy, pack, cancel and take back with a click', async () => {
		bed().market.setBalance(STORES.fbs.campaignId, 'SKU-00012', 5);
		await eventually(async () => expect(await seen('SKU-00012')).toEqual(['5', 'On sale']));
		const buy = async () => {
			await offer('SKU-00012').getByRole('button', { name: 'Buy' }).click();
			return page.locator('#orders tr').first();
		};
		const press = async (order: Locator, name: string, state: string) => {
			await order.getByRole('button', { name, exact: true }).click();
			await order.getByText(state).waitFor();
		};
		let order = await buy();
		await order.getByText('SKU-00012 × 1').waitFor();
		await eventually(async () =>
			expect(await seen('SKU-00012')).toEqual(['4\n1 reserved', 'On sale']),
		);
		await press(order, 'Cancel', 'USER_CHANGED_MIND');
		await eventually(async () => expect(await seen('SKU-00012')).toEqual(['5', 'On sale']));

		await buy();
		await page.locator('#orders tr').nth(1).waitFor();
		order = page.locator('#orders tr').first();
		await press(order, 'Pack', 'READY_TO_SHIP');
		await press(order, 'Ship', 'SHIPPED');
		await press(order, 'Deliver', 'DELIVERY_SERVICE_RECEIVED');
		await press(order, 'Hand over', 'DELIVERED');
		await press(order, 'Return', 'CREATED');
		for (const state of ['RECEIVED', 'IN_TRANSIT', 'READY_FOR_PICKUP', 'PICKED'])
			await press(order, 'Move back', `: ${state}`);
		expect(await order.getByRole('button').count()).toBe(0);
		await eventually(async () => expect(await seen('SKU-00012')).toEqual(['4', 'On sale']));
	});

	it('says why something cannot be bought', async () => {
		await offer('SKU-00014').getByRole('button', { name: 'Buy' }).click();
		await page.getByRole('alert').getByText("'SKU-00014': 1 ordered, 0 available").waitFor();
		bed().market.setBalance(STORES.fbs.campaignId, 'SKU-00014', 1);
		await offer('SKU-00014').getByRole('button', { name: 'Buy' }).click();
		await page.locator('#orders').getByText('SKU-00014 × 1').waitFor();
		await page.getByRole('alert').waitFor({ state: 'hidden' });
	});

	it('connects an address for notifications, and shows what was sent there', async () => {
		const receiver = createServer((_request, response) => {
			const receipt = { version: '1', name: 'Receiver', time: new Date().toISOString() };
			response.setHeader('content-type', 'application/json').end(JSON.stringify(receipt));
		});
		await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
		const { port } = receiver.address() as AddressInfo;
		const other = await editor().context.newPage();
		try {
			await other.goto(`${bed().sandbox.url}/notifications.html`);
			await other.getByText('live', { exact: true }).waitFor();
			await other.getByLabel('Address').fill('https://example.com/');
			await other.getByRole('button', { name: 'Connect', exact: true }).click();
			await other.getByRole('alert').getByText('is not on this machine').waitFor();
			await other.getByLabel('For').selectOption({ value: 'campaignId 21000001' });
			await other.getByLabel('Address').fill(`http://127.0.0.1:${port}/hook`);
			await other.getByLabel('ORDER_STATUS_UPDATED').uncheck();
			await other.getByRole('button', { name: 'Connect', exact: true }).click();
			await other.getByRole('row', { name: /PING .* DELIVERED 200/ }).waitFor();
			await other.getByRole('row', { name: /store 21000001 http\S+hook.* 0 on/ }).waitFor();

			bed().market.setBalance(STORES.fbs.campaignId, 'SKU-00013', 5);
			const items = [{ sku: 'SKU-00013', count: 1 }];
			const { orderId } = bed().market.placeOrder(STORES.fbs.campaignId, items);
			bed().market.stepOrder(orderId, 'pack');
			bed().market.cancelOrder(orderId);
			const sent = (type: string) =>
				other.locator('#deliveries tr', { hasText: String(orderId) }).filter({ hasText: type });
			await sent('CANCELLED').waitFor();
			await sent('CREATED').waitFor();
			expect(await sent('STATUS').count()).toBe(0);
			for (const width of [375, 1_280]) {
				await other.setViewportSize({ width, height: 800 });
				expect(await cutOff(other)).toEqual([]);
			}
			await shootPart(other.locator('body'), 'notifications');

			await other.getByRole('button', { name: 'Remove' }).click();
			await eventually(async () =>
				expect(await other.locator('#subscriptions tr').count()).toBe(0),
			);
		} finally {
			await other.close();
			receiver.closeAllConnections();
			receiver.close();
		}
	});

	it('is also right if the Market is reset while the page loads', async () => {
		const { apiKey, market, sandbox } = bed();
		const other = await editor().context.newPage();
		let answered = () => {};
		const first = new Promise<void>((resolve) => (answered = resolve));
		await other.route('**/_sandbox/offers*', async (route) => {
			// The lists from after the reset come once those from before it have arrived.
			await first;
			await route.continue();
		});
		await other.route(
			'**/_sandbox/offers*',
			async (route) => {
				market.reset();
				await route.fulfill({ response: await route.fetch() });
				answered();
			},
			{ times: 1 },
		);
		await other.goto(sandbox.url);
		await first;
		await bed().run(
			chain(
				'One balance',
				rows([{ sku: 'SKU-00011', stock: 77 }]),
				marketNode('updateStocks', apiKey),
			),
		);
		await other.getByRole('row', { name: /^SKU-00011 .* 77 On sale Buy$/ }).waitFor();
		await other.close();
	});

	it.each([1_280, 375])('cuts nothing off at %d pixels, and shows the stock', async (width) => {
		const before = page.viewportSize() ?? { width: 1_400, height: 800 };
		await page.setViewportSize({ width, height: 800 });
		bed().market.setBalance(STORES.fbs.campaignId, 'SKU-00001', 5);
		bed().market.placeOrder(STORES.fbs.campaignId, [{ sku: 'SKU-00001', count: 2 }]);
		await page.locator('#orders').getByText('SKU-00001 × 2').waitFor();
		expect(await cutOff(page)).toEqual([]);
		const stockEnd = await page.evaluate<number>(
			`document.querySelector('[title="SKU-00001"] ~ .stock').getBoundingClientRect().right`,
		);
		expect(stockEnd).toBeGreaterThan(0);
		expect(stockEnd).toBeLessThanOrEqual(width);
		await page.setViewportSize(before);
	});
});
