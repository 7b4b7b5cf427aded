import type { IDataObject } from 'n8n-workflow';

import { skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes();

afterEach(() => jest.restoreAllMocks());

it('Maximum Wait 0 sends what fits, even if reading the items took longer than a minute', async () => {
	const realNow = Date.now;
	let aheadMs = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => realNow() + aheadMs);
	const json: IDataObject = { sku: skuOf(1) };
	Object.defineProperty(json, 'stock', {
		enumerable: true,
		get() {
			aheadMs = 80_000;
			return 5;
		},
	});
	const { items } = await shop.update([json], {
		options: { maximumWait: 0 },
		onError: 'continueRegularOutput',
	});
	expect(aheadMs).toBe(80_000);
	expect(items.map((item) => [item.json.status, item.json.reason])).toEqual([
		['accepted', undefined],
	]);
});
