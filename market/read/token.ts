import { apiMethods } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { read, type Patience } from './read';

/** What the Market says about an Api-Key token. */
export interface TokenInfo {
	name?: string;
	/** Its access groups, spelled as in the documentation, such as `offers-and-cards-management:read-only`. */
	accessGroups: string[];
}

/** What the credential's Api-Key token is and may do. The Market refuses an OAuth token. @throws MarketReadRefused */
export async function getTokenInfo(patience: Patience, ports: RunPorts): Promise<TokenInfo> {
	const body = await read({ apiMethod: apiMethods.getAuthTokenInfo, ...patience }, ports);
	return tokenInfoOf(body);
}

/** The same from the body of a reply. */
export function tokenInfoOf(body: object): TokenInfo {
	const { name, authScopes } = (body as { result?: { apiKey?: RawApiKey } }).result?.apiKey ?? {};
	return { name, accessGroups: (authScopes ?? []).map(documentedName) };
}

interface RawApiKey {
	name?: string;
	/** As in `OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY` [openapi, ApiKeyScopeType]. */
	authScopes?: string[];
}

function documentedName(scope: string): string {
	return scope
		.toLowerCase()
		.replace(/_read_only$/, ':read-only')
		.replaceAll('_', '-');
}
