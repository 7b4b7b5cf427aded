import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { OAUTH_CLIENT, TOKENS, type SandboxMarket } from '../../../sandbox';
import type { NodeRun } from '../../support/engine';
import type { SignIn } from '../scenario/scenario';

const REDIRECT_URL = 'http://localhost:5678/rest/oauth2-credential/callback';

/** Tokens of no known shape, with characters that URLs and base64 write differently. */
const OWN_KEYS = {
	sandbox: 'my-very/own+key=of?the&sandbox~0123456789',
	warehouse: 'my-very/own+key=of?the&warehouse~0123456789',
};

/** The token that the Market knows in place of each. */
export const KEYS_OF_THE_MARKET: ReadonlyMap<string, string> = new Map([
	[OWN_KEYS.sandbox, TOKENS.allMethods],
	[OWN_KEYS.warehouse, TOKENS.warehouseAll],
]);

/** A credential as it is before the first run, and the secrets in it. */
export function credentialFor(
	signIn: SignIn,
	isWarehouses: boolean,
	apiUrl: string,
	market: SandboxMarket,
): { credential: NodeRun['credential']; secrets: string[] } {
	const environment = 'sandbox';
	if (signIn === 'Api-Key' || signIn === 'own key') {
		const apiKey =
			signIn === 'own key'
				? OWN_KEYS[isWarehouses ? 'warehouse' : 'sandbox']
				: TOKENS[isWarehouses ? 'warehouseAll' : 'allMethods'];
		return {
			credential: { type: 'yandexMarketApi', data: { environment, apiUrl, apiKey } },
			secrets: [apiKey],
		};
	}
	const { id: clientId, secret: clientSecret } = OAUTH_CLIENT;
	const tokens = tokensFrom(market);
	const hasRunOut = signIn === 'OAuth2, run out';
	if (hasRunOut) market.yandexId.expireAllTokens();
	const expiresAt = String(market.now() + (hasRunOut ? -1 : Number(tokens.expires_in) * 1_000));
	const data: ICredentialDataDecryptedObject = {
		environment,
		apiUrl,
		oauthUrl: `${apiUrl}/oauth`,
		clientId,
		clientSecret,
		oauthTokenData: { ...tokens, n8n_expires_at: expiresAt },
	};
	const secrets = [clientSecret, String(tokens.access_token), String(tokens.refresh_token)];
	return { credential: { type: 'yandexMarketOAuth2Api', data }, secrets };
}

/** The reply of the token endpoint after a user has given consent. */
function tokensFrom({ yandexId }: SandboxMarket): Record<string, string | number> {
	const redirected = yandexId.allow({ clientId: OAUTH_CLIENT.id, redirectUri: REDIRECT_URL });
	const code = new URL(redirected).searchParams.get('code') ?? '';
	const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URL };
	const client = { client_id: OAUTH_CLIENT.id, client_secret: OAUTH_CLIENT.secret };
	return yandexId.token(new URLSearchParams({ ...form, ...client })).body;
}
