import type { CredentialReference } from '../../../lab/n8n/workflow';
import { marketNode, type MarketNodeOptions } from './flow';
import type { TestBed } from './testBed';

/** Names in the list of stores that the editor opens under Store. @throws Error with what n8n says instead */
export async function storeList(
	{ client }: TestBed,
	credential: CredentialReference,
	{ filter, ...options }: MarketNodeOptions & { filter?: string } = {},
): Promise<string[]> {
	const { type, typeVersion, parameters, credentials } = marketNode(
		'updateStocks',
		credential,
		options,
	);
	const { results } = await client.post<{ results: Array<{ name: string }> }>(
		'/rest/dynamic-node-parameters/resource-locator-results',
		{
			path: 'parameters.store',
			nodeTypeAndVersion: { name: type, version: typeVersion },
			currentNodeParameters: parameters,
			credentials,
			methodName: 'searchStores',
			filter,
		},
	);
	return results.map(({ name }) => name);
}
