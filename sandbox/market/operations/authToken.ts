import { Refusal } from '../refusal';
import type { Apply, Inbound } from './operation';

/** POST auth/token: an Api-Key token's name and what it opens. */
export function getAuthTokenInfo({ caller: { apiKey } }: Inbound): Apply {
	if (apiKey === undefined) throw new Refusal(401, 'Credentials are not specified');
	const authScopes = apiKey.scopes.map((scope) => scope.replace(/[-:]/g, '_').toUpperCase());
	return () => ({ status: 'OK', result: { apiKey: { name: apiKey.name, authScopes } } });
}
