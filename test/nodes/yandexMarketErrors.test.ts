import type { IDataObject, INode } from 'n8n-workflow';

import { STORES, systemClock, TOKENS } from '../../sandbox';
import { startFakeMarket } from '../support/fakeMarket';
import { said } from '../support/outputRows';
import { nodesOn } from '../support/nodeRuns';
import { jsonOf, skuOf, useSandbox } from '../support/useSandbox';

const { fbs, dbs, foreign } = STORES;
let onCall: () => void = () => {};
const shop = useSandbox({
	clock: {
		now: () => systemClock.now(),
		sleep: async () => {
			onCall();
			await new Promise(() => {});
		},
	},
});
const store = String(fbs.campaignId);

const items: IDataObject[] = [
	{ sku: skuOf(1), colour: 'red' },
	{ sku: '', colour: 'green' },
	{ colour: 'blue', error: 'of the source' },
	{ sku: skuOf(4), colour: 'white' },
];

const lookUp = (resource: string) => ({ resource, operation: 'getAll', offers: 'input' });
const lookingUp = ['stock', 'offer', 'hiddenOffer'];
const continuing: Array<INode['onError']> = ['continueRegularOutput', 'continueErrorOutput'];

describe.each(lookingUp)('%s, by SKU: an item that cannot be read', (resource) => {
	it('in Stop Workflow stops before anything is asked, and is named', async () => {
		const {
			status,
			error,
			items: output,
		} = await shop.read(items, { parameters: lookUp(resource) });
		expect([status, output]).toEqual(['error', []]);
		expect(error?.message).toBe(
			'2 of 4 items could not be read: [item 1] SKU is blank;\n[item 2] SKU is missing: the item has no field "sku"',
		);
		expect(error?.description).toMatch(/^\[item 1\]: Give every item a SKU/);
		expect(shop.requests()).toEqual([]);
	});

	it('in Continue keeps its input apart from the reason, and the others are answered', async () => {
		const run = { parameters: lookUp(resource), onError: 'continueRegularOutput' as const };
		const { status, items: output } = await shop.read(items, run);
		expect(status).toBe('success');
		expect(output.map(({ json }) => json.sku)).toEqual([skuOf(1), null, null, skuOf(4)]);
		const fields = output.map(({ json }) => Object.keys(json));
		expect(fields).toEqual(output.map(() => fields[0]));
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
			{ item: 3 },
		]);
		expect(said(output[1]?.json)).toEqual({
			store,
			status: 'failed',
			reason: 'SKU is blank',
			advice: expect.stringContaining('Give every item a SKU'),
			input: items[1],
		});
		expect(output[2]?.json).toMatchObject({ status: 'failed', input: items[2] });
		expect(output.some(({ json }) => 'error' in json)).toBe(false);
	});

	it('in Continue (using error output) goes there with its fields', async () => {
		const run = { parameters: lookUp(resource), onError: 'continueErrorOutput' as const };
		const { items: output, errorItems } = await shop.read(items, run);
		expect(output.map(({ json }) => json.sku)).toEqual([skuOf(1), skuOf(4)]);
		expect(jsonOf(errorItems)).toEqual([
			{
				...items[1],
				error: {
					message: expect.stringMatching(/^\[item 1\] SKU is blank\. Give/),
					store,
					status: 'failed',
					reason: 'SKU is blank',
					advice: expect.stringMatching(/^Give/),
				},
			},
			{
				colour: 'blue',
				error: expect.objectContaining({
					message: expect.stringMatching(/^\[item 2\]/),
					reason: expect.stringMatching(/^SKU is missing/),
					input: items[2],
				}),
			},
		]);
	});
});

it.each(continuing)(
	'Retry On Fail does not read again if only some items failed: %s',
	async (onError) => {
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const input = [items[1] ?? {}, items[0] ?? {}, items[2] ?? {}, items[3] ?? {}];
		const { items: output, errorItems } = await shop.read(input, {
			parameters: lookUp('stock'),
			onError,
			settings,
		});
		const pairs = [...output, ...errorItems].map(
			({ pairedItem }) => (pairedItem as { item: number }).item,
		);
		expect(pairs).toEqual(onError === 'continueErrorOutput' ? [1, 3, 0, 2] : [0, 1, 2, 3]);
		expect(shop.requests().filter((request) => request.endsWith('/offers/stocks'))).toHaveLength(1);
		// Plus one for the store and one for its business's warehouses.
		expect(shop.requests()).toHaveLength(3);
	},
);

