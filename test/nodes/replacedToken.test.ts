import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { TOKENS } from '../../sandbox';
import { startFakeMarket } from '../support/fakeMarket';
import { greenHint } from '../support/outputRows';
import { openPicker } from '../support/pickers';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const items = [{ sku: skuOf(1), stock: 1 }];

describe('if the token of a credential is replaced', () => {
	it("the list shows the new business's stores at once", async () => {
		const market = await startFakeMarket(({ headers }) => {
			const id = headers['api-key'] === 'ACMA:old' ? 1 : 2;
			return { status: 200, body: JSON.stringify({ campaigns: [{ id, domain: `Shop ${id}` }] }) };
		});
		const list = async (apiKey: string) =>
			await openPicker(new UpdateStocks(), 'searchStores', {
				apiUrl: market.url,
				apiKey,
				credentialId: 'one',
			})();
		const values = async (apiKey: string) => (await list(apiKey)).results.map(({ value }) => value);
		expect(await values('ACMA:old')).toEqual(['1']);
		expect(await values('ACMA:new')).toEqual(['2']);
		expect(await values('ACMA:old')).toEqual(['1']);
		await market.stop();
		// Remembered as long as the token stays the same.
		expect(market.requests).toHaveLength(2);
	});

	it('the hint about a missing access group goes away with the old one', async () => {
		const before = await shop.update(items, {
			credentialId: 'two',
			apiKey: TOKENS.offersManagement,
		});
		expect(JSON.stringify(before.hints)).toContain('access group');
		const after = await shop.update(items, { credentialId: 'two', apiKey: TOKENS.allMethods });
		expect(after.hints).toEqual([greenHint(1)]);
	});

	it('a store that the old one could write to is asked about again', async () => {
		await shop.update(items, { credentialId: 'three' });
		const { error } = await shop.update(items, { credentialId: 'three', apiKey: TOKENS.revoked });
		expect(error?.message).toContain('did not accept the Api-Key token');
	});
});
