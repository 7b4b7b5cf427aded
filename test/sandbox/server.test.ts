import axios, { type AxiosInstance } from 'axios';

import {
	generateCatalogue,
	OAUTH_CLIENT,
	startSandbox,
	STORES,
	TOKENS,
	type Sandbox,
} from '../../sandbox';
import { eventually } from '../support/eventually';
import { entries, entry } from './support/bench';

const STOCKS = '/v2/campaigns/21000001/offers/stocks';
const REDIRECT_URI = 'http://localhost:5678/callback';

let sandbox: Sandbox;
let client: AxiosInstance;

beforeAll(async () => {
	sandbox = await startSandbox({
		catalogue: [...generateCatalogue(50), { sku: '<b>&"', name: '<i>', price: 1 }],
	});
	client = axios.create({
		baseURL: sandbox.url,
		headers: { 'Api-Key': TOKENS.allMethods },
		maxRedirects: 0,
		validateStatus: () => true,
	});
});
beforeEach(() => sandbox.market.reset());
afterAll(async () => await sandbox.stop());

describe('over HTTP', () => {
	it('listens on loopback only', () => {
		expect(new URL(sandbox.url).hostname).toBe('127.0.0.1');
		expect(sandbox.oauthUrl).toBe(`${sandbox.url}/oauth`);
	});

	it('the Market takes a balance and shows it', async () => {
		const { status, data, headers } = await client.put(STOCKS, { skus: [entry('SKU-00001', 5)] });
		expect([status, data]).toEqual([200, { status: 'OK' }]);
		expect(headers['content-type']).toBe('application/json;charset=UTF-8');
		expect(headers['x-ratelimit-resource-remaining']).toBe('99999');
		expect(headers['x-ratelimit-resource-until']).toMatch(/ GMT$/);
		const read = await client.post(`${STOCKS}.json?limit=1`);
		expect(read.data.result.warehouses[0].offers[0].stocks[0]).toEqual({
			type: 'AVAILABLE',
			count: 5,
		});
	});

	it('the date is that of the Market’s clock', async () => {
		sandbox.market.setSwitches({ clockSkewMs: 24 * 3_600_000 });
		const { headers } = await client.get('/v2/campaigns');
		expect(Date.parse(String(headers.date)) - Date.now()).toBeGreaterThan(23 * 3_600_000);
	});

	it('a full batch fits, a body over 512 KB does not', async () => {
		expect((await client.put(STOCKS, { skus: entries(2_000) })).status).toBe(200);
		const { status, data } = await client.put(STOCKS, {
			skus: entries(1),
			padding: 'x'.repeat(524_288),
		});
		expect([status, data.errors]).toEqual([
			400,
			[{ code: 'BAD_REQUEST', message: 'The request is too big' }],
		]);
	});

	it.each([
		{ name: 'broken JSON', type: 'application/json', status: 400 },
		{ name: 'a form', type: 'application/x-www-form-urlencoded', status: 415 },
		{ name: 'a type that is none', type: 'rubbish', status: 415 },
	])('$name is refused in the Market’s envelope', async ({ type, status }) => {
		const reply = await client.put(STOCKS, '{"skus":', { headers: { 'Content-Type': type } });
		expect([reply.status, reply.data.status]).toEqual([status, 'ERROR']);
	});

	it('a path that cannot be decoded is not found', async () => {
		const { status, data } = await client.get('/v2/campaigns/%zz');
		expect([status, data.errors]).toEqual([
			404,
			[{ code: 'NOT_FOUND', message: 'Resource not found' }],
		]);
	});

	it('a verb without a meaning is not supported', async () => {
		expect((await client.delete('/v2/campaigns')).status).toBe(405);
		expect((await client.options('/v2/campaigns')).status).toBe(405);
	});

	it('more than 4 calls of one store at once are refused', async () => {
		// Far longer than six connections take on any machine: all calls are there at once.
		sandbox.market.setSwitches({ latencyMs: 3_000 });
		const replies = await Promise.all(
			Array.from({ length: 6 }, async () => await client.post(STOCKS)),
		);
		expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 420, 420]);
	});
});

