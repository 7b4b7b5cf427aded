import { STORES, TOKENS } from '../../sandbox';
import { itemsFor, skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes();
const modes = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

/** Ten balances, this many of which are zero. */
const withZeros = (zeros: number) =>
	itemsFor(10).map(({ sku }, index) => ({ sku, stock: index < zeros ? 0 : 5 }));

describe('Zero Guard', () => {
	const options = { zeroGuard: 50 };
	const REASON =
		'Store 21000001: 6 of 10 balances are zero, more than the 50 % that Zero Guard allows';

	it.each(modes)('sends as many zeros as it allows, with %s', async (onError) => {
		const { status, items } = await shop.update(withZeros(5), { options, onError });
		expect(status).toBe('success');
		expect(items.every(({ json }) => json.status === 'accepted')).toBe(true);
		expect([shop.available(1), shop.available(10)]).toEqual([0, 5]);
	});

	it('stops the run above that, and sends nothing', async () => {
		const { error } = await shop.update(withZeros(6), { options });
		expect(error?.message).toMatch(/^0 of 10 items were sent and accepted, 10 were not: /);
		expect(error?.message).toContain(
			`[item 0] SKU "SKU-00001" and 9 more (items 1 to 9): ${REASON}`,
		);
		expect(error?.description).toContain(
			'Check that the source is complete: a partial export takes goods off sale',
		);
		expect(shop.requests()).toEqual([]);
	});

	it('fails every item in Continue', async () => {
		const { items } = await shop.update(withZeros(6), {
			options,
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json }) => [json.status, json.reason])).toEqual(
			Array(10).fill(['failed', REASON]),
		);
		expect(shop.requests()).toEqual([]);
	});

	it('sends every item to the error output', async () => {
		const { items, errorItems } = await shop.update(withZeros(6), {
			options,
			onError: 'continueErrorOutput',
		});
		expect(items).toEqual([]);
		expect(errorItems.map(({ json }) => json.error)).toMatchObject(
			Array(10).fill({ reason: REASON }),
		);
		expect(shop.requests()).toEqual([]);
	});

	it('counts what would be shown, after Reserve', async () => {
		const { error } = await shop.update(itemsFor(10), { options: { ...options, reserve: 6 } });
		expect(error?.message).toContain('6 of 10 balances are zero');
		expect(shop.requests()).toEqual([]);
	});

	it('counts what would be sent: neither refused items nor the second of two identical ones', async () => {
		const items = [...withZeros(5), { sku: skuOf(1), stock: 0 }, { sku: '', stock: 0 }];
		const { items: output } = await shop.update(items, {
			options,
			onError: 'continueRegularOutput',
		});
		expect(output.filter(({ json }) => json.status === 'accepted')).toHaveLength(11);
	});

	it('holds in a dry run too', async () => {
		const { error } = await shop.update(withZeros(6), { options: { ...options, dryRun: true } });
		expect(error?.message).toContain('0 of 10 items can be sent, 10 cannot');
	});

	it('of 0 lets no zero through', async () => {
		const { error } = await shop.update(withZeros(1), { options: { zeroGuard: 0 } });
		expect(error?.message).toContain('1 of 10 balances are zero, more than the 0 %');
	});

	it('is off without the option', async () => {
		expect((await shop.update(withZeros(10))).status).toBe('success');
	});

	it.each([-1, 101, 'half'])('of %p is refused before anything is sent', async (zeroGuard) => {
		const { error } = await shop.update(withZeros(1), { options: { zeroGuard } });
		expect(error?.message).toBe(
			`Zero Guard (%) must be a number from 0 to 100, not "${zeroGuard}"`,
		);
		expect(shop.requests()).toEqual([]);
	});
});

