import { generateCatalogue, STORES } from '../../sandbox';
import { skuOf, useSandbox } from '../support/useSandbox';

// Long enough for four requests to be under way at once, even on a busy machine.
const latencyMs = 250;
const shop = useSandbox({ catalogue: generateCatalogue(10_000), switches: { latencyMs } });

const itemsFor = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ sku: skuOf(index + 1), stock: index }));

describe('large runs', () => {
	it('10,000 balances go in five requests after two questions, at most four at once', async () => {
		const { items } = await shop.update(itemsFor(10_000));
		expect(items).toHaveLength(10_000);
		expect(items.every(({ json }) => json.status === 'accepted')).toBe(true);
		expect(shop.requests().sort()).toEqual([
			`GET /v2/campaigns/${STORES.fbs.campaignId}`,
			'POST /v2/businesses/1001/warehouses',
			...Array<string>(5).fill(`PUT /v2/campaigns/${STORES.fbs.campaignId}/offers/stocks`),
		]);
		expect(
			shop.market
				.calls()
				.slice(2)
				.map((call) => call.items),
		).toEqual(Array(5).fill(2_000));
		expect(shop.market.peakParallel).toBe(4);
		const wrong = shop.market
			.offers(STORES.fbs.campaignId)
			.filter(({ available }, index) => available !== index);
		expect(wrong).toEqual([]);
	});

	it.each(['hide', 'unhide'] as const)(
		'%s: 2,500 offers go in five requests after two questions',
		async (node) => {
			for (let offer = 1; offer <= 2_500; offer++) {
				shop.market.setHidden(STORES.fbs.campaignId, skuOf(offer), node === 'unhide');
			}
			const { items } = await shop[node](itemsFor(2_500), { options: { subscription: 'none' } });
			expect(items.every(({ json }) => json.status === 'accepted')).toBe(true);
			expect(shop.requests()).toHaveLength(6);
			expect(
				shop.market
					.calls()
					.slice(1)
					.map((call) => call.items),
			).toEqual(Array(5).fill(500));
			expect(shop.market.peakParallel).toBe(4);
			const hidden = shop.market.offers(STORES.fbs.campaignId).filter((offer) => offer.hidden);
			expect(hidden).toHaveLength(node === 'hide' ? 2_500 : 0);
		},
	);

	it('the store and its business are asked about before any balance is sent, and no request is refused', async () => {
		await shop.update(itemsFor(6_000));
		expect(shop.market.calls()[0]?.operation).toBe('getCampaign');
		expect(shop.market.calls().map(({ status }) => status)).toEqual(Array(5).fill(200));
	});

	it('every request says who sends it', async () => {
		await shop.update(itemsFor(2_500));
		const labels = new Set(shop.market.calls().map(({ integration }) => integration));
		expect([...labels]).toEqual([
			expect.stringMatching(/^n8n-nodes-yandex-market\/\d+\.\d+\.\d+$/),
		]);
	});

	it('one summary for 10,000 items', async () => {
		const { items } = await shop.update(itemsFor(10_000), { options: { output: 'summary' } });
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({
			total: 10_000,
			accepted: 10_000,
			requests: 7,
			retries: 0,
		});
	});
});
