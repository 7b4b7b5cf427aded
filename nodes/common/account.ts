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
	/** n8n's own ID of the credential. */
	credentialId: string;
	/** Address of the Partner API, without a slash at its end. */
	apiUrl: string;
	/** Values that must never appear in an output, a message or a log. */
	secrets: string[];
}

/**
 * Reads the chosen credential.
 *
 * @throws NodeOperationError where it is not connected, or where one of its addresses would send a token unprotected
 */
export async function readAccount(context: NodeContext): Promise<Account> {
	const isApiKey = context.getNodeParameter('authentication', 0) === 'apiKey';
	const credentialType = isApiKey ? 'yandexMarketApi' : 'yandexMarketOAuth2Api';
	const credential = await context.getCredentials<IDataObject>(credentialType);
	if (!isApiKey) checkConnected(context, credential);
	const isSandbox = credential.environment === 'sandbox';
	const apiUrl = safeAddress(context, 'API URL', isSandbox ? credential.apiUrl : PRODUCTION_API_URL);
	// n8n sends the refresh token there.
	if (isSandbox && !isApiKey) safeAddress(context, 'OAuth URL', credential.oauthUrl);
	const credentialId = context.getNode().credentials?.[credentialType]?.id ?? '';
	return { credentialType, credentialId, apiUrl, secrets: secretsOf(credential) };
}

/** n8n itself would only say that it cannot sign in without an access token. */
function checkConnected(context: NodeContext, { oauthTokenData }: IDataObject): void {
	if ((oauthTokenData as IDataObject | undefined)?.access_token) return;
	throw new NodeOperationError(context.getNode(), 'The OAuth2 credential is not connected to an account', {
		description: 'Open the credential in n8n, press Connect, and agree. Then run again.',
	});
}

function safeAddress(context: NodeContext, name: string, raw: unknown): string {
	const address = checkAddress(raw);
	if (address.ok) return address.value;
	throw new NodeOperationError(context.getNode(), `${name} of the credential: ${address.refusal.reason}`, {
		description: address.refusal.advice,
	});
}

function secretsOf(credential: IDataObject): string[] {
	const tokens = (credential.oauthTokenData ?? {}) as IDataObject;
	return [credential.apiKey, credential.clientSecret, tokens.access_token, tokens.refresh_token]
		.map((secret) => String(secret ?? '').trim())
		.filter((secret) => secret !== '');
}
