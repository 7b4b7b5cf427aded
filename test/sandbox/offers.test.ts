import { generateCatalogue, parseCatalogue, STORES } from '../../sandbox';
import { Bench, skuAt, type Reply } from './support/bench';
import { WarehouseBench } from './support/warehouseBench';

const { campaignId } = STORES.fbs;

interface ListedOffer {
	offerId: string;
	status: string;
	basicPrice: { value: number; currencyId: string; updatedAt: string };
}

interface Mapping {
	offer: { offerId: string; campaigns: Array<{ campaignId: number; status: string }> };
}

async function campaignOffers(bench: Bench, body: unknown, query = ''): Promise<Reply> {
	return await bench.call('POST', `/v2/campaigns/${campaignId}/offers${query}`, { body });
}

function offersOf({ body }: Reply): ListedOffer[] {
	return (body.result as { offers?: ListedOffer[] } | undefined)?.offers ?? [];
}

function mappingsOf({ body }: Reply): Mapping[] {
	return (body.result as { offerMappings?: Mapping[] } | undefined)?.offerMappings ?? [];
}

/** A Market in which one offer is on sale, one is sold out, one is hidden, and the others have no balance. */
function benchWithStatuses(offers = 50): WarehouseBench {
	const bench = new WarehouseBench({ catalogue: generateCatalogue(offers) });
	for (const [sku, count] of [
		['SKU-00001', 5],
		['SKU-00002', 0],
		['SKU-00003', 5],
	] as const) {
		bench.market.setBalance(campaignId, sku, count);
	}
	bench.market.setHidden(campaignId, 'SKU-00003', true);
	return bench;
}

const tooMany = (count: number) => Array.from({ length: count }, (_, index) => skuAt(index));

describe('getCampaignOffers', () => {
	it('gives the price and status of the offers asked for', async () => {
		const offerIds = ['SKU-00003', ' SKU-00001', 'SKU-00002', 'SKU-00004', 'NONE'];
		const bench = benchWithStatuses();
		const { status, body } = await campaignOffers(bench, { offerIds });
		const offer = (sku: string, offerStatus: string) => ({
			offerId: sku,
			basicPrice: {
				value: bench.market.catalogue.find((known) => known.sku === sku)?.price,
				currencyId: 'RUR',
				updatedAt: '2026-01-01T00:00:00Z',
			},
			status: offerStatus,
		});
		expect([status, body]).toEqual([
			200,
			{
				status: 'OK',
				result: {
					offers: [
						offer('SKU-00003', 'DISABLED_BY_PARTNER'),
						offer('SKU-00001', 'PUBLISHED'),
						offer('SKU-00002', 'NO_STOCKS'),
						offer('SKU-00004', 'NO_STOCKS'),
					],
					paging: {},
				},
			},
		]);
	});

	it('knows a SKU only as it is written', async () => {
		const skus = ['A-1', 'a-1', 'A-01', '\u0410-1', 'A 1'];
		const csv = ['sku,name,price', ...skus.map((sku) => `${sku},a,1`)].join('\n');
		const bench = new Bench({ catalogue: parseCatalogue(csv) });
		const found = await campaignOffers(bench, { offerIds: [...skus, 'A1', 'A-001', '\u0430-1'] });
		expect(offersOf(found).map(({ offerId }) => offerId)).toEqual(skus);
	});

	it('lists the offers of some statuses', async () => {
		const statuses = ['PUBLISHED', 'DISABLED_BY_PARTNER', 'ARCHIVED'];
		const reply = await campaignOffers(benchWithStatuses(), { statuses });
		expect(offersOf(reply).map(({ offerId }) => offerId)).toEqual(['SKU-00001', 'SKU-00003']);
	});

	it('shows a change when reads do', async () => {
		const bench = benchWithStatuses();
		bench.market.setSwitches({ visibilityDelayMs: 1_000 });
		bench.market.setHidden(campaignId, 'SKU-00001', true);
		const read = async () =>
			offersOf(await campaignOffers(bench, { offerIds: ['SKU-00001'] }))[0]?.status;
		expect(await read()).toBe('PUBLISHED');
		bench.clock.turn(1_000);
		expect(await read()).toBe('DISABLED_BY_PARTNER');
	});

	it.each([{ categoryIds: [5] }, { vendorNames: ['Mug & Co'] }, { tags: ['new'] }])(
		'finds nothing by %j, which the catalogue does not have',
		async (body) => {
			const reply = await campaignOffers(new Bench(), body);
			expect([reply.status, offersOf(reply)]).toEqual([200, []]);
		},
	);

	it.each([
		{ query: '', size: 100 },
		{ query: '?limit=200', size: 200 },
	])('shows $size of 250 with "$query"', async ({ query, size }) => {
		const reply = await campaignOffers(benchWithStatuses(250), {}, query);
		expect(offersOf(reply)).toHaveLength(size);
		const next = await campaignOffers(
			benchWithStatuses(250),
			{},
			`?pageToken=${reply.body.result?.paging?.nextPageToken}`,
		);
		expect(offersOf(next)[0]?.offerId).toBe(skuAt(size));
	});

	it('is for every model, but not for a store that is closed to the API', async () => {
		const bench = new Bench();
		const read = async (id: number) =>
			(await bench.call('POST', `/v2/campaigns/${id}/offers`, { body: {} })).status;
		expect(
			await Promise.all([STORES.fby, STORES.laas].map((store) => read(store.campaignId))),
		).toEqual([200, 200]);
		expect(await read(STORES.inactive.campaignId)).toBe(403);
	});

	const alone =
		'offerIds must not be used together with pageToken, limit, statuses, categoryIds, vendorNames or tags';
	it.each([
		{ name: 'no body', body: undefined, query: '', message: 'Required request body is missing' },
		{
			name: '201 offerIds',
			body: { offerIds: tooMany(201) },
			query: '',
			message: 'offerIds size must be between 1 and 200 (rejected size: 201)',
		},
		{ name: 'offerIds and a limit', body: { offerIds: ['a'] }, query: '?limit=5', message: alone },
		{
			name: 'offerIds and statuses',
			body: { offerIds: ['a'], statuses: ['ARCHIVED'] },
			query: '',
			message: alone,
		},
		{
			name: 'an unknown status',
			body: { statuses: ['SOLD'] },
			query: '',
			message: 'Illegal input at statuses[0]',
		},
		{
			name: 'a tag that is no text',
			body: { tags: [5] },
			query: '',
			message: 'Illegal input at tags[0]',
		},
		{
			name: 'a page of 201',
			body: {},
			query: '?limit=201',
			message: 'Parameter limit must be less than or equal to 200 (rejected value: 201)',
		},
	])('refuses $name', async ({ body, query, message }) => {
		const { status, messages } = await campaignOffers(new Bench(), body, query);
		expect([status, messages]).toEqual([400, [message]]);
	});
});

