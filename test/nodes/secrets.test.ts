import type { IncomingMessage } from 'node:http';
import { inspect } from 'node:util';

import { STORES, TOKENS, type Switches } from '../../sandbox';
import type { NodeResult } from '../support/engine';
import { startFakeMarket, type FakeAnswer, type FakeMarket } from '../support/fakeMarket';
import { nodesOn, type RunSettings } from '../support/nodeRuns';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const items = [
	{ sku: skuOf(1), stock: 1 },
	{ sku: '', stock: 2 },
];
const modes = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

beforeEach(() => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => jest.restoreAllMocks());

/** Looks everywhere: in all outputs, and in the whole error with its cause, context, messages and stack. */
function expectWithout(secret: string, { items: output, errorItems, error }: NodeResult): void {
	const whole = [output, errorItems, error];
	const written =
		JSON.stringify(whole) +
		inspect(whole, { depth: Infinity, showHidden: true, maxStringLength: null });
	expect(written).not.toContain(secret);
	expect(written).not.toContain(encodeURIComponent(secret));
}

describe.each(modes)('no token is shown in %s', (onError) => {
	it.each<[name: string, run: RunSettings, switches: Partial<Switches>]>([
		['after a success', {}, {}],
		['after 401', { apiKey: TOKENS.revoked }, {}],
		['after 403', { apiKey: TOKENS.pricing }, {}],
		['after 404', { store: 12345 }, {}],
		['after 500', {}, { faults: [{ kind: '500', count: 1_000 }] }],
		['after a broken connection', {}, { faults: [{ kind: 'dropBefore', count: 1_000 }] }],
		['of a store that is refused', { store: STORES.fby.campaignId }, {}],
	])('%s', async (_name, run, switches) => {
		shop.market.setSwitches(switches);
		const result = await shop.update(items, { onError, ...run });
		expectWithout(run.apiKey ?? TOKENS.allMethods, result);
	});

	it('if nothing is listening', async () => {
		const market = await startFakeMarket(() => ({ status: 200 }));
		await market.stop();
		expectWithout(TOKENS.allMethods, await nodesOn(market).update(items, { onError }));
	});
});

describe('a server that repeats the token', () => {
	// Does not look like one of the Market's: only its value marks it as a secret.
	const apiKey = 'my-very-own-secret-0123456789';
	let market: FakeMarket;
	afterEach(async () => await market.stop());

	const repeat = (
		request: IncomingMessage,
		status: number,
		body: (said: string) => string,
	): FakeAnswer => {
		const said = JSON.stringify(request.headers).replace(/"/g, "'");
		const headers = { traceparent: String(request.headers['api-key']), date: said };
		return { status, headers, body: body(said) };
	};
	const envelope = (said: string) =>
		JSON.stringify({ status: 'ERROR', errors: [{ code: said, message: said }] });

	it.each([200, 400, 401, 403, 404, 420, 423, 500, 302])(
		'in an error with status %d',
		async (status) => {
			market = await startFakeMarket((request) => {
				// A 420 with a window that has just ended would be repeated for half an hour.
				const isAnswered = status === 420 && market.requests.length > 3;
				return repeat(request, isAnswered ? 423 : status, envelope);
			});
			for (const onError of modes) {
				const result = await nodesOn(market).update(items, { onError, apiKey });
				expectWithout(apiKey, result);
				expect(result.status === 'error' ? result.error?.message : '').not.toContain('accepted, 0');
			}
		},
	);

	it('in a page that is not JSON', async () => {
		market = await startFakeMarket((request) => repeat(request, 400, (said) => `<h1>${said}</h1>`));
		expectWithout(apiKey, await nodesOn(market).update(items, { apiKey }));
	});

	const forms: Array<[string, (secret: string) => string]> = [
		['URL-encoded', encodeURIComponent],
		['in Base64', (secret) => Buffer.from(secret).toString('base64')],
		['in Base64, behind a name', (secret) => Buffer.from(`me:${secret}`).toString('base64')],
		['in Base64 for URLs', (secret) => Buffer.from(`id:${secret}`).toString('base64url')],
		[
			'escaped',
			(secret) => [...secret].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join(''),
		],
	];

	it.each(forms)('%s', async (_, form) => {
		const said = form('key/with+all=of:it&0123456789');
		market = await startFakeMarket(() => ({
			status: 400,
			headers: { traceparent: said },
			body: `{"status":"ERROR","errors":[{"code":"${said}","message":"no ${said}"}]}`,
		}));
		for (const onError of modes) {
			const result = await nodesOn(market).update(items, {
				onError,
				apiKey: 'key/with+all=of:it&0123456789',
			});
			expectWithout(said, result);
			expectWithout('with+all=of:it', result);
		}
	});

	it('in what it says about the store', async () => {
		market = await startFakeMarket((request) =>
			repeat(request, 200, (said) =>
				JSON.stringify({ campaign: { id: 1, apiAvailability: said } }),
			),
		);
		const result = await nodesOn(market).update(items, { apiKey });
		expect(result.error?.description).toContain('***');
		expectWithout(apiKey, result);
	});
});

describe('the token stays with the Market', () => {
	it.each([301, 302, 307, 308])('a redirect with %d is not followed', async (status) => {
		const stranger = await startFakeMarket(() => ({ status: 200, body: '{"status":"OK"}' }));
		const market = await startFakeMarket(() => ({
			status,
			headers: { location: `${stranger.url}/steal` },
		}));
		const { error } = await nodesOn(market).update(items);
		await Promise.all([market.stop(), stranger.stop()]);
		expect(market.requests.length).toBeGreaterThan(0);
		expect(stranger.requests).toEqual([]);
		expect(error?.message).toContain(
			`A gateway or proxy sends the request to another address (${status})`,
		);
	});

	it.each([
		'http://market.example',
		'http://192.0.2.1:8780',
		'http://127.0.0.1.market.example',
		'http://127.0.0.1:80@market.example',
		'http://localhost@market.example/',
		'https://user:password@market.example',
		'ftp://127.0.0.1',
		'127.0.0.1:8780',
		'',
	])('an API URL such as %p is refused before any request', async (url) => {
		const { error } = await nodesOn({ url }).update(items);
		expect(error?.message).toContain('API URL of the credential: The address');
		expect(error?.message).toContain('would send the token unprotected');
		expect(error?.description).toContain('Use an https address');
		const { items: output } = await nodesOn({ url }).update(items, {
			onError: 'continueRegularOutput',
		});
		expect(output.map(({ json }) => json.status)).toEqual(['failed', 'failed']);
	});

	it('slashes and spaces around the API URL do no harm', async () => {
		const { status } = await nodesOn({ url: ` ${shop.sandbox.url}// ` }).update([
			{ sku: skuOf(1), stock: 1 },
		]);
		expect(status).toBe('success');
	});
});

it('An OAuth token that was refreshed in the middle of a run is not shown if a server repeats it', async () => {
	const said = "headers {'authorization': 'Bearer y0_refreshed-Token.123'}";
	const body = JSON.stringify({ status: 'ERROR', errors: [{ code: said, message: said }] });
	const market = await startFakeMarket(() => ({ status: 400, body }));
	const result = await nodesOn(market).update(items, { onError: 'continueRegularOutput' });
	await market.stop();
	expectWithout('y0_refreshed-Token.123', result);
	expect(JSON.stringify(result.items)).toContain('Bearer ***');
});
