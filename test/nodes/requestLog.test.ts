import { ExecuteContext, LoadOptionsContext } from 'n8n-core';

import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { apiMethods } from '../../market/contract/apiMethods';
import { pauseAfterFault } from '../../market/pacing/retry';
import { STORES, TOKENS } from '../../sandbox';
import { requestLine } from '../../nodes/common/connection/requestLine';
import { openPicker } from '../support/pickers';
import { startFakeMarket } from '../support/fakeMarket';
import { nodesOn } from '../support/nodeRuns';
import { itemsFor, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes();
/** Decides how long a pause after a fault is. */
const CHANCE = 0.2;
const STORE = `/v2/campaigns/${STORES.fbs.campaignId}`;

/** Called with every line of debug level that a node writes to n8n's log. */
const debug = jest.fn<void, [line: string, ...more: unknown[]]>();

beforeEach(() => {
	debug.mockReset();
	for (const { prototype } of [ExecuteContext, LoadOptionsContext])
		jest.spyOn(prototype, 'logger', 'get').mockReturnValue({ info() {}, debug } as never);
	jest.spyOn(Math, 'random').mockReturnValue(CHANCE);
});
afterEach(() => jest.restoreAllMocks());

/** The lines without the times, which differ in each run. */
function lines(): string[] {
	return debug.mock.calls.map(([line]) =>
		line.replace(/took \d+ ms, waited \d+ ms/, 'took, waited'),
	);
}

const PUT = `Yandex Market, updateStocks: PUT ${STORE}/offers/stocks, items: 3`;

describe("n8n's log at debug level", () => {
	it('has a line for each request of a run, with what it was, its answer and its times', async () => {
		await shop.update(itemsFor(3));
		expect(lines()).toEqual([
			`Yandex Market, getCampaign: GET ${STORE}, answer: 200, took, waited before`,
			'Yandex Market, getPagedWarehouses: POST /v2/businesses/1001/warehouses, answer: 200, took, waited before',
			`${PUT}, answer: 200, took, waited before`,
		]);
		expect(lines()).toHaveLength(shop.market.calls().length);
	});

	it.each<[kind: '500' | 'dropBefore', told: string]>([
		['500', '500'],
		['dropBefore', 'none (ECONNRESET)'],
	])(
		'has one for each repetition after %s too, with how long it waited before',
		async (kind, told) => {
			shop.market.setSwitches({ faults: [{ kind, count: 1, operation: 'updateStocks' }] });
			await shop.update(itemsFor(3));
			expect(lines().slice(2)).toEqual([
				`${PUT}, answer: ${told}, took, waited before`,
				`${PUT}, answer: 200, took, waited before`,
			]);
			const [first, second] = debug.mock.calls
				.slice(2)
				.map(([line]) => Number(/waited (\d+) ms before$/.exec(line)?.[1]));
			expect(first).toBe(0);
			// A timer may fire a millisecond early.
			expect(second).toBeGreaterThanOrEqual(Math.floor(pauseAfterFault(0, CHANCE)) - 1);
		},
	);

	it('has those of a list in the panel, without the query', async () => {
		const { url: apiUrl } = shop.sandbox;
		await openPicker(new UpdateStocks(), 'searchStores', { apiUrl })();
		expect(lines()).toEqual([
			'Yandex Market, getCampaigns: GET /v2/campaigns, answer: 200, took, waited before',
		]);
	});

	it('holds no token, no SKU and nothing of a reply, however the other side repeats them', async () => {
		const apiKey = 'my-very-own-secret-0123456789';
		const market = await startFakeMarket((request) => ({
			status: 403,
			headers: { traceparent: String(request.headers['api-key']) },
			body: JSON.stringify({ errors: [{ code: 'NO', message: `no ${apiKey} SKU-00001` }] }),
		}));
		await nodesOn(market).update(itemsFor(3), { apiKey });
		await market.stop();
		await nodesOn(market).update(itemsFor(3), { apiKey });
		await shop.update(itemsFor(3), { apiKey: TOKENS.readOnly });
		const written = JSON.stringify(debug.mock.calls);
		expect(written).toContain('answer: 403');
		expect(written).toContain('none (ECONNREFUSED)');
		for (const secret of [apiKey, TOKENS.readOnly, 'SKU-00001', 'Api-Key'])
			expect(written).not.toContain(secret);
	});

	it('says that a request the run did not wait for has no answer', () => {
		const request = { apiMethod: apiMethods.getCampaigns, path: '/v2/campaigns?page_token=secret' };
		expect(requestLine({ request, tookMs: 12.4, waitedMs: 0 })).toBe(
			'Yandex Market, getCampaigns: GET /v2/campaigns, answer: none, took 12 ms, waited 0 ms before',
		);
	});
});
