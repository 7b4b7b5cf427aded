import { extraStores } from '../../sandbox';
import { skuOf, useFreshSandboxes } from '../support/useSandbox';

const stores = extraStores(10);
const shop = useFreshSandboxes({ extraStores: stores });

describe('Verify of more stores than are served at once', () => {
	it('reads back when everything is sent: no store is sent to later because another is read', async () => {
		const items = stores.map(({ campaignId }) => ({ sku: skuOf(1), stock: 3, at: campaignId }));
		const { items: output } = await shop.update(items, {
			store: '={{ $json.at }}',
			options: { verify: 0 },
		});
		expect(output.map(({ json }) => json.status)).toEqual(Array(10).fill('confirmed'));
		const stocks = shop.requests().filter((request) => request.endsWith('/offers/stocks'));
		expect(stocks.map((request) => request.slice(0, 3))).toEqual([
			...Array(10).fill('PUT'),
			...Array(10).fill('POS'),
		]);
	});
});
