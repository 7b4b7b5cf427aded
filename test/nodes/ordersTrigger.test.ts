import { YandexMarketOrdersTrigger } from '../../nodes/YandexMarketOrdersTrigger/YandexMarketOrdersTrigger.node';
import { STORES, TOKENS } from '../../sandbox';
import { startFakeMarket } from '../support/fakeMarket';
import { newOrderItem } from '../support/orderItem';
import { openPolled, type Polled, type PollSettings } from '../support/pollRuns';
import { skuOf, useFreshSandboxes } from '../support/useSandbox';

const { fbs, dbs, fby } = STORES;
const shop = useFreshSandboxes();
const sku = skuOf(1);
const business = { __rl: true, mode: 'id', value: String(fbs.businessId) };

const open = (settings: PollSettings = {}): Polled =>
	openPolled(new YandexMarketOrdersTrigger(), shop.sandbox.url, {
		...settings,
		parameters: { business, ...settings.parameters },
	});

function order({ campaignId }: { campaignId: number } = fbs, options: { fake?: boolean } = {}) {
	shop.market.setBalance(campaignId, sku, 1_000);
	return shop.market.placeOrder(campaignId, [{ sku, count: 2 }], options).orderId;
}

/** An order as the Market writes it. */
const written = (orderId: number, count: unknown = 2) => ({
	orderId,
	campaignId: fbs.campaignId,
	status: 'PROCESSING',
	substatus: 'STARTED',
	updateDate: new Date().toISOString(),
	items: [{ offerId: sku, count }],
});

/** What a poll gives, in short. */
async function told(trigger: Polled) {
	const items = (await trigger.poll()) ?? [];
	return items.map(({ json }) => `${json.orderId} ${json.status}/${json.substatus}`);
}

describe('The orders of a business', () => {
	it('start nothing if they were there before the first poll', async () => {
		order();
		const trigger = open();
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
	});

	it('come as they change, each state once, the oldest first', async () => {
		const trigger = open();
		await trigger.poll();
		const [one, two] = [order(), order(dbs)];
		expect(await told(trigger)).toEqual([`${one} PROCESSING/STARTED`, `${two} PROCESSING/STARTED`]);
		expect(await trigger.poll()).toBeNull();
		shop.market.stepOrder(two, 'ship');
		expect(await told(trigger)).toEqual([`${two} PROCESSING/SHIPPED`]);
		expect(await trigger.poll()).toBeNull();
	});

	it('come whole, with what they take', async () => {
		const trigger = open();
		await trigger.poll();
		const id = order();
		const item = newOrderItem('ORDER_READ', id, [{ sku, count: 2 }]);
		expect(await trigger.poll()).toEqual([{ json: item }]);
	});

	it('come if they were reduced, of which the Market notifies nobody', async () => {
		const trigger = open();
		await trigger.poll();
		const id = order();
		await trigger.poll();
		shop.market.reduceOrder(id, [{ sku, count: 1 }]);
		const items = await trigger.poll();
		expect(items?.map(({ json }) => json.lines)).toEqual([[{ sku, count: 1, held: 1 }]]);
	});

	it('are read to the last page', async () => {
		const trigger = open();
		await trigger.poll();
		const ids = Array.from({ length: 120 }, () => order());
		const items = await trigger.poll();
		expect(items?.map(({ json }) => json.orderId).sort()).toEqual(ids.map(String).sort());
	});

	it('that the Market shows up to ten minutes late are not missed', async () => {
		const orders: Array<{ orderId: number; agoMs: number }> = [];
		const startMs = Date.now();
		const market = await startFakeMarket((_, body) => {
			const { dates } = JSON.parse(body) as { dates: { updateDateFrom: string } };
			const shown = orders
				.map(({ orderId, agoMs }) => ({ ...written(orderId), updateDate: momentAt(agoMs) }))
				.filter(({ updateDate }) => updateDate >= dates.updateDateFrom);
			return { status: 200, body: JSON.stringify({ orders: shown, paging: {} }) };
		});
		const momentAt = (agoMs: number) => new Date(startMs - agoMs).toISOString();
		const trigger = openPolled(new YandexMarketOrdersTrigger(), market.url, {
			parameters: { business },
		});
		await trigger.poll();
		orders.push({ orderId: 1, agoMs: 0 });
		expect(await told(trigger)).toEqual(['1 PROCESSING/STARTED']);
		orders.push({ orderId: 2, agoMs: 9.9 * 60_000 });
		expect(await told(trigger)).toEqual(['2 PROCESSING/STARTED']);
		expect(await trigger.poll()).toBeNull();
		await market.stop();
	});

	it('come again after n8n was killed: the last minutes may have been lost', async () => {
		const trigger = open();
		await trigger.poll();
		const id = order();
		const before = await trigger.poll();
		trigger.restart();
		const after = await trigger.poll();
		expect(after?.map(({ json }) => json.key)).toEqual(before?.map(({ json }) => json.key));
		expect(after?.[0]?.json.orderId).toBe(String(id));
	});

	it('come from before the first poll if it is told from when', async () => {
		const id = order();
		const trigger = open({ options: { startFrom: 1 } });
		expect(await told(trigger)).toEqual([`${id} PROCESSING/STARTED`]);
		expect(await trigger.poll()).toBeNull();
	});

	it('of another business come from when it is told, after Business was changed', async () => {
		const momentAt = (agoMinutes: number) =>
			new Date(Date.now() - agoMinutes * 60_000).toISOString();
		const orders = [
			{ ...written(1), businessId: 1001, updateDate: momentAt(0) },
			{ ...written(2), businessId: 1002, updateDate: momentAt(30) },
		];
		const market = await startFakeMarket(({ url = '' }, body) => {
			const { dates } = JSON.parse(body) as { dates: { updateDateFrom: string } };
			const shown = orders.filter(
				({ businessId, updateDate }) =>
					url.includes(String(businessId)) && updateDate >= dates.updateDateFrom,
			);
			return { status: 200, body: JSON.stringify({ orders: shown, paging: {} }) };
		});
		const trigger = openPolled(new YandexMarketOrdersTrigger(), market.url, {
			parameters: { business },
			options: { startFrom: 1 },
		});
		expect(await told(trigger)).toEqual(['1 PROCESSING/STARTED']);
		trigger.change({ business: { ...business, value: '1002' } });
		expect(await told(trigger)).toEqual(['2 PROCESSING/STARTED']);
		expect(await trigger.poll()).toBeNull();
		await market.stop();
	});

	it('come day by day if many days are caught up, so that no execution is huge', async () => {
		const id = order();
		const trigger = open({ options: { startFrom: 70 } });
		const polls: string[][] = [];
		for (let poll = 0; poll < 4; poll++) polls.push(await told(trigger));
		expect(polls).toEqual([[], [], [`${id} PROCESSING/STARTED`], []]);
	});
});

