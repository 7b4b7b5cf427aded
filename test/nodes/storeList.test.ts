import type { INodeListSearchResult, INodeType } from 'n8n-workflow';

import { HideOffers } from '../../nodes/HideOffers/HideOffers.node';
import { UnhideOffers } from '../../nodes/UnhideOffers/UnhideOffers.node';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { extraStores, STORES, TOKENS } from '../../sandbox';
import { allPages, openPicker, type Access } from '../support/pickers';
import { useSandbox } from '../support/useSandbox';

const shop = useSandbox({ extraStores: extraStores(250) });
const nodes = [UpdateStocks, HideOffers, UnhideOffers];

/** Opens the list of stores in a node's panel, and types into its search. */
function searchStores(
	filter?: string,
	access: Access = {},
	Node: new () => INodeType = UpdateStocks,
): Promise<INodeListSearchResult> {
	return openPicker(new Node(), 'searchStores', { apiUrl: shop.sandbox.url, ...access })(filter);
}

beforeEach(() => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => jest.restoreAllMocks());

describe('the list of stores', () => {
	it.each(nodes.map((Node) => [Node.name, Node] as const))(
		'%s: shows name, placement and ID',
		async (_name, Node) => {
			const { results } = await searchStores('', {}, Node);
			expect(results[0]).toEqual({
				name: 'fbs.sandbox.example (FBS, 21000001)',
				value: '21000001',
			});
		},
	);

	it('has all stores of the token, over several pages, each read when it is shown', async () => {
		const picker = openPicker(new UpdateStocks(), 'searchStores', { apiUrl: shop.sandbox.url });
		const first = await picker();
		expect(first.results).toHaveLength(100);
		expect(shop.requests()).toEqual(['GET /v2/campaigns']);
		const results = await allPages(picker);
		expect(results.slice(0, 100)).toEqual(first.results);
		expect(new Set(results.map(({ value }) => value)).size).toBe(256);
		expect(shop.requests()).toEqual(Array(3).fill('GET /v2/campaigns'));
	});

	it('is asked for again after a minute, not before', async () => {
		const access = { credentialId: 'one who looks again' };
		const { now } = Date;
		const asked: number[] = [];
		for (const laterMs of [0, 50_000, 60_000]) {
			jest.spyOn(Date, 'now').mockImplementation(() => now() + laterMs);
			await searchStores('', access);
			asked.push(shop.requests().length);
		}
		expect(asked).toEqual([1, 1, 2]);
	});

	it('leaves out stores of other businesses', async () => {
		const results = await allPages(
			openPicker(new UpdateStocks(), 'searchStores', { apiUrl: shop.sandbox.url }),
		);
		expect(results).toHaveLength(256);
		expect(results.map(({ value }) => value)).not.toContain(String(STORES.foreign.campaignId));
	});

	it('says if the API of a store is switched off', async () => {
		const { results } = await searchStores('inactive');
		expect(results[0]?.name).toBe('inactive.sandbox.example (FBS, API switched off, 21000006)');
	});

	it.each([
		['the name', 'extra-250', 1],
		['other letters', 'EXTRA-250.Sandbox', 1],
		['spaces around', '  extra-250 ', 1],
		['the placement', 'dbs', 2],
		['the campaign ID', '21000003', 1],
		['something that does not exist', 'no such store', 0],
	])('is searched by %s', async (_name, filter, count) => {
		expect((await searchStores(filter)).results).toHaveLength(count);
	});

	it('of a search is read until a page is full of matches', async () => {
		const picker = openPicker(new UpdateStocks(), 'searchStores', { apiUrl: shop.sandbox.url });
		const first = await picker('extra');
		expect(first.results).toHaveLength(100);
		expect(shop.requests()).toHaveLength(2);
		const results = await allPages(picker, 'extra');
		expect(new Set(results.map(({ value }) => value)).size).toBe(250);
		expect(results.every(({ name }) => name.includes('extra'))).toBe(true);
	});

	it('asks for a faulty page again', async () => {
		shop.market.setSwitches({ faults: [{ kind: '500', count: 1 }] });
		expect((await searchStores()).results).toHaveLength(100);
	});
});

describe('a refusal is shown, never an empty list', () => {
	it.each<[string, Access, RegExp]>([
		[
			'a revoked token',
			{ apiKey: TOKENS.revoked },
			/^The Market did not accept the Api-Key token \(401\)/,
		],
		['no token', { apiKey: '' }, /^The Market did not accept the Api-Key token \(401\)/],
		[
			'an insecure address',
			{ apiUrl: 'http://market.example' },
			/would send the token unprotected/,
		],
		[
			'an address where nothing listens',
			{ apiUrl: 'http://127.0.0.1:1' },
			/^The Market could not be reached: the connection was refused/,
		],
	])('%s', async (_name, access, message) => {
		await expect(searchStores('', access)).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(message),
			description: expect.stringMatching(/./),
		});
	});

	it('a Market that is down', async () => {
		shop.market.setSwitches({ faults: [{ kind: '503', count: 1_000 }] });
		await expect(searchStores()).rejects.toThrow('The Market is not working at the moment (503)');
	});
});
