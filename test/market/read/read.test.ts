import type { MarketRequest, Send } from '../../../market/wire/ports';
import { MarketReadRefused } from '../../../market/read/read';
import { listHiddenOffers } from '../../../market/read/hiddenOffers';
import { listStocks } from '../../../market/read/stocks';
import { getCampaign, listCampaigns, type Campaign } from '../../../market/read/stores';
import type { RunPorts } from '../../../market/pacing/runPorts';
import { extraStores, generateCatalogue, SandboxMarket, STORES, TOKENS } from '../../../sandbox';
import { DROPPED, GARBLED, OK, PARALLEL_LIMIT, refusal, scripted } from '../../support/answers';
import { expectUsable } from '../../support/checked';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';

const STORE = STORES.dbs.campaignId;

const campaignsOf = (ports: RunPorts) => listCampaigns({ isImpatient: false }, ports);
const hiddenOf = (campaignId: string, ports: RunPorts) =>
	listHiddenOffers(campaignId, 'none', ports);
const stocksOf = (campaignId: string, ports: RunPorts) => listStocks({ campaignId }, ports);

/** A Market with as many offers and further stores as are needed, and what it takes to read it. */
function openMarket({ offers = 1, stores = 0, token = TOKENS.allMethods as string } = {}) {
	const clock = new VirtualClock();
	const market = new SandboxMarket({
		clock,
		catalogue: generateCatalogue(offers),
		extraStores: extraStores(stores),
	});
	const requests: MarketRequest[] = [];
	const toModel = modelSend(market, token);
	const send: Send = async (request) => {
		requests.push(request);
		return await toModel(request);
	};
	return { market, requests, ports: virtualPorts(send, { clock }) };
}

async function all<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
	const list: T[] = [];
	for await (const page of pages) list.push(...page);
	return list;
}

/** The error of a read that fails, after checking that a seller can use it. */
async function refusedRead(read: Promise<unknown>): Promise<MarketReadRefused> {
	const error: unknown = await read.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof MarketReadRefused)) throw new Error(`Not refused: ${String(error)}`);
	expectUsable(error.refusal);
	expect(error.message).toBe(error.refusal.reason);
	return error;
}

describe('The stores of a business', () => {
	it('are one empty page if there are none', async () => {
		const send = scripted({ ...OK, body: { campaigns: [], paging: {} } });
		const pages: unknown[] = [];
		for await (const page of campaignsOf(virtualPorts(send))) pages.push(page);
		expect(pages).toEqual([[]]);
	});

	it('are all listed, page by page, with names and models', async () => {
		const { market, requests, ports } = openMarket({ stores: 230 });
		const campaigns = await all(campaignsOf(ports));
		const business = market.stores.filter(({ businessId }) => businessId === STORES.fbs.businessId);
		expect(campaigns.map(({ id }) => id)).toEqual(business.map(({ campaignId }) => campaignId));
		expect(campaigns[0]).toEqual<Campaign>({
			id: STORES.fbs.campaignId,
			domain: 'fbs.sandbox.example',
			business: { id: 1001, name: 'Sandbox Cabinet' },
			placementType: 'FBS',
			apiAvailability: 'AVAILABLE',
		});
		expect(requests).toHaveLength(3);
		expect(requests.every(({ body }) => body === undefined)).toBe(true);
	});

	it('are read no further than wanted', async () => {
		const { requests, ports } = openMarket({ stores: 230 });
		for await (const [first] of campaignsOf(ports)) {
			if (first?.id === STORES.fbs.campaignId) break;
		}
		expect(requests).toHaveLength(1);
	});
});

describe('One store', () => {
	it('is read, and counted among the requests', async () => {
		const { ports } = openMarket();
		const campaign = await getCampaign(String(STORES.fby.campaignId), { isImpatient: true }, ports);
		expect(campaign).toMatchObject({ id: STORES.fby.campaignId, placementType: 'FBY' });
		expect(ports.stats).toEqual({
			requests: 1,
			retries: 0,
			unanswered: 0,
			limitHits: 0,
			waitedMs: 0,
		});
	});

	it('about which the Market says nothing has its ID', async () => {
		expect(
			await getCampaign(
				'77',
				{ isImpatient: true },
				virtualPorts(scripted({ ...OK, body: { campaign: {} } })),
			),
		).toEqual({ id: 77 });
	});
});

