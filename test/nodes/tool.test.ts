import type { INodeParameters, INodeType } from 'n8n-workflow';

import { HideOffers } from '../../nodes/HideOffers/HideOffers.node';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { STORES, TOKENS } from '../../sandbox';
import { openTool } from '../support/toolRun';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const sku = skuOf(1);
const fromModel = {
	sku: "={{ $fromAI('sku', 'the SKU as it is in the catalogue') }}",
	stock: "={{ $fromAI('stock', 'units available to order', 'number') }}",
};

function tool(node: INodeType = new UpdateStocks(), parameters: INodeParameters = fromModel) {
	return openTool({
		node,
		parameters: {
			authentication: 'apiKey',
			store: { __rl: true, mode: 'id', value: String(STORES.fbs.campaignId) },
			inputMode: 'expressions',
			...parameters,
		},
		credential: {
			type: 'yandexMarketApi',
			data: { environment: 'sandbox', apiUrl: shop.sandbox.url, apiKey: TOKENS.allMethods },
		},
	});
}

describe('An AI agent that has Update Stocks as a tool', () => {
	it('reads what the number is, and what it has to give', async () => {
		const { description, schema } = await tool();
		expect(description).toContain('units available to order');
		expect(description).toContain('replace');
		expect(Object.keys(schema.shape)).toEqual(['sku', 'stock']);
	});

	it('sends one balance, and gets a short answer', async () => {
		const answer = JSON.parse(await (await tool()).invoke({ sku, stock: 5 })) as unknown;
		expect(answer).toEqual([
			{ sku, count: 5, updatedAt: expect.any(String), store: String(STORES.fbs.campaignId), status: 'accepted' },
		]);
		expect(shop.available(1)).toBe(5);
	});

	it('learns why a balance was refused, and what to do', async () => {
		const answer = JSON.parse(await (await tool()).invoke({ sku, stock: -5 })) as unknown;
		expect(answer).toEqual([
			{
				sku,
				store: String(STORES.fbs.campaignId),
				status: 'failed',
				reason: 'Stock "-5" is negative',
				advice: expect.stringContaining('Negatives'),
			},
		]);
		expect(shop.available(1)).toBeNull();
	});

	it('may call it again', async () => {
		const opened = await tool();
		await opened.invoke({ sku, stock: 5 });
		await opened.invoke({ sku: skuOf(2), stock: 6 });
		expect([shop.available(1), shop.available(2)]).toEqual([5, 6]);
	});
});

it('An AI agent hides an offer', async () => {
	await (await tool(new HideOffers(), { sku: fromModel.sku })).invoke({ sku });
	expect(shop.market.offer(STORES.fbs.campaignId, sku).hidden).toBe(true);
});
