import { STORES, TOKENS } from '../../sandbox';
import { offerRow, stockRow } from '../support/outputRows';
import { itemsFor, jsonOf, skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes();
const fbs = STORES.fbs.campaignId;
const store = String(fbs);
const options = { verify: 0 };
const modes = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
const nodes = ['hide', 'unhide'] as const;
const stocksRead = () =>
	shop.requests().filter((request) => request === `POST /v2/campaigns/${store}/offers/stocks`);

/** Hides everything that is to be shown. */
function prepare(node: (typeof nodes)[number]): void {
	for (let offer = 1; offer <= 3; offer++)
		shop.market.setHidden(fbs, skuOf(offer), node === 'unhide');
}

describe.each(modes)('Verify with %s', (onError) => {
	it('confirms balances that the Market shows', async () => {
		const { status, items, errorItems } = await shop.update(itemsFor(3), { options, onError });
		expect([status, errorItems]).toEqual(['success', []]);
		expect(items[2]).toEqual({
			json: stockRow({
				sku: skuOf(3),
				count: 3,
				updatedAt: expect.any(String),
				store,
				status: 'confirmed',
			}),
			pairedItem: { item: 2 },
		});
		expect(items.map(({ json }) => json.status)).toEqual(['confirmed', 'confirmed', 'confirmed']);
		expect(stocksRead()).toHaveLength(1);
	});

	it.each(nodes)('confirms what %s did', async (node) => {
		prepare(node);
		const { status, items } = await shop[node](itemsFor(3), { options, onError });
		expect(status).toBe('success');
		expect(jsonOf(items)).toEqual(
			[1, 2, 3].map((offer) => offerRow({ sku: skuOf(offer), store, status: 'confirmed' })),
		);
	});

	it('a newer record is held: unconfirmed, which is not a failure', async () => {
		shop.market.setBalance(fbs, skuOf(2), 77);
		const { status, items, errorItems } = await shop.update(itemsFor(3), { options, onError });
		expect([status, errorItems]).toEqual(['success', []]);
		expect(items.map(({ json }) => json.status)).toEqual(['confirmed', 'unconfirmed', 'confirmed']);
		expect(items[1]?.json).toEqual(
			stockRow({
				sku: skuOf(2),
				count: 2,
				updatedAt: expect.any(String),
				store,
				status: 'unconfirmed',
				reason:
					'The Market shows 77 and not 2, although it has received this balance: it holds a newer one',
				advice: expect.stringContaining('Another program or a later run has sent it'),
			}),
		);
		expect(shop.available(2)).toBe(77);
	});

	it('a SKU that is not in the catalogue', async () => {
		const { status, items } = await shop.update([{ sku: 'unheard of', stock: 1 }], {
			options,
			onError,
		});
		expect(status).toBe('success');
		expect(items[0]?.json).toMatchObject({
			status: 'unconfirmed',
			reason: 'The Market shows no such SKU in this store',
			advice: expect.stringContaining('written as in the catalogue'),
		});
	});

	it.each(nodes)('%s: a SKU that is not in the catalogue', async (node) => {
		prepare(node);
		const { status, items } = await shop[node]([...itemsFor(1), { sku: 'unheard of' }], {
			options,
			onError,
		});
		expect(status).toBe('success');
		expect(items.map(({ json }) => json.status)).toEqual(['confirmed', 'unconfirmed']);
		expect(items[1]?.json.reason).toBe('The Market shows no such SKU in this store');
	});

	it('the Market shows changes only after the wait', async () => {
		shop.market.setSwitches({ visibilityDelayMs: 3_600_000 });
		const { status, items } = await shop.update(itemsFor(2), { options, onError });
		expect(status).toBe('success');
		expect(items[1]?.json).toMatchObject({
			status: 'unconfirmed',
			reason: 'The Market shows 0 and not 2',
			advice: expect.stringContaining('up to 15 minutes'),
		});
	});

	it.each([
		['hide', 'The Market does not list the offer as hidden'],
		['unhide', 'The Market still lists the offer as hidden'],
	] as const)('%s: the Market shows changes only after the wait', async (node, reason) => {
		prepare(node);
		shop.market.setSwitches({ visibilityDelayMs: 3_600_000 });
		const { status, items } = await shop[node](itemsFor(3), { options, onError });
		expect(status).toBe('success');
		expect(items[2]?.json).toMatchObject({
			status: 'unconfirmed',
			reason,
			advice: expect.stringMatching(/./),
		});
	});

	it('the Market cannot be read back: unconfirmed, and the reason says so', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		shop.market.setSwitches({ faults: [{ kind: '500', rate: 1, operation: 'getStocks' }] });
		const { status, items } = await shop.update(itemsFor(2), { options, onError });
		jest.restoreAllMocks();
		expect(status).toBe('success');
		expect(items[0]?.json).toMatchObject({
			status: 'unconfirmed',
			reason: expect.stringMatching(
				/^It could not be read back\. The Market is not working at the moment \(500\)/,
			),
		});
		expect(shop.available(2)).toBe(2);
	});
});

