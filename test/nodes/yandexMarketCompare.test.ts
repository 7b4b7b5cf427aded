import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { generateCatalogue, parseCatalogue, STORES, TOKENS } from '../../sandbox';
import { startFakeMarket } from '../support/fakeMarket';
import { nodesOn, type RunSettings } from '../support/nodeRuns';
import { said } from '../support/outputRows';
import { skuOf, useFreshSandboxes } from '../support/useSandbox';

const OWN = ['0557722', 'TEA-01', '4711'];
const catalogue = [
	...parseCatalogue(
		['sku,name,price,archived', ...OWN.map((sku) => `${sku},a,1,`), 'OLD,b,1,yes'].join('\n'),
	),
	...generateCatalogue(300),
];
const shop = useFreshSandboxes({ catalogue });
const { fbs, groupMate, dbs, fby, warehouseFbs, warehouseDbs } = STORES;
const onError = 'continueRegularOutput';
const STORE = String(fbs.campaignId);

async function compare(rows: IDataObject[], run: RunSettings = {}) {
	const parameters: INodeParameters = {
		resource: 'stock',
		operation: 'compare',
		stockField: 'stock',
		...run.parameters,
	};
	const before = writes();
	const result = await shop.read(rows, { ...run, parameters });
	// Whatever is compared, nothing is changed.
	expect(writes()).toEqual(before);
	return result;
}

const hold = (offers: Record<string, number>, campaignId: number = fbs.campaignId) => {
	for (const [sku, count] of Object.entries(offers)) shop.market.setBalance(campaignId, sku, count);
};
/** What each item says, by what matters. */
const told = ({ items }: { items: Array<{ json: IDataObject }> }) =>
	items.map(({ json }) => [json.sku, json.status, json.count, json.available]);
const messages = ({ hints }: { hints: Array<{ message: string }> }) =>
	hints.map(({ message }) => message);
/** Calls that change anything. */
const writes = () =>
	shop
		.requests()
		.filter((request) => /^PUT |(stocks\/update|hidden-offers(\/delete)?)$/.test(request))
		.filter((request) => !request.startsWith('GET'));

