import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';

import { HideOffers } from '../../nodes/HideOffers/HideOffers.node';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
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
			...parameters,
		},
		settings: { retryOnFail: true },
		credential: {
			type: 'yandexMarketApi',
			data: { environment: 'sandbox', apiUrl: shop.sandbox.url, apiKey: TOKENS.allMethods },
		},
	});
}

/** The parameters that n8n's editor shows for a node, or for the tool that it makes of it. */
function panelOf({ description }: INodeType, isTool: boolean, values: INodeParameters): string[] {
	const name = isTool ? `${description.name}Tool` : description.name;
	const shown = { ...description, name };
	const at = NodeHelpers.getNodeParameters(description.properties, values, true, true, null, shown);
	return description.properties
		.filter((property) => property.type !== 'hidden')
		.filter((property) => NodeHelpers.displayParameter(at ?? {}, property, null, shown))
		.map((property) => property.displayName);
}

const bySku = { resource: 'stock', operation: 'getAll', offers: 'input' };

describe.each<[string, INodeType, INodeParameters]>([
	['Update Stocks', new UpdateStocks(), {}],
	['Hide Offers', new HideOffers(), {}],
	['Yandex Market, by SKU', new YandexMarket(), bySku],
])('The panel of %s', (_name, node, values) => {
	it('as a tool asks for the values themselves, and says how to have the model fill them in', () => {
		const panel = panelOf(node, true, values);
		expect(panel).toContain('SKU');
		expect(panel).toContainEqual(expect.stringMatching(/^Let the model fill in .* one SKU\.$/));
		expect(panel.filter((name) => / Field$|^Read Items$/.test(name))).toEqual([]);
	});

	it('as a node asks how items are read, and does not mention a model', () => {
		const panel = panelOf(node, false, values);
		expect(panel).toEqual(expect.arrayContaining(['Read Items', 'SKU Field']));
		expect(panel.join()).not.toContain('model');
	});
});

it('The options of Update Stocks as a tool name no field, those of the node do', () => {
	const { description } = new UpdateStocks();
	const options = description.properties.find(({ name }) => name === 'options')
		?.options as INodeProperties[];
	const shownFor = (name: string, inputMode: string) =>
		options
			.filter((option) =>
				NodeHelpers.displayParameter({}, option, null, { ...description, name }, { inputMode }),
			)
			.flatMap(({ displayName }) => (displayName.endsWith(' Field') ? [displayName] : []));
	expect(shownFor('updateStocksTool', 'expressions')).toEqual([]);
	const ofRules = [
		'Maximum Stock Shown Field',
		'Minimum Stock Shown Field',
		'Reserve Field',
		'Share (%) Field',
	];
	expect(shownFor('updateStocks', 'expressions')).toEqual(ofRules);
	expect(shownFor('updateStocks', 'fieldNames')).toEqual([...ofRules, 'Updated At Field']);
});

it('The panel of Yandex Market as a tool says how many results a call gives', () => {
	const panel = panelOf(new YandexMarket(), true, { ...bySku, offers: 'all' });
	expect(panel).toContain('An agent gets at most 20 results from one call.');
});

describe('An AI agent that has Update Stocks as a tool', () => {
	it('reads what the number is, and what it has to supply', async () => {
		const { description, schema } = await tool();
		expect(description).toContain('units available to order');
		expect(description).toContain('replace');
		expect(Object.keys(schema.shape)).toEqual(['sku', 'stock']);
	});

	it('sends one balance, and gets a short answer', async () => {
		const answer = JSON.parse(await (await tool()).invoke({ sku, stock: 5 })) as unknown;
		expect(answer).toEqual([
			{
				sku,
				count: 5,
				updatedAt: expect.any(String),
				store: String(STORES.fbs.campaignId),
				status: 'accepted',
			},
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

	it('reads that one call is for one SKU', async () => {
		expect((await tool()).description).toContain('one call is for one SKU');
	});

	it.each(['"SKU-00001"', '{"sku":"SKU-00001"}', 'SKU: SKU-00001'])(
		'learns that %j is not the SKU alone',
		async (wrapped) => {
			const [answer] = JSON.parse(await (await tool()).invoke({ sku: wrapped, stock: 5 })) as [
				Record<string, unknown>,
			];
			expect(answer).toMatchObject({
				status: 'failed',
				reason: expect.stringMatching(/has something around it$/),
			});
			expect(shop.requests()).toEqual([]);
		},
	);

	it('may send a SKU that has a comma', async () => {
		const [answer] = JSON.parse(await (await tool()).invoke({ sku: 'T12,50', stock: 5 })) as [
			Record<string, unknown>,
		];
		expect(answer).toMatchObject({ status: 'accepted', sku: 'T12,50' });
	});

	it.each([
		'SKU-00001, SKU-00002 and SKU-00003',
		'SKU-00001 SKU-00002',
		'SKU-00001 & SKU-00002',
		'SKU-00001, SKU-00002',
		'SKU-00001;SKU-00002',
		'["SKU-00001","SKU-00002"]',
		'SKU-00001\nSKU-00002',
	])('learns that %j is not one SKU', async (list) => {
		const [answer] = JSON.parse(await (await tool()).invoke({ sku: list, stock: 5 })) as [
			Record<string, unknown>,
		];
		expect(answer).toMatchObject({
			status: 'failed',
			reason: expect.stringMatching(/looks like several SKUs$/),
			advice: expect.stringContaining('Call once for each SKU'),
		});
		expect(shop.requests()).toEqual([]);
	});

	it('replaces what another run has sent in between, even if it gives the same number again', async () => {
		const opened = await tool();
		await opened.invoke({ sku, stock: 5 });
		await shop.update([{ sku, stock: 6 }]);
		expect(shop.available(1)).toBe(6);
		await opened.invoke({ sku, stock: 5 });
		expect(shop.available(1)).toBe(5);
	});

	it('may call it again', async () => {
		const opened = await tool();
		await opened.invoke({ sku, stock: 5 });
		await opened.invoke({ sku: skuOf(2), stock: 6 });
		expect([shop.available(1), shop.available(2)]).toEqual([5, 6]);
	});
});

it('An AI agent that names one SKU takes no other off sale', async () => {
	for (const offer of [1, 2]) shop.market.setBalance(STORES.fbs.campaignId, skuOf(offer), 10);
	const options = { offersNotInInput: 'zero', mostNotInInput: 100 };
	const agents = await tool(new UpdateStocks(), { ...fromModel, options });
	const said = await agents.invoke({ sku, stock: 7 });
	expect([shop.available(1), shop.available(2)]).toEqual([10, 10]);
	expect(said).toContain('Offers Not in the Input cannot be used by an AI agent');
});

it('A SKU with a comma is one SKU if no agent runs the node', async () => {
	const { items } = await shop.update([{ sku: 'SKU-00001, SKU-00002', stock: 5 }]);
	expect(items[0]?.json.status).toBe('accepted');
});

it('An AI agent that looks up a list of SKUs, or hides one, learns the same', async () => {
	const list = 'SKU-00001, SKU-00002';
	for (const node of [new HideOffers(), new YandexMarket()]) {
		const parameters = {
			resource: 'stock',
			operation: 'getAll',
			offers: 'input',
			sku: fromModel.sku,
		};
		const answer = await (await tool(node, parameters)).invoke({ sku: list });
		expect(answer).toContain('looks like several SKUs');
	}
});

it('An AI agent hides an offer', async () => {
	await (await tool(new HideOffers(), { sku: fromModel.sku })).invoke({ sku });
	expect(shop.market.offer(STORES.fbs.campaignId, sku).hidden).toBe(true);
});
