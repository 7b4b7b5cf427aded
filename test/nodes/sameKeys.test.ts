import type { IDataObject } from 'n8n-workflow';

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
					warehouseFrom: 'locator',
					warehouse: { __rl: true, mode: 'id', value: '54000001' },
				},
			},
			['sku', 'count', ...why, 'business', 'warehouse', 'updatedAt', ...end],
		],
		[
			'if the node itself is set up wrongly',
			{ options: { reserve: -1 } },
			['sku', 'count', ...why, 'store', 'updatedAt', 'mayBeHeld', 'input'],
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

describe('what no item of a run says is no field of it, so that a run in which all is well is nowhere red', () => {
	const good = [1, 2].map((offer) => ({ sku: skuOf(offer), stock: offer }));
	const always = ['sku', 'count', 'status', 'store', 'updatedAt'];
	const told = ['sku', 'count', ...why, 'store', 'updatedAt'];
	const unheardOf = { sku: 'unheard of', stock: 1 };

	it.each<[name: string, rows: IDataObject[], settings: RunSettings, keys: string[]]>([
		['all is well', good, {}, always],
		['all is confirmed', good, { options: { verify: 0 } }, always],
		['all can be sent', good, { options: { dryRun: true } }, [...always, 'request']],
		['the input is wanted', good, { options: { includeInputFields: true } }, [...always, 'input']],
		['a SKU comes twice', [...good, ...good], {}, [...always, 'note']],
		['a row is blank', [...good, { sku: '', stock: '' }], {}, told],
		['a SKU is not confirmed', [...good, unheardOf], { options: { verify: 0 } }, told],
		[
			'an item failed',
			[...good, { sku: skuOf(3), stock: '' }],
			{ onError },
			[...told, 'mayBeHeld', 'input'],
		],
		[
			'an item failed, and went to the error output',
			[...good, { sku: skuOf(3), stock: '' }],
			{ onError: 'continueErrorOutput' },
			always,
		],
	])('Update Stocks, if %s', async (_, rows, settings, keys) => {
		const { status, items: output } = await shop.update(rows, settings);
		expect(status).toBe('success');
		expect(keysOf(output)).toEqual([keys.join()]);
	});

	it.each(['hide', 'unhide'] as const)('%s, if all is well', async (node) => {
		const { items: output } = await shop[node](good);
		expect(keysOf(output)).toEqual(['sku,status,store']);
	});
});

it('what an item says nothing about, but others do, is null', async () => {
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
