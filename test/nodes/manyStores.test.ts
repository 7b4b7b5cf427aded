import { STORES } from '../../sandbox';
import { skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes();
const { fbs, dbs, fby } = STORES;

it('Many wrong stores cost one list of stores, not a question each', async () => {
	const wrong = Array.from({ length: 400 }, (_, index) => ({
		sku: skuOf(1),
		stock: 1,
		store: 900_000 + index,
	}));
	const right = [fbs, dbs, fby].map(({ campaignId }) => ({
		sku: skuOf(1),
		stock: 5,
		store: campaignId,
	}));
	const items = [...right, ...wrong, { sku: skuOf(1), stock: 1, store: fbs.businessId }];
	const { items: output } = await shop.update(items, {
		store: '={{ $json.store }}',
		onError: 'continueRegularOutput',
	});
	expect(output.map(({ json }) => json.status)).toEqual([
		'accepted',
		'accepted',
		...Array(402).fill('failed'),
	]);
	expect(output[2]?.json.reason).toContain('is FBY');
	expect(output[3]?.json.reason).toBe('The credential opens no store with the campaign ID 900000');
	expect(output.at(-1)?.json.reason).toMatch(
		/^Store 1001 is not a campaign ID: 1001 is a business ID/,
	);
	expect(shop.requests().filter((request) => request.startsWith('GET'))).toEqual([
		'GET /v2/campaigns',
	]);
});

it('If the list fails, stores are asked about one by one', async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
	shop.market.setSwitches({ faults: [{ kind: '500', operation: 'getCampaigns', rate: 1 }] });
	const stores = [fbs.campaignId, ...Array.from({ length: 9 }, (_, index) => 900_000 + index)];
	const items = stores.map((store) => ({ sku: skuOf(1), stock: 1, store }));
	const { items: output } = await shop.update(items, {
		store: '={{ $json.store }}',
		onError: 'continueRegularOutput',
	});
	expect(output.map(({ json }) => json.status)).toEqual(['accepted', ...Array(9).fill('failed')]);
	expect(output[1]?.json.reason).toMatch(/does not know store 900000/);
	const asked = shop.requests().filter((request) => /^GET \/v2\/campaigns\/\d+$/.test(request));
	expect(new Set(asked).size).toBe(stores.length);
	jest.restoreAllMocks();
});