describe('a store that the Market refuses', () => {
	const input = [fbs, foreign, dbs, foreign].map(({ campaignId }, index) => ({
		sku: skuOf(index + 1),
		at: campaignId,
	}));
	const byItem = '={{ $json.at }}';

	it.each(lookingUp)('%s, by SKU: stops with the reason and the advice', async (resource) => {
		const { error } = await shop.read(input, { parameters: lookUp(resource), store: byItem });
		expect(error?.message).toMatch(/^The credential has no right to store 22000001 \(403\)/);
		expect(error?.description).toMatch(/one business only/);
	});

	it.each(lookingUp)('%s, by SKU: affects its own items only', async (resource) => {
		const run = {
			parameters: lookUp(resource),
			store: byItem,
			onError: 'continueErrorOutput' as const,
		};
		const { items: output, errorItems } = await shop.read(input, run);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 3 }]);
		expect(errorItems[0]?.json.error).toMatchObject({
			message: expect.stringContaining(
				'[item 1] SKU "SKU-00002": The credential has no right to store 22000001',
			),
			sku: skuOf(2),
			store: String(foreign.campaignId),
		});
	});

	it.each(lookingUp)('%s, all: the other stores are read', async (resource) => {
		shop.market.setHidden(fbs.campaignId, skuOf(1), true);
		shop.market.setHidden(dbs.campaignId, skuOf(1), true);
		const parameters = { resource, operation: 'getAll', limit: 1 };
		const { items: output } = await shop.read(input, {
			parameters,
			store: byItem,
			onError: 'continueRegularOutput',
		});
		expect(output.map(({ json }) => [json.store, json.status])).toEqual([
			[store, null],
			[String(foreign.campaignId), 'failed'],
			[String(dbs.campaignId), null],
		]);
	});

	it('Get of a store: affects its own items only', async () => {
		const parameters = { resource: 'store', operation: 'get' };
		const { items: output } = await shop.read(input, {
			parameters,
			store: byItem,
			onError: 'continueRegularOutput',
		});
		expect(output.map(({ json }) => json.placement ?? json.status)).toEqual([
			'FBS',
			'failed',
			'DBS',
			'failed',
		]);
	});
});

describe('a wrong ID', () => {
	const apiKey = TOKENS.warehouseAll;
	const warehouse = (business: number, id: number) => ({
		readFrom: 'warehouse',
		business: { __rl: true, mode: 'id', value: String(business) },
		warehouse: { __rl: true, mode: 'id', value: String(id) },
	});

	it('that belongs to something else is recognised: a business ID in Store', async () => {
		for (const parameters of [{}, lookUp('offer'), { resource: 'store', operation: 'get' }]) {
			const { error } = await shop.read([{ sku: 'a' }], { store: fbs.businessId, parameters });
			expect(error?.message).toMatch(
				/^Store 1001 is not a campaign ID: 1001 is a business ID \(Sandbox Cabinet\)/,
			);
		}
	});

	it('that belongs to something else is recognised: a campaign ID in Business', async () => {
		const business = { __rl: true, mode: 'id', value: store };
		const { error } = await shop.read([{}], {
			parameters: { resource: 'warehouse', operation: 'getAll', business },
		});
		expect(error?.message).toMatch(
			/^Business 21000001 is not a business ID: 21000001 is a campaign ID/,
		);
		expect(error?.description).toContain('1001 (Sandbox Cabinet)');
	});

	it.each(['all', 'input'])(
		'of a warehouse that the Market shows nothing of is not taken for an empty one: %s',
		async (offers) => {
			const { error } = await shop.read([{ sku: skuOf(1) }], {
				parameters: { ...warehouse(1003, 77), offers },
				apiKey,
			});
			expect(error?.message).toBe('Business 1003 has no warehouse 77 outside groups');
			expect(error?.description).toContain('54000001');
		},
	);

	it('of a warehouse in a group: says so', async () => {
		const { error } = await shop.read([{}], { parameters: warehouse(1001, fbs.warehouseId) });
		expect(error?.message).toContain('is in the warehouse group Shared goods');
		expect(error?.description).toContain('Set Read From to Store');
	});

	it.each(['ignore', 'refuse'] as const)(
		"that is a store's campaign ID, in Warehouse, is recognised if the Market would %s it",
		async (unknownWarehouse) => {
			shop.market.setSwitches({ unknownWarehouse });
			const { error } = await shop.read([{}], {
				parameters: warehouse(1003, STORES.warehouseFbs.campaignId),
				apiKey,
			});
			expect(error?.message).toMatch(
				/^Warehouse 24000001 is not a warehouse ID: 24000001 is a campaign ID, .*warehouse ID 54000001/,
			);
			expect(error?.description).toMatch(/^Choose the warehouse from the list/);
		},
	);
});