describe('the control endpoint', () => {
	it('shows the state and the calls, without a token', async () => {
		await client.put(STOCKS, { skus: entries(3) });
		const { data } = await client.get('/_sandbox/state');
		expect(data.statistics).toEqual({
			updateStocks: { requests: 1, items: 3, statuses: { 200: 1 }, faults: {} },
		});
		expect(data.switches).toEqual(sandbox.market.switches);
		expect(data.stores).toHaveLength(Object.keys(STORES).length);
		expect(data.notificationTypes).toContain('ORDER_RETURN_STATUS_UPDATED');
		const calls = await client.get('/_sandbox/calls');
		expect(calls.data).toMatchObject([{ operation: 'updateStocks', items: 3, status: 200 }]);
		expect(JSON.stringify([data, calls.data])).not.toContain('ACMA:');
	});

	it('shows what became of the quotas', async () => {
		await client.put(STOCKS, { skus: entries(3) });
		const { data } = await client.get('/_sandbox/windows');
		expect(data).toEqual(sandbox.market.windows());
		expect(data).toMatchObject([{ entity: 'campaignId 21000001', used: 3, limit: 100_000 }]);
	});

	it('turns switches, or says why not', async () => {
		const { data } = await client.patch('/_sandbox/switches', {
			unknownSku: 'refuse',
			quotas: 0.5,
		});
		expect(data).toMatchObject({ unknownSku: 'refuse', quotas: 0.5, latencyMs: 0 });
		expect(sandbox.market.switches).toMatchObject({ unknownSku: 'refuse', quotas: 0.5 });
		const refused = await client.patch('/_sandbox/switches', { latencyMs: 'long' });
		expect([refused.status, refused.data.error]).toEqual([
			400,
			"Switch 'latencyMs' takes milliseconds, 0 or more",
		]);
	});

	it('takes an order through its life, and its goods back', async () => {
		await client.put(STOCKS, { skus: [entry('SKU-00001', 5)] });
		const order = { campaignId: STORES.fbs.campaignId, items: [{ sku: 'SKU-00001', count: 2 }] };
		const { data } = await client.post('/_sandbox/orders', { ...order, unpaid: true });
		expect(data).toMatchObject({ campaignId: order.campaignId, status: 'UNPAID', fake: false });
		const act = async (action: string, body?: object) =>
			(await client.post(`/_sandbox/orders/${data.orderId}/${action}`, body)).data;
		await act('pay');
		expect(await act('reduce', { items: [{ sku: 'SKU-00001', count: 1 }] })).toMatchObject({
			lines: [{ ordered: 2, removed: 1 }],
		});
		await act('postpone');
		for (const step of ['pack', 'ship', 'carry', 'arrive']) await act(step);
		expect(await act('receive')).toMatchObject({ status: 'DELIVERED' });
		const back = await act('return', { stockType: 'DEFECT' });
		expect(back).toMatchObject({ returnType: 'RETURN', items: [{ count: 1 }] });
		const move = `/_sandbox/returns/${back.returnId}/move`;
		expect((await client.post(move)).data.shipmentStatus).toBe('RECEIVED');
		expect((await client.post(move, { shipmentStatus: 'PICKED' })).data).toMatchObject({
			shipmentStatus: 'PICKED',
			refundStatus: 'REFUNDED',
		});
		expect((await client.get('/_sandbox/state')).data).toMatchObject({
			orders: [{ orderId: data.orderId, status: 'RETURNED' }],
			returns: [{ returnId: back.returnId }],
		});
		expect(sandbox.market.balance(STORES.fbs.campaignId, 'SKU-00001')).toMatchObject({
			available: 4,
			freeze: 0,
		});
	});

	it('cancels an order, and takes requests to do so', async () => {
		sandbox.market.setBalance(STORES.dbs.campaignId, 'SKU-00001', 5);
		const order = { campaignId: STORES.dbs.campaignId, items: [{ sku: 'SKU-00001', count: 2 }] };
		const { orderId } = (await client.post('/_sandbox/orders', order)).data;
		const act = async (action: string, body?: object) =>
			(await client.post(`/_sandbox/orders/${orderId}/${action}`, body)).data;
		expect((await act('requestCancellation')).error).toContain('takes one that is DELIVERY');
		await act('ship');
		await act('carry');
		expect(await act('requestCancellation')).toMatchObject({ cancelRequested: true });
		expect(await act('cancel', { substatus: 'USER_REFUSED_DELIVERY' })).toMatchObject({
			status: 'CANCELLED',
			substatus: 'USER_REFUSED_DELIVERY',
		});
	});

	it.each([
		{
			path: 'orders',
			body: { campaignId: 21_000_001, items: [{ sku: 'SKU-00001', count: 9 }] },
			error: "'SKU-00001': 9 ordered, 0 available",
		},
		{
			path: 'orders',
			body: { items: [] },
			error: 'An order.campaignId takes a whole number, 1 or more',
		},
		{ path: 'orders', body: [], error: 'An order takes an object' },
		{
			path: 'orders/1/cancel',
			body: { reason: 'none' },
			error: "A cancellation has no 'reason'. It takes substatus",
		},
		{ path: 'orders/1/reduce', body: {}, error: 'A removal.items takes a list' },
		{ path: 'orders/1/return', body: { items: 1 }, error: 'A return.items takes a list' },
		{ path: 'orders/1/pack', body: {}, error: 'No order 1' },
		{ path: 'returns/1/move', body: {}, error: 'No return 1' },
	])('refuses $body for $path', async ({ path, body, error }) => {
		const { status, data } = await client.post(`/_sandbox/${path}`, body);
		expect([status, data.error]).toEqual([400, error]);
	});

	it('lists the offers of a store', async () => {
		sandbox.market.setBalance(STORES.dbs.campaignId, 'SKU-00002', 4);
		const { data } = await client.get(`/_sandbox/offers?campaignId=${STORES.dbs.campaignId}`);
		expect(data).toHaveLength(51);
		expect(data[1]).toMatchObject({
			sku: 'SKU-00002',
			price: 327,
			available: 4,
			freeze: 0,
			hidden: false,
		});
		expect((await client.get('/_sandbox/offers?campaignId=1')).status).toBe(400);
	});

	it('resets', async () => {
		await client.put(STOCKS, { skus: entries(1) });
		expect((await client.post('/_sandbox/reset')).data).toEqual({ status: 'OK' });
		expect(sandbox.market.balance(STORES.fbs.campaignId, 'SKU-00001')).toBeUndefined();
	});
});

