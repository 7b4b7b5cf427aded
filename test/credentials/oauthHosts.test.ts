import { getCredentialAllowedDomains, type IRequestOptions } from 'n8n-workflow';

import { askingNode } from '../support/askingNode';
import { runNode } from '../support/engine';
import { startFakeMarket, type FakeMarket } from '../support/fakeMarket';
import { decrypted } from '../support/signIn';

/** Asks as a predefined credential does: only hosts that the credential may go to. */
const asHttpRequest = askingNode('yandexMarketOAuth2Api', async (context) => {
	const credentialData = await context.getCredentials('yandexMarketOAuth2Api');
	const request: IRequestOptions & { allowedDomains?: string } = {
		uri: context.getNodeParameter('uri', 0) as string,
		method: 'GET',
		headers: {},
		json: true,
		allowedDomains: getCredentialAllowedDomains({ node: context.getNode(), credentialData }),
	};
	return request;
});

let market: FakeMarket;
beforeEach(async () => {
	market = await startFakeMarket(() => ({ status: 200, body: '{"status":"OK"}' }));
});
afterEach(async () => await market.stop());

async function ask(uri: string, credential: { environment?: string; apiUrl?: string }) {
	const data = {
		...credential,
		grantType: 'authorizationCode',
		oauthTokenData: { access_token: 'y0_token' },
	};
	return await runNode({
		node: asHttpRequest,
		parameters: { uri },
		items: [{}],
		credential: { type: 'yandexMarketOAuth2Api', data },
	});
}

describe('The OAuth2 credential in the HTTP Request node', () => {
	it('signs in at the Market that was chosen', async () => {
		const { items } = await ask(`${market.url}/v2/campaigns`, {
			environment: 'sandbox',
			apiUrl: market.url,
		});
		expect(items).toMatchObject([{ json: { status: 'OK' } }]);
	});

	it.each([
		['an address that means this computer to some systems only', '0.0.0.0', 'sandbox'],
		['this computer, in production', '127.0.0.1', 'production'],
		['this computer, on Market Yandex Go', '127.0.0.1', 'marketYandexGo'],
	])('does not take the token to %s', async (_, host, environment) => {
		const uri = market.url.replace('127.0.0.1', host);
		const { error } = await ask(`${uri}/v2/campaigns`, { environment, apiUrl: market.url });
		expect(error?.message).toContain(
			`Domain not allowed: This credential is restricted from accessing ${host}`,
		);
		expect(market.requests).toEqual([]);
	});

	it('takes the token nowhere if the sandbox would get it unprotected', async () => {
		const { error } = await ask(market.url, {
			environment: 'sandbox',
			apiUrl: market.url.replace('127.0.0.1', '0.0.0.0'),
		});
		expect(error?.message).toContain('No allowed domains specified');
		expect(market.requests).toEqual([]);
	});

	it.each([
		['production', 'https://api.partner.market.yandex.ru/v2/campaigns'],
		['marketYandexGo', 'https://api.partner.market.yandex.net/v2/campaigns'],
	])('goes to the real Market: %s', async (environment, url) => {
		const { allowedDomains } = await decrypted({ environment });
		expect(new URL(url).hostname).toBe(allowedDomains);
	});

	it.each([
		['http://[::1]:8780', '[::1]'],
		['https://Market.example:443/x', 'Market.example'],
		['http://localhost', 'localhost'],
	])('goes to a sandbox at %s', async (apiUrl, host) => {
		expect(await decrypted({ environment: 'sandbox', apiUrl })).toMatchObject({
			allowedDomains: host,
		});
	});
});
