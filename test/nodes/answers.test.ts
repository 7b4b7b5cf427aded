import type { IDataObject } from 'n8n-workflow';

import { STORES } from '../../sandbox';
import { startFakeMarket, type FakeAnswer } from '../support/fakeMarket';
import { nodesOn, type Nodes } from '../support/nodeRuns';
import { startUntrustedMarket } from '../support/untrustedMarket';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const onError = 'continueRegularOutput';
const STORE = STORES.fbs.campaignId;
const items: IDataObject[] = [1, 2].map((offer) => ({ sku: skuOf(offer), stock: offer }));
const OK = { status: 200, body: '{"status":"OK"}' };
const CAMPAIGN = { id: STORE, placementType: 'FBS', apiAvailability: 'AVAILABLE' };

beforeEach(() => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => jest.restoreAllMocks());

/** Runs nodes on a Market that answers each kind of request as a test wants, and all others with OK. */
async function withMarket<T>(
	answers: Record<string, FakeAnswer | (() => FakeAnswer)>,
	run: (nodes: Nodes, requests: string[]) => Promise<T>,
): Promise<T> {
	const market = await startFakeMarket(({ method, url = '' }) => {
		const path = `${method} ${url.replace(/\d{4,}/, 'ID').replace(/\?.*/, '')}`;
		const answer = answers[path] ?? OK;
		return typeof answer === 'function' ? answer() : answer;
	});
	try {
		return await run(nodesOn(market), market.requests);
	} finally {
		await market.stop();
	}
}

const WRITE = 'PUT /v2/campaigns/ID/offers/stocks';
const CHECK = 'GET /v2/campaigns/ID';
const json = (body: unknown, status = 200): FakeAnswer => ({ status, body: JSON.stringify(body) });
const knownStore = { [CHECK]: json({ campaign: CAMPAIGN }) };

describe('A write that the Market has not confirmed', () => {
	it.each(['{}', '[]', '{"status":"PENDING"}', '{"type":"captcha","captcha":{"img":"x"}}'])(
		'(%s) is not accepted: it may be held, and the item says so in every mode',
		async (body) => {
			await withMarket({ ...knownStore, [WRITE]: { status: 200, body } }, async ({ update }) => {
				const { items: output } = await update(items, { onError });
				for (const { json: item } of output) {
					expect(item).toMatchObject({ status: 'failed', mayBeHeld: true });
					expect(item.reason).toMatch(
						/^The Market may have taken this: .*no usable answer \(200\)/,
					);
				}
				const { items: summary, hints } = await update(items, {
					onError,
					options: { output: 'summary' },
				});
				expect(summary[0]?.json).toMatchObject({ accepted: 0, failed: 2, mayBeHeld: 2 });
				expect(hints.map(({ message }) => message).join()).toContain(
					'2 of these may have reached the Market',
				);
				const { errorItems } = await update(items, { onError: 'continueErrorOutput' });
				expect(errorItems.map(({ json: item }) => (item.error as IDataObject).mayBeHeld)).toEqual([
					true,
					true,
				]);
				expect((await update(items)).error?.message).toContain(
					'2 were not (2 of them may have reached the Market)',
				);
			});
		},
	);

	it('but answered with errors only is refused, and not held', async () => {
		const answer = json({ errors: [{ code: 'BAD', message: 'Something is wrong' }] });
		await withMarket({ ...knownStore, [WRITE]: answer }, async ({ update }) => {
			const { items: output } = await update(items, { onError });
			expect(output.map(({ json: item }) => [item.status, item.mayBeHeld])).toEqual([
				['failed', false],
				['failed', false],
			]);
			expect(output[0]?.json.reason).toContain('Something is wrong');
		});
	});

	it('but a gateway has refused says so', async () => {
		const page = {
			status: 403,
			body: '<html>Blocked</html>',
			headers: { 'content-type': 'text/html' },
		};
		await withMarket({ ...knownStore, [WRITE]: page }, async ({ update }, requests) => {
			const { items: output } = await update(items, { onError });
			expect(output[0]?.json.reason).toContain(
				"A gateway or proxy answered in the Market's place (403)",
			);
			expect(output[0]?.json.reason).not.toContain('no right');
			expect(requests.filter((request) => request.startsWith('PUT'))).toHaveLength(4);
		});
	});

	it('but redirected is sent nowhere else', async () => {
		const moved = { status: 308, headers: { location: 'http://127.0.0.1:1/elsewhere' } };
		await withMarket({ ...knownStore, [WRITE]: moved }, async ({ update }, requests) => {
			const { items: output } = await update(items, { onError });
			expect(output[0]?.json.reason).toContain('sends the request to another address (308)');
			expect(requests.filter((request) => request.startsWith('PUT'))).toHaveLength(1);
		});
	});
});

