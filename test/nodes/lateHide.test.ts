import { STORES } from '../../sandbox';
import { inMoscow } from '../support/inMoscow';
import { itemsFor, skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes();
const { campaignId } = STORES.fbs;
const options = { verify: 1 };

inMoscow();

afterEach(() => jest.restoreAllMocks());

/** Once the Market has been read back, a late request to hide a SKU arrives, and this many seconds have passed. */
function hideAfterFirstReading(seconds: number): void {
	const { now } = Date;
	const stop = shop.market.watch({
		offerChanged: () => undefined,
		wasReset: () => undefined,
		callAnswered: ({ operation }) => {
			if (operation !== 'getCampaignOffers') return;
			stop();
			shop.market.setHidden(campaignId, skuOf(1), true);
			jest.spyOn(Date, 'now').mockImplementation(() => now() + seconds * 1_000);
		},
	});
}

const readings = () => shop.market.statistics().getHiddenOffers?.requests;

describe('Unhide Offers with Verify', () => {
	it('looks again when the Market has carried out what another program sent before', async () => {
		hideAfterFirstReading(58);
		const { items, hints } = await shop.unhide(itemsFor(2), { options });
		expect(items.map(({ json }) => json.status)).toEqual(['unconfirmed', 'confirmed']);
		expect(items[0]?.json.reason).toBe('The Market still lists the offer as hidden');
		expect(hints.map(({ message }) => message)).toEqual([
			'2 of 2 accepted by the Market, 1 request; 1 confirmed; 1 of the accepted is not confirmed.',
		]);
	});

	it('looks again if a request of Hide Offers got no answer, and says by when its effect may be seen', async () => {
		shop.market.setSwitches({
			faults: [{ kind: 'dropAfter', count: 1, operation: 'addHiddenOffers' }],
		});
		jest.spyOn(Math, 'random').mockReturnValue(0);
		await shop.hide(itemsFor(2));
		hideAfterFirstReading(58);
		const { items, hints } = await shop.unhide(itemsFor(2), { options });
		expect(items.map(({ json }) => json.status)).toEqual(['unconfirmed', 'confirmed']);
		expect(hints.map(({ message }) => message).join()).toMatch(
			/An earlier request to hide offers of store 21000001 got no answer\. .* seen by 2\d{3}-.*\(Europe\/Moscow\): read the hidden offers again then\./,
		);
	});

	it('looks once if everything that Hide Offers sent was answered', async () => {
		await shop.hide(itemsFor(2));
		const { items, hints } = await shop.unhide(itemsFor(2), { options });
		expect(items.map(({ json }) => json.status)).toEqual(['confirmed', 'confirmed']);
		expect(readings()).toBe(1);
		expect(hints.map(({ message }) => message)).toEqual([
			'2 of 2 accepted by the Market, 1 request; all confirmed.',
		]);
	});
});

describe('Hide Offers with Verify', () => {
	it('looks once if no request to show offers was lost', async () => {
		const { items } = await shop.hide(itemsFor(2), { options });
		expect(items.map(({ json }) => json.status)).toEqual(['confirmed', 'confirmed']);
		expect(readings()).toBe(1);
	});

	it('reports a lost one for a quarter of an hour, as long as the Market may take to show a change', async () => {
		shop.market.setSwitches({
			faults: [{ kind: 'dropAfter', count: 1, operation: 'deleteHiddenOffers' }],
		});
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const { now } = Date;
		const startMs = now();
		await shop.unhide(itemsFor(1));
		const endMs = now();
		const seenBy: number[] = [];
		for (const minutes of [14, 15]) {
			jest.spyOn(Date, 'now').mockImplementation(() => now() + minutes * 60_000);
			const { hints } = await shop.hide(itemsFor(1), { options });
			for (const { message } of hints)
				for (const [, day, time] of message.matchAll(/seen by (\S+) (\S+) \(Europe\/Moscow\)/g))
					seenBy.push(Date.parse(`${day}T${time}+03:00`));
		}
		expect(seenBy).toHaveLength(1);
		expect(seenBy[0]).toBeGreaterThanOrEqual(startMs + 15 * 60_000);
		// The text has whole seconds.
		expect(seenBy[0]).toBeLessThan(endMs + 15 * 60_000 + 1_000);
	});
});
