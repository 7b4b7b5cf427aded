import { generateCatalogue } from '../../sandbox';
import { itemsFor, jsonOf, useFreshSandboxes } from '../support/useSandbox';

/** As many as fill the longest query. */
const COUNT = 400;

const shop = useFreshSandboxes({ catalogue: generateCatalogue(COUNT) });

it('confirms what was hidden and shown even if its SKUs make a long address', async () => {
	for (const node of ['hide', 'unhide'] as const) {
		const { items } = await shop[node](itemsFor(COUNT), { options: { verify: 0 } });
		expect(jsonOf(items)).toEqual(
			itemsFor(COUNT).map(({ sku }) => expect.objectContaining({ sku, status: 'confirmed' })),
		);
	}
});
