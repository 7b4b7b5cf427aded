import { createHash } from 'crypto';

import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { apiUrlOf, checkAddress, checkEnvironment } from '../../../market/contract/address';
import type { Checked } from '../../../market/common/refusal';
import type { TriggerContext } from '../engine/triggerContext';
import { readParameter } from '../input/parameters';
import { authentication } from '../panel/properties';
import { Redactor } from './redact';

/** Where a node runs, or where its lists are loaded. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions | TriggerContext;

/** The Market's account that a node works with. */
export interface Account {
	credentialType: 'yandexMarketApi' | 'yandexMarketOAuth2Api';
	/**
	 * Identifies what the credential opens, so that what was found with one token is never assumed for another. A digest:
	 * the token cannot be read from it.
	 */
	accessKey: string;
	/** Address of the Partner API, without a slash at its end. */
	apiUrl: string;
	/** Removes from what others say whatever must never appear in an output, a message or a log. */
	redactor: Redactor;
}

/**
 * Reads the chosen credential.
 *
 * @throws NodeOperationError if Authentication is not a known way to sign in, or the credential is not connected, names
 *   no environment, or would send a token unprotected
 */
export async function readAccount(context: NodeContext): Promise<Account> {
	const isApiKey = signInOf(context) === 'apiKey';
	const credentialType = isApiKey ? 'yandexMarketApi' : 'yandexMarketOAuth2Api';
	const credential = await context.getCredentials<IDataObject>(credentialType);
	if (!isApiKey) checkConnected(context, credential);
	const environment = demand(context, 'The credential', checkEnvironment(credential.environment));
	const apiUrl = demand(
		context,
		'API URL of the credential',
		apiUrlOf(environment, credential.apiUrl),
	);
	// n8n sends the refresh token there.
	if (environment === 'sandbox' && !isApiKey) {
		demand(context, 'OAuth URL of the credential', checkAddress(credential.oauthUrl));
	}
	const credentialId = context.getNode().credentials?.[credentialType]?.id ?? '';
	const accessKey = digestOf(
		credentialId,
		isApiKey ? credential.apiKey : tokensOf(credential).access_token,
	);
	return { credentialType, accessKey, apiUrl, redactor: new Redactor(secretsOf(credential)) };
}

/** Triggers, and lists in the panel, have no items: what would be an item's number is the value if there is none. */
function signInOf(context: NodeContext): unknown {
	if ('getInputData' in context) return readParameter(context, authentication);
	return context.getNodeParameter('authentication', authentication.default);
}

/** n8n itself would only say that it cannot sign in without an access token. */
function checkConnected(context: NodeContext, credential: IDataObject): void {
	if (tokensOf(credential).access_token) return;
	throw new NodeOperationError(
		context.getNode(),
		'The OAuth2 credential is not connected to an account',
		{
			description: 'Open the credential in n8n, press Connect, and agree. Then run again.',
		},
	);
}

function demand<T>(context: NodeContext, where: string, check: Checked<T>): T {
	if (check.ok) return check.value;
	throw new NodeOperationError(context.getNode(), `${where}: ${check.refusal.reason}`, {
		description: check.refusal.advice,
	});
}

function tokensOf({ oauthTokenData }: IDataObject): IDataObject {
	return (oauthTokenData ?? {}) as IDataObject;
}

/**
 * A refreshed token counts as a new one: that costs a few more questions, but a token of Yandex ID lasts for months.
 */
function digestOf(credentialId: string, token: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify([credentialId, token]))
		.digest('base64');
}

function secretsOf(credential: IDataObject): string[] {
	const tokens = tokensOf(credential);
	return [
		credential.apiKey,
		credential.clientSecret,
		tokens.access_token,
		tokens.refresh_token,
		tokens.id_token,
	].map((secret) => String(secret ?? '').trim());
}
