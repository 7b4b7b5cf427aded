import { startSandbox, TOKENS, type Sandbox } from '../../sandbox';
import { askingNode } from '../support/askingNode';
import { runNode } from '../support/engine';

/** Asks with `uri` in place of `url`. */
const node = askingNode('yandexMarketApi', (context) => ({
	uri: context.getNodeParameter('uri', 0) as string,
	method: 'GET',
	json: true,
}));

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
	return await runNode({
		node,
		parameters: { uri },
		items: [{}],
		credential: { type: 'yandexMarketApi', data },
	});
}
