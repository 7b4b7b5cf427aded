import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import {
	MARKET_YANDEX_GO_API_URL,
	PRODUCTION_API_URL,
	PROTECTED_ADDRESS,
} from '../market/contract/address';

/** Yandex ID, which signs Market users in. Source: https://yandex.ru/dev/id/doc/en/codes/code-url */
const YANDEX_ID_URL = 'https://oauth.yandex.ru';

/**
 * Expression for an address of Yandex ID, which is the same for both real Markets. A sandbox address that would send
 * the secret unprotected, or an unknown environment, becomes one that n8n refuses, naming its protocol in the message.
 */
function yandexId(path: string): string {
	const sandbox = `(/${PROTECTED_ADDRESS.source}/i.test($self["oauthUrl"]) ? "" : "unprotected-use-https-instead:") + $self["oauthUrl"]`;
	const real = `["marketYandexGo", "production"].includes($self["environment"]) ? "${YANDEX_ID_URL}" : "unknown-environment:"`;
	return `={{($self["environment"] === "sandbox" ? ${sandbox} : ${real}) + "${path}"}}`;
}

/**
 * Expression for the host that n8n's HTTP Request node may send the token to: the chosen Market's, or none if the token
 * would go unprotected. There, n8n checks hosts, not protocols.
 */
const API_HOST =
	`={{$self["environment"] === "sandbox" ? ((/${PROTECTED_ADDRESS.source}/i.test($self["apiUrl"]) && ` +
	String.raw`/^https?:\/\/(\[[^\]]*\]|[^/:]+)/i.exec($self["apiUrl"])) || ["", ""])[1] : ` +
	`$self["environment"] === "marketYandexGo" ? "${hostOf(MARKET_YANDEX_GO_API_URL)}" : ` +
	`$self["environment"] === "production" ? "${hostOf(PRODUCTION_API_URL)}" : ""}}`;

function hostOf(url: string): string {
	return url.replace('https://', '');
}

/** Signs in as a Yandex user, through an app registered at Yandex ID. */
export class YandexMarketOAuth2Api implements ICredentialType {
	name = 'yandexMarketOAuth2Api';

	/** The first brings Environment and API URL: n8n shows what is inherited in this order, and its own after it. */
	extends = ['yandexMarketApi', 'oAuth2Api'];

	displayName = 'Yandex Market OAuth2 API';

	icon: Icon = { light: 'file:yandexMarket.svg', dark: 'file:yandexMarket.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-yandex-market/n8n-nodes-yandex-market/blob/HEAD/docs/reference.md#sign-in';

	httpRequestNode = {
		name: 'Yandex Market OAuth2',
		docsUrl: 'https://yandex.ru/dev/market/partner-api/doc/en/',
		apiBaseUrl: `${PRODUCTION_API_URL}/v2/`,
	};

	properties: INodeProperties[] = [
		{
			displayName: 'OAuth URL',
			name: 'oauthUrl',
			type: 'string',
			default: 'http://127.0.0.1:8780/oauth',
			placeholder: 'e.g. http://127.0.0.1:8780/oauth',
			description:
				"Where the sandbox's Yandex ID listens. Use https, or http to this computer only.",
			displayOptions: { show: { environment: ['sandbox'] } },
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			hint: 'At Yandex ID (oauth.yandex.ru), paste the OAuth Redirect URL into Redirect URI of your app. It does not belong in the seller cabinet.',
		},
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: yandexId('/authorize'),
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: yandexId('/token'),
			required: true,
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: 'market:partner-api' },
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'hidden',
			default: 'domains',
		},
		{ displayName: 'Allowed Domains', name: 'allowedDomains', type: 'hidden', default: API_HOST },
	];
}
