import { STORES, type PoisonedSku } from '../../sandbox';
import { Bench, entries, entry, skuAt } from './support/bench';

const { campaignId } = STORES.fbs;

function benchWith(...poisonedSkus: PoisonedSku[]): Bench {
	return new Bench({ switches: { poisonedSkus } });
}

describe('a poisoned SKU', () => {
	it.each([
		{
			naming: 'named',
			stock: "Stock for 'SKU-00004' is not allowed",
			offer: "Offer 'SKU-00004' is not allowed",
		},
		{
			naming: 'listed',
			stock: 'skus[3].sku is not allowed',
			offer: 'hiddenOffers[3].offerId is not allowed',
		},
		{
			naming: 'unnamed',
			stock: 'Request contains invalid data',
			offer: 'Request contains invalid data',
		},
	] as const)(
		'that is $naming makes a request 400, and nothing is applied',
		async ({ naming, stock, offer }) => {
			const bench = benchWith({ sku: 'SKU-00004', naming });
			const sent = await bench.send(entries(10));
			expect([sent.status, sent.messages]).toEqual([400, [stock]]);
			expect(sent.headers['x-ratelimit-resource-remaining']).toBe('99990');
			const skus = Array.from({ length: 10 }, (_, index) => skuAt(index));
			for (const refused of [await bench.hide(skus), await bench.reveal(skus)]) {
				expect([refused.status, refused.messages]).toEqual([400, [offer]]);
			}
			expect(bench.market.offers(campaignId)).toEqual(new Bench().market.offers(campaignId));
		},
	);

	it('spoils no request without it', async () => {
		const bench = benchWith({ sku: 'SKU-00004', naming: 'named' });
		expect((await bench.send(entries(3))).status).toBe(200);
		expect((await bench.send([entry('sku-00004')])).status).toBe(200);
		expect((await bench.stocks('', { offerIds: ['SKU-00004'] })).status).toBe(200);
		expect((await bench.send([entry(' SKU-00004 ')])).status).toBe(400);
	});

	it('need not be in the catalogue, nor be alone', async () => {
		const bench = benchWith(
			{ sku: 'NONE', naming: 'named' },
			{ sku: 'SKU-00001', naming: 'unnamed' },
			{ sku: 'SKU-00002', naming: 'unnamed' },
			{ sku: 'SKU-00003', naming: 'listed' },
		);
		expect((await bench.send([...entries(3), entry('NONE')])).messages).toEqual([
			'skus[2].sku is not allowed',
			"Stock for 'NONE' is not allowed",
			'Request contains invalid data',
		]);
	});

	it('is one of at most 20 that a reply names', async () => {
		const bench = benchWith(
			...Array.from({ length: 25 }, (_, index) => ({
				sku: skuAt(index),
				naming: 'named' as const,
			})),
		);
		expect((await bench.send(entries(30))).messages).toHaveLength(20);
	});
});
