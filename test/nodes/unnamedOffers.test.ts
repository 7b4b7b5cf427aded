import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { STORES, TOKENS } from '../../sandbox';
import { stockRow } from '../support/outputRows';
import { jsonOf, skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes();
const { fbs, groupMate, dbs, warehouseFbs, warehouseDbs } = STORES;
const zero: INodeParameters = { offersNotInInput: 'zero', mostNotInInput: 50 };
const onError = 'continueRegularOutput';

/** Offers 1 to this many have 10 units each, since a minute. */
function stockUp(offers: number, campaignId: number = fbs.campaignId): void {
	shop.market.setSwitches({ clockSkewMs: -60_000 });
	for (let offer = 1; offer <= offers; offer++)
		shop.market.setBalance(campaignId, skuOf(offer), 10);
	shop.market.setSwitches({ clockSkewMs: 0 });
}

/** A moment so long after the first offer got its units, which was a minute ago. */
const afterStocking = (ms: number) =>
	new Date((shop.market.offer(fbs.campaignId, skuOf(1)).updatedAt ?? NaN) + ms).toISOString();

/** What the first offers have for sale. */
const shelf = (offers: number, campaignId?: number) =>
	Array.from({ length: offers }, (_, index) => shop.available(index + 1, campaignId));

const messages = ({ hints }: { hints: Array<{ message: string }> }) =>
	hints.map(({ message }) => message);

describe('Offers Not in the Input', () => {
	it('are left as they are by default, and nothing is asked for them', async () => {
		stockUp(3);
		const { items } = await shop.update([{ sku: skuOf(1), stock: 5 }]);
		expect(shelf(3)).toEqual([5, 10, 10]);
		expect(items).toHaveLength(1);
		expect(items[0]?.json).not.toHaveProperty('notInInput');
		expect(shop.requests().filter((path) => path.startsWith('POST'))).toHaveLength(1);
	});

	it('are set to 0, each with an item of its own after those of the input', async () => {
		stockUp(3);
		const { items, hints } = await shop.update(
			[
				{ sku: skuOf(1), stock: 5 },
				{ sku: skuOf(4), stock: 0 },
			],
			{ options: { ...zero, mostNotInInput: 70 } },
		);
		expect(shelf(5)).toEqual([5, 0, 0, 0, null]);
		const store = String(fbs.campaignId);
		const accepted = { status: 'accepted', store, updatedAt: expect.any(String) };
		expect(jsonOf(items)).toEqual([
			stockRow({ sku: skuOf(1), count: 5, ...accepted, notInInput: false, note: null }),
			stockRow({ sku: skuOf(4), count: 0, ...accepted, notInInput: false, note: null }),
			...[2, 3].map((offer) =>
				stockRow({
					sku: skuOf(offer),
					count: 0,
					...accepted,
					notInInput: true,
					note: 'Not in the input: the Market showed 10',
				}),
			),
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, [], []]);
		expect(new Set(items.map(({ json }) => json.updatedAt)).size).toBe(1);
		expect(messages({ hints })).toEqual([
			'4 of 4 accepted by the Market, 1 request; 2 of these are offers not in the input.',
		]);
	});

	it('carry the moment of the input if all of it has the same: what came later stays on sale', async () => {
		stockUp(2);
		const moment = afterStocking(20_000);
		shop.market.setSwitches({ clockSkewMs: -10_000 });
		shop.market.setBalance(fbs.campaignId, skuOf(3), 7);
		shop.market.setSwitches({ clockSkewMs: 0 });
		const { items } = await shop.update([{ sku: skuOf(1), stock: 5, moment }], {
			options: { ...zero, mostNotInInput: 100, updatedAtField: 'moment' },
		});
		expect(items.map(({ json }) => json.updatedAt)).toEqual([moment, moment, moment]);
		expect(shelf(3)).toEqual([5, 0, 7]);
	});

	it('carry the moment of the run if the items differ in theirs', async () => {
		stockUp(3);
		const rows = [10_000, 20_000].map((ms, index) => ({
			sku: skuOf(index + 1),
			stock: 5,
			moment: afterStocking(ms),
		}));
		shop.market.setSwitches({ clockSkewMs: -30_000 });
		shop.market.setBalance(fbs.campaignId, skuOf(3), 7);
		shop.market.setSwitches({ clockSkewMs: 0 });
		await shop.update(rows, { options: { ...zero, updatedAtField: 'moment' } });
		expect(shelf(3)).toEqual([5, 5, 0]);
	});

	it('are counted in the summary, and read back', async () => {
		stockUp(3);
		const options = { ...zero, verify: 1, output: 'summary' };
		const { items } = await shop.update(
			[
				{ sku: skuOf(1), stock: 5 },
				{ sku: skuOf(2), stock: 1 },
			],
			{
				options,
			},
		);
		expect(items[0]?.json).toMatchObject({ total: 3, confirmed: 3, notInInput: 1, failed: 0 });
	});

	it('are planned in a dry run, and nothing is sent', async () => {
		stockUp(2);
		const { items } = await shop.update([{ sku: skuOf(1), stock: 5 }], {
			options: { ...zero, dryRun: true },
		});
		expect(items.map(({ json }) => [json.sku, json.status, json.count, json.request])).toEqual([
			[skuOf(1), 'planned', 5, 1],
			[skuOf(2), 'planned', 0, 1],
		]);
		expect(shelf(2)).toEqual([10, 10]);
	});

	it('are all found, however many pages the Market needs', async () => {
		stockUp(50);
		const options = { ...zero, mostNotInInput: 100 };
		const { items } = await shop.update([{ sku: skuOf(50), stock: 1 }], { options });
		expect(items).toHaveLength(50);
		expect(shelf(50)).toEqual([...Array<number>(49).fill(0), 1]);
	});

	it('take nothing from an item that failed: its SKU is named', async () => {
		stockUp(3);
		const { items } = await shop.update(
			[
				{ sku: skuOf(1), stock: 5 },
				{ sku: skuOf(2), stock: 'many' },
			],
			{ options: zero, onError },
		);
		expect(items.map(({ json }) => json.status)).toEqual(['accepted', 'failed', 'accepted']);
		expect(shelf(3)).toEqual([5, 10, 0]);
	});

	it.each<[string, IDataObject, string]>([
		['has no SKU', { sku: '', stock: 7 }, 'item 1 has no SKU that can be read'],
		['has a spoilt SKU', { sku: '#N/A', stock: 7 }, 'item 1 has no SKU that can be read'],
	])('are all left if an item %s: it may be any of them', async (_what, row, reason) => {
		stockUp(3);
		const { items } = await shop.update([{ sku: skuOf(1), stock: 5 }, row], {
			options: zero,
			onError,
		});
		expect(shelf(3)).toEqual([5, 10, 10]);
		expect(items.map(({ json }) => json.status)).toEqual(['accepted', 'failed', 'failed']);
		expect(items[2]?.json).toMatchObject({
			sku: null,
			notInInput: true,
			reason: expect.stringContaining(reason),
			advice: 'Correct that item, or leave it out of the input.',
		});
	});

	it('are left if an item is for a store that cannot be read, and names them', async () => {
		stockUp(3);
		const rows = [
			{ sku: skuOf(1), stock: 5, store: fbs.campaignId },
			{ sku: skuOf(2), stock: 5, store: 'mine' },
		];
		const { items } = await shop.update(rows, {
			options: zero,
			onError,
			store: '={{ $json.store }}',
		});
		expect(items.map(({ json }) => json.status)).toEqual(['accepted', 'failed', 'accepted']);
		expect(shelf(3)).toEqual([5, 10, 0]);
	});

	it('are left, and named, if the input may have meant them by a SKU that the store does not have', async () => {
		stockUp(3);
		const result = await shop.update(
			[
				{ sku: skuOf(1), stock: 5 },
				{ sku: 'sku-2', stock: 5 },
			],
			{ options: zero },
		);
		expect(shelf(3)).toEqual([5, 10, 0]);
		expect(messages(result).join('\n')).toMatch(
			/Store 21000001: some offers .* left as they are, because the input has SKUs that differ .*: "SKU-00002"\./,
		);
	});
});

describe('Most of Them', () => {
	const few = { offersNotInInput: 'zero' };

	it('lets a fifth of the offers with stock go unless told otherwise', async () => {
		stockUp(5);
		const rows = [1, 2, 3, 4].map((offer) => ({ sku: skuOf(offer), stock: 3 }));
		const { status } = await shop.update(rows, { options: few });
		expect(status).toBe('success');
		expect(shelf(5)).toEqual([3, 3, 3, 3, 0]);
	});

	it('sends nothing to the store if there are more, with the numbers and the cure', async () => {
		stockUp(5);
		const rows = [1, 2, 3].map((offer) => ({ sku: skuOf(offer), stock: 3 }));
		const { error } = await shop.update(rows, { options: few });
		expect(error?.message).toContain(
			'Store 21000001: the input does not name 2 of the 5 offers that have stock, more than the 20 % that Offers Not in the Input: Most of Them allows',
		);
		expect(error?.description).toContain('raise Offers Not in the Input: Most of Them');
		expect(shelf(5)).toEqual([10, 10, 10, 10, 10]);
	});

	it('holds back only the store that it is about', async () => {
		stockUp(4);
		stockUp(4, dbs.campaignId);
		const rows = [
			{ sku: skuOf(1), stock: 3, store: fbs.campaignId },
			...[1, 2, 3, 4].map((offer) => ({ sku: skuOf(offer), stock: 3, store: dbs.campaignId })),
		];
		const { items } = await shop.update(rows, {
			options: few,
			onError,
			store: '={{ $json.store }}',
		});
		expect(items.map(({ json }) => json.status)).toEqual([
			'failed',
			...Array<string>(4).fill('accepted'),
		]);
		expect(shelf(4)).toEqual([10, 10, 10, 10]);
		expect(shelf(4, dbs.campaignId)).toEqual([3, 3, 3, 3]);
	});
});

describe('Zero Guard', () => {
	it('counts the zeros of offers that are not in the input', async () => {
		stockUp(4);
		const rows = [1, 2].map((offer) => ({ sku: skuOf(offer), stock: 3 }));
		const { error } = await shop.update(rows, { options: { ...zero, zeroGuard: 40 } });
		expect(error?.message).toContain(
			'Store 21000001: 2 of 4 balances are zero, more than the 40 % that Zero Guard allows; of these zeros, rules made: Offers Not in the Input 2',
		);
		expect(shelf(4)).toEqual([10, 10, 10, 10]);
	});
});

describe('All or Nothing', () => {
	it('counts what the input does not name: if that cannot be told, nothing is sent', async () => {
		stockUp(2);
		shop.market.setSwitches({ faults: [{ operation: 'getStocks', kind: 'limit', rate: 1 }] });
		const { items } = await shop.update([{ sku: skuOf(1), stock: 5 }], {
			options: { ...zero, allOrNothing: true, maximumWait: 0 },
			onError,
		});
		expect(items.map(({ json }) => json.status)).toEqual(['failed', 'failed']);
		expect(shelf(2)).toEqual([10, 10]);
	});
});

describe('A list of stocks that cannot be read to its end', () => {
	it('sets nothing to 0; what the input names is sent; an item and the message say so', async () => {
		stockUp(2);
		shop.market.setSwitches({ faults: [{ operation: 'getStocks', kind: 'limit', rate: 1 }] });
		const options = { ...zero, maximumWait: 0 };
		const { error } = await shop.update([{ sku: skuOf(1), stock: 5 }], { options });
		expect(error?.message).toMatch(
			/^1 of 2 items were sent and accepted, 1 was not: \[not in the input\] Store 21000001: its stocks could not be read, so no offer that the input does not name was set to 0/,
		);
		expect(shelf(2)).toEqual([5, 10]);
	});
});

describe('A store that the Market also keeps goods of', () => {
	it("is judged by its own warehouse: the Market's is not touched", async () => {
		const [returns] = fbs.marketWarehouses;
		stockUp(1);
		shop.market.setMarketStock(fbs.campaignId, returns.warehouseId, skuOf(2), 7);
		const { items } = await shop.update([{ sku: skuOf(1), stock: 5 }], { options: zero });
		expect(items).toHaveLength(1);
		expect(shelf(2)).toEqual([5, null]);
	});

	it('is left alone if the token may not see which warehouse is its own', async () => {
		stockUp(2);
		const { items } = await shop.update([{ sku: skuOf(1), stock: 5 }], {
			options: zero,
			apiKey: TOKENS.offersManagement,
			onError,
		});
		expect(items[1]?.json).toMatchObject({
			status: 'failed',
			reason: expect.stringContaining('does not say which warehouse is its own'),
			advice: expect.stringContaining('inventory-and-order-processing'),
		});
		expect(shelf(2)).toEqual([5, 10]);
	});
});

describe('Stores of one warehouse group', () => {
	it('count once, and an offer that either of them names is named', async () => {
		stockUp(4);
		const rows = [
			{ sku: skuOf(1), stock: 5, store: fbs.campaignId },
			{ sku: skuOf(2), stock: 5, store: groupMate.campaignId },
		];
		const { items } = await shop.update(rows, { options: zero, store: '={{ $json.store }}' });
		expect(items.map(({ json }) => [json.sku, json.count, json.store])).toEqual([
			[skuOf(1), 5, String(fbs.campaignId)],
			[skuOf(2), 5, String(groupMate.campaignId)],
			[skuOf(3), 0, String(fbs.campaignId)],
			[skuOf(4), 0, String(fbs.campaignId)],
		]);
		expect(shelf(4)).toEqual([5, 5, 0, 0]);
	});
});

describe('Stores of one warehouse group, of which a guard holds one back', () => {
	it('send nothing through the other one either', async () => {
		stockUp(4);
		const rows = [fbs, groupMate].map(({ campaignId: store }) => ({
			sku: skuOf(1),
			stock: 5,
			store,
		}));
		const { items } = await shop.update(rows, {
			options: { ...zero, mostNotInInput: 100, zeroGuard: 50 },
			store: '={{ $json.store }}',
			onError,
		});
		expect(items.map(({ json }) => [json.status, json.reason])).toEqual([
			['failed', expect.stringContaining('3 of 4 balances are zero')],
			['failed', expect.stringContaining('3 of 4 balances are zero')],
		]);
		expect(shelf(4)).toEqual([10, 10, 10, 10]);
	});
});

describe('Warehouses', () => {
	const warehouses: INodeParameters = {
		sendTo: 'warehouse',
		business: { __rl: true, mode: 'id', value: String(warehouseFbs.businessId) },
		warehouseFrom: 'field',
		warehouseField: 'warehouse',
	};
	const run = { parameters: warehouses, apiKey: TOKENS.warehouseAll };
	const at = (warehouse: number, offer: number, stock: number | string = 5): IDataObject => ({
		sku: skuOf(offer),
		stock,
		warehouse,
	});

	beforeEach(() => {
		stockUp(3, warehouseFbs.campaignId);
		stockUp(3, warehouseDbs.campaignId);
	});

	it('are judged one by one', async () => {
		const [one, two] = [warehouseFbs.warehouseId, warehouseDbs.warehouseId];
		const { items } = await shop.update([at(one, 1), at(one, 2), at(two, 2), at(two, 3, 'x')], {
			...run,
			options: { ...zero, mostNotInInput: 34 },
			onError,
		});
		expect(items.slice(4).map(({ json }) => [json.sku, json.count, json.warehouse])).toEqual([
			[skuOf(3), 0, String(one)],
			[skuOf(1), 0, String(two)],
		]);
		expect(shelf(3, warehouseFbs.campaignId)).toEqual([5, 5, 0]);
		expect(shelf(3, warehouseDbs.campaignId)).toEqual([0, 5, 10]);
	});

	it('that no item is sent to are left as they are', async () => {
		await shop.update([at(warehouseFbs.warehouseId, 1), at(warehouseFbs.warehouseId, 2)], {
			...run,
			options: zero,
		});
		expect(shelf(3, warehouseDbs.campaignId)).toEqual([10, 10, 10]);
	});
});

describe('The error output', () => {
	it('gets what could not be done for offers that are not in the input', async () => {
		stockUp(2);
		shop.market.setSwitches({ faults: [{ operation: 'getStocks', kind: 'limit', rate: 1 }] });
		const { items, errorItems } = await shop.update([{ sku: skuOf(1), stock: 5 }], {
			options: { ...zero, maximumWait: 0 },
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ json }) => json.sku)).toEqual([skuOf(1)]);
		expect(errorItems.map(({ json }) => json.error)).toEqual([
			expect.objectContaining({ message: expect.stringMatching(/^\[not in the input\] Store/) }),
		]);
	});
});
