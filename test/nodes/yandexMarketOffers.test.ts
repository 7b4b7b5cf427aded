import { generateCatalogue, STORES } from '../../sandbox';
import { startFakeMarket } from '../support/fakeMarket';
import { nodesOn } from '../support/nodeRuns';
import { skuOf, useSandbox } from '../support/useSandbox';

const { fbs, dbs } = STORES;
const store = String(fbs.campaignId);
const shop = useSandbox({ catalogue: generateCatalogue(1_200) });

const hiddenOffers = { resource: 'hiddenOffer', operation: 'getAll' };
const offers = { resource: 'offer', operation: 'getAll' };

describe('hidden offers', () => {
	it('of a store are listed', async () => {
		for (const offer of [2, 4]) shop.market.setHidden(fbs.campaignId, skuOf(offer), true);
		const { items } = await shop.read([{}], { parameters: hiddenOffers });
		expect(items).toEqual(
			[2, 4].map((offer) => ({
				json: { sku: skuOf(offer), store, hidden: true },
				pairedItem: { item: 0 },
			})),
		);
	});

	it('give no items if there are none, and the user is told so', async () => {
		const { status, items, hints } = await shop.read([{}], { parameters: hiddenOffers });
		expect([status, items]).toEqual(['success', []]);
		expect(hints.map(({ message }) => message)).toEqual([`No offer is hidden in store ${store}.`]);
	});

	it('are read to the end with Return All, and to the limit without it', async () => {
		for (const { sku } of shop.market.catalogue) shop.market.setHidden(fbs.campaignId, sku, true);
		const all = await shop.read([{}], { parameters: { ...hiddenOffers, returnAll: true } });
		expect(new Set(all.items.map(({ json }) => json.sku)).size).toBe(1_200);
		expect(shop.requests()).toHaveLength(3);
		const some = await shop.read([{}], { parameters: { ...hiddenOffers, limit: 7 } });
		expect(some.items).toHaveLength(7);
		expect(shop.requests()).toHaveLength(4);
	});

	it('are reported for each SKU of the input, in the store that it names', async () => {
		shop.market.setHidden(fbs.campaignId, skuOf(1), true);
		const input = [
			{ sku: skuOf(1), at: fbs.campaignId },
			{ sku: skuOf(1), at: dbs.campaignId },
			{ sku: skuOf(2), at: fbs.campaignId },
			{ sku: 'no such', at: fbs.campaignId },
		];
		const parameters = { ...hiddenOffers, offers: 'input' };
		const { items, hints } = await shop.read(input, { parameters, store: '={{ $json.at }}' });
		expect(items.map(({ json }) => [json.sku, json.store, json.hidden, json.status])).toEqual([
			[skuOf(1), store, true, 'found'],
			[skuOf(1), String(dbs.campaignId), false, 'found'],
			[skuOf(2), store, false, 'found'],
			['no such', store, null, 'not in the catalogue'],
		]);
		expect(items[3]?.json.reason).toMatch(/^The Market knows no such SKU in store/);
		expect(hints.map(({ message }) => message)).toEqual([
			'1 of 4 items have a SKU that is not in the catalogue there.',
		]);
	});
});

