import { askingNode } from '../support/askingNode';
import { testCredential } from '../support/credentialTester';
import { runNode } from '../support/engine';
import { startFakeMarket, type FakeMarket } from '../support/fakeMarket';
import { startUntrustedMarket } from '../support/untrustedMarket';

const API_KEY = 'ACMA:a-key-that-stays-at-home';

/** Asks as version 4 and later do: follows every redirect unless told not to. */
const asHttpRequest = askingNode('yandexMarketApi', (context) => ({
	uri: context.getNodeParameter('uri', 0) as string,
	method: context.getNodeParameter('method', 0) as 'GET' | 'POST',
	headers: {},
	followRedirect: true,
	followAllRedirects: true,
	resolveWithFullResponse: true,
	rejectUnauthorized: false,
}));

/** A host that no token was given for. */
let stranger: FakeMarket;
let market: FakeMarket | undefined;
beforeEach(async () => {
	stranger = await startFakeMarket(() => ({ status: 200, body: '{"status":"OK"}' }));
});
afterEach(async () => {
	await Promise.all([stranger.stop(), market?.stop()]);
	market = undefined;
});

/** A Market that redirects everybody. */
async function redirecting(status: number, location: string): Promise<FakeMarket> {
	market = await startFakeMarket(() => ({ status, headers: { location } }));
	return market;
}

describe.each([301, 302, 303, 307, 308])(
	'a redirect with %d takes the Api-Key nowhere',
	(status) => {
		it("from the credential's test", async () => {
			const from = await redirecting(status, `${stranger.url}/steal`);
			const data = { environment: 'sandbox', apiUrl: from.url, apiKey: API_KEY };
			expect(await testCredential(data)).toMatchObject({
				status: 'Error',
				message: expect.stringContaining(`(${status})`),
			});
			expect(from.requests).toEqual(['POST /v2/auth/token']);
			expect(stranger.requests).toEqual([]);
		});

		it.each(['GET', 'POST'])('from the HTTP Request node, with %s', async (method) => {
			const from = await redirecting(status, `${stranger.url}/steal`);
			const { error } = await ask(`${from.url}/v2/campaigns`, method);
			expect(error?.message).toContain(String(status));
			expect(from.requests).toEqual([`${method} /v2/campaigns`]);
			expect(stranger.requests).toEqual([]);
		});

		it('to another path of the same host', async () => {
			const from = await redirecting(status, '/elsewhere');
			await ask(`${from.url}/v2/campaigns`, 'GET');
			expect(from.requests).toEqual(['GET /v2/campaigns']);
		});
	},
);

it('A redirect from https to plain http takes the Api-Key nowhere', async () => {
	const { url, stop } = await startUntrustedMarket((_request, response) => {
		response.writeHead(302, { location: `${stranger.url}/steal` }).end();
	});
	const { error } = await ask(`${url}/v2/campaigns`, 'GET');
	await stop();
	expect(error?.message).toContain('302');
	expect(stranger.requests).toEqual([]);
});

async function ask(uri: string, method: string) {
	const data = { environment: 'production', apiKey: API_KEY };
	return await runNode({
		node: asHttpRequest,
		parameters: { uri, method },
		items: [{}],
		credential: { type: 'yandexMarketApi', data },
	});
}