describe('A comparison of the input with a store', () => {
	it('puts out what differs and what is only at the Market, and counts all above', async () => {
		hold({ [skuOf(1)]: 10, [skuOf(2)]: 7, [skuOf(3)]: 3, [skuOf(4)]: 0 });
		const result = await compare([
			{ sku: skuOf(1), stock: 10 },
			{ sku: skuOf(2), stock: '8' },
		]);
		expect(result.items).toEqual([
			{
				json: {
					sku: skuOf(2),
					status: 'differs',
					count: 8,
					available: 7,
					reserved: 0,
					updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
					hidden: false,
					reason: null,
					advice: null,
					meant: null,
					store: STORE,
				},
				pairedItem: { item: 1 },
			},
			{
				json: expect.objectContaining({
					sku: skuOf(3),
					status: 'only at the Market',
					count: null,
					available: 3,
					hidden: false,
					store: STORE,
				}),
				pairedItem: [],
			},
		]);
		expect(Object.keys(result.items[0]?.json ?? {}).slice(0, 4)).toEqual([
			'sku',
			'status',
			'count',
			'available',
		]);
		expect(messages(result)).toEqual([
			'Of 2 SKUs 1 is equal, 1 differs; 1 offer with stock is only at the Market.',
		]);
	});

	it('puts out nothing if all is equal, and each SKU if all are wanted', async () => {
		hold({ [skuOf(1)]: 10 });
		const rows = [{ sku: skuOf(1), stock: 10 }];
		const none = await compare(rows);
		expect([none.status, told(none)]).toEqual(['success', []]);
		expect(messages(none)).toEqual(['Of 1 SKU 1 is equal.']);
		expect(told(await compare(rows, { options: { show: 'all' } }))).toEqual([
			[skuOf(1), 'equal', 10, 10],
		]);
	});

	it('reads balances as Update Stocks does, with its rules', async () => {
		hold({ [skuOf(1)]: 4, [skuOf(2)]: 0, [skuOf(3)]: 12 });
		const rows = [
			{ sku: skuOf(1), stock: '10,5', hold: 1 },
			{ sku: skuOf(2), stock: -3, hold: 0 },
			{ sku: skuOf(3), stock: 40, hold: '' },
		];
		const options = {
			fractions: 'roundDown',
			negatives: 'zero',
			share: 50,
			reserveField: 'hold',
			maximumStock: 12,
			show: 'all',
		};
		expect(told(await compare(rows, { options }))).toEqual([
			[skuOf(1), 'equal', 4, 4],
			[skuOf(2), 'equal', 0, 0],
			[skuOf(3), 'equal', 12, 12],
		]);
	});

	it('puts rows of one SKU together, in one item that comes from all of them', async () => {
		hold({ [skuOf(1)]: 5 });
		const rows = [
			{ sku: skuOf(1), stock: 2 },
			{ sku: skuOf(2), stock: 0 },
			{ sku: skuOf(1), stock: 4 },
		];
		const { items } = await compare(rows, { options: { duplicateSkus: 'sum' } });
		expect(items.map(({ json, pairedItem }) => [json.count, json.available, pairedItem])).toEqual([
			[6, 5, [{ item: 0 }, { item: 2 }]],
		]);
	});

	it('says that a difference is reserved for orders', async () => {
		hold({ [skuOf(1)]: 10 });
		shop.market.placeOrder(fbs.campaignId, [{ sku: skuOf(1), count: 2 }]);
		const { items } = await compare([{ sku: skuOf(1), stock: 10 }]);
		expect(items[0]?.json).toMatchObject({
			status: 'differs',
			available: 8,
			reserved: 2,
			reason: 'As many units as are missing are reserved for orders: 2',
			advice: expect.stringContaining('would put the units on sale again'),
		});
	});

	it('says that the Market would ignore a balance that is older than its own', async () => {
		hold({ [skuOf(1)]: 10 });
		const at = new Date(Date.now() - 3_600_000).toISOString();
		const options = { updatedAtField: 'at' };
		const { items } = await compare([{ sku: skuOf(1), stock: 9, at }], { options });
		expect(items[0]?.json.reason).toMatch(
			/^The Market holds a newer balance, of .*ignore this one/,
		);
	});

	it('tells a hidden offer, but a difference of the numbers first', async () => {
		hold({ [skuOf(1)]: 10, [skuOf(2)]: 7, [skuOf(3)]: 5 });
		for (const offer of [1, 2, 3]) shop.market.setHidden(fbs.campaignId, skuOf(offer), true);
		const rows = [
			{ sku: skuOf(1), stock: 10 },
			{ sku: skuOf(2), stock: 8 },
		];
		const result = await compare(rows);
		expect(result.items.map(({ json }) => [json.sku, json.status, json.hidden])).toEqual([
			[skuOf(1), 'hidden', true],
			[skuOf(2), 'differs', true],
			[skuOf(3), 'only at the Market', true],
		]);
		expect(messages(result)[0]).toContain('1 differs, 1 is hidden; 1 offer with stock');
	});
});

describe('The list of hidden offers', () => {
	it('that cannot be read costs nothing but what it would tell, and a hint says so', async () => {
		hold({ [skuOf(1)]: 10, [skuOf(2)]: 7 });
		shop.market.setSwitches({
			faults: [{ operation: 'getHiddenOffers', kind: 'limit', rate: 1 }],
		});
		const rows = [
			{ sku: skuOf(1), stock: 10 },
			{ sku: skuOf(2), stock: 8 },
		];
		const result = await compare(rows, { options: { maximumWait: 0, show: 'all' } });
		expect(result.items.map(({ json }) => [json.status, json.hidden])).toEqual([
			['equal', null],
			['differs', null],
		]);
		expect(messages(result)).toContainEqual(
			expect.stringMatching(
				/^Store 21000001: whether offers are hidden could not be read of all\./,
			),
		);
	});
});

