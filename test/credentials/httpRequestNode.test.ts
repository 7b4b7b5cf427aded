import type { IDataObject, INodeType, IRequestOptions } from 'n8n-workflow';

import { startSandbox, TOKENS, type Sandbox } from '../../sandbox';
import { runNode } from '../support/engine';

/** Asks in the way of n8n's HTTP Request node: by its request helper, with `uri` in the place of `url`. */
const node: INodeType = {
	description: {
		displayName: 'As HTTP Request',
		name: 'asHttpRequest',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'As HTTP Request' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'yandexMarketApi' }],
		properties: [{ displayName: 'URI', name: 'uri', type: 'string', default: '' }],
	},
	async execute() {
		const request: IRequestOptions = { uri: this.getNodeParameter('uri', 0) as string, method: 'GET', json: true };
		const json = (await this.helpers.requestWithAuthentication.call(this, 'yandexMarketApi', request)) as IDataObject;
		return [[{ json, pairedItem: { item: 0 } }]];
	},
};

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.stop());

describe('The Api-Key credential in the HTTP Request node', () => {
	it('signs a request in', async () => {
		const { items } = await ask(`${sandbox.url}/v2/campaigns`);
		expect(items[0]?.json.campaigns).toContainEqual(expect.objectContaining({ id: 21_000_001 }));
	});

	it('sends no token unprotected', async () => {
		const { error } = await ask('http://market.example/v2/campaigns');
		expect(error?.message).toContain('would send the token unprotected');
	});
});

async function ask(uri: string) {
	const data = { environment: 'sandbox', apiUrl: sandbox.url, apiKey: TOKENS.allMethods };
	return await runNode({ node, parameters: { uri }, items: [{}], credential: { type: 'yandexMarketApi', data } });
}