describe('A certificate that is not trusted', () => {
	it('ends the run at once, says what to do, and sends nothing', async () => {
		const market = await startUntrustedMarket();
		const pauses = jest.spyOn(Math, 'random');
		try {
			const { items: output } = await nodesOn(market).update(items, { onError });
			for (const { json: item } of output) {
				expect(item).toMatchObject({ status: 'failed' });
				expect(item.mayBeHeld).toBe(false);
				expect(item.reason).toMatch(
					/certificate in the Market's name is not trusted: .*self-signed certificate/,
				);
				expect(item.advice).toContain('NODE_EXTRA_CA_CERTS');
			}
			// No pause after a fault: the request was not repeated.
			expect(pauses).not.toHaveBeenCalled();
		} finally {
			await market.stop();
		}
	});
});

describe('A question before sending that is not answered', () => {
	const retired = json(
		{
			status: 'ERROR',
			errors: [
				{
					code: 'FORBIDDEN',
					message: 'The method is deprecated and is occasionally forbidden. Please stop using it',
				},
			],
		},
		403,
	);

	it.each<[string, FakeAnswer]>([
		['an empty object', json({})],
		['OK alone', json({ status: 'OK' })],
		['a method that is being retired', retired],
		['429', { status: 429, body: '' }],
		['408', { status: 408, body: '' }],
		['499', { status: 499, body: '' }],
		['a page', { status: 403, body: '<html>' }],
		['a refusal that broke off', { status: 403, body: '{"status":"ERR' }],
	])('(%s) does not stop the run', async (_, answer) => {
		await withMarket({ [CHECK]: answer }, async ({ update }) => {
			const { items: output } = await update(items, { onError });
			expect(output.map(({ json: item }) => item.status)).toEqual(['accepted', 'accepted']);
		});
	});

	it('about warehouses is not taken to mean that there are none', async () => {
		const parameters = {
			sendTo: 'warehouse',
			business: { __rl: true, mode: 'id', value: '1003' },
			warehouse: { __rl: true, mode: 'id', value: '5151' },
		};
		const campaigns = json({ campaigns: [{ id: 1, business: { id: 1003 } }] });
		await withMarket({ 'GET /v2/campaigns': campaigns }, async ({ update }) => {
			const { items: output } = await update(items, { onError, parameters });
			const reason = expect.stringMatching(
				/^Whether business 1003 has warehouse 5151 could not be checked, nor could it be read back/,
			);
			expect(output.map(({ json: item }) => [item.status, item.reason])).toEqual(
				Array(2).fill(['unconfirmed', reason]),
			);
		});
	});
});

describe('An unknown value', () => {
	it.each<[string, object]>([
		['a state of the API', { ...CAMPAIGN, apiAvailability: 'SOMETHING_NEW' }],
		['no state of the API', { ...CAMPAIGN, apiAvailability: null }],
		['a model', { ...CAMPAIGN, placementType: 'SOMETHING_NEW' }],
		['nothing at all', {}],
	])('(%s) does not stop balances from being sent', async (_, campaign) => {
		await withMarket({ [CHECK]: json({ campaign }) }, async ({ update }) => {
			const { items: output } = await update(items, { onError });
			expect(output.map(({ json: item }) => item.status)).toEqual(['accepted', 'accepted']);
		});
	});

	it('a store without an ID gets the ID that was asked for', async () => {
		const campaign = { apiAvailability: 'MANUALLY_DISABLED' };
		await withMarket({ [CHECK]: json({ campaign }) }, async ({ update }) => {
			const { items: output } = await update(items, { onError });
			expect(output[0]?.json.reason).toContain(`switched off the API of store ${STORE}`);
		});
	});
});

describe('An empty reading', () => {
	it.each(['{}', '[]', '{"status":"OK"}', '{"status":"OK","result":{}}'])(
		'(%s) does not claim that any SKU is missing from the catalogue',
		async (body) => {
			await withMarket(
				{ 'POST /v2/campaigns/ID/offers/stocks': { status: 200, body } },
				async ({ read }) => {
					const parameters = { readFrom: 'store', offers: 'input' };
					const { items: output } = await read(items, { onError, parameters });
					for (const { json: item } of output) {
						expect(item.status).toBe('failed');
						expect(item.reason).toContain('The Market gave no usable answer (200)');
					}
				},
			);
		},
	);
});

it('A gateway that rejects large requests gets smaller ones', async () => {
	const send = shop.market.handle.bind(shop.market);
	jest.spyOn(shop.market, 'handle').mockImplementation(async (request) => {
		if ((request.body?.length ?? 0) > 5_000)
			return { status: 413, headers: { 'content-type': 'text/html' }, body: '<html>413</html>' };
		return await send(request);
	});
	const many = Array.from({ length: 400 }, (_, index) => ({
		sku: skuOf(index + 1),
		stock: index + 1,
	}));
	const { items: output } = await shop.update(many, { onError });
	expect(output.every(({ json: item }) => item.status === 'accepted')).toBe(true);
	expect(shop.available(2)).toBe(2);
});