describe('Hidden offers', () => {
	it('are all listed, page by page', async () => {
		const { market, requests, ports } = openMarket({ offers: 1_700 });
		const hidden = market.catalogue.map(({ sku }) => sku).filter((_, index) => index % 3 > 0);
		for (const sku of hidden) market.setHidden(STORE, sku, true);
		expect(await all(hiddenOf(String(STORE), ports))).toEqual(hidden);
		expect(requests).toHaveLength(3);
	});

	it('may be absent', async () => {
		expect(await all(hiddenOf(String(STORE), openMarket().ports))).toEqual([]);
	});
});

describe('Balances', () => {
	it('are all listed, page by page, by stock type', async () => {
		const { market, requests, ports } = openMarket({ offers: 250 });
		market.catalogue.forEach(({ sku }, index) => market.setBalance(STORE, sku, index + 10));
		market.placeOrder(STORE, [{ sku: 'SKU-00001', count: 3 }]);
		const stocks = await all(stocksOf(String(STORE), ports));
		expect(stocks.map(({ sku }) => sku)).toEqual(market.catalogue.map(({ sku }) => sku));
		expect(stocks[0]).toEqual({
			warehouseId: STORES.dbs.warehouseId,
			sku: 'SKU-00001',
			counts: new Map([
				['AVAILABLE', 7],
				['FREEZE', 3],
				['FIT', 10],
			]),
			updatedAt: new Date(market.now()).toISOString(),
		});
		expect(stocks.at(-1)?.counts.get('AVAILABLE')).toBe(259);
		expect(requests).toHaveLength(3);
	});

	it('that were never given are listed with no counts', async () => {
		const [stock] = await all(stocksOf(String(STORE), openMarket().ports));
		expect(stock?.counts.size).toBe(0);
		expect(stock?.updatedAt).toBeUndefined();
	});

	it.each([
		['no offers', { result: { warehouses: [{ warehouseId: 1, offers: null }] } }],
		['an empty page token', { result: { warehouses: [], paging: { nextPageToken: '' } } }],
	])('are none in a reply with %s', async (_, body) => {
		expect(await all(stocksOf('1', virtualPorts(scripted({ ...OK, body }))))).toEqual([]);
	});
});

describe('A reply from which nothing can be concluded', () => {
	const captcha = { type: 'captcha', captcha: { 'image-url': 'https://example.org/1.png' } };

	it.each<[string, unknown]>([
		['an empty object', {}],
		['a list', []],
		['a captcha', captcha],
		['OK and no result', { status: 'OK' }],
		['a result of null', { status: 'OK', result: null }],
		['an empty result', { status: 'OK', result: {} }],
		[
			'lists of null',
			{ status: 'OK', result: { warehouses: null, hiddenOffers: null }, campaigns: null },
		],
		[
			'objects in place of lists',
			{ status: 'OK', result: { warehouses: {}, hiddenOffers: {} }, campaigns: {} },
		],
	])('(%s) is not an empty list', async (_, body) => {
		for (const list of [
			campaignsOf,
			(ports: RunPorts) => hiddenOf('1', ports),
			(ports: RunPorts) => stocksOf('1', ports),
		]) {
			const error = await refusedRead(all<unknown>(list(virtualPorts(scripted({ ...OK, body })))));
			expect(error.refusal.reason).toBe('The Market gave no usable answer (200)');
			expect(error.isDefinite).toBe(false);
			expectUsable(error.refusal);
		}
	});

	it('says nothing about a store either, and does not say that it is refused', async () => {
		for (const body of [{}, { status: 'OK' }, { campaign: null }]) {
			const error = await refusedRead(
				getCampaign('77', { isImpatient: true }, virtualPorts(scripted({ ...OK, body }))),
			);
			expect(error.isDefinite).toBe(false);
		}
	});

	it('is asked for again', async () => {
		const send = scripted({ ...OK, body: {} }, { ...OK, body: { campaigns: [{ id: 1 }] } });
		expect(await all(campaignsOf(virtualPorts(send)))).toEqual([{ id: 1 }]);
	});

	it('is not one with empty lists, or values that nobody knows: that is taken as it is', async () => {
		const page = { status: 'SOMETHING_NEW', result: { warehouses: [] } };
		expect(await all(stocksOf('1', virtualPorts(scripted({ ...OK, body: page }))))).toEqual([]);
	});
});

