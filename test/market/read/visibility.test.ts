import type { MarketRequest } from '../../../market/wire/ports';
import { readVisibility } from '../../../market/read/visibility';
import { generateCatalogue, SandboxMarket, STORES, type Catalogue } from '../../../sandbox';
import { OK, refusal, scripted } from '../../support/answers';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts, type VirtualPorts } from '../../support/virtualPorts';

const STORE = STORES.dbs.campaignId;

function openMarket(catalogue: Catalogue) {
	const clock = new VirtualClock();
	const market = new SandboxMarket({ clock, catalogue });
	const ports = virtualPorts(modelSend(market), { clock });
	const skus = catalogue.map(({ sku }) => sku);
	return { market, ports, skus };
}

async function read(skus: readonly string[], ports: VirtualPorts, mostLookedUp = Infinity) {
	return await readVisibility(String(STORE), skus, mostLookedUp, 'none', ports);
}

/** A reply of getHiddenOffers, or of getCampaignOffers with the status of each. */
const listed = (skus: readonly string[], nextPageToken?: string) => ({
	...OK,
	body: {
		status: 'OK',
		result: { hiddenOffers: skus.map((offerId) => ({ offerId })), paging: { nextPageToken } },
	},
});
const catalogued = (statuses: Record<string, string>) => ({
	...OK,
	body: {
		status: 'OK',
		result: { offers: Object.entries(statuses).map(([offerId, status]) => ({ offerId, status })) },
	},
});

/** As many SKUs as need three queries. */
const many = Array.from({ length: 800 }, (_, index) => `SKU-${String(index + 1).padStart(5, '0')}`);
const isOfList = ({ apiMethod, path }: MarketRequest) =>
	apiMethod.name === 'getHiddenOffers' && !path.includes('offer_id');

describe('Whether offers are hidden', () => {
	it('is known for each: hidden, shown, or not in the catalogue', async () => {
		const { market, ports } = openMarket(generateCatalogue(3));
		market.setHidden(STORE, 'SKU-00002', true);
		const { known, failed } = await read(['SKU-00001', 'SKU-00002', 'nobody knows'], ports);
		expect(Object.fromEntries(known)).toEqual({
			'SKU-00001': 'shown',
			'SKU-00002': 'hidden',
			'nobody knows': 'absent',
		});
		expect(failed.size).toBe(0);
	});

	it('is asked by SKU if one query holds them', async () => {
		const { market, ports, skus } = openMarket(generateCatalogue(200));
		for (const sku of skus) market.setHidden(STORE, sku, true);
		expect([...(await read(skus, ports)).known.values()]).toEqual(Array(200).fill('hidden'));
		expect(market.statistics().getHiddenOffers?.requests).toBe(1);
	});

	it('is read from the list of all hidden offers if there would be more queries: 2,000 long Cyrillic SKUs', async () => {
		const catalogue = Array.from({ length: 2_000 }, (_, index) => ({
			sku: `${index}`.padStart(255, 'Я'),
			name: '',
			price: 1,
		}));
		const { market, ports, skus } = openMarket(catalogue);
		for (const sku of skus.slice(0, 700)) market.setHidden(STORE, sku, true);
		const { known } = await read(skus, ports);
		expect([...known.values()].filter((state) => state === 'hidden')).toHaveLength(700);
		expect([...known.values()].filter((state) => state === 'shown')).toHaveLength(1_300);
		expect(market.statistics().getHiddenOffers?.requests).toBe(2);
	});

	it('is asked by SKU after all if the list is longer than the queries', async () => {
		const { market, ports, skus } = openMarket(generateCatalogue(5_000));
		for (const sku of skus) market.setHidden(STORE, sku, true);
		const { known } = await read(skus.slice(-800), ports);
		expect([...known.values()]).toEqual(Array(800).fill('hidden'));
		expect(market.statistics().getHiddenOffers?.requests).toBe(3 + 3);
	});

	it('is not missed if the list changes while it is read: the catalogue says so too', async () => {
		const [first, skipped, ...others] = many as [string, string, ...string[]];
		const shown = Object.fromEntries(others.map((sku) => [sku, 'PUBLISHED']));
		const ports = virtualPorts(
			scripted((request) => {
				if (isOfList(request))
					return request.path.includes('next') ? listed([first]) : listed(['another'], 'next');
				const asked = JSON.parse(request.body ?? '{}') as { offerIds: string[] };
				const statuses: Record<string, string> = { ...shown, [skipped]: 'DISABLED_BY_PARTNER' };
				return catalogued(
					Object.fromEntries(asked.offerIds.map((sku) => [sku, statuses[sku] ?? 'NO_STOCKS'])),
				);
			}),
		);
		const { known } = await read(many, ports);
		expect(many.filter((sku) => known.get(sku) === 'hidden')).toEqual([first, skipped]);
	});

	it('is asked by SKU if the list never ends', async () => {
		const ports = virtualPorts(
			scripted((request) => {
				if (isOfList(request)) return listed(['another'], 'for ever');
				if (request.apiMethod.name === 'getHiddenOffers') return listed([many[5] as string]);
				const asked = JSON.parse(request.body ?? '{}') as { offerIds: string[] };
				return catalogued(Object.fromEntries(asked.offerIds.map((sku) => [sku, 'PUBLISHED'])));
			}),
		);
		const { known, failed } = await read(many, ports);
		expect(many.filter((sku) => known.get(sku) === 'hidden')).toEqual([many[5]]);
		expect(failed.size).toBe(0);
	});

	it('is not looked up in the catalogue for more SKUs than wanted', async () => {
		const { market, ports } = openMarket(generateCatalogue(3));
		const { known } = await read(['SKU-00001', 'nobody knows'], ports, 1);
		expect(Object.fromEntries(known)).toEqual({
			'SKU-00001': 'notListed',
			'nobody knows': 'notListed',
		});
		expect(market.statistics().getCampaignOffers).toBeUndefined();
	});
});