describe('An SKU of which the Market lists no balance', () => {
	it('is not in the catalogue, with the one that was meant, which is then not only at the Market for no reason', async () => {
		hold({ '0557722': 3 });
		const result = await compare([
			{ sku: '557722', stock: 3 },
			{ sku: 'Kettle', stock: 1 },
		]);
		expect(result.items.map(({ json }) => said(json))).toEqual([
			{
				sku: '557722',
				status: 'not in the catalogue',
				count: 3,
				reason: `Not in the catalogue of store ${STORE}; probably meant: "0557722" (differs in leading zeros)`,
				advice: expect.any(String),
				meant: '0557722',
				store: STORE,
			},
			{
				sku: 'Kettle',
				status: 'not in the catalogue',
				count: 1,
				reason: `Not in the catalogue of store ${STORE}`,
				advice: expect.any(String),
				store: STORE,
			},
			expect.objectContaining({
				sku: '0557722',
				status: 'only at the Market',
				reason: 'No item names it, but "557722" may mean it (differs in leading zeros)',
			}),
		]);
		expect(messages(result).at(-1)).toContain('2 are not in the catalogue');
	});

	it('differs if the catalogue has it: it never had a balance, or is in the archive', async () => {
		const { items } = await compare([{ sku: 'OLD', stock: 0 }]);
		expect(items[0]?.json).toMatchObject({
			status: 'differs',
			count: 0,
			available: null,
			reason: expect.stringContaining('is in the archive'),
		});
	});

	it('is unknown if the catalogue cannot be asked', async () => {
		shop.market.setSwitches({
			faults: [{ operation: 'getCampaignOffers', kind: 'limit', rate: 1 }],
		});
		const result = await compare([{ sku: 'Kettle', stock: 1 }], { options: { maximumWait: 0 } });
		expect(result.items[0]?.json).toMatchObject({
			status: 'unknown',
			reason: expect.stringContaining('could not be checked'),
		});
		expect(messages(result)).toContain('Of 1 SKU 0 are equal, 1 could not be compared.');
	});
});

describe('Rows that cannot be compared', () => {
	it('stop the node before the Market is asked', async () => {
		const { error } = await compare([
			{ sku: skuOf(1), stock: 5 },
			{ sku: skuOf(2), stock: 'many' },
		]);
		expect(error?.message).toMatch(
			/^1 of 2 items could not be compared: \[item 1\] SKU "SKU-00002"/,
		);
		expect(shop.requests()).toEqual([]);
	});

	it('fail alone in Continue, and name their SKUs', async () => {
		hold({ [skuOf(1)]: 5, [skuOf(2)]: 9, [skuOf(3)]: 1 });
		const rows = [
			{ sku: skuOf(1), stock: 5 },
			{ sku: skuOf(2), stock: '' },
		];
		const { items } = await compare(rows, { onError });
		expect(items.map(({ json }) => [json.sku, json.status, json.input])).toEqual([
			[skuOf(2), 'failed', rows[1]],
			[skuOf(3), 'only at the Market', null],
		]);
	});

	it('without an SKU may be any offer: none is said to be only at the Market', async () => {
		hold({ [skuOf(1)]: 5, [skuOf(2)]: 9 });
		const rows = [
			{ sku: skuOf(1), stock: 4 },
			{ sku: '#N/A', stock: 9 },
		];
		const result = await compare(rows, { onError });
		expect(result.items.map(({ json }) => json.status)).toEqual(['differs', 'failed']);
		expect(messages(result)).toContainEqual(
			expect.stringContaining('item 1 has no SKU that can be read and may be any offer'),
		);
	});

	it('that are blank are skipped, and put out only if all are wanted', async () => {
		hold({ [skuOf(1)]: 5 });
		const rows = [
			{ sku: skuOf(1), stock: 5 },
			{ sku: '', stock: '' },
		];
		const result = await compare(rows);
		expect([told(result), messages(result)]).toEqual([
			[],
			['1 blank row skipped.', 'Of 1 SKU 1 is equal.'],
		]);
		const all = await compare(rows, { options: { show: 'all' } });
		expect(all.items.map(({ json }) => json.status)).toEqual(['equal', 'skipped']);
	});
});

