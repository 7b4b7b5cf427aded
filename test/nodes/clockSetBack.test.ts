import { systemClock } from '../../sandbox';
import { greenHint } from '../support/outputRows';
import { itemsFor, useFreshSandboxes } from '../support/useSandbox';

const { now } = Date;
/** The Market's clock goes on, whatever ours does. */
const shop = useFreshSandboxes({
	clock: { now: () => now(), sleep: async (ms) => await systemClock.sleep(ms) },
});

/** With one credential, what is known about the store is remembered, and the clock is not compared again. */
const credentialId = 'one for both runs';

afterEach(() => jest.restoreAllMocks());

describe("this computer's clock, set back between two runs", () => {
	it.each([5_000, 3_600_000])(
		'by %d ms: the balances are still held, and a hint says so',
		async (ms) => {
			const startMs = now();
			await shop.update(itemsFor(8), { credentialId });
			jest.spyOn(Date, 'now').mockImplementation(() => now() - ms);
			const items = itemsFor(8).map(({ sku, stock }) => ({ sku, stock: stock + 100 }));
			const { items: output, hints } = await shop.update(items, { credentialId });
			expect(shop.available(8)).toBe(108);
			expect(new Set(output.map(({ json }) => json.status))).toEqual(new Set(['accepted']));
			const told = hints.map(({ message }) => message).join();
			const seconds = Number(/went back by (\d+) s since an earlier run/.exec(told)?.[1]);
			// It was set back to a moment later than that at which the first run began.
			const passed = (now() - startMs) / 1_000;
			expect(seconds).toBeLessThanOrEqual(ms / 1_000 + 1);
			expect(seconds).toBeGreaterThanOrEqual(ms / 1_000 - passed - 1);
			expect(told).toContain('Of 5 SKUs read back, the Market shows 5 as sent so far');
		},
	);

	it('by nothing: two runs at the same moment get different stamps, and no hint says so', async () => {
		const frozen = now();
		jest.spyOn(Date, 'now').mockImplementation(() => frozen);
		const runs = [
			await shop.update(itemsFor(1)),
			await shop.update([{ ...itemsFor(1)[0], stock: 9 }]),
		];
		const [first, second] = runs.map(({ items }) => Date.parse(String(items[0]?.json.updatedAt)));
		expect(second).toBeGreaterThan(first ?? NaN);
		expect(shop.available(1)).toBe(9);
		expect(runs.flatMap(({ hints }) => hints)).toEqual([greenHint(1), greenHint(1)]);
	});
});
