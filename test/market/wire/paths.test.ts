import { apiMethods } from '../../../market/contract/apiMethods';
import { requestPath } from '../../../market/wire/paths';

describe('The path of a request', () => {
	it('has the campaign ID in its place', () => {
		expect(requestPath(apiMethods.updateStocks, '21000001')).toBe(
			'/v2/campaigns/21000001/offers/stocks',
		);
	});

	it('without a store is the path of the method', () => {
		expect(requestPath(apiMethods.getCampaigns)).toBe('/v2/campaigns');
	});

	it.each(['1/../2', '1?x=1', '1#2', '$&', ' '])(
		'keeps %j from changing the path',
		(campaignId) => {
			const path = requestPath(apiMethods.updateStocks, campaignId);
			expect(path).toBe(`/v2/campaigns/${encodeURIComponent(campaignId)}/offers/stocks`);
			expect(path.split('/')).toHaveLength(6);
		},
	);

	it('has the values of the query, encoded, and leaves out what is undefined', () => {
		const query = { limit: 100, pageToken: 'a&b=c/ж+', other: undefined };
		const path = requestPath(apiMethods.getHiddenOffers, '1', query);
		expect(path).toBe('/v2/campaigns/1/hidden-offers?limit=100&pageToken=a%26b%3Dc%2F%D0%B6%2B');
	});

	it('has no question mark without a value', () => {
		expect(requestPath(apiMethods.getCampaigns, undefined, { pageToken: undefined })).toBe(
			'/v2/campaigns',
		);
		expect(requestPath(apiMethods.getCampaigns, undefined, { offer_id: [] })).toBe('/v2/campaigns');
	});

	it('repeats the name for each value of a list', () => {
		const query = { offer_id: ['A', 'Б ', '&'] };
		const path = requestPath(apiMethods.getHiddenOffers, '1', query);
		expect(new URLSearchParams(path.split('?')[1]).getAll('offer_id')).toEqual(query.offer_id);
	});
});