describe('Stocks that cannot be read to the end', () => {
	it('compare nothing: every item of the store fails', async () => {
		hold({ [skuOf(1)]: 5 });
		shop.market.setSwitches({ faults: [{ operation: 'getStocks', kind: 'limit', rate: 1 }] });
		const rows = [
			{ sku: skuOf(1), stock: 5 },
			{ sku: skuOf(2), stock: 1 },
		];
		const { items } = await compare(rows, { options: { maximumWait: 0 }, onError });
		expect(items.map(({ json }) => json.status)).toEqual(['failed', 'failed']);
	});

	it('because the Market leads round in circles, compare nothing either', async () => {
		const offers = [{ offerId: 'A', stocks: [{ type: 'AVAILABLE', count: 5 }] }];
		const page = {
			warehouses: [{ warehouseId: 51, offers }],
			paging: { nextPageToken: 'again' },
		};
		const fake = await startFakeMarket(() => ({
			status: 200,
			body: JSON.stringify({ status: 'OK', result: page }),
		}));
		try {
			const parameters = { operation: 'compare', stockField: 'stock' };
			const rows = [{ sku: 'A', stock: 5 }];
			const { items } = await nodesOn(fake).read(rows, { parameters, onError });
			expect(items[0]?.json).toMatchObject({
				status: 'failed',
				reason: expect.stringContaining('from page to page without an end'),
			});
		} finally {
			await fake.stop();
		}
	});
});

describe('Only what the input names', () => {
	it('is asked for if it is a part of the catalogue, in fewer requests', async () => {
		hold({ [skuOf(1)]: 5, [skuOf(2)]: 9 });
		const rows = [{ sku: skuOf(1), stock: 4 }];
		const asked = () => shop.requests().filter((request) => request.endsWith('/offers/stocks'));
		const result = await compare(rows, { options: { onlyAtMarket: false } });
		expect([told(result), asked().length]).toEqual([[[skuOf(1), 'differs', 4, 5]], 1]);
		await compare(rows);
		expect(asked()).toHaveLength(1 + 4);
	});
});

describe('The number of a store', () => {
	it("is that of its own warehouse, not the Market's for returns", async () => {
		const [returns] = fbs.marketWarehouses;
		hold({ [skuOf(1)]: 5 });
		shop.market.setMarketStock(fbs.campaignId, returns.warehouseId, skuOf(1), 30);
		shop.market.setMarketStock(fbs.campaignId, returns.warehouseId, skuOf(2), 7);
		const rows = [{ sku: skuOf(1), stock: 5 }];
		expect(told(await compare(rows, { options: { show: 'all' } }))).toEqual([
			[skuOf(1), 'equal', 5, 5],
		]);
	});

	it('is not guessed if the token may not see which warehouse is its own', async () => {
		const [returns] = fbs.marketWarehouses;
		hold({ [skuOf(1)]: 5, [skuOf(2)]: 6 });
		for (const offer of [1, 2])
			shop.market.setMarketStock(fbs.campaignId, returns.warehouseId, skuOf(offer), 5);
		const result = await compare([{ sku: skuOf(1), stock: 5 }], {
			apiKey: TOKENS.offersManagement,
		});
		expect(told(result)).toContainEqual([skuOf(1), 'unknown', 5, null]);
		expect(result.items.map(({ json }) => json.status)).not.toContain('equal');
		expect(messages(result)).toContainEqual(
			'Store 21000001: its own number is not known of 302 SKUs that no item names, so nothing is said of them.',
		);
	});

	it('of FBY is the sum of its warehouses', async () => {
		const [second] = fby.marketWarehouses;
		hold({ [skuOf(1)]: 5 }, fby.campaignId);
		shop.market.setMarketStock(fby.campaignId, second.warehouseId, skuOf(1), 4);
		const rows = [{ sku: skuOf(1), stock: 9 }];
		const options = { show: 'all' };
		expect(told(await compare(rows, { options, store: fby.campaignId }))).toContainEqual([
			skuOf(1),
			'equal',
			9,
			9,
		]);
	});
});

