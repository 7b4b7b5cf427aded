import { generateCatalogue, STORES } from '../../sandbox';
import { itemsFor, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes({ catalogue: generateCatalogue(6_000) });
const SETTINGS = 'POST /v2/businesses/1001/settings';
const settingsAsked = () => shop.requests().filter((request) => request === SETTINGS).length;
const refused = () => shop.market.calls().filter(({ status }) => status === 420).length;

/** Hides 6,000 offers without waiting; gives how many are accepted. */
async function hidden(subscription?: string): Promise<number> {
	const options = { maximumWait: 0, ...(subscription && { subscription }) };
	const { items } = await shop.hide(itemsFor(6_000), { options, onError: 'continueRegularOutput' });
	return items.filter(({ json }) => json.status === 'accepted').length;
}

describe('Subscription Level', () => {
	it('Automatic asks once for a business and a credential, whatever is hidden and shown in it', async () => {
		const credentialId = 'one';
		await shop.hide(itemsFor(2), { credentialId });
		await shop.hide(itemsFor(2), { credentialId, store: STORES.dbs.campaignId });
		await shop.unhide(itemsFor(2), { credentialId });
		expect(settingsAsked()).toBe(1);
		await shop.hide(itemsFor(2), { credentialId: 'another' });
		expect(settingsAsked()).toBe(2);
	});

	it('Automatic asks once if one run writes to several stores of a business', async () => {
		const stores = [STORES.fbs, STORES.dbs, STORES.groupMate].map(({ campaignId }) => campaignId);
		await shop.hide(
			stores.map((store) => ({ ...itemsFor(1)[0], store })),
			{ store: '={{ $json.store }}' },
		);
		expect(settingsAsked()).toBe(1);
	});

	it('is not asked for by Update Stocks, whose quota is the same for all', async () => {
		await shop.update(itemsFor(2));
		expect(settingsAsked()).toBe(0);
	});

	it.each(['none', 'medium'])('%s is not asked for', async (subscription) => {
		await shop.hide(itemsFor(2), { options: { subscription } });
		expect(settingsAsked()).toBe(0);
	});

	it('without one, 5,000 offers go in a minute, and no request is refused', async () => {
		expect(await hidden()).toBe(5_000);
		expect(refused()).toBe(0);
	});

	it('Medium is detected, and 6,000 offers go in a minute', async () => {
		shop.market.setSwitches({ subscription: 'MEDIUM' });
		expect(await hidden()).toBe(6_000);
		expect([settingsAsked(), refused()]).toEqual([1, 0]);
	});

	it.each(['none', 'medium'])('the Market corrects a wrong level of %s', async (subscription) => {
		shop.market.setSwitches({ subscription: subscription === 'none' ? 'MEDIUM' : 'NONE' });
		expect(await hidden(subscription)).toBe(subscription === 'none' ? 6_000 : 5_000);
		expect(refused()).toBe(0);
	});

	it('sending goes on if the Market does not give it', async () => {
		shop.market.setSwitches({
			faults: [{ kind: '500', rate: 1, operation: 'getBusinessSettings' }],
		});
		expect((await shop.hide(itemsFor(2))).status).toBe('success');
		expect(shop.market.offer(STORES.fbs.campaignId, 'SKU-00002').hidden).toBe(true);
	});
});
