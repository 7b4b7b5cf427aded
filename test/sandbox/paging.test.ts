import { extraStores, generateCatalogue, STORES } from '../../sandbox';
import { Bench, hiddenSkus, shownOffers, skuAt, type Reply } from './support/bench';

const bench = () => new Bench({ catalogue: generateCatalogue(620), extraStores: extraStores(244) });

/** Reads every page. The query's `limit` stays the same, as the Market asks for. */
async function allPages(
	read: (query: string) => Promise<Reply>,
	limit: string,
	tokenName = 'pageToken',
): Promise<Reply[]> {
	const pages: Reply[] = [];
	let token: string | undefined;
	do {
		const page = await read(`?${limit}${token === undefined ? '' : `&${tokenName}=${token}`}`);
		pages.push(page);
		token = (page.body.result?.paging ?? page.body.paging)?.nextPageToken;
	} while (token !== undefined);
	return pages;
}

describe('pages of getStocks', () => {
	it.each([
		{ limit: '', sizes: [...Array(12).fill(50), 20] },
		{ limit: 'limit=100', sizes: [...Array(6).fill(100), 20] },
		{ limit: 'limit=200', sizes: [...Array(6).fill(100), 20] },
	])('with "$limit"', async ({ limit, sizes }) => {
		const market = bench();
		const pages = await allPages(async (query) => await market.stocks(query), limit);
		expect(pages.map((page) => shownOffers(page).length)).toEqual(sizes);
		const skus = pages.flatMap(shownOffers).map(({ offerId }) => offerId);
		expect(skus).toEqual(generateCatalogue(620).map(({ sku }) => sku));
	});

	it('know the token by its other name too', async () => {
		const market = bench();
		const pages = await allPages(
			async (query) => await market.stocks(query),
			'limit=100',
			'page_token',
		);
		expect(pages).toHaveLength(7);
	});

	it('end without an empty one', async () => {
		const market = new Bench({ catalogue: generateCatalogue(100) });
		expect(await allPages(async (query) => await market.stocks(query), 'limit=50')).toHaveLength(2);
	});
});

describe('pages of getHiddenOffers', () => {
	it.each([
		{ limit: '', sizes: [250, 250, 100] },
		{ limit: 'limit=500', sizes: [500, 100] },
	])('with "$limit"', async ({ limit, sizes }) => {
		const market = bench();
		for (let index = 0; index < 600; index += 1)
			market.market.setHidden(STORES.fbs.campaignId, skuAt(index), true);
		const pages = await allPages(async (query) => await market.hidden(query), limit);
		expect(pages.map((page) => hiddenSkus(page).length)).toEqual(sizes);
		expect(new Set(pages.flatMap(hiddenSkus)).size).toBe(600);
	});
});

describe('pages of getCampaigns', () => {
	it.each([
		{ limit: '', sizes: [100, 100, 50] },
		{ limit: 'limit=90', sizes: [90, 90, 70] },
	])('with "$limit"', async ({ limit, sizes }) => {
		const market = bench();
		const pages = await allPages(
			async (query) => await market.call('GET', `/v2/campaigns${query}`),
			limit,
		);
		expect(pages.map(({ body }) => body.campaigns?.length)).toEqual(sizes);
		const ids = pages.flatMap(({ body }) => body.campaigns?.map(({ id }) => id));
		expect(new Set(ids).size).toBe(250);
	});

	it('have a pager and no status', async () => {
		const { body } = await bench().call('GET', '/v2/campaigns?limit=100');
		expect(body).not.toHaveProperty('status');
		expect(body.pager).toEqual({
			total: 250,
			from: 1,
			to: 100,
			currentPage: 1,
			pagesCount: 3,
			pageSize: 100,
		});
		const one = await bench().call('GET', '/v2/campaigns/21000001');
		expect(one.body).toEqual({
			campaign: {
				id: 21_000_001,
				domain: STORES.fbs.domain,
				business: { id: 1001, name: 'Sandbox Cabinet' },
				placementType: 'FBS',
				apiAvailability: 'AVAILABLE',
			},
		});
	});

	it('show a token’s own business only', async () => {
		const { body } = await new Bench().call('GET', '/v2/campaigns');
		const ids = body.campaigns?.map(({ id }) => id);
		expect(ids).toEqual([21_000_001, 21_000_002, 21_000_003, 21_000_004, 21_000_005, 21_000_006]);
	});
});

describe('a page', () => {
	const stocks = '/v2/campaigns/21000001/offers/stocks';
	const hidden = '/v2/campaigns/21000001/hidden-offers';
	const refusals: Array<[string, string, string]> = [
		[
			'GET',
			`${hidden}?limit=501`,
			'Parameter limit must be less than or equal to 500 (rejected value: 501)',
		],
		[
			'GET',
			'/v2/campaigns?limit=101',
			'Parameter limit must be less than or equal to 100 (rejected value: 101)',
		],
		[
			'POST',
			`${stocks}?limit=0`,
			'Parameter limit must be greater than or equal to 1 (rejected value: 0)',
		],
		['POST', `${stocks}?limit=ten`, "Type mismatch: parameter limit is not an integer: 'ten'"],
		['POST', `${stocks}?limit=`, "Type mismatch: parameter limit is not an integer: ''"],
		['POST', `${stocks}?pageToken=rubbish`, 'Bad page token'],
		['POST', `${stocks}?page_token=`, 'Bad page token'],
		['GET', `${hidden}?pageToken=%F0%9F%A7%A6`, 'Bad page token'],
	];
	it.each(refusals)('%s %s is refused', async (verb, path, message) => {
		const { status, messages } = await bench().call(verb, path);
		expect([status, messages]).toEqual([400, [message]]);
	});

	it('token is good for its own list only', async () => {
		const market = bench();
		const token = (await market.stocks()).body.result?.paging?.nextPageToken;
		expect((await market.stocks(`?pageToken=${token}`)).status).toBe(200);
		expect(
			(await market.stocks(`?pageToken=${token}`, undefined, STORES.dbs.campaignId)).messages,
		).toEqual(['Bad page token']);
		expect((await market.hidden(`?pageToken=${token}`)).messages).toEqual(['Bad page token']);
	});
});
