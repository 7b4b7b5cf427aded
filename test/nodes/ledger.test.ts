import { STORES } from '../../sandbox';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const sku = skuOf(1);

describe("the ledger of the Market's guide", () => {
	it('10 brought, an order of 2, a supply of 10, a sale of 3 in the shop: 10, 8, 18, 15', async () => {
		await shop.update([{ sku, stock: 10 }]);
		expect(shop.available(1)).toBe(10);

		shop.market.placeOrder(STORES.fbs.campaignId, [{ sku, count: 2 }]);
		await shop.update([{ sku, stock: 8 }]);
		expect(shop.available(1)).toBe(8);

		await shop.update([{ sku, stock: 18 }]);
		expect(shop.available(1)).toBe(18);

		await shop.update([{ sku, stock: 15 }]);
		expect(shop.available(1)).toBe(15);
	});

	it('a balance sent to one store of a warehouse group shows in the others', async () => {
		await shop.update([{ sku, stock: 7 }]);
		expect(shop.available(1, STORES.groupMate.campaignId)).toBe(7);
		expect(shop.available(1, STORES.dbs.campaignId)).toBeNull();
	});

	it('a later run wins over an earlier one, even if it lowers the balance', async () => {
		await shop.update([{ sku, stock: 7 }]);
		await shop.update([{ sku, stock: 0 }]);
		expect(shop.available(1)).toBe(0);
	});
});

describe('the flow Hide Offers, Update Stocks, Unhide Offers', () => {
	const items = [1, 2, 3].map((offer) => ({ sku: skuOf(offer), stock: offer * 10 }));
	const hidden = () =>
		shop.market.offers(STORES.fbs.campaignId).filter((offer) => offer.hidden).length;

	it('leaves every offer shown, with its balance', async () => {
		await shop.hide(items);
		expect(hidden()).toBe(3);
		await shop.update(items);
		await shop.unhide(items);
		expect(hidden()).toBe(0);
		expect([1, 2, 3].map((offer) => shop.available(offer))).toEqual([10, 20, 30]);
	});

	it('shows the offers again even if balances were refused in between', async () => {
		const broken = items.map((item) => ({ ...item, stock: '' }));
		await shop.hide(broken);
		expect(hidden()).toBe(items.length);
		const update = await shop.update(broken);
		await shop.unhide(broken);
		expect(update.status).toBe('error');
		expect(hidden()).toBe(0);
	});

	it('hides in one store only, although the goods are shared', async () => {
		await shop.hide(items);
		expect(shop.market.offer(STORES.groupMate.campaignId, sku).hidden).toBe(false);
	});
});
