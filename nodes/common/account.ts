import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { checkAddress, PRODUCTION_API_URL } from '../../market/address';

/** Where a node runs, or where its lists are loaded. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions;

/** The Market's account that a node works with. */
export interface Account {
	credentialType: 'yandexMarketApi' | 'yandexMarketOAuth2Api';
	/** Address of the Partner API, without a slash at its end. */
	apiUrl: string;
	/** Values that must never appear in an output, a message or a log. */
	secrets: string[];
}

/**
 * Reads the chosen credential.
 *
 * @throws NodeOperationError where its address would send the token unprotected
 */
export async function readAccount(context: NodeContext): Promise<Account> {
	const isApiKey = context.getNodeParameter('authentication', 0) === 'apiKey';
	const credentialType = isApiKey ? 'yandexMarketApi' : 'yandexMarketOAuth2Api';
	const credential = await context.getCredentials<IDataObject>(credentialType);
	const address = checkAddress(credential.environment === 'sandbox' ? credential.apiUrl : PRODUCTION_API_URL);
	if (!address.ok) {
		throw new NodeOperationError(context.getNode(), `API URL of the credential: ${address.refusal.reason}`, {
			description: address.refusal.advice,
		});
	}
	return { credentialType, apiUrl: address.value, secrets: secretsOf(credential) };
}

function secretsOf(credential: IDataObject): string[] {
	const tokens = (credential.oauthTokenData ?? {}) as IDataObject;
	return [credential.apiKey, credential.clientSecret, tokens.access_token, tokens.refresh_token]
		.map((secret) => String(secret ?? '').trim())
		.filter((secret) => secret !== '');
}