describe('Verify', () => {
	it('leaves a refused item failed, and does not ask about it', async () => {
		const items = [
			{ sku: skuOf(1), stock: 1 },
			{ sku: skuOf(2), stock: '' },
		];
		const { items: output } = await shop.update(items, {
			options,
			onError: 'continueRegularOutput',
		});
		expect(output.map(({ json }) => json.status)).toEqual(['confirmed', 'failed']);
	});

	it('is not done in a dry run', async () => {
		const { items } = await shop.update(itemsFor(1), { options: { ...options, dryRun: true } });
		expect(items[0]?.json.status).toBe('planned');
		expect(stocksRead()).toEqual([]);
	});

	it('reads again until the Market shows it', async () => {
		shop.market.setSwitches({ visibilityDelayMs: 500 });
		const { items } = await shop.update(itemsFor(2), { options: { verify: 1 } });
		expect(items.map(({ json }) => json.status)).toEqual(['confirmed', 'confirmed']);
		expect(stocksRead()).toHaveLength(2);
	});

	it('reads large runs back in full requests', async () => {
		const many = Array.from({ length: 1_001 }, (_, index) => ({ sku: `S${index}`, stock: 1 }));
		const { items } = await shop.update(many, { options });
		expect(items).toHaveLength(1_001);
		expect(shop.market.statistics().getStocks?.requests).toBe(3);
	});

	it('counts in the summary', async () => {
		shop.market.setBalance(fbs, skuOf(2), 77);
		const items = [...itemsFor(3), { sku: skuOf(4), stock: '' }];
		const { items: output } = await shop.update(items, {
			options: { ...options, output: 'summary' },
			onError: 'continueRegularOutput',
		});
		expect(output[0]?.json).toMatchObject({
			total: 4,
			accepted: 0,
			confirmed: 2,
			unconfirmed: 1,
			failed: 1,
			planned: 0,
		});
	});

	it('gives one outcome to items that were sent as one', async () => {
		const { items } = await shop.update([...itemsFor(1), ...itemsFor(1)], { options });
		expect(items.map(({ json }) => json.status)).toEqual(['confirmed', 'confirmed']);
		expect(items[1]?.json.note).toContain('it is sent once for all of them');
	});
});

describe("Verify of an FBS store with the Market's warehouse for returns", () => {
	const [returns] = STORES.fbs.marketWarehouses;

	/** The store's own warehouse keeps showing 5; the one for returns shows 0, and changed last. */
	function showOldNumber(): void {
		shop.market.setBalance(fbs, skuOf(1), 5);
		shop.market.setMarketStock(fbs, returns.warehouseId, skuOf(1), 0);
		shop.market.setSwitches({ visibilityDelayMs: 3_600_000 });
	}

	it("does not take its number for the store's", async () => {
		showOldNumber();
		const { items } = await shop.update([{ sku: skuOf(1), stock: 0 }], { options });
		expect(items[0]?.json).toMatchObject({
			status: 'unconfirmed',
			reason: expect.stringMatching(/^The Market shows 5 and not 0/),
		});
	});

	it("says so if the token may not see which warehouse is the store's own", async () => {
		showOldNumber();
		const apiKey = TOKENS.offersManagement;
		const { items } = await shop.update([{ sku: skuOf(1), stock: 0 }], { options, apiKey });
		expect(items[0]?.json).toMatchObject({
			status: 'unconfirmed',
			reason:
				"The Market shows 5 in warehouse 51000001, 0 in warehouse 59000001, and it is not known which warehouse is the store's own",
			advice: expect.stringContaining('inventory-and-order-processing:read-only'),
		});
	});

	it.each([TOKENS.allMethods, TOKENS.offersManagement])(
		"confirms what the store's own shows",
		async (apiKey) => {
			shop.market.setMarketStock(fbs, returns.warehouseId, skuOf(1), 3);
			const { items } = await shop.update([{ sku: skuOf(1), stock: 7 }], { options, apiKey });
			expect(items[0]?.json.status).toBe('confirmed');
		},
	);
});
