import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { makeBalances, toCsv } from '../../demo/balances';
import { gatherFacts } from '../../demo/facts';
import { readFlow } from '../../demo/flow';
import { MarketReader } from '../../demo/market';
import type { Execution } from '../../lab/n8n/execution';
import { judge } from '../../demo/report';
import { sendToWarehouses } from '../../demo/warehouses';
import { STORES, TOKENS } from '../../sandbox';
import { connectedCredential } from './support/connect';
import { apiKeyCredential } from './support/credentials';
import { chain, marketNode, node, rows, type MarketNodeOptions } from './support/flow';
import { PACKAGE_NAME, RESULTS, ROOT } from './support/places';
import { storeList } from './support/storeList';
import { useTestBed } from './support/testBed';
import { created, notifiedFlow, notify, PING, polledFlow, TAKEN } from './support/triggers';
import { installVersion, INSTALL_WITHIN_MS } from './support/versions/install';
import { VERSIONS } from './support/versions/versions';

const FLOWS = join(ROOT, 'workflows');
const STORE = STORES.fbs;

/** The goods of the demo's file, but fewer, and the first of them. */
const GOODS = makeBalances(300);
const CATALOGUE = GOODS.map(({ sku }) => ({ sku, name: sku, price: 100 }));
const SKU = '0557722';

const NODES = [
	'hideOffers',
	'unhideOffers',
	'updateStocks',
	'yandexMarket',
	'yandexMarketTrigger',
	'yandexMarketOrdersTrigger',
].map((name) => `${PACKAGE_NAME}.${name}`);
const CREDENTIALS = ['yandexMarketApi', 'yandexMarketOAuth2Api'];

