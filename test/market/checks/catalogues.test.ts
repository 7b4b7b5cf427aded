import { Catalogues, type CataloguePlace } from '../../../market/checks/catalogues';
import type { RunPorts } from '../../../market/pacing/runPorts';
import type { MarketReply, MarketRequest, Send } from '../../../market/wire/ports';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import {
	generateCatalogue,
	parseCatalogue,
	SandboxMarket,
	STORES,
	TOKENS,
	type Catalogue,
	type Switches,
} from '../../../sandbox';
import { OK, refusal, scripted } from '../../support/answers';
import { each } from '../../support/each';
import { virtualPorts, type VirtualPorts } from '../../support/virtualPorts';

const HOUR_MS = 60 * 60_000;
const ACCOUNT = { apiUrl: 'virtual', accessKey: 'token' };
const STORE: CataloguePlace = {
	...ACCOUNT,
	campaignId: String(STORES.dbs.campaignId),
	businessId: String(STORES.dbs.businessId),
};
const { businessId, campaignId } = STORES.warehouseFbs;
const BUSINESS: CataloguePlace = {
	...ACCOUNT,
	businessId: String(businessId),
	findStore: async () => await Promise.resolve(String(campaignId)),
};

interface Shop {
	clock: VirtualClock;
	market: SandboxMarket;
	ports: VirtualPorts;
	catalogues: Catalogues;
	/** How often each method was called so far. */
	calls(): Record<string, number>;
}

