import { NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';

import { STORES, TOKENS } from '../../sandbox';
import { startFakeMarket } from '../support/fakeMarket';
import { nodesOn, type RunSettings } from '../support/nodeRuns';
import { redMessage } from '../support/stopAndError';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const onError = 'continueRegularOutput';
const TRACEPARENT = /\[traceparent 00-[0-9a-f]{32}-[0-9a-f]{16}-01\]$/;
const items: IDataObject[] = [1, 2].map((offer) => ({ sku: skuOf(offer), stock: offer }));

/** Runs a node on two valid items. The reason and advice of the first one, and what was called. */
async function refusalOf(node: 'update' | 'hide' | 'unhide', run: RunSettings) {
	const { items: output } = await shop[node](items, { onError, ...run });
	expect(output.map(({ json }) => json.status)).toEqual(['failed', 'failed']);
	const { reason, advice } = output[0]?.json as { reason: string; advice: string };
	return { reason, advice, requests: shop.requests() };
}

const checkOf = ({ campaignId }: { campaignId: number }) => [`GET /v2/campaigns/${campaignId}`];

beforeEach(() => {
	// No pauses between repetitions: a pause is a random fraction of its maximum.
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => jest.restoreAllMocks());

describe('a store that cannot be written to is refused before anything is sent', () => {
	it.each([
		[
			'fby',
			/^Store 21000004 is FBY: the Market counts its stock itself, because its goods lie in a warehouse/,
		],
		['laas', /^Store 21000005 is LAAS: the Market counts its stock itself/],
		[
			'inactive',
			/^The Market has switched off the API of store 21000006: nothing was on sale for 90 days$/,
		],
	] as const)('%s', async (name, message) => {
		const { reason, advice, requests } = await refusalOf('update', {
			store: STORES[name].campaignId,
		});
		expect(reason).toMatch(message);
		expect(advice).not.toBe('');
		expect(requests).toEqual(checkOf(STORES[name]));
	});

	it('FBY offers can be hidden', async () => {
		const { status } = await shop.hide(items, { store: STORES.fby.campaignId });
		expect(status).toBe('success');
	});

	it('LAAS offers cannot', async () => {
		const { reason, requests } = await refusalOf('hide', { store: STORES.laas.campaignId });
		expect(reason).toContain('does not take hidden offers');
		expect(requests).toEqual(checkOf(STORES.laas));
	});

	it('stops in Stop Workflow with the reason', async () => {
		const { error } = await shop.update(items, { store: STORES.fby.campaignId });
		expect(error?.message).toMatch(
			/^0 of 2 items were sent and accepted, 2 were not: \[item 0\].*is FBY/,
		);
		expect(error?.description).toContain('Choose an FBS, DBS or Express store');
	});
});

describe("the Market's refusal says what happened and what to do", () => {
	it('404: the campaign ID is not the store number', async () => {
		const { reason, advice, requests } = await refusalOf('update', { store: 12345 });
		expect(reason).toMatch(
			/^The Market does not know store 12345 \(404\): Campaign not found '12345' \[traceparent/,
		);
		expect(reason).toMatch(TRACEPARENT);
		expect(advice).toContain('campaign ID, which is not the store number');
		// The account's own IDs are searched for what the number really is.
		expect(requests).toEqual([
			'GET /v2/campaigns/12345',
			'GET /v2/campaigns',
			'POST /v2/businesses/1001/warehouses',
		]);
	});

	it("403: a store of somebody else's business", async () => {
		const { reason, advice } = await refusalOf('update', { store: STORES.foreign.campaignId });
		expect(reason).toContain(
			'has no right to store 22000001 (403): No access to campaigns: 22000001',
		);
		expect(advice).toContain('one business only');
	});

	it.each(['update', 'hide', 'unhide'] as const)(
		'403 for %s: names the access groups that are needed',
		async (node) => {
			const { reason, advice } = await refusalOf(node, { apiKey: TOKENS.pricing });
			expect(reason).toMatch(
				/^The Api-Key token lacks an access group \(403\): Token does not have any of the scopes/,
			);
			expect(reason).toMatch(TRACEPARENT);
			expect(advice).toContain('all-methods, offers-and-cards-management');
			expect(advice).toContain('up to 10 minutes');
		},
	);

	it('403: a token that may only read', async () => {
		const { reason } = await refusalOf('update', { apiKey: TOKENS.readOnly });
		expect(reason).toContain('lacks an access group');
		expect(shop.available(1)).toBeNull();
	});

	it.each([
		['a revoked token', TOKENS.revoked, 'Api-Key token is revoked', 'Make a new token'],
		[
			'a token with Bearer before it',
			`Bearer ${TOKENS.allMethods}`,
			'Api-Key token prefix invalid',
			'without "Bearer"',
		],
		[
			'half a token',
			TOKENS.allMethods.slice(0, 20),
			'Api-Key token format invalid',
			'without "Bearer"',
		],
	])('401: %s', async (_name, apiKey, said, cure) => {
		const { reason, advice, requests } = await refusalOf('update', { apiKey });
		expect(reason).toContain(
			`The Market did not accept the Api-Key token (401): ${said} [traceparent`,
		);
		expect(advice).toContain(cure);
		// n8n itself repeats a request that was answered with 401.
		expect(new Set(requests)).toEqual(new Set(checkOf(STORES.fbs)));
	});

	it.each(['hide', 'unhide'] as const)('423 for %s: the business is being moved', async (node) => {
		shop.market.setSwitches({ migrating: [STORES.fbs.campaignId] });
		const { reason, advice } = await refusalOf(node, {});
		expect(reason).toContain(
			'The Market is moving this business and has locked it (423): Campaign is in business',
		);
		expect(advice).toContain('Wait until the move is over');
	});

	it('400: what the Market says about the items', async () => {
		shop.market.setSwitches({ unknownSku: 'refuse' });
		const { items: output } = await shop.update([{ sku: 'unheard of', stock: 1 }], { onError });
		expect(output[0]?.json.reason).toContain(
			"The Market refused the request (400): Unknown shop-sku 'unheard of'",
		);
	});

	it('spaces around a token do no harm', async () => {
		const { status } = await shop.update(items, { apiKey: ` ${TOKENS.offersManagement}\n` });
		expect(status).toBe('success');
	});
});

describe('faults of the Market', () => {
	it.each(['500', '503', 'dropBefore'] as const)(
		'%s, three times: the run still succeeds',
		async (kind) => {
			shop.market.setSwitches({ faults: [{ kind, count: 3, operation: 'updateStocks' }] });
			const { items: output } = await shop.update(items, { options: { output: 'summary' } });
			expect(output[0]?.json).toMatchObject({ accepted: 2, failed: 0, requests: 6, retries: 3 });
			expect(shop.available(2)).toBe(2);
		},
	);

	it('the summary says that there was a wait', async () => {
		// The pause before the repetition: a tenth of the maximum.
		jest.spyOn(Math, 'random').mockReturnValue(0.1);
		const ignore = () => {};
		const forget = shop.market.watch({
			offerChanged: ignore,
			wasReset: ignore,
			callAnswered: ({ operation }) => {
				if (operation === 'getCampaign')
					shop.market.setSwitches({ faults: [{ kind: '500', count: 1 }] });
			},
		});
		const { items: output } = await shop.update(items, { options: { output: 'summary' } });
		forget();
		expect(output[0]?.json).toMatchObject({ accepted: 2, retries: 1 });
		expect(output[0]?.json.waitedSeconds).toBeGreaterThan(0);
	});

	it('hiding survives them too', async () => {
		shop.market.setSwitches({ faults: [{ kind: '500', count: 3 }] });
		const { status } = await shop.hide(items);
		expect(status).toBe('success');
	});

	it('for ever: gives up, says so, and says that repeating is safe', async () => {
		shop.market.setSwitches({ faults: [{ kind: '500', count: 1_000 }] });
		const { reason, advice } = await refusalOf('update', {});
		expect(reason).toMatch(
			/^The Market may have taken this: its answer was lost\. The Market is not working at the moment \(500\): Internal server error \[traceparent/,
		);
		expect(advice).toContain('sending the same balances again is safe');
	});

	it('connections that always break: says that the items may have reached the Market', async () => {
		shop.market.setSwitches({ faults: [{ kind: 'dropBefore', count: 1_000 }] });
		const { error } = await shop.update(items);
		expect(error?.message).toContain('2 were not (2 of them may have reached the Market)');
		expect(error?.message).toContain('The Market could not be reached: the connection was closed');
	});

	it('connections that break: a flow can pass the reason on as its own, and n8n does not replace the text', async () => {
		shop.market.setSwitches({ faults: [{ kind: 'dropBefore', count: 1_000 }] });
		const { reason } = await refusalOf('update', {});
		const stopAndError = {
			id: '1',
			name: 'Stop',
			type: 'stopAndError',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		expect(new NodeOperationError(stopAndError as INode, reason).message).toBe(reason);
	});
});

describe('a SKU in which n8n finds the code of a network fault', () => {
	it('does not hide what happened', async () => {
		const { error } = await shop.update([{ sku: 'PREEXISTING-1', stock: '' }]);
		expect(error?.message).toBe(
			'0 of 1 items were sent and accepted, 1 was not: [item 0] SKU "PREEXISTING-1": Stock is blank',
		);
	});
});

describe('a text of ours in which n8n would find such a code', () => {
	const run = { parameters: { skuField: 'code' } };
	const item = { code: 'PREEXISTING-1', stock: 'enoent' };
	const said = async (texts: Record<string, string>) =>
		await Promise.all(
			Object.values(texts).map(async (text) => await redMessage('={{ $json.text }}', [{ text }])),
		);
	const textsOf = ({ reason, advice }: IDataObject) =>
		({ reason, advice }) as Record<string, string>;

	it('can be passed on by a flow, with one letter escaped; the SKU stays as it is', async () => {
		const { items: output } = await shop.update([item], { ...run, onError });
		const json = output[0]?.json as IDataObject;
		expect(json).toMatchObject({
			sku: item.code,
			reason: expect.stringContaining('"\\u0065noent"'),
			input: item,
		});
		expect(await said(textsOf(json))).toEqual(Object.values(textsOf(json)));
	});

	it('likewise on the error output, where the message names the SKU', async () => {
		const settings = { ...run, onError: 'continueErrorOutput' } as const;
		const { errorItems } = await shop.update([item], settings);
		const error = errorItems[0]?.json.error as IDataObject;
		expect(error).toMatchObject({
			sku: item.code,
			message: expect.stringContaining('SKU "PR\\u0045EXISTING-1"'),
		});
		const texts = { ...textsOf(error), message: error.message as string };
		expect(await said(texts)).toEqual(Object.values(texts));
	});

	it('likewise in a summary', async () => {
		const { items: output } = await shop.update([item], {
			...run,
			onError,
			options: { output: 'summary' },
		});
		const [failure = {}] = output[0]?.json.failures as IDataObject[];
		expect(failure.sku).toBe(item.code);
		expect(await said(textsOf(failure))).toEqual(Object.values(textsOf(failure)));
	});

	it('likewise if it comes from the Market', async () => {
		shop.market.setSwitches({ poisonedSkus: [{ sku: item.code, naming: 'named' }] });
		const { items: output } = await shop.update([{ ...item, stock: 1 }], { ...run, onError });
		const json = output[0]?.json as IDataObject;
		expect(json.reason).toContain('PR\\u0045EXISTING-1');
		expect(await said(textsOf(json))).toEqual(Object.values(textsOf(json)));
	});

	it.each(['hiddenOffer', 'offer', 'stock'])('likewise when %s is read', async (resource) => {
		const parameters = { resource, skuField: 'eperm', offers: 'input' };
		const { items: output } = await shop.read([{ sku: 'A' }], { parameters, onError });
		const json = output[0]?.json as IDataObject;
		expect(json.reason).toContain('\\u0065perm');
		expect(await said(textsOf(json))).toEqual(Object.values(textsOf(json)));
	});
});

describe('several stores in one run', () => {
	const run = { store: '={{ $json.store }}', onError } as const;

	it('a bad one does not stop the balances of a good one from being sent', async () => {
		const stores = [STORES.fby, STORES.dbs, STORES.foreign, STORES.fbs];
		const rows = stores.map(({ campaignId }) => ({ sku: skuOf(1), stock: 5, store: campaignId }));
		const { items: output } = await shop.update(rows, run);
		expect(output.map(({ json }) => json.status)).toEqual([
			'failed',
			'accepted',
			'failed',
			'accepted',
		]);
		expect(output[0]?.json.reason).toContain('21000004 is FBY');
		expect(output[2]?.json.reason).toContain('22000001');
		expect([STORES.dbs, STORES.fbs].map(({ campaignId }) => shop.available(1, campaignId))).toEqual(
			[5, 5],
		);
	});

	it('Stop Workflow: the good store is served, then the run stops', async () => {
		const rows = [STORES.fby, STORES.dbs].map(({ campaignId }) => ({
			sku: skuOf(1),
			stock: 5,
			store: campaignId,
		}));
		const { error } = await shop.update(rows, { store: run.store });
		expect(error?.message).toMatch(
			/^1 of 2 items were sent and accepted, 1 was not: \[item 0\] SKU "SKU-00001": Store/,
		);
		expect(shop.available(1, STORES.dbs.campaignId)).toBe(5);
	});
});

it('a business whose stores are all switched off: says to switch one on, and that it takes a minute', async () => {
	const message = 'API for business 1003 disabled because it has only disabled partners.';
	const body = JSON.stringify({ status: 'ERROR', errors: [{ code: 'API_DISABLED', message }] });
	// The list of stores is then empty, and everything else is refused.
	const market = await startFakeMarket(({ method }) =>
		method === 'GET' ? { status: 200, body: '{"campaigns":[]}' } : { status: 403, body },
	);
	const parameters = {
		sendTo: 'warehouse',
		business: { __rl: true, mode: 'id', value: '1003' },
		warehouse: { __rl: true, mode: 'id', value: '54000001' },
	};
	const { items: output } = await nodesOn(market).update(items, { onError, parameters });
	await market.stop();
	expect(output[0]?.json).toMatchObject({
		status: 'failed',
		reason: `The Market has switched off the API of business 1003 (403): ${message}`,
		advice: expect.stringMatching(/Switch on the API of at least one.*wait a minute and run again/),
	});
});