describe('If something cannot be read about offers', () => {
	it('a part of the catalogue costs no other part', async () => {
		const { market, skus } = openMarket(generateCatalogue(500));
		const send = modelSend(market);
		const ports = virtualPorts(async (request) =>
			request.apiMethod.name === 'getCampaignOffers' && request.body?.includes('"SKU-00250"')
				? refusal(400)
				: await send(request),
		);
		const { known, failed } = await read(skus, ports);
		expect(skus.filter((sku) => known.get(sku) === 'shown')).toEqual([
			...skus.slice(0, 200),
			...skus.slice(400),
		]);
		expect([...failed.keys()]).toEqual(skus.slice(200, 400));
	});

	it('a list that breaks off has told of those that it showed', async () => {
		const ports = virtualPorts(
			scripted((request) =>
				request.path.includes('next') ? refusal(400) : listed(many.slice(0, 500), 'next'),
			),
		);
		const { known, failed } = await read(many, ports);
		expect(many.filter((sku) => known.get(sku) === 'hidden')).toEqual(many.slice(0, 500));
		expect([...failed.keys()]).toEqual(many.slice(500));
	});

	it('a query by SKU costs no other', async () => {
		const long = Array.from({ length: 6 }, (_, index) => `${index}`.padStart(255, 'Я'));
		const wanted = encodeURIComponent(long[4] as string);
		const ports = virtualPorts(
			scripted((request) => {
				if (isOfList(request)) return listed(['another'], 'for ever');
				if (request.path.includes(wanted)) return refusal(400);
				if (request.apiMethod.name === 'getHiddenOffers') return listed([long[0] as string]);
				return catalogued(Object.fromEntries(long.map((sku) => [sku, 'PUBLISHED'])));
			}),
		);
		const { known, failed } = await read(long, ports);
		expect(long.map((sku) => known.get(sku))).toEqual([
			'hidden',
			'shown',
			'shown',
			undefined,
			undefined,
			undefined,
		]);
		expect([...failed.keys()]).toEqual(long.slice(3));
	});
});