describe('offers', () => {
	it('of a store are listed with status and price', async () => {
		shop.market.setBalance(fbs.campaignId, skuOf(1), 5);
		const { items } = await shop.read([{}], { parameters: offers });
		expect(items).toHaveLength(50);
		expect(items[0]?.json).toEqual({
			sku: skuOf(1),
			store,
			offerStatus: 'PUBLISHED',
			price: shop.market.catalogue[0]?.price,
			currency: 'RUR',
			errors: [],
			warnings: [],
		});
		expect(shop.requests()).toEqual([`POST /v2/campaigns/${store}/offers`]);
	});

	it('are filtered by status', async () => {
		shop.market.setBalance(fbs.campaignId, skuOf(7), 5);
		shop.market.setHidden(fbs.campaignId, skuOf(8), true);
		const statuses = ['PUBLISHED', 'DISABLED_BY_PARTNER'];
		const { items } = await shop.read([{}], { parameters: { ...offers, statuses } });
		expect(items.map(({ json }) => [json.sku, json.offerStatus])).toEqual([
			[skuOf(7), 'PUBLISHED'],
			[skuOf(8), 'DISABLED_BY_PARTNER'],
		]);
		const none = await shop.read([{}], { parameters: { ...offers, statuses: ['ARCHIVED'] } });
		expect(none.items).toEqual([]);
		expect(none.hints.map(({ message }) => message)).toEqual([
			`Store ${store} has no offer in these statuses.`,
		]);
	});

	it('get their names if wanted, for no more offers than are returned', async () => {
		const { items } = await shop.read([{}], {
			parameters: { ...offers, limit: 120 },
			options: { addNames: true },
		});
		expect(items.map(({ json }) => json.name)).toEqual(
			shop.market.catalogue.slice(0, 120).map(({ name }) => name),
		);
		expect(shop.requests()).toEqual([
			`POST /v2/campaigns/${store}/offers`,
			`GET /v2/campaigns/${store}`,
			...Array(2).fill(`POST /v2/businesses/${fbs.businessId}/offer-mappings`),
		]);
	});

	it('are all read with Return All', async () => {
		const { items } = await shop.read([{}], { parameters: { ...offers, returnAll: true } });
		expect(new Set(items.map(({ json }) => json.sku)).size).toBe(1_200);
		expect(shop.requests()).toHaveLength(6);
	});

	it('are looked up by the SKUs of the input', async () => {
		const input = [skuOf(1_000), 'no such', skuOf(1)].map((sku) => ({ sku }));
		const parameters = { ...offers, offers: 'input' };
		const { items, hints } = await shop.read(input, { parameters, options: { addNames: true } });
		expect(items.map(({ json }) => [json.sku, json.status, json.offerStatus, json.name])).toEqual([
			[skuOf(1_000), 'found', 'NO_STOCKS', shop.market.catalogue[999]?.name],
			['no such', 'not in the catalogue', null, null],
			[skuOf(1), 'found', 'NO_STOCKS', shop.market.catalogue[0]?.name],
		]);
		expect(items[1]?.json.reason).toBe(
			`The Market knows no such SKU in store ${store}: it is not in the catalogue there`,
		);
		expect(hints.map(({ message }) => message)).toEqual([
			'1 of 3 items have a SKU that is not in the catalogue there.',
		]);
	});

	it('are asked for 200 at a time', async () => {
		const input = Array.from({ length: 450 }, (_, index) => ({ sku: skuOf(index + 1) }));
		const { items } = await shop.read(input, { parameters: { ...offers, offers: 'input' } });
		expect(items.every(({ json }) => json.status === 'found')).toBe(true);
		expect(shop.requests()).toHaveLength(3);
	});
});

describe('what only the real Market shows', () => {
	async function readFrom(body: object, parameters: object, items = [{ sku: 'a' }]) {
		const market = await startFakeMarket(() => ({ status: 200, body: JSON.stringify(body) }));
		try {
			return await nodesOn(market).read(items, { parameters: { ...parameters } });
		} finally {
			await market.stop();
		}
	}

	const faultyOffer = {
		offerId: 'a',
		status: 'NO_CARD',
		basicPrice: { value: 9.5, currencyId: 'RUR' },
		errors: [{ message: 'No photo', comment: 'Add one' }, { message: 'No weight' }],
		warnings: null,
	};

	it('errors of an offer are given as texts', async () => {
		const { items } = await readFrom({ result: { offers: [faultyOffer] } }, offers);
		expect(items[0]?.json).toMatchObject({
			errors: ['No photo: Add one', 'No weight'],
			warnings: [],
		});
	});

	it('an offer without Simplify is as the Market writes it', async () => {
		const { items } = await readFrom(
			{ result: { offers: [faultyOffer] } },
			{ ...offers, simplify: false },
		);
		const { status, ...rest } = faultyOffer;
		expect(items[0]?.json).toEqual({ sku: 'a', store, ...rest, offerStatus: status });
	});
});