describe('Zero Guard of a run for several', () => {
	const options = { zeroGuard: 50 };
	const onError = 'continueRegularOutput';
	const { fbs, dbs, warehouseFbs, warehouseDbs } = STORES;
	const store = '={{ $json.store }}';
	/** A store that goes to zero entirely, beside one with four times as many balances and no zero. */
	const diluted = [
		...itemsFor(20).map(({ sku }) => ({ sku, stock: 0, store: dbs.campaignId })),
		...itemsFor(80).map(({ sku }) => ({ sku, stock: 5, store: fbs.campaignId })),
	];

	it('stores holds back the one that goes to zero, and sends to the others', async () => {
		const { items } = await shop.update(diluted, { store, options, onError });
		const reason = `Store ${dbs.campaignId}: 20 of 20 balances are zero, more than the 50 % that Zero Guard allows`;
		expect(items.slice(0, 20).map(({ json }) => [json.status, json.reason])).toEqual(
			Array(20).fill(['failed', reason]),
		);
		expect(items.slice(20).map(({ json }) => json.status)).toEqual(Array(80).fill('accepted'));
		expect([shop.available(1, dbs.campaignId), shop.available(1)]).toEqual([null, 5]);
	});

	it('stores sends nothing with All or Nothing, and names the one at fault first', async () => {
		const { error } = await shop.update(diluted, {
			store,
			options: { ...options, allOrNothing: true },
		});
		expect(error?.message).toMatch(
			/^0 of 100 items were sent and accepted, 100 were not: .*Store 21000003: 20 of 20 balances/,
		);
		expect(error?.message).toContain('the option All or Nothing is on');
		expect(shop.requests()).toEqual([]);
	});

	it('stores holds in a dry run too', async () => {
		const { items } = await shop.update(diluted, {
			store,
			options: { ...options, dryRun: true },
			onError,
		});
		expect(items.filter(({ json }) => json.status === 'planned')).toHaveLength(80);
		expect([shop.available(1, dbs.campaignId), shop.available(1)]).toEqual([null, null]);
	});

	it('stores sends nothing to a group mate if the run gives another number for it', async () => {
		const items = [
			...itemsFor(20).map(({ sku }) => ({ sku, stock: 0, store: STORES.groupMate.campaignId })),
			{ sku: skuOf(1), stock: 5, store: fbs.campaignId },
			{ sku: skuOf(30), stock: 6, store: fbs.campaignId },
		];
		const { items: output } = await shop.update(items, { store, options, onError });
		expect(output.slice(20).map(({ json }) => json.status)).toEqual(['failed', 'accepted']);
		expect(shop.available(1)).toBeNull();
	});

	it('stores does not send what it holds back through a group mate', async () => {
		const mate = STORES.groupMate.campaignId;
		const items = [
			[fbs.campaignId, 1, 0],
			[fbs.campaignId, 2, 0],
			[mate, 1, 0],
			[mate, 2, 0],
			[mate, 3, 5],
			[mate, 4, 5],
		].map(([campaign, offer, stock]) => ({ sku: skuOf(offer as number), stock, store: campaign }));
		const { items: output } = await shop.update(items, { store, options, onError });
		expect(output.map(({ json }) => json.status)).toEqual([
			...Array(4).fill('failed'),
			'accepted',
			'accepted',
		]);
		expect(output[2]?.json.reason).toMatch(
			/item 0, which has this SKU .* refused \(Store 21000001: 2 of 2 balances are zero/,
		);
		expect([1, 2, 3, 4].map((offer) => shop.available(offer))).toEqual([null, null, 5, 5]);
	});

	it('stores judges what is left once contradictions are taken out', async () => {
		const mate = STORES.groupMate.campaignId;
		const items = [
			[fbs.campaignId, 1, 0],
			[fbs.campaignId, 2, 5],
			[mate, 2, 7],
			[mate, 3, 1],
			[mate, 1, 0],
			[mate, 4, 1],
		].map(([campaign, offer, stock]) => ({ sku: skuOf(offer as number), stock, store: campaign }));
		const { items: output } = await shop.update(items, { store, options, onError });
		expect(output.map(({ json }) => json.status)).toEqual([
			...Array(3).fill('failed'),
			'accepted',
			'failed',
			'accepted',
		]);
		expect(output[0]?.json.reason).toBe(
			'Store 21000001: 1 of 1 balances are zero, more than the 50 % that Zero Guard allows',
		);
		expect(output[4]?.json.reason).toContain('1 of 1 balances are zero');
		expect([1, 2, 3, 4].map((offer) => shop.available(offer))).toEqual([null, null, 1, 1]);
	});

	it('warehouses holds back the one that goes to zero, and sends to the others', async () => {
		const { warehouseId: main } = warehouseFbs;
		const { warehouseId: second } = warehouseDbs;
		const items = diluted.map((item) => ({
			...item,
			place: item.store === dbs.campaignId ? second : main,
		}));
		const parameters = {
			sendTo: 'warehouse',
			business: { __rl: true, mode: 'id', value: String(warehouseFbs.businessId) },
			warehouseFrom: 'field',
			warehouseField: 'place',
		};
		const { items: output } = await shop.update(items, {
			parameters,
			options,
			onError,
			apiKey: TOKENS.warehouseAll,
		});
		const reason = `Warehouse ${second}: 20 of 20 balances are zero, more than the 50 % that Zero Guard allows`;
		expect(output.slice(0, 20).map(({ json }) => [json.status, json.reason])).toEqual(
			Array(20).fill(['failed', reason]),
		);
		expect(output.slice(20).map(({ json }) => json.status)).toEqual(Array(80).fill('accepted'));
		expect([main, second].map((id) => shop.market.warehouseStock(id, skuOf(1)))).toEqual([5, null]);
	});
});
