import { generateCatalogue, STORES } from '../../sandbox';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox({ catalogue: generateCatalogue(5_000) });
const MINUTE_MS = 60_000;

describe("clocks that differ from the Market's", () => {
	it.each([-5, -1_500, 5])('%d minutes: all balances are sent and held', async (minutes) => {
		shop.market.setSwitches({ clockSkewMs: minutes * MINUTE_MS });
		const items = Array.from({ length: 50 }, (_, index) => ({
			sku: skuOf(index + 1),
			stock: index,
		}));
		const { status, items: output } = await shop.update(items);
		expect(status).toBe('success');
		expect(shop.available(50)).toBe(49);
		const sent = Date.parse(String(output[0]?.json.updatedAt));
		expect(sent).toBe(shop.market.balance(STORES.fbs.campaignId, skuOf(1))?.stamp);
		expect(sent).toBeLessThanOrEqual(shop.market.now());
		expect(sent).toBeGreaterThan(Math.min(Date.now(), shop.market.now()) - MINUTE_MS);
	});

	it('a second run with the corrected clock wins over the first', async () => {
		shop.market.setSwitches({ clockSkewMs: -5 * MINUTE_MS });
		await shop.update([{ sku: skuOf(1), stock: 1 }]);
		// The Date header has whole seconds: let the Market's clock reach the next one.
		shop.market.setSwitches({ clockSkewMs: -5 * MINUTE_MS + 1_000 });
		await shop.update([{ sku: skuOf(1), stock: 2 }]);
		expect(shop.available(1)).toBe(2);
	});

	it('all items of a run carry one stamp', async () => {
		const items = Array.from({ length: 5_000 }, (_, index) => ({
			sku: skuOf(index + 1),
			stock: index,
		}));
		const { items: output } = await shop.update(items);
		expect(new Set(output.map(({ json }) => json.updatedAt)).size).toBe(1);
	});

	it('the stamp is the start of the run, a little before the requests', async () => {
		const startMs = Date.now();
		const { items } = await shop.update([{ sku: skuOf(1), stock: 1 }]);
		const stamp = Date.parse(String(items[0]?.json.updatedAt));
		expect(stamp).toBeGreaterThanOrEqual(startMs - 1_000);
		expect(stamp).toBeLessThan(shop.market.calls()[0]?.at ?? 0);
	});
});
