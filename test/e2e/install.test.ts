import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { STORES, TOKENS } from '../../sandbox';
import { apiKeyCredential } from './support/credentials';
import { chain, marketNode, rows } from './support/flow';
import { PACKAGE_NAME, ROOT } from './support/places';
import { storeList } from './support/storeList';
import { useTestBed } from './support/testBed';

/** What the editor knows about a type of node or credential. */
interface NodeType {
	name: string;
	displayName: string;
	iconUrl: { light: string; dark: string };
	credentials: Array<{ name: string }>;
}

type CredentialType = Pick<NodeType, 'name' | 'iconUrl'>;

const NODES = {
	updateStocks: 'Update Stocks',
	hideOffers: 'Hide Offers',
	unhideOffers: 'Unhide Offers',
};
const CREDENTIALS = ['yandexMarketApi', 'yandexMarketOAuth2Api'];

const bed = useTestBed();

describe('the package, installed as users do', () => {
	const nodeType = async (name: string) => {
		const all = await bed().client.get<NodeType[]>('/types/nodes.json');
		return all.find((type) => type.name === `${PACKAGE_NAME}.${name}`);
	};
	const credentialType = async (name: string) => {
		const all = await bed().client.get<CredentialType[]>('/types/credentials.json');
		return all.find((type) => type.name === name);
	};

	it.each(Object.entries(NODES))('has %s, for both credentials', async (name, title) => {
		expect(await nodeType(name)).toMatchObject({
			displayName: `Yandex Market: ${title}`,
			credentials: CREDENTIALS.map((credential) => ({ name: credential })),
		});
	});

	it('shows every icon, light and dark', async () => {
		const types = [
			...(await Promise.all(Object.keys(NODES).map(nodeType))),
			...(await Promise.all(CREDENTIALS.map(credentialType))),
		];
		for (const type of types) {
			expect(type?.iconUrl.light).not.toBe(type?.iconUrl.dark);
			for (const url of Object.values(type?.iconUrl ?? {})) {
				const source = url.replace(`icons/${PACKAGE_NAME}/dist/`, '');
				expect(await bed().client.get(`/${url}`)).toBe(await readFile(join(ROOT, source), 'utf8'));
			}
		}
	});

	it('runs: each item has its outcome, linked to the item that it came from', async () => {
		const items = [
			{ sku: 'SKU-00001', stock: 3 },
			{ sku: 'SKU-00002', stock: '' },
			{ sku: 'SKU-00003', stock: 0 },
		];
		const update = marketNode('updateStocks', bed().apiKey, { onError: 'continueRegularOutput' });
		const { status, nodes } = await bed().run(chain('Three balances', rows(items), update));
		expect(status).toBe('success');
		const result = nodes.get('Update Stocks');
		expect(result?.items).toMatchObject([
			{ sku: 'SKU-00001', count: 3, status: 'accepted' },
			{ sku: 'SKU-00002', status: 'failed', reason: 'Stock is blank' },
			{ sku: 'SKU-00003', count: 0, status: 'accepted' },
		]);
		expect(result?.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(result?.hints).toEqual([
			'2 of 3 accepted by the Market, 1 request; 1 was not: see reason and advice.',
		]);
		const available = (sku: string) => bed().market.offer(STORES.fbs.campaignId, sku).available;
		expect(items.map(({ sku }) => available(sku))).toEqual([3, null, 0]);
	});
});

describe("n8n's test of the Api-Key credential", () => {
	const test = async (token: string) => {
		const credential = apiKeyCredential(bed().sandbox, token);
		return await bed().client.testCredential(
			await bed().client.createCredential(credential),
			credential,
		);
	};

	it('passes with a good token', async () => {
		await test(TOKENS.offersManagement);
		expect(bed().market.calls()).toMatchObject([
			{ verb: 'POST', path: '/v2/auth/token', status: 200 },
		]);
	});

	it.each([
		['no-such-token', 'Copy the whole token again'],
		[TOKENS.revoked, 'Make a new token in the seller cabinet'],
		[TOKENS.pricing, 'This token cannot send balances: add offers-and-cards-management'],
	])('says what to do about a bad one: %s', async (token, words) => {
		await expect(test(token)).rejects.toThrow(words);
	});
});

describe('the list of stores', () => {
	const credentialWith = async (token: string) =>
		await bed().client.createCredential(apiKeyCredential(bed().sandbox, token));

	it('names the stores of the business', async () => {
		const names = await storeList(bed(), bed().apiKey);
		expect(names).toHaveLength(6);
		expect(names[0]).toBe('fbs.sandbox.example (FBS, 21000001)');
	});

	it('can be searched', async () => {
		expect(await storeList(bed(), bed().apiKey, { filter: 'DBS.' })).toEqual([
			'dbs.sandbox.example (DBS, 21000003)',
		]);
	});

	it('is never empty if the Market refuses: the message is its refusal', async () => {
		await expect(storeList(bed(), await credentialWith(TOKENS.revoked))).rejects.toThrow(
			'The Market did not accept the Api-Key token (401): Api-Key token is revoked',
		);
	});
});
