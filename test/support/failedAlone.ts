import type { IDataObject } from 'n8n-workflow';

import type { SandboxForTests } from './useSandbox';

/** What a write node says of an item that came in alone and failed before anything was sent. */
export async function failedAlone(
	shop: SandboxForTests,
	item: IDataObject,
	node: 'update' | 'hide' | 'unhide' = 'update',
): Promise<IDataObject> {
	const { items } = await shop[node]([item], { onError: 'continueRegularOutput' });
	expect(items[0]?.json.status).toBe('failed');
	expect(shop.requests()).toEqual([]);
	return items[0]?.json ?? {};
}
