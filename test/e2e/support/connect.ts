import type { CredentialReference } from '../../../lab/n8n/workflow';
import { oauthCredential } from './credentials';
import type { TestBed } from './testBed';

/** An OAuth2 credential, connected as with the editor's button by a user who agrees, but without a browser. */
export async function connectedCredential({
	client,
	sandbox,
}: TestBed): Promise<CredentialReference> {
	const credential = await client.createCredential(oauthCredential(sandbox));
	const question = await client.get<string>('/rest/oauth2-credential/auth', { id: credential.id });
	const consent = await fetch(`${question}&auto=1`, { redirect: 'manual' });
	await client.get(consent.headers.get('location') ?? '');
	return credential;
}
