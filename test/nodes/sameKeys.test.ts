import { STORES, TOKENS } from '../../sandbox';
import type { RunSettings } from '../support/nodeRuns';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const items = [
	{ sku: skuOf(1), stock: 1 },
	{ sku: skuOf(2), stock: '10 pieces' },
	{ sku: '', stock: '' },
	{ sku: skuOf(1), stock: 1 },
	{ stock: 5 },
];
const onError = 'continueRegularOutput';
const end = ['mayBeHeld', 'note', 'input'];
const why = ['status', 'reason', 'advice'];

const keysOf = (output: ReadonlyArray<{ json: object }>) => [
	...new Set(output.map(({ json }) => Object.keys(json).join())),
];

describe('all items of a run have the same keys in the same order', () => {
	it.each<[name: string, settings: RunSettings, keys: string[]]>([
		['as they are', {}, ['sku', 'count', ...why, 'store', 'updatedAt', ...end]],
		[
			'with the fields of the input',
			{ options: { includeInputFields: true } },
			['sku', 'count', ...why, 'store', 'updatedAt', ...end],
		],
		[
			'in a dry run',
			{ options: { dryRun: true } },
			['sku', 'count', ...why, 'store', 'updatedAt', 'request', ...end],
		],
		[
			'for a warehouse',
			{
				apiKey: TOKENS.warehouseAll,
				parameters: {
					sendTo: 'warehouse',
					business: { __rl: true, mode: 'id', value: '1003' },
					warehouseFrom: 'list',
					warehouse: { __rl: true, mode: 'id', value: '54000001' },
				},
			},
			['sku', 'count', ...why, 'business', 'warehouse', 'updatedAt', ...end],
		],
		[
			'if the node itself is set up wrongly',
			{ options: { reserve: -1 } },
			['sku', 'count', ...why, 'store', 'updatedAt', ...end],
		],
	])('Update Stocks, %s', async (_name, settings, keys) => {
		const { items: output } = await shop.update(items, { onError, ...settings });
		expect(output).toHaveLength(5);
		expect(keysOf(output)).toEqual([keys.join()]);
	});

	it.each(['hide', 'unhide'] as const)('%s', async (node) => {
		const { items: output } = await shop[node](items, { onError });
		expect(keysOf(output)).toEqual([['sku', ...why, 'store', ...end].join()]);
	});
});

it('what an item says nothing about is null', async () => {
	const { items: output } = await shop.update(items, { onError });
	expect(output.map(({ json }) => json)).toEqual([
		{
			sku: skuOf(1),
			count: 1,
			status: 'accepted',
			reason: null,
			advice: null,
			store: String(STORES.fbs.campaignId),
			updatedAt: expect.any(String),
			mayBeHeld: null,
			note: expect.stringContaining('items 0, 3'),
			input: null,
		},
		expect.objectContaining({
			count: null,
			status: 'failed',
			updatedAt: null,
			mayBeHeld: false,
			note: null,
			input: items[1],
		}),
		expect.objectContaining({ sku: null, status: 'skipped', mayBeHeld: null, input: null }),
		expect.objectContaining({ status: 'accepted', note: expect.stringContaining('items 0, 3') }),
		expect.objectContaining({ sku: null, status: 'failed', input: items[4] }),
	]);
});

it('what goes to the error output has only the keys that say something', async () => {
	const { errorItems } = await shop.update(items, { onError: 'continueErrorOutput' });
	expect(Object.keys(errorItems[0]?.json.error as object)).toEqual([
		'message',
		'sku',
		...why,
		'store',
	]);
});
