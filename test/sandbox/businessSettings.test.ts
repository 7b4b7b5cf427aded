import { API_KEYS } from '../../sandbox';
import { Bench } from './support/bench';

const SETTINGS = '/v2/businesses/1001/settings';

describe('getBusinessSettings', () => {
	it.each(['NONE', 'LIGHT', 'MEDIUM'] as const)(
		'gives the business and its subscription %s',
		async (subscription) => {
			const { status, body } = await new Bench({ switches: { subscription } }).call(
				'POST',
				SETTINGS,
			);
			expect([status, body]).toEqual([
				200,
				{
					status: 'OK',
					result: {
						info: { id: 1001, name: 'Sandbox Cabinet' },
						settings: { onlyDefaultPrice: false, currency: 'RUR' },
						subscriptionLevel: subscription,
					},
				},
			]);
		},
	);

	it.each(API_KEYS.filter(({ revoked }) => !revoked))(
		'is open to the token $name',
		async ({ token, businessId }) => {
			const path = `/v2/businesses/${businessId}/settings`;
			const reply = await new Bench().call('POST', path, { headers: { 'Api-Key': token } });
			expect(reply.status).toBe(200);
		},
	);

	it.each([
		{ id: 'abc', status: 400, message: "Type mismatch: businessId is not a number: 'abc'" },
		{ id: '1002', status: 403, message: 'Access denied' },
		{ id: '999', status: 403, message: 'Access denied' },
	])('of $id: $status $message', async ({ id, status, message }) => {
		const reply = await new Bench().call('POST', `/businesses/${id}/settings.json`);
		expect([reply.status, reply.messages]).toEqual([status, [message]]);
	});

	it('shows an OAuth user every business, unless X-Business-Id names another', async () => {
		const bench = new Bench();
		const Authorization = `Bearer ${bench.market.yandexId.issueAccessToken()}`;
		const read = async (headers: Record<string, string>) =>
			await bench.call('POST', '/v2/businesses/1002/settings', { headers });
		expect((await read({ Authorization })).body.result).toMatchObject({
			info: { name: 'Another Cabinet' },
		});
		expect((await read({ Authorization, 'X-Business-Id': '1002' })).status).toBe(200);
		const mismatch = await read({ Authorization, 'X-Business-Id': '1001' });
		expect([mismatch.status, mismatch.messages]).toEqual([
			400,
			["X-Business-Id '1001' does not match businessId '1002'"],
		]);
	});

	it('uses the limits of the business, 100 an hour', async () => {
		const bench = new Bench();
		for (let time = 0; time < 100; time += 1) await bench.call('POST', SETTINGS);
		const { status, messages } = await bench.call('POST', SETTINGS);
		expect([status, messages]).toEqual([
			420,
			[
				'Hit rate limit of 100 requests per 1 hour for resource ' +
					'/v2/businesses/{businessId}/settings.json for businessId 1001',
			],
		]);
	});
});

describe('a Medium subscription', () => {
	const hidden = '/v2/campaigns/21000001/hidden-offers';
	const limitWith = async (bench: Bench, headers?: Record<string, string>) =>
		Number((await bench.call('GET', hidden, { headers })).headers['x-ratelimit-resource-limit']);

	it('gives the larger amounts, Light does not', async () => {
		const bench = new Bench({ switches: { subscription: 'MEDIUM' } });
		expect(await limitWith(bench)).toBe(10_000);
		expect((await bench.hide(['SKU-00001'])).headers['x-ratelimit-resource-remaining']).toBe(
			'9999',
		);
		bench.market.setSwitches({ subscription: 'LIGHT' });
		expect(await limitWith(bench)).toBe(100);
	});

	it('is for an OAuth user who names the business', async () => {
		const bench = new Bench({ switches: { subscription: 'MEDIUM' } });
		const Authorization = `Bearer ${bench.market.yandexId.issueAccessToken()}`;
		expect(await limitWith(bench, { Authorization })).toBe(100);
		expect(await limitWith(bench, { Authorization, 'X-Business-Id': '1001' })).toBe(10_000);
	});
});