describe('On the error output', () => {
	it('rows that cannot be compared are as they came in, with the reason', async () => {
		hold({ [skuOf(1)]: 5 });
		const rows = [
			{ sku: skuOf(1), stock: 4 },
			{ sku: skuOf(2), stock: 'many' },
		];
		const { items, errorItems } = await compare(rows, { onError: 'continueErrorOutput' });
		expect(items.map(({ json }) => json.status)).toEqual(['differs']);
		expect(errorItems.map(({ json }) => json)).toEqual([
			{ ...rows[1], error: expect.objectContaining({ sku: skuOf(2), store: STORE }) },
		]);
	});
});

/** What a run of Update Stocks leaves at the Market, and what a source may say of it. */
const anyStock = fc.oneof(
	fc.integer({ min: 0, max: 20 }),
	fc.constantFrom('7', '1 234', '10,00', 2.5, -1, '', 'many', '1.000'),
);
const anyOptions = fc.record(
	{
		fractions: fc.constantFrom('refuse', 'roundDown'),
		negatives: fc.constantFrom('refuse', 'zero'),
		duplicateSkus: fc.constantFrom('refuse', 'last', 'sum'),
		share: fc.constantFrom(100, 50, 12.5),
		reserve: fc.integer({ min: 0, max: 3 }),
		minimumStock: fc.integer({ min: 0, max: 3 }),
		maximumStock: fc.integer({ min: 5, max: 9 }),
	},
	{ requiredKeys: [] },
);

describe('Whatever the rows and options', () => {
	it('all that Update Stocks has just sent is equal, and what changes after that differs', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ offer: fc.integer({ min: 1, max: 6 }), stock: anyStock }), {
					minLength: 1,
					maxLength: 8,
				}),
				anyOptions,
				fc.nat(),
				async (given, options, pick) => {
					shop.market.reset();
					const rows = given.map(({ offer, stock }) => ({ sku: skuOf(offer), stock }));
					const sent = await shop.update(rows, { options: { ...options, verify: 0 }, onError });
					const confirmed = new Map(
						sent.items
							.filter(({ json }) => json.status === 'confirmed')
							.map(({ json }) => [json.sku as string, json.count as number]),
					);
					const all = { ...options, show: 'all' };
					const statusesOf = async () => {
						const { items } = await compare(rows, { options: all, onError });
						const compared = items.filter(({ json }) =>
							['equal', 'differs'].includes(json.status as string),
						);
						return Object.fromEntries(compared.map(({ json }) => [json.sku, json.status]));
					};
					const equal = Object.fromEntries(Array.from(confirmed.keys(), (sku) => [sku, 'equal']));
					expect(await statusesOf()).toEqual(equal);
					const [changed, count] = [...confirmed][pick % Math.max(1, confirmed.size)] ?? [];
					if (changed === undefined || count === undefined) return;
					shop.market.setBalance(fbs.campaignId, changed, count + 1);
					expect(await statusesOf()).toEqual({ ...equal, [changed]: 'differs' });
				},
			),
			{ numRuns: 25 },
		);
	}, 60_000);
});