describe.each(VERSIONS)('n8n $n8n', (version) => {
	beforeAll(async () => await installVersion(version), INSTALL_WITHIN_MS);

	const bed = useTestBed({
		...version.bed,
		// For n8n, a token expires a minute before its end: this one, from the start. The Market accepts it.
		sandbox: { catalogue: CATALOGUE, oauthTokenLifetimeMs: 59_000 },
	});
	const available = () => bed().market.offer(STORE.campaignId, SKU).available;
	const sendThree = async (
		credential = bed().apiKey,
		options: MarketNodeOptions = {},
	): Promise<Execution> => {
		const update = marketNode('updateStocks', credential, options);
		return await bed().run(chain('One balance', rows([{ sku: SKU, stock: 3 }]), update));
	};

	it('is the version that it should be, and has the nodes and credentials', async () => {
		const { client } = bed();
		const { versionCli, nodeJsVersion = '' } =
			await client.get<Record<string, string>>('/rest/settings');
		console.log(`n8n ${versionCli} on Node.js ${nodeJsVersion}`);
		expect(versionCli).toBe(version.n8n);
		expect(version.bed.n8n.pinned?.nodeMajors).toContain(Number.parseInt(nodeJsVersion, 10));
		const namesIn = async (path: string) =>
			(await client.get<Array<{ name: string }>>(path)).map(({ name }) => name);
		expect(await namesIn('/types/nodes.json')).toEqual(expect.arrayContaining(NODES));
		expect(await namesIn('/types/credentials.json')).toEqual(expect.arrayContaining(CREDENTIALS));
	});

	it('tests an Api-Key credential', async () => {
		const { client, sandbox } = bed();
		const test = async (token: string) => {
			const credential = apiKeyCredential(sandbox, token);
			await client.testCredential(await client.createCredential(credential), credential);
		};
		await test(TOKENS.offersManagement);
		await expect(test(TOKENS.revoked)).rejects.toThrow('Make a new token in the seller cabinet');
	});

	it('lists the stores to choose from', async () => {
		const names = await storeList(bed(), bed().apiKey);
		expect(names).toHaveLength(6);
		expect(names[0]).toBe('fbs.sandbox.example (FBS, 21000001)');
	});

	it('hides a file of goods, updates them and shows them again, and the Market holds what the file says', async () => {
		const { apiKey, home, sandbox } = bed();
		const file = join(home.files, 'balances.csv');
		await writeFile(file, toCsv(GOODS));
		const flow = await readFlow(join(FLOWS, 'check-integration.json'), {
			file,
			store: { id: String(STORE.campaignId), name: STORE.domain },
			credentials: { yandexMarketApi: apiKey },
		});
		const execution = await bed().run(flow);
		const market = new MarketReader(sandbox.url, TOKENS.allMethods);
		const { campaignId } = STORE;
		const facts = await gatherFacts({
			rows: GOODS,
			execution,
			market,
			campaignId,
			faults: false,
			log: RESULTS,
		});
		const { ok, lines } = judge(facts);
		// The lines name the balances that are wrong.
		expect({ ok, lines }).toEqual({ ok: true, lines });
	});

	it('sends to two warehouses in one run, and they hold what the file says', async () => {
		const { client, sandbox, home, signal } = bed();
		const flow = join(FLOWS, 'send-to-warehouses.json');
		const surroundings = { client, sandbox, flow, files: home.files, log: RESULTS, signal };
		const { ok, lines } = await sendToWarehouses(GOODS, surroundings);
		expect({ ok, lines }).toEqual({ ok: true, lines });
	});

	it('reads back what it sent', async () => {
		const { apiKey } = bed();
		const store = { __rl: true, mode: 'id', value: String(STORE.campaignId) };
		const reading = {
			authentication: 'apiKey',
			resource: 'stock',
			operation: 'getAll',
			offers: 'input',
			store,
		};
		const read = {
			...node('Read', `${PACKAGE_NAME}.yandexMarket`, 1, reading),
			credentials: { yandexMarketApi: apiKey },
		};
		const flow = chain(
			'Send, read',
			rows([{ sku: SKU, stock: 3 }]),
			marketNode('updateStocks', apiKey),
			read,
		);
		const { status, nodes } = await bed().run(flow);
		expect(status).toBe('success');
		expect(nodes.get('Read')?.items).toMatchObject([{ sku: SKU, status: 'found', available: 3 }]);
	});

	/** The first item that a published flow is started with. */
	const firstGiven = async (flow: string) =>
		await until(async () => {
			const [id] = await bed().client.executionIds(flow);
			if (id === undefined) return false;
			const { nodes } = await bed().client.finished(id, bed().signal);
			return nodes.get('Taken')?.items[0];
		});
	const until = async <T>(look: () => Promise<T | false | undefined>): Promise<T> => {
		for (;;) {
			const answer = await look();
			if (answer !== false && answer !== undefined) return answer;
			await delay(100, undefined, { signal: bed().signal });
		}
	};
	const order = () => {
		bed().market.setBalance(STORE.campaignId, SKU, 10);
		return bed().market.placeOrder(STORE.campaignId, [{ sku: SKU, count: 2 }]).orderId;
	};

	it('answers PING and events of the Market as the contract wants, and starts with the order', async () => {
		const { client, apiKey, url: n8n } = bed();
		const path = randomUUID();
		const flow = await client.importWorkflow(notifiedFlow(path, apiKey));
		await client.activate(flow);
		const urls = [`${n8n}/webhook/${path}`, `${n8n}/webhook/${path}/notification`] as const;
		for (const url of urls) await until(async () => (await notify(url, PING)).status !== 404);
		const id = order();
		for (const body of [PING, { notificationType: 'CHAT_CREATED' }, created(id)]) {
			for (const url of urls) {
				const { status, data, headers } = await notify(url, body);
				expect([status, data]).toEqual([200, TAKEN]);
				expect(headers['content-type']).toMatch(/^application\/json/);
			}
		}
		expect((await notify(urls[0], created(12345))).status).toBe(500);
		expect((await notify(urls[0], {})).status).toBe(400);
		const item = { orderId: String(id), verified: true, lines: [{ sku: SKU, count: 2, held: 2 }] };
		expect(await firstGiven(flow)).toMatchObject({ ...item, event: 'ORDER_CREATED' });
		await until(async () => (await client.unfinished(flow)) === 0);
		expect(await client.executionIds(flow)).toHaveLength(urls.length);
	});

	it('asks for changed orders', async () => {
		const { client, apiKey, market } = bed();
		const flow = await client.importWorkflow(polledFlow('polled', apiKey));
		await client.activate(flow);
		await until(async () => market.calls().length > 0);
		const id = order();
		expect(await firstGiven(flow)).toMatchObject({ orderId: String(id), event: 'ORDER_READ' });
	});

	it('gives failed items to the error output, beside all their fields', async () => {
		const items = [
			{ sku: SKU, stock: 3, shelf: 'A' },
			{ sku: 'SKU-00012', stock: '', shelf: 'B', message: 'of the source' },
		];
		const update = marketNode('updateStocks', bed().apiKey, { onError: 'continueErrorOutput' });
		const { status, nodes } = await bed().run(chain('One is blank', rows(items), update));
		expect(status).toBe('success');
		const { outputs, hints } = nodes.get('Update Stocks') ?? {};
		const blank = {
			error: { reason: 'Stock is blank', message: expect.any(String), sku: 'SKU-00012' },
		};
		expect(outputs).toMatchObject([
			[{ json: { sku: SKU, count: 3, status: 'accepted' }, pairedItem: { item: 0 } }],
			[{ json: { ...items[1], ...blank }, pairedItem: { item: 1 } }],
		]);
		expect(hints).toEqual([
			'1 of 2 accepted by the Market, 1 request; 1 was not: see reason and advice.',
		]);
		expect(available()).toBe(3);
	});

	it.each(['dropBefore', 'dropAfter', 'resetMidBody', '503'] as const)(
		'sends again what was lost: %s',
		async (kind) => {
			bed().market.setSwitches({ faults: [{ kind, count: 1, operation: 'updateStocks' }] });
			expect((await sendThree()).status).toBe('success');
			expect(bed().market.statistics().updateStocks?.requests).toBe(2);
			expect(available()).toBe(3);
		},
	);

	it.each([
		[
			'401',
			TOKENS.revoked,
			'The Market did not accept the Api-Key token (401)',
			'Make a new token in the seller cabinet',
		],
		[
			'403',
			TOKENS.pricing,
			'The Api-Key token lacks an access group (403)',
			'offers-and-cards-management',
		],
	])(
		'says what a refused Api-Key token means and what to do: %s',
		async (_status, token, meaning, advice) => {
			const credential = await bed().client.createCredential(
				apiKeyCredential(bed().sandbox, token),
			);
			const { status, error, nodes } = await sendThree(credential);
			expect(status).toBe('error');
			expect(error).toContain(meaning);
			expect(nodes.get('Update Stocks')?.errorDescription).toContain(advice);
			expect(available()).toBeNull();
		},
	);

	it('signs in at Yandex ID and sends', async () => {
		const { status } = await sendThree(await connectedCredential(bed()), {
			authentication: 'oAuth2',
		});
		expect(status).toBe('success');
		expect(available()).toBe(3);
	});

	it(`${version.refreshesOn403 ? 'refreshes' : 'says what to do about'} an expired token of Yandex ID`, async () => {
		const credential = await connectedCredential(bed());
		bed().market.yandexId.expireAllTokens();
		const { status, error = '', nodes } = await sendThree(credential, { authentication: 'oAuth2' });
		const { errorDescription = '' } = nodes.get('Update Stocks') ?? {};
		const refreshed = { status: 'success', error: '', errorDescription: '', available: 3 };
		const told = {
			status: 'error',
			error: expect.stringContaining('The Market did not accept the OAuth token (403)'),
			errorDescription: expect.stringContaining('connect it again'),
			available: null,
		};
		const expected = version.refreshesOn403 ? refreshed : told;
		expect({ status, error, errorDescription, available: available() }).toEqual(expected);
	});
});
