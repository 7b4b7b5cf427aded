import type { NewCredential } from '../../../lab/n8n/client';
import { OAUTH_CLIENT, TOKENS, type Sandbox } from '../../../sandbox';

/** What a seller types into the Api-Key credential for this sandbox. */
export function apiKeyCredential(
	{ url }: Sandbox,
	apiKey: string = TOKENS.allMethods,
): NewCredential {
	const data = { environment: 'sandbox', apiUrl: url, apiKey };
	return { name: 'Yandex Market sandbox', type: 'yandexMarketApi', data };
}

/** What a seller types into the OAuth2 credential for this sandbox, before connecting it. */
export function oauthCredential({ url, oauthUrl }: Sandbox): NewCredential {
	const { id: clientId, secret: clientSecret } = OAUTH_CLIENT;
	const data = { environment: 'sandbox', apiUrl: url, oauthUrl, clientId, clientSecret };
	return { name: 'Yandex Market sandbox, OAuth2', type: 'yandexMarketOAuth2Api', data };
}
