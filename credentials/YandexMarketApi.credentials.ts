import {
	UserError,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestOptions,
	type Icon,
	type INodeProperties,
} from 'n8n-workflow';

import { checkAddress, checkEnvironment, PRODUCTION_API_URL } from '../market/contract/address';
import type { Checked } from '../market/common/refusal';
import { environmentProperties } from './environment';

/** An address that stands on its own: a base address before it is ignored. */
const ABSOLUTE = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;

/** Where a request goes. The HTTP Request node writes `uri` where all others write `url`. */
function targetOf({ baseURL = '', url, uri }: IHttpRequestOptions & { uri?: string }): string {
	const target = url ?? uri ?? '';
	return ABSOLUTE.test(target) ? target : baseURL + target;
}

/** @throws UserError with the reason and the advice of a check that failed */
function demand(check: Checked<unknown>): void {
	if (!check.ok) throw new UserError(check.refusal.reason, { description: check.refusal.advice });
}

/**
 * When a redirect leads to another host, n8n strips only Authorization and Cookie from the request, so no redirect is
 * followed. The first setting is for nodes, the others are for the HTTP Request node.
 */
const WITHOUT_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
};

/**
 * Signs in with an Api-Key token, which the Market recommends: it is bound to one business and does not expire. Tested by
 * the node Yandex Market: a test that is declared here could not look into the Market's answer.
 */
export class YandexMarketApi implements ICredentialType {
	name = 'yandexMarketApi';

	displayName = 'Yandex Market API';

	icon: Icon = { light: 'file:yandexMarket.svg', dark: 'file:yandexMarket.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-yandex-market/n8n-nodes-yandex-market/blob/HEAD/docs/reference.md#sign-in';

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
			doNotInherit: true,
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
}
