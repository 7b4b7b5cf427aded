import type { IHttpRequestOptions } from 'n8n-workflow';

import { YandexMarketApi } from '../../credentials/YandexMarketApi.credentials';

const credential = new YandexMarketApi();
const TOKEN = 'ACMA:token';

async function authenticate(
	request: Partial<IHttpRequestOptions>,
	apiKey = TOKEN,
): Promise<IHttpRequestOptions> {
	return await credential.authenticate({ apiKey }, { url: '/v2/campaigns', ...request });
}

describe('the Api-Key credential', () => {
	it('sends the token in the Api-Key header, and nowhere else', async () => {
		const url = 'https://api.partner.market.yandex.ru/v2/campaigns';
		expect(await authenticate({ url, method: 'GET', headers: { Accept: 'x' } })).toEqual({
			url,
			method: 'GET',
			headers: { Accept: 'x', 'Api-Key': TOKEN },
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
		});
	});

	it('trims the token', async () => {
		const { headers } = await authenticate({ url: 'https://market.example/' }, ` ${TOKEN}\n`);
		expect(headers).toEqual({ 'Api-Key': TOKEN });
	});

	it.each([
		[{ url: 'https://market.example/v2/campaigns' }],
		[{ url: 'http://127.0.0.1:8780/v2/campaigns' }],
		[{ url: 'http://localhost/v2/campaigns' }],
		[{ url: 'http://[::1]:8780/v2' }],
		[{ baseURL: 'http://127.0.0.1:8780', url: '/v2/campaigns' }],
		[{ baseURL: 'https://market.example', url: '/v2/campaigns' }],
	])('goes to %j', async (request) => {
		expect((await authenticate(request)).headers).toEqual({ 'Api-Key': TOKEN });
	});

	it.each([
		[{ url: 'http://market.example/v2/campaigns' }],
		[{ url: 'http://192.168.0.1/v2' }],
		[{ url: 'http://127.0.0.1.market.example/' }],
		[{ url: 'http://localhost@market.example/' }],
		[{ baseURL: 'http://market.example', url: '/v2/campaigns' }],
		[{ baseURL: 'https://market.example', url: 'http://other.example/v2/campaigns' }],
		[{ baseURL: 'https://market.example', url: '//other.example/v2/campaigns' }],
		[{ baseURL: 'http://127.0.0.1:8780', url: 'http://other.example/v2/campaigns' }],
	])('does not go unprotected to %j', async (request) => {
		await expect(authenticate(request)).rejects.toMatchObject({
			message: expect.stringContaining('would send the token unprotected'),
			description: expect.stringContaining('Use an https address'),
		});
	});

	it.each(['', 'test', null])(
		'signs nothing in if the environment is not one: %j',
		async (environment) => {
			const request = credential.authenticate({ apiKey: TOKEN, environment } as never, {
				url: 'https://market.example/',
			});
			await expect(request).rejects.toMatchObject({
				message: expect.stringContaining('is none of its choices'),
			});
		},
	);

	it('does not repeat the token in its refusal', async () => {
		const refusal = await authenticate({ url: 'http://market.example/' }).catch(
			(error: unknown) => error,
		);
		expect(JSON.stringify(refusal)).not.toContain(TOKEN);
	});

	it('hides the token on the screen', () => {
		const apiKey = credential.properties.find(({ name }) => name === 'apiKey');
		expect(apiKey).toMatchObject({ typeOptions: { password: true }, required: true, default: '' });
	});

	it('works in the HTTP Request node', () => {
		expect(credential.httpRequestNode.apiBaseUrl).toBe('https://api.partner.market.yandex.ru/v2/');
	});
});
