import type { ICredentialType } from 'n8n-workflow';

import { YandexMarketApi } from '../../credentials/YandexMarketApi.credentials';
import { YandexMarketOAuth2Api } from '../../credentials/YandexMarketOAuth2Api.credentials';
import { CredentialStore } from '../support/credentialStore';
import { decrypted } from '../support/signIn';

const credential = new YandexMarketOAuth2Api();
const SANDBOX = { environment: 'sandbox', oauthUrl: 'http://127.0.0.1:8780/oauth' };

/** What n8n's own OAuth2 credential asks for. */
const oAuth2Api: ICredentialType = {
	name: 'oAuth2Api',
	displayName: 'OAuth2 API',
	properties: ['clientId', 'clientSecret'].map((name) => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
	})),
};

/** Everything the credential has, in n8n's order. */
const allProperties = new CredentialStore(
	[new YandexMarketApi(), oAuth2Api, credential],
	{},
).getCredentialsProperties(credential.name);

const shownNames = () =>
	allProperties.filter(({ type }) => type !== 'hidden').map(({ name }) => name);

describe('the OAuth2 credential', () => {
	it('signs in at Yandex ID in production, whatever the sandbox fields hold', async () => {
		expect(await decrypted({ ...SANDBOX, environment: 'production' })).toMatchObject({
			authUrl: 'https://oauth.yandex.ru/authorize',
			accessTokenUrl: 'https://oauth.yandex.ru/token',
		});
	});

	it('signs in at production by default', async () => {
		expect(await decrypted({})).toMatchObject({
			environment: 'production',
			authUrl: 'https://oauth.yandex.ru/authorize',
		});
	});

	it('signs in at the same Yandex ID for Market Yandex Go', async () => {
		expect(await decrypted({ ...SANDBOX, environment: 'marketYandexGo' })).toMatchObject({
			authUrl: 'https://oauth.yandex.ru/authorize',
			accessTokenUrl: 'https://oauth.yandex.ru/token',
		});
	});

	it('signs in nowhere if the environment is not one', async () => {
		expect(await decrypted({ ...SANDBOX, environment: 'test' })).toMatchObject({
			authUrl: 'unknown-environment:/authorize',
			accessTokenUrl: 'unknown-environment:/token',
		});
	});

	it("signs in at the sandbox's own Yandex ID", async () => {
		expect(await decrypted(SANDBOX)).toMatchObject({
			authUrl: 'http://127.0.0.1:8780/oauth/authorize',
			accessTokenUrl: 'http://127.0.0.1:8780/oauth/token',
		});
	});

	it('asks for the one permission that opens the Partner API, by the code flow', async () => {
		expect(await decrypted({})).toMatchObject({
			scope: 'market:partner-api',
			grantType: 'authorizationCode',
			authentication: 'body',
			authQueryParameters: '',
		});
	});

	it("is n8n's own OAuth2 credential with the Market's values", () => {
		expect(credential.extends).toContain('oAuth2Api');
		expect(credential.name).toMatch(/OAuth2Api$/);
	});

	it('shows the user only what has to be typed', () => {
		expect(shownNames()).toEqual(['environment', 'apiUrl', 'clientId', 'clientSecret', 'oauthUrl']);
	});

	it('says next to the app ID where the redirect URL goes', () => {
		const clientId = allProperties.find(({ name }) => name === 'clientId');
		expect(clientId?.hint).toMatch(/Yandex ID.*OAuth Redirect URL.*not .* seller cabinet/);
	});

	it('shows the sandbox addresses only if the sandbox is chosen', () => {
		for (const name of ['apiUrl', 'oauthUrl']) {
			const property = allProperties.find((candidate) => candidate.name === name);
			expect(property?.displayOptions).toEqual({ show: { environment: ['sandbox'] } });
		}
	});

	it('works in the HTTP Request node', () => {
		expect(credential.httpRequestNode.apiBaseUrl).toBe('https://api.partner.market.yandex.ru/v2/');
	});
});