describe('what concerns the whole run', () => {
	it.each([
		[
			'a revoked token',
			{ apiKey: TOKENS.revoked },
			/^The Market did not accept the Api-Key token \(401\)/,
		],
		[
			'a token without the access group',
			{ apiKey: TOKENS.pricing },
			/^The Api-Key token lacks an access group \(403\)/,
		],
		['a blank store', { store: '={{ "" }}' }, /^Store is blank$/],
	])('%s: stops with one reason, however many items there are', async (_name, run, message) => {
		const many = Array.from({ length: 20 }, (_, index) => ({ sku: skuOf(index + 1) }));
		for (const parameters of [lookUp('stock'), {}]) {
			const { error } = await shop.read(many, { ...run, parameters });
			expect(error?.message).toMatch(message);
			expect(error?.description).toMatch(/./);
		}
	});

	it.each(continuing)('a node that is set up wrongly fails every item: %s', async (onError) => {
		const { items: output, errorItems } = await shop.read([{ a: 1 }, { a: 2 }], {
			parameters: { ...lookUp('stock'), skuField: ' ' },
			onError,
		});
		const failed = { reason: 'SKU is not mapped', status: 'failed' };
		expect([...output, ...errorItems].map(({ json }) => json)).toMatchObject(
			onError === 'continueRegularOutput'
				? [
						{ ...failed, input: { a: 1 } },
						{ ...failed, input: { a: 2 } },
					]
				: [
						{ a: 1, error: failed },
						{ a: 2, error: failed },
					],
		);
	});

	it('a list that is refused on a later page keeps what came before, and says that it is incomplete', async () => {
		const page = {
			result: {
				hiddenOffers: [{ offerId: 'a' }, { offerId: 'b' }],
				paging: { nextPageToken: 'next' },
			},
		};
		const market = await startFakeMarket(({ url }) =>
			url?.includes('pageToken')
				? { status: 403, body: '{}' }
				: { status: 200, body: JSON.stringify(page) },
		);
		const run = { parameters: { resource: 'hiddenOffer', operation: 'getAll', returnAll: true } };
		const stopped = await nodesOn(market).read([{}], run);
		const { items: output } = await nodesOn(market).read([{}], {
			...run,
			onError: 'continueRegularOutput',
		});
		await market.stop();
		expect(stopped.error?.message).toMatch(/\(403\)/);
		expect(output.map(({ json }) => json.sku ?? json.status)).toEqual(['a', 'b', 'failed']);
	});
});

it.each(['stopWorkflow', ...continuing] as const)(
	'the Stop button ends a run, with %s',
	async (onError) => {
		shop.market.setSwitches({ latencyMs: 1 });
		const { status, error } = await shop.read([{}], {
			onError,
			onStart: (stop) => {
				onCall = stop;
			},
		});
		expect(status).toBe('canceled');
		expect(error?.message).toContain('canceled');
	},
);

it('An unusable credential is reported on each item in a Continue mode, and nothing is asked', async () => {
	const { read } = nodesOn({ url: 'http://market.example' });
	const { status, items: output } = await read(items, {
		parameters: lookUp('stock'),
		onError: 'continueRegularOutput',
	});
	expect(status).toBe('success');
	expect(output).toHaveLength(items.length);
	for (const { json } of output) expect(JSON.stringify(json)).toContain('http://market.example');
	expect(shop.requests()).toEqual([]);
});