describe('the stand-in for Yandex ID', () => {
	const query = new URLSearchParams({
		response_type: 'code',
		client_id: OAUTH_CLIENT.id,
		redirect_uri: REDIRECT_URI,
		state: '"><script>',
	});
	const codeOf = (location: unknown) => new URL(String(location)).searchParams.get('code') ?? '';
	const redeem = async (fields: Record<string, string>) =>
		await client.post(
			'/oauth/token',
			new URLSearchParams({
				client_id: OAUTH_CLIENT.id,
				client_secret: OAUTH_CLIENT.secret,
				...fields,
			}),
		);

	it('signs a user in from the button to a call, and refreshes', async () => {
		const page = await client.get(`/oauth/authorize?${query}`);
		expect(page.headers['content-type']).toContain('text/html');
		expect(page.data).toContain('Allow');
		expect(page.data).not.toContain('<script>');

		const allowed = await client.post('/oauth/authorize', query);
		expect(allowed.status).toBe(302);
		const grant = { grant_type: 'authorization_code', code: codeOf(allowed.headers.location) };
		const { data } = await redeem({ ...grant, redirect_uri: REDIRECT_URI });
		const call = async (token: string) =>
			(
				await axios.get(`${sandbox.url}/v2/campaigns`, {
					headers: { Authorization: `Bearer ${token}` },
					validateStatus: () => true,
				})
			).status;
		expect(await call(data.access_token)).toBe(200);

		await client.post('/_sandbox/oauth/expire');
		expect(await call(data.access_token)).toBe(403);
		const refreshed = await redeem({
			grant_type: 'refresh_token',
			refresh_token: data.refresh_token,
		});
		expect(await call(refreshed.data.access_token)).toBe(200);

		await client.post('/_sandbox/oauth/revoke');
		expect(await call(refreshed.data.access_token)).toBe(403);
		const { status, data: refusal } = await redeem({
			grant_type: 'refresh_token',
			refresh_token: refreshed.data.refresh_token,
		});
		expect([status, refusal]).toEqual([
			400,
			{ error: 'invalid_grant', error_description: 'expired_token' },
		]);
	});

	it('agrees by itself if the address or the switch says so', async () => {
		expect(
			codeOf((await client.get(`/oauth/authorize?${query}&auto=1`)).headers.location),
		).not.toBe('');
		sandbox.market.setSwitches({ autoConsent: true });
		expect(codeOf((await client.get(`/oauth/authorize?${query}`)).headers.location)).not.toBe('');
	});

	const spoilt: Array<{ name: string; change: Record<string, string> }> = [
		{ name: 'another client', change: { client_id: '<b>' } },
		{ name: 'the implicit flow', change: { response_type: 'token' } },
		{ name: 'a script for an address', change: { redirect_uri: 'javascript:alert(1)' } },
	];
	it.each(spoilt)(
		'shows why it does not serve $name, and sends nobody there',
		async ({ change }) => {
			const changed = new URLSearchParams({ ...Object.fromEntries(query), ...change, auto: '1' });
			const { status, headers, data } = await client.get(`/oauth/authorize?${changed}`);
			expect(status).toBe(400);
			expect(headers).not.toHaveProperty('location');
			expect(data).not.toContain('<b>');
		},
	);
});

describe('stop', () => {
	it('ends an open stream and a call under way', async () => {
		const short = await startSandbox({ switches: { latencyMs: 60_000 } });
		const stream = await axios.get(`${short.url}/_sandbox/events?campaignId=21000001`, {
			responseType: 'stream',
		});
		const ended = new Promise((resolve) =>
			stream.data.on('error', resolve).on('close', resolve).resume(),
		);
		const call = axios.get(`${short.url}/v2/campaigns`, {
			headers: { 'Api-Key': TOKENS.allMethods },
		});
		const failed = expect(call).rejects.toThrow();
		await eventually('the call is under way', () => short.market.peakParallel || undefined);
		await short.stop();
		await ended;
		await failed;
	});
});