describe('Several stores in one run', () => {
	it('are compared each with its own items', async () => {
		hold({ [skuOf(1)]: 5, [skuOf(2)]: 6 });
		hold({ [skuOf(1)]: 7 }, dbs.campaignId);
		const rows = [
			{ sku: skuOf(1), stock: 5, store: fbs.campaignId },
			{ sku: skuOf(1), stock: 5, store: dbs.campaignId },
		];
		const result = await compare(rows, { store: '={{ $json.store }}' });
		expect(result.items.map(({ json }) => [json.sku, json.status, json.store])).toEqual([
			[skuOf(1), 'differs', String(dbs.campaignId)],
			[skuOf(2), 'only at the Market', STORE],
		]);
		expect(messages(result)).toEqual([
			`Store ${STORE}: of 1 SKU 1 is equal; 1 offer with stock is only at the Market.`,
			`Store ${dbs.campaignId}: of 1 SKU 0 are equal, 1 differs.`,
		]);
	});

	it('one of which cannot be read costs the others nothing', async () => {
		hold({ [skuOf(1)]: 5 });
		const rows = [
			{ sku: skuOf(1), stock: 4, store: 21_999_999 },
			{ sku: skuOf(1), stock: 4, store: fbs.campaignId },
		];
		const { items } = await compare(rows, { store: '={{ $json.store }}', onError });
		expect(items.map(({ json }) => json.status).sort()).toEqual(['differs', 'failed']);
	});

	it('that hold one number count as one: what an item of either names is named', async () => {
		hold({ [skuOf(1)]: 5, [skuOf(2)]: 5, [skuOf(3)]: 5 });
		const rows = [
			{ sku: skuOf(1), stock: 5, store: fbs.campaignId },
			{ sku: skuOf(2), stock: 5, store: groupMate.campaignId },
		];
		const { items } = await compare(rows, { store: '={{ $json.store }}' });
		expect(items.map(({ json }) => [json.sku, json.status])).toEqual([
			[skuOf(3), 'only at the Market'],
		]);
	});
});

describe('Warehouses', () => {
	const parameters: INodeParameters = {
		readFrom: 'warehouse',
		business: { __rl: true, mode: 'id', value: String(warehouseFbs.businessId) },
		warehouseFrom: 'field',
		warehouseField: 'warehouse',
	};
	const run = { parameters, apiKey: TOKENS.warehouseAll };

	it('are compared each with the items that name it', async () => {
		hold({ [skuOf(1)]: 5, [skuOf(2)]: 6 }, warehouseFbs.campaignId);
		hold({ [skuOf(1)]: 7 }, warehouseDbs.campaignId);
		const rows = [warehouseFbs, warehouseDbs].map(({ warehouseId }) => ({
			sku: skuOf(1),
			stock: 5,
			warehouse: warehouseId,
		}));
		const { items } = await compare(rows, run);
		expect(items.map(({ json }) => said(json))).toEqual([
			{
				sku: skuOf(1),
				status: 'differs',
				count: 5,
				available: 7,
				reserved: 0,
				updatedAt: expect.any(String),
				business: String(warehouseFbs.businessId),
				warehouse: String(warehouseDbs.warehouseId),
			},
			expect.objectContaining({
				sku: skuOf(2),
				status: 'only at the Market',
				warehouse: String(warehouseFbs.warehouseId),
			}),
		]);
		expect(items[0]?.json).not.toHaveProperty('hidden');
	});

	it('ask the catalogue of the business for what they do not list', async () => {
		const rows = [{ sku: '557722', stock: 5, warehouse: warehouseFbs.warehouseId }];
		const { items } = await compare(rows, run);
		expect(items[0]?.json).toMatchObject({ status: 'not in the catalogue', meant: '0557722' });
	});

	it('that the business does not have are not compared with nothing', async () => {
		const rows = [{ sku: skuOf(1), stock: 0, warehouse: 59_999_999 }];
		const { items } = await compare(rows, { ...run, onError });
		expect(items[0]?.json).toMatchObject({
			status: 'failed',
			reason: expect.stringContaining('59999999'),
		});
	});
});
