import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { openLocator } from '../../nodes/common/input/locators';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { STORES, TOKENS } from '../../sandbox';
import { runNode } from '../support/engine';

const [fbs, dbs] = [String(STORES.fbs.campaignId), String(STORES.dbs.campaignId)];
const items = [fbs, dbs, fbs].map((store) => ({ store, params: { store } }));

/** A node that only reads its parameter Store, and counts how often that is evaluated. */
const probe: INodeType = {
	description: new UpdateStocks().description,
	async execute(this: IExecuteFunctions) {
		let evaluations = 0;
		const getNodeParameter = this.getNodeParameter.bind(this) as (...args: unknown[]) => unknown;
		this.getNodeParameter = ((...args: unknown[]) => {
			evaluations += 1;
			return getNodeParameter(...args);
		}) as typeof this.getNodeParameter;
		const storeOf = openLocator(this, 'store');
		const stores = this.getInputData().map((_, index) => storeOf(index));
		return [
			stores.map((store) => ({
				json: { store: store.ok ? store.value : store.refusal.reason, evaluations },
			})),
		];
	},
};

/** The store of each of three items that name two stores, and how often Store was evaluated. */
async function stores(store: string, startStore?: string) {
	const { items: output } = await runNode({
		node: probe,
		parameters: {
			authentication: 'apiKey',
			store: { __rl: true, mode: 'id', value: store },
			inputMode: 'fieldNames',
			skuField: 'sku',
			stockField: 'stock',
		},
		items,
		startStore,
		credential: {
			type: 'yandexMarketApi',
			data: { environment: 'production', apiKey: TOKENS.allMethods },
		},
	});
	return { stores: output.map(({ json }) => json.store), evaluations: output[0]?.json.evaluations };
}

describe('a store that cannot vary by item is evaluated once', () => {
	it.each([
		["={{ $('Start').params.store.value ?? $('Start').params.store }}", fbs],
		["={{$('Start').params['store']}}", fbs],
		["={{ $('Start').params.store }}", fbs],
		["={{ $('Start').first().json.store }}", undefined],
		["={{ $('Start').last().json.params.store }}", undefined],
		["={{ $('Start').first()?.json?.absent || $('Start').params.store }}", fbs],
		["={{ $vars.store ?? $('Start').params.store }}", fbs],
		[fbs, undefined],
	])('%s', async (store, startStore) => {
		expect(await stores(store, startStore)).toEqual({ stores: [fbs, fbs, fbs], evaluations: 1 });
	});
});

describe('a store that is a field of the item is read without n8n', () => {
	it.each([['={{ $json.store }}'], ["={{ $json['store'] }}"]])('%s', async (store) => {
		expect(await stores(store, fbs)).toEqual({ stores: [fbs, dbs, fbs], evaluations: 0 });
	});
});

describe('a store that varies by item is evaluated for each', () => {
	it.each([
		['={{ $input.item.json.store }}'],
		["={{ $('Start').item.json.store }}"],
		["={{ $('Start').itemMatching($itemIndex).json.store }}"],
		["={{ $('Start').all()[$itemIndex].json.store }}"],
		["={{ $('Start').first().json.absent ?? $json.store }}"],
		['={{ $vars.store || $json.store }}'],
		["={{ $('Start').first().json.absent }}{{ $json.store }}"],
		["=2100000{{ $itemIndex % 2 ? '3' : '1' }}"],
		["={{ ((a) => $json.store)($('Start').params.store) }}"],
		["={{ $('Start').first().json[$json.absent ?? 'absent'] ?? $json.store }}"],
	])('%s', async (store) => {
		expect(await stores(store, fbs)).toEqual({ stores: [fbs, dbs, fbs], evaluations: 3 });
	});
});

it('for a node whose own store varies, n8n gives the expression as written: no item has a store', async () => {
	const run = await stores("={{ $('Start').params.store }}", '={{ $json.store }}');
	expect(run).toEqual({
		stores: Array(3).fill('Store "={{ $json.store }}" is not a campaign ID'),
		evaluations: 1,
	});
});

describe('a store that may vary by item', () => {
	it.each([
		["={{ $('Start').first().json.store.trim() }}"],
		["={{ $('Start').first(0, 0).json.store }}"],
		["={{ $('Start')['first']().json.store }}"],
		["={{ String($('Start').params.store) }}"],
		["={{ $('Start').params.store + '' }}"],
		['={{ $now.toMillis() }}'],
	])('is evaluated for each item, to be safe: %s', async (store) => {
		expect((await stores(store, fbs)).evaluations).toBe(3);
	});
});
