import { parseCatalogue, STORES, TOKENS } from '../../sandbox';
import { Bench, type Reply } from './support/bench';

const { campaignId, warehouseId, businessId } = STORES.warehouseFbs;

const headers = { 'Api-Key': TOKENS.warehouseAll, 'Content-Type': 'application/json' };

/** What a read shows if one offer is for sale and one is in the archive, and both have a balance. */
async function shown(path: string, body: object): Promise<string[]> {
	const bench = new Bench({
		catalogue: parseCatalogue('sku,name,price,archived\nNEW,a,1,\nOLD,b,1,yes'),
	});
	for (const sku of ['NEW', 'OLD']) bench.market.setBalance(campaignId, sku, 5);
	return skusOf(await bench.call('POST', path, { body, headers }));
}

interface Listed {
	offerId: string;
}
type Found = {
	offers?: Listed[];
	warehouses?: Array<{ offers: Listed[] }>;
	offerMappings?: Array<{ offer: Listed }>;
};

/** The SKUs of a reply, whatever the method. */
function skusOf({ body }: Reply): string[] {
	const { offers = [], warehouses = [], offerMappings = [] } = (body.result ?? {}) as Found;
	const mapped = offerMappings.map(({ offer }) => offer);
	const stocked = warehouses.flatMap((warehouse) => warehouse.offers);
	return [...offers, ...stocked, ...mapped].map(({ offerId }) => offerId);
}

const place = { partnerWarehouseId: warehouseId };
const BY_ARCHIVE: ReadonlyArray<[method: string, path: string, body: object]> = [
	['getStocks', `/v2/campaigns/${campaignId}/offers/stocks`, {}],
	['getStocksOnPartnerWarehouses', `/v3/businesses/${businessId}/offers/stocks`, place],
	['getOfferMappings', `/v2/businesses/${businessId}/offer-mappings`, {}],
];

describe.each(BY_ARCHIVE)('%s', (_, path, body) => {
	it.each([
		[{}, ['NEW']],
		[{ archived: false }, ['NEW']],
		[{ archived: true }, ['OLD']],
		[{ offerIds: ['OLD', 'NEW'] }, ['OLD', 'NEW']],
	])('with %j shows %j', async (asked, skus) => {
		expect(await shown(path, { ...body, ...asked })).toEqual(skus);
	});
});

describe('getCampaignOffers', () => {
	it.each([
		[{}, ['NEW', 'OLD']],
		[{ statuses: ['ARCHIVED'] }, ['OLD']],
		[{ offerIds: ['OLD', 'NEW'] }, ['OLD', 'NEW']],
	])('with %j shows %j', async (body, skus) => {
		expect(await shown(`/v2/campaigns/${campaignId}/offers`, body)).toEqual(skus);
	});
});
