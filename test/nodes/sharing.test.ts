import { extraStores, generateCatalogue, STORES, type Call } from '../../sandbox';
import { itemsFor, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes({
	catalogue: generateCatalogue(10_000),
	extraStores: extraStores(20),
	switches: { latencyMs: 15 },
});
const refused = () => shop.market.calls().filter(({ status }) => status === 420);
const summary = { output: 'summary' };

describe('two nodes at once on the same store', () => {
	it('share its four slots: no request is one too many', async () => {
		// Long enough for several to be under way at once, even on a busy machine.
		shop.market.setSwitches({ latencyMs: 150 });
		const items = itemsFor(10_000);
		const runs = await Promise.all([
			shop.update(items.slice(0, 5_000)),
			shop.update(items.slice(5_000)),
			shop.hide(items.slice(0, 2_000), { options: { subscription: 'none' } }),
		]);
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		expect(shop.market.peakParallel).toBe(4);
		expect(refused()).toEqual([]);
		const held = shop.market.offers(STORES.fbs.campaignId).map(({ available }) => available);
		expect(held).toEqual(items.map(({ stock }) => stock));
	});

	it('share its quota: together they use it up to the last item, and no request is refused', async () => {
		shop.market.setSwitches({ quotas: 0.05 });
		await shop.update(itemsFor(1));
		const options = { ...summary, maximumWait: 0 };
		const onError = 'continueRegularOutput';
		const runs = await Promise.all([
			shop.update(itemsFor(4_000), { options, onError }),
			shop.update(itemsFor(4_000), { options, onError }),
		]);
		const accepted = runs.map(({ items }) => Number(items[0]?.json.accepted));
		expect(accepted.reduce((sum, count) => sum + count, 0)).toBe(4_999);
		expect(refused()).toEqual([]);
	});

	it('a cancelled run gives its slots back', async () => {
		let requests = 0;
		const ignore = () => {};
		await shop.update(itemsFor(10_000), {
			onStart: (stop) =>
				shop.market.watch({
					offerChanged: ignore,
					wasReset: ignore,
					callAnswered: () => (++requests === 3 ? stop() : undefined),
				}),
		});
		const { items } = await shop.update(itemsFor(8_000), { options: summary });
		expect(items[0]?.json).toMatchObject({ accepted: 8_000, retries: 0 });
	});
});

describe('a run for many stores', () => {
	it('serves eight at a time, each with all its items', async () => {
		// Long enough for eight to be under way at once, even on a busy machine.
		shop.market.setSwitches({ latencyMs: 250 });
		const stores = extraStores(20).map(({ campaignId }) => campaignId);
		const items = stores.flatMap((store) => itemsFor(3).map((item) => ({ ...item, store })));
		const { status } = await shop.update(items, { store: '={{ $json.store }}' });
		expect(status).toBe('success');
		const writes = shop.market.calls().filter(({ operation }) => operation === 'updateStocks');
		expect(mostAtOnce(writes)).toBe(8);
		for (const store of stores) expect(shop.available(3, store)).toBe(3);
	});

	/** How many stores were served at once; each is served from the first of these calls for it to the last. */
	function mostAtOnce(calls: readonly Call[]): number {
		const begun = new Map<number, { from: number; until: number }>();
		for (const { campaignId = 0, at, finishedAt } of calls) {
			const { from = at, until = 0 } = begun.get(campaignId) ?? {};
			begun.set(campaignId, { from: Math.min(from, at), until: Math.max(until, finishedAt) });
		}
		const spans = [...begun.values()];
		return Math.max(
			...spans.map(
				({ from }) => spans.filter((span) => span.from <= from && from < span.until).length,
			),
		);
	}
});

describe('the question about the store', () => {
	it.each([
		['500', 2],
		['dropBefore', 2],
		['html200', 2],
		['limit', 1],
		['parallel', 1],
		['errorStatus', 1],
	] as const)(
		'does not stop balances from being sent if its answer is always %s: it is put %d times',
		async (kind, times) => {
			shop.market.setSwitches({ faults: [{ kind, rate: 1, operation: 'getCampaign' }] });
			const { status } = await shop.update(itemsFor(3));
			expect(status).toBe('success');
			expect(shop.available(3)).toBe(3);
			expect(shop.market.statistics().getCampaign?.requests).toBe(times);
		},
	);

	it('if it is not answered, the Market itself says why it refuses the balances', async () => {
		shop.market.setSwitches({ faults: [{ kind: '500', rate: 1, operation: 'getCampaign' }] });
		const { error } = await shop.update(itemsFor(3_000), { store: STORES.fby.campaignId });
		expect(error?.message).toContain('The Market does not accept this for store 21000004 (400)');
		expect(shop.market.statistics().updateStocks?.requests).toBe(2);
	});
});