describe('A read that the Market refuses', () => {
	it.each([
		['a revoked token', TOKENS.revoked, STORE, 401, /Api-Key token is revoked/],
		['a token for prices', TOKENS.pricing, STORE, 403, /access group/],
		['a store of another business', TOKENS.allMethods, STORES.foreign.campaignId, 403, /22000001/],
		[
			'a store that is switched off',
			TOKENS.allMethods,
			STORES.inactive.campaignId,
			403,
			/switched off/,
		],
		['a store that does not exist', TOKENS.allMethods, 1, 404, /does not know store 1/],
	])('because of %s says why, once', async (_, token, store, status, reason) => {
		const { requests, ports } = openMarket({ token });
		const error = await refusedRead(all(hiddenOf(String(store), ports)));
		expect(error.status).toBe(status);
		expect(error.refusal.reason).toMatch(reason);
		expect(JSON.stringify(error.refusal)).not.toMatch(/ACMA:/);
		expect(requests).toHaveLength(1);
	});

	it('in the guise of a success is not taken for an empty list', async () => {
		const lists = [campaignsOf, (ports: RunPorts) => hiddenOf('1', ports)];
		for (const list of lists) {
			const ports = virtualPorts(scripted(refusal(200, 'Something is wrong')));
			expect((await refusedRead(all<unknown>(list(ports)))).refusal.reason).toMatch(
				/Something is wrong/,
			);
		}
	});

	it('on a later page keeps what came before', async () => {
		const page = { campaigns: [{ id: 1 }, { id: 2 }], paging: { nextPageToken: 'next' } };
		const ports = virtualPorts(scripted({ ...OK, body: page }, refusal(403, 'Access denied')));
		const seen: unknown[] = [];
		const read = (async () => {
			for await (const page of campaignsOf(ports)) seen.push(...page.map(({ id }) => id));
		})();
		expect((await refusedRead(read)).status).toBe(403);
		expect(seen).toEqual([1, 2]);
	});
});

describe('A read that meets a fault', () => {
	it('is repeated until it goes through', async () => {
		const send = scripted(DROPPED, refusal(503), PARALLEL_LIMIT, {
			...OK,
			body: { campaigns: [{ id: 1 }] },
		});
		expect(await all(campaignsOf(virtualPorts(send)))).toEqual([{ id: 1 }]);
		expect(send.requests).toHaveLength(4);
	});

	it.each([408, 425, 429, 499])(
		'such as a %d is repeated, and says nothing about the store if it stays',
		async (status) => {
			const page = { ...GARBLED, status };
			const send = scripted(page, { ...OK, body: { campaigns: [{ id: 1 }] } });
			expect(await all(campaignsOf(virtualPorts(send)))).toEqual([{ id: 1 }]);
			const error = await refusedRead(
				getCampaign('77', { isImpatient: true }, virtualPorts(scripted(page))),
			);
			expect(error).toMatchObject({ status, isDefinite: false, isOfTarget: false });
		},
	);

	it('that stays is given up, without a status', async () => {
		const error = await refusedRead(all(campaignsOf(virtualPorts(scripted(DROPPED)))));
		expect(error.status).toBeUndefined();
		expect(error.refusal.reason).toMatch(/could not be reached/);
	});

	it('of our own side passes it on as it is', async () => {
		const broken = new Error('No credential');
		await expect(all(campaignsOf(virtualPorts(() => Promise.reject(broken))))).rejects.toBe(broken);
	});

	it('ends at once when the run is stopped', async () => {
		const clock = new VirtualClock();
		const ports = virtualPorts(
			async () => {
				await clock.sleep(60_000);
				return OK;
			},
			{ clock },
		);
		const start = clock.now();
		ports.stopAfter(50);
		expect((await refusedRead(all(campaignsOf(ports)))).refusal).toEqual({
			reason: 'The run was stopped',
			advice: 'Run again later.',
		});
		expect(clock.now() - start).toBe(50);
	});
});

it.each([
	[403, true, true],
	[404, true, true],
	[400, true, false],
	[401, true, false],
	[undefined, true, false],
	[403, false, false],
	[404, false, false],
])(
	'A read that is refused by %s, for good: %p, is about the store or business: %p',
	(status, isDefinite, isOfTarget) => {
		const refusal = { reason: 'No', advice: 'Look.' };
		expect(new MarketReadRefused(refusal, status, isDefinite).isOfTarget).toBe(isOfTarget);
	},
);