describe('getOfferMappings', () => {
	it('shows the catalogue with the status of an offer in each store', async () => {
		const bench = new WarehouseBench();
		bench.market.setBalance(STORES.warehouseFbs.campaignId, 'SKU-00001', 5);
		bench.market.setHidden(STORES.warehouseDbs.campaignId, 'SKU-00001', true);
		const { status, body } = await bench.offerMappings({ offerIds: ['SKU-00001', 'NONE'] });
		expect([status, body]).toEqual([
			200,
			{
				status: 'OK',
				result: {
					offerMappings: [
						{
							offer: {
								offerId: 'SKU-00001',
								name: bench.market.catalogue[0]?.name,
								archived: false,
								cardStatus: 'HAS_CARD_CAN_NOT_UPDATE',
								campaigns: [
									{ campaignId: STORES.warehouseFbs.campaignId, status: 'PUBLISHED' },
									{ campaignId: STORES.warehouseDbs.campaignId, status: 'DISABLED_BY_PARTNER' },
									{ campaignId: STORES.warehouseExpress.campaignId, status: 'NO_STOCKS' },
									{ campaignId: STORES.warehouseShared.campaignId, status: 'PUBLISHED' },
								],
							},
							mapping: {},
						},
					],
					paging: {},
				},
			},
		]);
	});

	it.each([
		{ query: '', sizes: [50, 50, 50] },
		{ query: 'limit=100', sizes: [100, 50] },
		{ query: 'limit=999', sizes: [100, 50] },
	])('comes in pages with "$query", and needs no body', async ({ query, sizes }) => {
		const bench = new WarehouseBench({ catalogue: generateCatalogue(150) });
		const pages: Mapping[][] = [];
		let token: string | undefined;
		do {
			const page = await bench.offerMappings(undefined, {
				query: `?${query}${token === undefined ? '' : `&pageToken=${token}`}`,
			});
			pages.push(mappingsOf(page));
			token = page.body.result?.paging?.nextPageToken;
		} while (token !== undefined);
		expect(pages.map(({ length }) => length)).toEqual(sizes);
		expect(pages.flat().map(({ offer }) => offer.offerId)).toEqual(
			bench.market.catalogue.map(({ sku }) => sku),
		);
	});

	it.each([
		[{ archived: true }, 0],
		[{ archived: false }, 50],
		[{ cardStatuses: ['NO_CARD_ERRORS'] }, 0],
		[{ cardStatuses: ['NO_CARD_ERRORS', 'HAS_CARD_CAN_NOT_UPDATE'] }, 50],
		[{ vendorNames: ['Mug & Co'] }, 0],
	])('finds by %j: %d', async (body, count) => {
		const bench = new WarehouseBench();
		expect(mappingsOf(await bench.offerMappings(body))).toHaveLength(count);
	});

	it.each([
		{
			body: { offerIds: tooMany(101) },
			message: 'offerIds size must be between 1 and 100 (rejected size: 101)',
		},
		{ body: { cardStatuses: ['NONE'] }, message: 'Illegal input at cardStatuses[0]' },
		{
			body: { offerIds: ['a'], archived: true },
			message:
				'offerIds must not be used together with ' +
				'pageToken, limit, archived, cardStatuses, categoryIds, vendorNames or tags',
		},
	])('refuses $message', async ({ body, message }) => {
		const { status, messages } = await new WarehouseBench().offerMappings(body);
		expect([status, messages]).toEqual([400, [message]]);
	});

	it('100 requests a minute, 600 with Medium', async () => {
		const bench = new WarehouseBench();
		expect((await bench.offerMappings()).headers['x-ratelimit-resource-remaining']).toBe('99');
		bench.market.setSwitches({ subscription: 'MEDIUM' });
		expect((await bench.offerMappings()).headers['x-ratelimit-resource-limit']).toBe('600');
	});
});
