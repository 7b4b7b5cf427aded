import type { INodeParameters, INodeType } from 'n8n-workflow';

import { HideOffers } from '../../nodes/HideOffers/HideOffers.node';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { generateCatalogue, STORES } from '../../sandbox';
import { runNode, type NodeResult } from '../support/engine';
import { startFakeMarket } from '../support/fakeMarket';
import { signIn } from '../support/signIn';
import { itemsFor, skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes({ catalogue: generateCatalogue(6_000) });
const { fbs, warehouseFbs } = STORES;
const byId = (value: number) => ({ __rl: true, mode: 'id', value: String(value) });

async function run(
	node: INodeType,
	parameters: INodeParameters,
	items = itemsFor(3),
): Promise<NodeResult> {
	return await runNode({
		node,
		parameters: {
			authentication: 'oAuth2',
			skuField: 'sku',
			stockField: 'stock',
			store: byId(fbs.campaignId),
			...parameters,
		},
		items,
		credential: { type: 'yandexMarketOAuth2Api', data: await signIn(shop.sandbox) },
	});
}

/** Which business each request named, by its method; undefined if it named no business. */
const named = () =>
	shop.market
		.calls()
		.map(({ operation, businessHeader, status }) => [operation, businessHeader, status]);

describe('With OAuth, every request names its business as soon as that is known', () => {
	it('to send to a store, and to read it back', async () => {
		const { status } = await run(new UpdateStocks(), { options: { verify: 1 } });
		expect(status).toBe('success');
		expect(named()).toEqual([
			['getCampaign', undefined, 200],
			['getPagedWarehouses', '1001', 200],
			['updateStocks', '1001', 200],
			['getStocks', '1001', 200],
		]);
	});

	it('to send to a warehouse', async () => {
		const { businessId, warehouseId } = warehouseFbs;
		await run(new UpdateStocks(), {
			sendTo: 'warehouse',
			business: byId(businessId),
			warehouse: byId(warehouseId),
		});
		expect(named()).toEqual([
			['getCampaigns', undefined, 200],
			['getPagedWarehouses', '1003', 200],
			['getPartnerWarehouses', '1003', 200],
			['updateStocksOnPartnerWarehouses', '1003', 200],
		]);
	});

	it('so that the limits of a paid subscription apply to a store: 6,000 offers are hidden in one minute', async () => {
		shop.market.setSwitches({ subscription: 'MEDIUM' });
		const { items, status } = await run(
			new HideOffers(),
			{ options: { maximumWait: 0 } },
			itemsFor(6_000),
		);
		expect(status).toBe('success');
		expect(items.every(({ json }) => json.status === 'accepted')).toBe(true);
	});

	it.each<[string[], INodeParameters]>([
		[['getHiddenOffers'], { resource: 'hiddenOffer', offers: 'all' }],
		[['getHiddenOffers', 'getCampaignOffers'], { resource: 'hiddenOffer', offers: 'input' }],
		[['getStocks'], { resource: 'stock', offers: 'all' }],
		[['getCampaignOffers'], { resource: 'offer', offers: 'input' }],
	])('to read, %j %j', async (operations, parameters) => {
		const { status } = await run(new YandexMarket(), { operation: 'getAll', ...parameters }, [
			{ sku: skuOf(1), stock: 1 },
		]);
		expect(status).toBe('success');
		expect(named()).toEqual([
			['getCampaign', undefined, 200],
			...operations.map((operation) => [operation, '1001', 200]),
		]);
	});
});

it('If the Market does not give the business of a store, no business is named', async () => {
	const data = await signIn(shop.sandbox);
	const headers: unknown[] = [];
	const market = await startFakeMarket((request) => {
		headers.push(request.headers['x-business-id']);
		return {
			status: 200,
			body: request.method === 'GET' ? '{"campaign":{"id":21000001}}' : '{"status":"OK"}',
		};
	});
	const { status } = await runNode({
		node: new UpdateStocks(),
		parameters: {
			authentication: 'oAuth2',
			skuField: 'sku',
			stockField: 'stock',
			store: byId(fbs.campaignId),
		},
		items: itemsFor(1),
		credential: { type: 'yandexMarketOAuth2Api', data: { ...data, apiUrl: market.url } },
	});
	await market.stop();
	expect([status, headers]).toEqual(['success', [undefined, undefined]]);
});

it('With an Api-Key token, which belongs to one business, no business is named', async () => {
	await shop.update(itemsFor(3));
	expect(named().map(([, businessHeader]) => businessHeader)).toEqual([
		undefined,
		undefined,
		undefined,
	]);
});
