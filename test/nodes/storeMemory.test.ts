import { STORES } from '../../sandbox';
import { useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const items = [{ sku: 'SKU-00001', stock: 1 }];

/** How often the Market was asked about a store. */
const questions = () =>
	shop.market.calls().filter(({ operation }) => operation === 'getCampaign').length;

describe('A store', () => {
	it('is asked about once for each method by runs that follow each other', async () => {
		await shop.update(items, { credentialId: 'mine' });
		await shop.update(items, { credentialId: 'mine' });
		expect(questions()).toBe(1);
		await shop.hide(items, { credentialId: 'mine' });
		await shop.hide(items, { credentialId: 'mine' });
		expect(questions()).toBe(2);
	});

	it('is asked about again with another credential', async () => {
		await shop.update(items, { credentialId: 'hers' });
		await shop.update(items, { credentialId: 'his' });
		expect(questions()).toBe(2);
	});

	it('that was refused is asked about again: it may be fine by now', async () => {
		const store = STORES.fby.campaignId;
		await shop.update(items, { credentialId: 'ours', store, onError: 'continueRegularOutput' });
		await shop.update(items, { credentialId: 'ours', store, onError: 'continueRegularOutput' });
		expect(questions()).toBe(2);
	});
});
