import type { INodeParameters } from 'n8n-workflow';

import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { STORES, TOKENS } from '../../sandbox';
import { openTool } from '../support/toolRun';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const store = String(STORES.fbs.campaignId);

function tool(parameters: INodeParameters) {
	return openTool({
		node: new YandexMarket(),
		parameters: {
			authentication: 'apiKey',
			store: { __rl: true, mode: 'id', value: store },
			...parameters,
		},
		credential: {
			type: 'yandexMarketApi',
			data: { environment: 'sandbox', apiUrl: shop.sandbox.url, apiKey: TOKENS.allMethods },
		},
	});
}

async function answerOf(parameters: INodeParameters, args: object = {}): Promise<unknown[]> {
	return JSON.parse(await (await tool(parameters)).invoke(args)) as unknown[];
}

const oneSku: INodeParameters = {
	resource: 'stock',
	operation: 'getAll',
	offers: 'input',
	inputMode: 'expressions',
	sku: "={{ $fromAI('sku', 'the SKU as it is in the catalogue') }}",
};

describe('an AI agent that has the node as a tool', () => {
	it.each([
		['stock', 'getAll', 'Get many stock balances in Yandex Market'],
		['stock', 'compare', 'Get stock differences in Yandex Market'],
		['hiddenOffer', 'getAll', 'Get many hidden offers in Yandex Market'],
		['store', 'get', 'Get store in Yandex Market'],
		['token', 'getInfo', 'Get token info in Yandex Market'],
		['warehouse', 'switchSales', 'Switch warehouse sales on or off in Yandex Market'],
	])('reads what %s: %s does', async (resource, operation, description) => {
		expect((await tool({ resource, operation })).description).toBe(description);
	});

	it('compares one SKU, is told even if it is equal, and of no other', async () => {
		shop.market.setBalance(STORES.fbs.campaignId, skuOf(7), 5);
		shop.market.setBalance(STORES.fbs.campaignId, skuOf(8), 5);
		const parameters: INodeParameters = {
			...oneSku,
			operation: 'compare',
			stock: "={{ $fromAI('stock', 'the units', 'number') }}",
		};
		const answer = await answerOf(parameters, { sku: skuOf(7), stock: 5 });
		expect(answer).toEqual([
			{
				sku: skuOf(7),
				status: 'equal',
				count: 5,
				available: 5,
				reserved: 0,
				updatedAt: expect.any(String),
				store,
			},
		]);
	});

	it('asks for one SKU, and gets a short answer', async () => {
		shop.market.setBalance(STORES.fbs.campaignId, skuOf(7), 5);
		expect(Object.keys((await tool(oneSku)).schema.shape)).toEqual(['sku']);
		expect(
			await answerOf(
				{ ...oneSku, simplify: false, options: { includeInputFields: true } },
				{ sku: skuOf(7) },
			),
		).toEqual([
			{
				sku: skuOf(7),
				store,
				warehouseId: String(STORES.fbs.warehouseId),
				available: 5,
				sellable: 5,
				reserved: 0,
				updatedAt: expect.any(String),
				status: 'found',
			},
		]);
	});

	it('learns that a SKU is not in the catalogue', async () => {
		expect(await answerOf(oneSku, { sku: 'no such' })).toEqual([
			expect.objectContaining({
				sku: 'no such',
				status: 'not in the catalogue',
				reason: expect.stringMatching(/./),
			}),
		]);
	});

	it.each([{ returnAll: true }, { limit: 50 }])(
		'gets no more than 20 items of a list, and is told so: %j',
		async (parameters) => {
			const answer = await answerOf({ resource: 'stock', operation: 'getAll', ...parameters });
			expect(answer).toHaveLength(21);
			expect(answer.at(-1)).toEqual({ note: 'These are the first 20. There may be more.' });
		},
	);

	it('gets all of a shorter list', async () => {
		expect(await answerOf({ resource: 'store', operation: 'getAll' })).toHaveLength(6);
	});

	it('learns why something was refused, and what to do', async () => {
		const foreign = { __rl: true, mode: 'id', value: String(STORES.foreign.campaignId) };
		expect(await answerOf({ resource: 'stock', operation: 'getAll', store: foreign })).toEqual([
			{
				store: String(STORES.foreign.campaignId),
				status: 'failed',
				reason: expect.stringMatching(/^The credential has no right to store 22000001/),
				advice: expect.stringMatching(/./),
			},
		]);
	});
});
