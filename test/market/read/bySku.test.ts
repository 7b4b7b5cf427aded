import type { MarketRequest } from '../../../market/wire/ports';
import { findOfferNames, findOffers } from '../../../market/read/offers';
import { partsOf } from '../../../market/read/parts';
import { PARALLEL_REQUESTS_PER_ENTITY } from '../../../market/contract/bounds';
import { findStocks } from '../../../market/read/stocks';
import { OK, refusal, scripted } from '../../support/answers';
import { virtualPorts } from '../../support/virtualPorts';

const SKUS = Array.from({ length: 900 }, (_, index) => `SKU-${index}`);

function skusIn({ body }: MarketRequest): string[] {
	return (JSON.parse(body ?? '{}') as { offerIds: string[] }).offerIds;
}

/** A Market that lists no more than so many SKUs at once, even of those it is asked for. */
function pagingMarket(page: number, resultOf: (skus: string[]) => object) {
	return scripted((request) => {
		const asked = skusIn(request);
		const paging = asked.length > page ? { nextPageToken: 'next' } : {};
		return { ...OK, body: { status: 'OK', result: { ...resultOf(asked.slice(0, page)), paging } } };
	});
}

it.each([
	{
		method: 'getCampaignOffers',
		most: 200,
		page: 100,
		resultOf: (skus: string[]) => ({ offers: skus.map((offerId) => ({ offerId })) }),
		find: async (ports: ReturnType<typeof virtualPorts>) =>
			await skusOf(findOffers('1', SKUS, 'none', ports)),
	},
	{
		method: 'getOfferMappings',
		most: 100,
		page: 50,
		resultOf: (skus: string[]) => ({
			offerMappings: skus.map((offerId) => ({ offer: { offerId } })),
		}),
		find: async (ports: ReturnType<typeof virtualPorts>) =>
			await skusOf(findOfferNames('1', SKUS, ports)),
	},
	{
		method: 'getStocks',
		most: 500,
		page: 50,
		resultOf: (skus: string[]) => ({
			warehouses: [{ warehouseId: 1, offers: skus.map((offerId) => ({ offerId })) }],
		}),
		find: async (ports: ReturnType<typeof virtualPorts>) =>
			await skusOf(findStocks({ campaignId: '1' }, SKUS, ports)),
	},
])(
	'$method, asked by SKU, gives all even if the Market pages them by $page: no more at once are asked for again',
	async ({ most, page, resultOf, find }) => {
		const send = pagingMarket(page, resultOf);
		expect((await find(virtualPorts(send))).sort()).toEqual([...SKUS].sort());
		const sizes = send.requests.map((request) => skusIn(request).length);
		const chunks = [...partsOf(SKUS, most)];
		const again = chunks.flatMap((chunk) => [...partsOf(chunk.slice(page), page)]);
		const largestFirst = (a: number, b: number) => b - a;
		expect(sizes.sort(largestFirst)).toEqual(
			[...chunks, ...again].map(({ length }) => length).sort(largestFirst),
		);
	},
);

describe('asked by SKU for more than one request holds', () => {
	it('asks as many at once as the Market allows', async () => {
		let atOnce = 0;
		let most = 0;
		const send = scripted(async (request) => {
			most = Math.max(most, ++atOnce);
			await new Promise((resolve) => setImmediate(resolve));
			atOnce -= 1;
			return { ...OK, body: stocksOf(skusIn(request)) };
		});
		const many = Array.from({ length: 5_000 }, (_, index) => `SKU-${index}`);
		const found = await skusOf(findStocks({ campaignId: '1' }, many, virtualPorts(send)));
		expect(found).toEqual(many);
		expect([send.requests.length, most]).toEqual([10, PARALLEL_REQUESTS_PER_ENTITY]);
	});

	it('asks for nothing more once the Market has refused', async () => {
		const send = scripted((request) =>
			skusIn(request).includes('SKU-0') ? refusal(403) : { ...OK, body: stocksOf(skusIn(request)) },
		);
		const many = Array.from({ length: 5_000 }, (_, index) => `SKU-${index}`);
		await expect(
			skusOf(findStocks({ campaignId: '1' }, many, virtualPorts(send))),
		).rejects.toMatchObject({ status: 403 });
		expect(send.requests).toHaveLength(PARALLEL_REQUESTS_PER_ENTITY);
	});
});

const stocksOf = (skus: readonly string[]) => ({
	status: 'OK',
	result: { warehouses: [{ warehouseId: 1, offers: skus.map((offerId) => ({ offerId })) }] },
});

/** The SKUs of what is found, under whichever name the Market has for them. */
async function skusOf(
	found: AsyncIterable<{ sku: string } | { offerId: string }>,
): Promise<string[]> {
	const skus: string[] = [];
	for await (const one of found) skus.push('sku' in one ? one.sku : one.offerId);
	return skus;
}
