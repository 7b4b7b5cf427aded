import {
	UserError,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type ICredentialType,
	type IHttpRequestOptions,
	type Icon,
	type INodeProperties,
} from 'n8n-workflow';

import {
	checkAddress,
	checkEnvironment,
	MARKET_YANDEX_GO_API_URL,
	PRODUCTION_API_URL,
} from '../market/contract/address';
import type { Checked } from '../market/common/refusal';
import { environmentProperties } from './environment';

/** An address that stands on its own: a base address before it is ignored. */
const ABSOLUTE = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;

/** Where a request goes. The HTTP Request node writes `uri` where all others write `url`. */
function targetOf({ baseURL = '', url, uri }: IHttpRequestOptions & { uri?: string }): string {
	const target = url ?? uri ?? '';
	return ABSOLUTE.test(target) ? target : baseURL + target;
}

/** Expression for the address of the chosen Market; if the choice is unknown, an address that nothing is sent to. */
const API_URL =
	'={{$credentials.environment === "sandbox" ? $credentials.apiUrl : ' +
	`$credentials.environment === "marketYandexGo" ? "${MARKET_YANDEX_GO_API_URL}" : ` +
	`$credentials.environment === "production" ? "${PRODUCTION_API_URL}" : "unknown-environment:"}}`;

/** @throws UserError with the reason and the advice of a check that failed */
function demand(check: Checked<unknown>): void {
	if (!check.ok) throw new UserError(check.refusal.reason, { description: check.refusal.advice });
}

/**
 * When a redirect leads to another host, n8n strips only Authorization and Cookie from the request, so no redirect is
 * followed. The first setting is for nodes and for the credential's test, the others are for the HTTP Request node.
 */
const WITHOUT_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
};

/** Signs in with an Api-Key token, which the Market recommends: it is bound to one business and does not expire. */
export class YandexMarketApi implements ICredentialType {
	name = 'yandexMarketApi';

	displayName = 'Yandex Market API';

	icon: Icon = { light: 'file:yandexMarket.svg', dark: 'file:yandexMarket.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-yandex-market/n8n-nodes-yandex-market#sign-in';

	httpRequestNode = {
		name: 'Yandex Market',
		docsUrl: 'https://yandex.ru/dev/market/partner-api/doc/en/',
		apiBaseUrl: `${PRODUCTION_API_URL}/v2/`,
	};

	properties: INodeProperties[] = [
		...environmentProperties,
		{
			displayName: 'Api-Key Token',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. ACMA:...',
			description:
				'From the seller cabinet, under API and modules. It needs the access group offers-and-cards-management or all-methods; for lists of warehouses also inventory-and-order-processing:read-only.',
		},
	];

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		demand(checkEnvironment(credentials.environment));
		demand(checkAddress(targetOf(request)));
		const headers = { ...request.headers, 'Api-Key': String(credentials.apiKey).trim() };
		return { ...request, headers, ...WITHOUT_REDIRECTS };
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: API_URL,
			url: '/v2/auth/token',
			method: 'POST',
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'The Market did not accept the token. Copy all of it again, without "Bearer" and without spaces.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The Market knows the token but lets it do nothing, as it does when all stores of the business are switched off. Switch on the API of at least one in the seller cabinet (Settings, API and modules), then wait a minute.',
				},
			},
		],
	};
}
