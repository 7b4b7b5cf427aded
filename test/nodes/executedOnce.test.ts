import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const ITEMS = [
	{ sku: skuOf(1), stock: 3 },
	{ sku: skuOf(2), stock: 5 },
];
const WARNING =
	'Execute Once is on in the settings of this node: n8n hands it only the first of the items that come in. Turn it off to send all.';

describe.each(['update', 'hide', 'unhide'] as const)('Execute Once of the node: %s', (node) => {
	it('is reported, because n8n drops all items but the first', async () => {
		const { items, hints } = await shop[node](ITEMS, { settings: { executeOnce: true } });
		expect(items).toHaveLength(1);
		expect(hints.map(({ message }) => message)).toContain(WARNING);
	});

	it('off is not', async () => {
		const { hints } = await shop[node](ITEMS);
		expect(hints.map(({ message }) => message)).not.toContain(WARNING);
	});
});
