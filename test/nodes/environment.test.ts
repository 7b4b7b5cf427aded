import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { readAccount } from '../../nodes/common/connection/account';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { STORES, TOKENS } from '../../sandbox';
import { runNode } from '../support/engine';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();

/** The address that a node sends to with such a credential. */
async function addressOf(credential: ICredentialDataDecryptedObject): Promise<string> {
	const context = {
		getNodeParameter: () => 'apiKey',
		getCredentials: async () => credential,
		getNode: () => ({ name: 'Node', credentials: {} }),
	} as unknown as IExecuteFunctions;
	return (await readAccount(context)).apiUrl;
}

it('Market Yandex Go, which sellers in Uzbekistan use, is the same Market at its own address', async () => {
	const apiUrl = shop.sandbox.url;
	expect(await addressOf({ environment: 'marketYandexGo', apiUrl })).toBe(
		'https://api.partner.market.yandex.net',
	);
	expect(await addressOf({ environment: 'production', apiUrl })).toBe(
		'https://api.partner.market.yandex.ru',
	);
	expect(await addressOf({ environment: 'sandbox', apiUrl })).toBe(shop.sandbox.url);
});

it.each(['', 'Sandbox', 'test'])(
	'An environment that is not one, %j, never becomes the real Market',
	async (environment) => {
		const { status, error } = await runNode({
			node: new UpdateStocks(),
			parameters: {
				authentication: 'apiKey',
				store: { __rl: true, mode: 'id', value: String(STORES.fbs.campaignId) },
				skuField: 'sku',
				stockField: 'stock',
			},
			items: [{ sku: skuOf(1), stock: 1 }],
			credential: {
				type: 'yandexMarketApi',
				data: { environment, apiUrl: shop.sandbox.url, apiKey: TOKENS.allMethods },
			},
		});
		expect(status).toBe('error');
		expect(error?.message).toContain(
			`Environment ${JSON.stringify(environment)} is none of its choices`,
		);
		expect(error?.description).toContain('Choose Market Yandex Go, Production or Sandbox');
		expect(shop.requests()).toEqual([]);
	},
);