function openShop(
	catalogue: Catalogue,
	switches: Partial<Switches> = {},
	mostKnown?: number,
): Shop {
	const clock = new VirtualClock();
	const market = new SandboxMarket({ clock, catalogue, switches });
	const ofSandbox = modelSend(market);
	const ofWarehouses = modelSend(market, TOKENS.warehouseAll);
	const send: Send = async (request) =>
		await (/\/(?:1003|2400\d+)\//.test(request.path) ? ofWarehouses : ofSandbox)(request);
	const ports = virtualPorts(send, { clock });
	const calls = () =>
		Object.fromEntries(
			Object.entries(market.statistics()).map(([method, { requests }]) => [method, requests]),
		);
	return { clock, market, ports, catalogues: new Catalogues(mostKnown), calls };
}

const ofSkus = (...skus: string[]) =>
	parseCatalogue(['sku,name,price', ...skus.map((sku) => `"${sku}",a,1`)].join('\n'));

/** Why SKUs are not sent, by SKU, and what the Market did not tell. */
async function check(
	{ catalogues, ports }: { catalogues: Catalogues; ports: RunPorts },
	skus: readonly string[],
	place = STORE,
) {
	const { refusals, untold } = await catalogues.check(
		skus.map((sku) => ({ sku })),
		place,
		ports,
		each,
	);
	const reasons = Object.fromEntries([...refusals].map(([sku, { reason }]) => [sku, reason]));
	const meant = Object.fromEntries([...refusals].map(([sku, one]) => [sku, one.meant]));
	return { reasons, meant, untold };
}

const NOT_IN_STORE = 'Not in the catalogue of store 21000003';

describe('A SKU that the catalogue does not have', () => {
	it.each([
		['557722', '0557722', 'leading zeros'],
		['000557722', '0557722', 'leading zeros'],
		['tea-01', 'TEA-01', 'capital and small letters'],
		['TEA-1', 'TEA-01', 'leading zeros'],
		['TEA 01', 'TEA-01', 'spaces or dashes'],
		['TEA01', 'TEA-01', 'spaces or dashes'],
		['TEA—01', 'TEA-01', 'spaces or dashes'],
		['TЕА-01', 'TEA-01', 'Latin and Cyrillic letters'],
		['BA3A-12', 'ВА3А-12', 'Latin and Cyrillic letters'],
		['чай 5'.normalize('NFD'), 'чай 5', 'the Unicode form of letters (NFC, NFD)'],
		[
			't е а 1',
			'TEA-01',
			'capital and small letters, Latin and Cyrillic letters, spaces or dashes, leading zeros',
		],
	])('%s: %s was probably meant', async (sku, meant, words) => {
		const shop = openShop(ofSkus('0557722', 'TEA-01', 'ВА3А-12', 'чай 5', 'CUP-02'));
		expect(await check(shop, [sku, 'CUP-02'])).toEqual({
			reasons: {
				[sku]: `${NOT_IN_STORE}; probably meant: ${JSON.stringify(meant)} (differs in ${words})`,
			},
			meant: { [sku]: [meant] },
			untold: undefined,
		});
	});

	it('may have several that were meant: a few are named', async () => {
		const shop = openShop(ofSkus('7', '07', '007', '0007', '00007'));
		const { reasons, meant } = await check(shop, ['0000007']);
		expect(meant['0000007']?.slice().sort()).toEqual(['00007', '0007', '007', '07', '7']);
		expect(reasons['0000007']).toMatch(
			/; probably meant: ("0*7" \(differs in leading zeros\), ){2}"0*7" \(differs in leading zeros\) and 2 more$/,
		);
	});

	it('need not have any', async () => {
		const shop = openShop(generateCatalogue(5));
		expect(await check(shop, ['SKU-00001', 'SKU-00006', 'Mug'])).toEqual({
			reasons: { 'SKU-00006': NOT_IN_STORE, Mug: NOT_IN_STORE },
			meant: {},
			untold: undefined,
		});
	});

	it('is found however many others the catalogue has, without reading them all', async () => {
		const shop = openShop(generateCatalogue(100_000));
		const skus = Array.from({ length: 20 }, (_, index) => `sku-${9_000 + index}`);
		const { meant } = await check(shop, skus);
		expect(meant).toEqual(
			Object.fromEntries(skus.map((sku, index) => [sku, [`SKU-0${9_000 + index}`]])),
		);
		expect(shop.calls()).toMatchObject({ getCampaignOffers: expect.any(Number) });
		expect(shop.calls().getCampaignOffers).toBeLessThanOrEqual(6);
	});

	it('costs no more than fifty requests to look for, and that once in an hour', async () => {
		const shop = openShop(generateCatalogue(20_000), { quotas: 'off' });
		const strangers = Array.from({ length: 2_000 }, (_, index) => `Stranger ${index}`);
		await check(shop, strangers);
		const asking = { getCampaignOffers: 10, getOfferMappings: 20 };
		const { getCampaignOffers = 0, getOfferMappings } = shop.calls();
		expect(getCampaignOffers).toBeLessThanOrEqual(asking.getCampaignOffers + 50);
		expect(getOfferMappings).toBe(asking.getOfferMappings);
		await check(shop, strangers);
		expect(shop.calls()).toEqual({
			getCampaignOffers: getCampaignOffers + asking.getCampaignOffers,
			getOfferMappings: 2 * asking.getOfferMappings,
		});
	});
});

describe('A SKU is let through', () => {
	it('if it is in the archive', async () => {
		const shop = openShop(parseCatalogue('sku,name,price,archived\nOLD,a,1,yes'));
		expect((await check(shop, ['OLD'])).reasons).toEqual({});
		expect((await check(shop, ['OLD'], BUSINESS)).reasons).toEqual({});
	});

	it('if it never had a balance', async () => {
		const shop = openShop(generateCatalogue(300));
		const skus = shop.market.catalogue.map(({ sku }) => sku);
		expect((await check(shop, skus)).reasons).toEqual({});
		expect((await check(shop, skus, BUSINESS)).reasons).toEqual({});
	});

	it('if only its business has it: it may be new', async () => {
		const send = scripted(answerOf({ ofStore: ['A'], ofBusiness: ['A', 'NEW'] }));
		const shop = { catalogues: new Catalogues(), ports: virtualPorts(send) };
		expect((await check(shop, ['A', 'NEW', 'NONE'])).reasons).toEqual({ NONE: NOT_IN_STORE });
	});
});

describe('A store that is new itself', () => {
	const skus = Array.from({ length: 5_000 }, (_, index) => `NEW-${index}`);

	it('lacks what its business has: however much that is, it is let through', async () => {
		const send = scripted(answerOf({ ofStore: [], ofBusiness: skus }));
		const shop = { catalogues: new Catalogues(), ports: virtualPorts(send) };
		expect(await check(shop, skus)).toEqual({ reasons: {}, meant: {}, untold: undefined });
	});

	it('and whose business may not be asked, has nothing held back', async () => {
		const tell = answerOf({ ofStore: [], ofBusiness: [] });
		const send = scripted((request) =>
			request.path.includes('mappings') ? refusal(403, 'Access denied') : tell(request),
		);
		const shop = { catalogues: new Catalogues(), ports: virtualPorts(send) };
		const { reasons, untold } = await check(shop, skus);
		expect([reasons, untold?.count]).toEqual([{}, 5_000]);
	});
});

describe('What is known', () => {
	it('is not asked for again for an hour; what is not known is, each time', async () => {
		const shop = openShop(generateCatalogue(400));
		const skus = shop.market.catalogue.map(({ sku }) => sku);
		await check(shop, skus);
		expect(shop.calls()).toEqual({ getCampaignOffers: 2 });
		await shop.clock.sleep(HOUR_MS - 60_000);
		await check(shop, skus);
		expect(shop.calls()).toEqual({ getCampaignOffers: 2 });
		await shop.clock.sleep(60_000);
		await check(shop, skus);
		expect(shop.calls()).toEqual({ getCampaignOffers: 4 });
	});

	it('may have come since it was asked for', async () => {
		let ofStore = ['A'];
		const send = scripted((request) => answerOf({ ofStore, ofBusiness: [] })(request));
		const shop = { catalogues: new Catalogues(), ports: virtualPorts(send) };
		expect((await check(shop, ['A', 'B'])).reasons).toEqual({ B: NOT_IN_STORE });
		ofStore = ['A', 'B'];
		expect((await check(shop, ['A', 'B'])).reasons).toEqual({});
	});

	it.each([
		['another store', { campaignId: '21000001' }],
		['another credential', { accessKey: 'another' }],
		['another address', { apiUrl: 'another' }],
		['the business itself', { ...BUSINESS, campaignId: undefined }],
	])('is not known of %s', async (_, other) => {
		const shop = openShop(generateCatalogue(3));
		await check(shop, ['SKU-00001']);
		const before = Object.values(shop.calls()).reduce((sum, count) => sum + count, 0);
		await check(shop, ['SKU-00001'], { ...STORE, ...other });
		const after = Object.values(shop.calls()).reduce((sum, count) => sum + count, 0);
		expect(after).toBe(before + 1);
	});

	it('is bounded', async () => {
		const shop = openShop(generateCatalogue(600), {}, 400);
		const skus = shop.market.catalogue.map(({ sku }) => sku);
		await check(shop, skus);
		await check(shop, skus.slice(400));
		expect(shop.calls()).toEqual({ getCampaignOffers: 3 });
		await check(shop, skus);
		expect(shop.calls()).toEqual({ getCampaignOffers: 4 });
	});
});

describe('If the Market does not tell', () => {
	const NO_RIGHT = refusal(403, 'Access denied');

	it('nothing is held back, and it is said of how many and why', async () => {
		const send = scripted(NO_RIGHT);
		const shop = { catalogues: new Catalogues(), ports: virtualPorts(send) };
		const skus = Array.from({ length: 1_000 }, (_, index) => `A-${index}`);
		const { reasons, untold } = await check(shop, skus);
		expect(reasons).toEqual({});
		expect(untold).toEqual({
			skus: new Set(skus),
			count: 1_000,
			refusal: expect.objectContaining({ reason: expect.stringContaining('403') }),
		});
		expect(send.requests.length).toBeLessThanOrEqual(4);
	});

	it('about some, the others are judged', async () => {
		const known = Array.from({ length: 400 }, (_, index) => `A-${index}`);
		const skus = [...known.slice(0, 200), ...known.slice(200, 399), 'NONE'];
		const tell = answerOf({ ofStore: known, ofBusiness: known });
		const send = scripted((request) =>
			request.body?.includes('"A-0"') ? refusal(400, 'No') : tell(request),
		);
		const shop = { catalogues: new Catalogues(), ports: virtualPorts(send) };
		const { reasons, untold } = await check(shop, [...skus, 'NONE TOO']);
		expect(Object.keys(reasons).sort()).toEqual(['NONE', 'NONE TOO']);
		expect(untold?.count).toBe(200);
	});

	it('a store whether it is new, what it lacks is let through', async () => {
		const tell = answerOf({ ofStore: [], ofBusiness: [] });
		const send = scripted((request) =>
			request.path.includes('mappings') ? NO_RIGHT : tell(request),
		);
		const shop = { catalogues: new Catalogues(), ports: virtualPorts(send) };
		const { reasons, untold } = await check(shop, ['A']);
		expect([reasons, untold?.count]).toEqual([{}, 1]);
	});

	it('what was meant, the SKU fails all the same, and the next run looks again', async () => {
		const shop = openShop(ofSkus('A-1'));
		let isQuiet = true;
		const { send } = shop.ports;
		const ports: RunPorts = {
			...shop.ports,
			send: async (request) =>
				isQuiet && (request.body?.includes('A-1') || request.path.includes('limit'))
					? NO_RIGHT
					: await send(request),
		};
		const asking = { catalogues: shop.catalogues, ports };
		expect((await check(asking, ['A 1'])).reasons).toEqual({ 'A 1': NOT_IN_STORE });
		isQuiet = false;
		expect((await check(asking, ['A 1'])).meant).toEqual({ 'A 1': ['A-1'] });
	});

	it('within the time that the run has, because the quota is used up, the rest is let through', async () => {
		const shop = openShop(generateCatalogue(3_000), { quotas: 0.01 });
		const ports = { ...shop.ports, deadlineMs: shop.clock.now() };
		const skus = [...shop.market.catalogue.map(({ sku }) => sku).slice(0, 2_999), 'NONE'];
		const { reasons, untold } = await check({ catalogues: shop.catalogues, ports }, skus);
		expect(untold?.count).toBe(1_000);
		expect(reasons).toEqual({});
	});

	it('and has no end of faults, the run goes on after a few minutes at most', async () => {
		const shop = openShop(generateCatalogue(2_000), { faults: [{ kind: '503', rate: 1 }] });
		const startMs = shop.clock.now();
		const { untold } = await check(
			shop,
			shop.market.catalogue.map(({ sku }) => sku),
		);
		expect(untold?.count).toBe(2_000);
		expect(shop.clock.now() - startMs).toBeLessThan(5 * 60_000);
	});

	it('at the first try, it is asked again', async () => {
		const shop = openShop(generateCatalogue(200), { faults: [{ kind: '503', count: 2 }] });
		const { reasons, untold } = await check(shop, ['SKU-00001', 'NONE']);
		expect([Object.keys(reasons), untold]).toEqual([['NONE'], undefined]);
	});
});

describe('The catalogue of a business', () => {
	const skus = (count: number) => generateCatalogue(count).map(({ sku }) => sku);

	it('is asked itself for a few SKUs', async () => {
		const shop = openShop(generateCatalogue(100));
		await check(shop, skus(100), BUSINESS);
		expect(shop.calls()).toEqual({ getOfferMappings: 1 });
	});

	it('is asked through a store for more, and itself only for what the store lacks', async () => {
		const shop = openShop(generateCatalogue(1_000));
		const { reasons } = await check(shop, [...skus(999), 'sku-1000'], BUSINESS);
		expect(reasons).toEqual({
			'sku-1000':
				'Not in the catalogue of business 1003; probably meant: "SKU-01000" (differs in capital and small letters, leading zeros)',
		});
		expect(shop.calls()).toEqual({ getCampaignOffers: 5 + 1, getOfferMappings: 1 });
	});

	it('is asked itself if no store is known, or if the store does not answer', async () => {
		const shop = openShop(generateCatalogue(300));
		await check(shop, skus(300), { ...BUSINESS, findStore: undefined });
		expect(shop.calls()).toEqual({ getOfferMappings: 3 });
		const foreign = {
			...BUSINESS,
			accessKey: 'another',
			findStore: async () => await Promise.resolve('24000999'),
		};
		expect(await check(shop, skus(300), foreign)).toMatchObject({ reasons: {}, untold: undefined });
		expect(shop.calls().getOfferMappings).toBe(6);
	});
});

/** Answers both methods by what a store and its business have. */
function answerOf(have: { ofStore: readonly string[]; ofBusiness: readonly string[] }) {
	return ({ body, path }: MarketRequest): MarketReply => {
		const { offerIds = [] } = JSON.parse(body ?? '{}') as { offerIds?: string[] };
		const isBusiness = path.includes('mappings');
		const found = offerIds.filter((sku) =>
			have[isBusiness ? 'ofBusiness' : 'ofStore'].includes(sku),
		);
		const result = isBusiness
			? { offerMappings: found.map((offerId) => ({ offer: { offerId } })) }
			: { offers: found.map((offerId) => ({ offerId })) };
		return { ...OK, body: { status: 'OK', result } };
	};
}
