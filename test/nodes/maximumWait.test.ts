import { generateCatalogue } from '../../sandbox';
import { inMoscow } from '../support/inMoscow';
import { itemsFor, skuOf, useFreshSandboxes } from '../support/useSandbox';

// Five balances a minute; two hidden offers, a quota that the first request reveals.
const shop = useFreshSandboxes({
	catalogue: generateCatalogue(6_000),
	switches: { quotas: 0.000_05 },
});
const onError = 'continueRegularOutput';

inMoscow();

const MOMENT = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) \(Europe\/Moscow\)/;

describe('Maximum Wait of 0 minutes', () => {
	const options = { maximumWait: 0 };

	it('sends what fits the window; the rest is failed as not sent, with when to try again', async () => {
		await shop.update(itemsFor(1));
		const { items } = await shop.update(itemsFor(10), { options, onError });
		expect(items.map(({ json }) => json.status)).toEqual([
			...Array(4).fill('accepted'),
			...Array(6).fill('failed'),
		]);
		const { reason, advice } = items[9]?.json as { reason: string; advice: string };
		expect(reason).toMatch(
			/^Not sent: the Market's quota is used up until .*, which is longer than Maximum Wait allows$/,
		);
		expect(advice).toMatch(/^Run again after .*, or raise the option Maximum Wait\.$/);
		const [, day, time] = MOMENT.exec(advice) ?? [];
		const again = Date.parse(`${day}T${time}+03:00`);
		// Never before the Market's minute ends, and no later than the whole seconds of its Date allow.
		const ourMs = Date.now();
		const theirMs = shop.market.now();
		const lateMs = again - (ourMs - theirMs) - Math.ceil(theirMs / 60_000) * 60_000;
		expect(lateMs).toBeGreaterThanOrEqual(0);
		// The text has whole seconds.
		expect(lateMs).toBeLessThan(3_000);
		expect([4, 5].map((offer) => shop.available(offer))).toEqual([4, null]);
	});

	it('names what was not sent in Stop Workflow', async () => {
		await shop.update(itemsFor(1));
		const { error } = await shop.update(itemsFor(6), { options });
		expect(error?.message).toMatch(
			/^4 of 6 items were sent and accepted, 2 were not: \[item 4\] SKU "SKU-00005" and 1 more \(item 5\): Not sent/,
		);
	});

	it('sends it to the error output if there is one', async () => {
		await shop.update(itemsFor(1));
		const { items, errorItems } = await shop.update(itemsFor(6), {
			options,
			onError: 'continueErrorOutput',
		});
		expect(items).toHaveLength(4);
		expect(errorItems.map(({ json }) => json.sku)).toEqual([skuOf(5), skuOf(6)]);
	});

	it.each(['hide', 'unhide'] as const)('applies to %s too', async (node) => {
		shop.market.setSwitches({ quotas: 0.001 });
		await shop[node](itemsFor(1));
		const { items } = await shop[node](itemsFor(8), { options, onError });
		expect(items.filter(({ json }) => json.status === 'accepted')).toHaveLength(4);
		expect(items[7]?.json.reason).toContain("Not sent: the Market's quota is used up until");
	});

	it('changes nothing if the quota lasts', async () => {
		shop.market.setSwitches({ quotas: 'real' });
		const { status, items } = await shop.update(itemsFor(6_000), { options });
		expect([status, items.length]).toEqual(['success', 6_000]);
	});

	it('does not fail the check of the store, whose own quota may be used up', async () => {
		shop.market.setSwitches({
			quotas: 'real',
			faults: [{ kind: 'limit', rate: 1, operation: 'getCampaign' }],
		});
		expect((await shop.update(itemsFor(2), { options })).status).toBe('success');
	});
});

it.each([-1, 1_441, 'five', null])(
	'a Maximum Wait of %p is refused before anything is sent',
	async (maximumWait) => {
		const { error } = await shop.update(itemsFor(1), { options: { maximumWait } });
		expect(error?.message).toBe(
			`Maximum Wait (Minutes) must be a number from 0 to 1440, not ${maximumWait === null ? 'blank' : `"${maximumWait}"`}`,
		);
		expect(shop.requests()).toEqual([]);
	},
);