describe('The options', () => {
	it.each([
		['nothing of tests and of FBY', {}, 1],
		['tests', { includeTestOrders: true }, 2],
		['FBY', { includeFby: true }, 2],
		['both', { includeTestOrders: true, includeFby: true }, 3],
		['other stores only', { includeFby: true, orderStores: `${fby.campaignId}` }, 1],
	])('let come: %s', async (_name, options, count) => {
		const trigger = open({ options });
		await trigger.poll();
		order();
		order(fby);
		order(fbs, { fake: true });
		expect(await trigger.poll()).toHaveLength(count);
		expect(await trigger.poll()).toBeNull();
	});

	it('give one item for each line', async () => {
		const trigger = open({ options: { oneItemPerLine: true } });
		await trigger.poll();
		for (const one of [sku, skuOf(2)]) shop.market.setBalance(fbs.campaignId, one, 10);
		const lines = [sku, skuOf(2)].map((one) => ({ sku: one, count: 1 }));
		shop.market.placeOrder(fbs.campaignId, lines);
		const items = await trigger.poll();
		expect(items?.map(({ json }) => [json.sku, json.held, 'lines' in json])).toEqual([
			[sku, 1, false],
			[skuOf(2), 1, false],
		]);
	});
});

describe('A test in the editor', () => {
	it('shows the newest orders, and takes nothing from the next poll', async () => {
		const trigger = open();
		await trigger.poll();
		const ids = Array.from({ length: 7 }, () => order());
		const shown = await trigger.test();
		expect(shown?.map(({ json }) => json.orderId)).toEqual(ids.slice(2).reverse().map(String));
		expect(await trigger.poll()).toHaveLength(7);
	});

	it('says what to do if there is no order', async () => {
		await expect(open().test()).rejects.toThrow(/has no order of the last 30 days to show/);
	});
});

describe('What cannot be read is told, and nothing is skipped:', () => {
	it('a business that is none', async () => {
		const trigger = open({ parameters: { business: { ...business, value: 'mine' } } });
		await expect(trigger.poll()).rejects.toThrow('Business "mine" is not a business ID');
	});

	it('a token without the access group', async () => {
		const trigger = open({ apiKey: TOKENS.offersManagement });
		await expect(trigger.poll()).rejects.toThrow(/access group|may not|does not/);
		expect(trigger.kept()).toEqual({});
	});

	it('an order whose items cannot be read: the poll fails until they can', async () => {
		let count: unknown = 'two';
		const market = await startFakeMarket(() => ({
			status: 200,
			body: JSON.stringify({ orders: [written(1, count)], paging: {} }),
		}));
		const trigger = openPolled(new YandexMarketOrdersTrigger(), market.url, {
			parameters: { business },
			options: { startFrom: 1 },
		});
		await expect(trigger.poll()).rejects.toThrow('order 1 with items that cannot be read');
		count = 2;
		expect(await trigger.poll()).toHaveLength(1);
		await market.stop();
	});

	it('pages without an end', async () => {
		const market = await startFakeMarket(() => ({
			status: 200,
			body: '{"orders":[],"paging":{"nextPageToken":"same"}}',
		}));
		const trigger = openPolled(new YandexMarketOrdersTrigger(), market.url, {
			parameters: { business },
		});
		await expect(trigger.poll()).rejects.toThrow(/without an end/);
		expect(trigger.kept()).toEqual({});
		await market.stop();
	});
});

it('A clock that is ahead of the Market misses no order', async () => {
	shop.market.setSwitches({ clockSkewMs: -60 * 60_000 });
	const trigger = open();
	await trigger.poll();
	const id = order();
	expect(await told(trigger)).toEqual([`${id} PROCESSING/STARTED`]);
});
