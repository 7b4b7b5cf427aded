import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { YandexMarketApi } from '../../credentials/YandexMarketApi.credentials';
import { YandexMarketOAuth2Api } from '../../credentials/YandexMarketOAuth2Api.credentials';
import { OAUTH_CLIENT, type Sandbox } from '../../sandbox';
import { CredentialStore } from './credentialStore';

const REDIRECT_URL = 'http://localhost:5678/rest/oauth2-credential/callback';
const TYPE = 'yandexMarketOAuth2Api';

/** What a user types into the OAuth credential for this sandbox. */
export function oauthCredential({ url, oauthUrl }: Sandbox): ICredentialDataDecryptedObject {
	return {
		environment: 'sandbox',
		apiUrl: url,
		oauthUrl,
		clientId: OAUTH_CLIENT.id,
		clientSecret: OAUTH_CLIENT.secret,
	};
}

/** The credential as n8n sees it: with its defaults, and their expressions evaluated. */
export async function decrypted(
	typed: ICredentialDataDecryptedObject,
): Promise<ICredentialDataDecryptedObject> {
	const store = new CredentialStore([new YandexMarketApi(), new YandexMarketOAuth2Api()], {
		id: typed,
	});
	return await store.getDecrypted({}, { id: 'id', name: TYPE }, TYPE);
}

/** Connects the credential with the code flow over HTTP, as a user does in n8n. */
export async function signIn(sandbox: Sandbox): Promise<ICredentialDataDecryptedObject> {
	const typed = oauthCredential(sandbox);
	const { authUrl, accessTokenUrl, scope } = await decrypted(typed);
	sandbox.market.setSwitches({ autoConsent: true });
	const question = new URLSearchParams({
		response_type: 'code',
		client_id: OAUTH_CLIENT.id,
		redirect_uri: REDIRECT_URL,
		scope: String(scope),
	});
	const consent = await fetch(`${String(authUrl)}?${question}`, { redirect: 'manual' });
	const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
	const reply = await fetch(String(accessTokenUrl), {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'authorization_code',
			code,
			redirect_uri: REDIRECT_URL,
			client_id: OAUTH_CLIENT.id,
			client_secret: OAUTH_CLIENT.secret,
		}),
	});
	const oauthTokenData = (await reply.json()) as { expires_in: number };
	const expiresAt = String(Date.now() + oauthTokenData.expires_in * 1_000);
	return { ...typed, oauthTokenData: { ...oauthTokenData, n8n_expires_at: expiresAt } };
}
