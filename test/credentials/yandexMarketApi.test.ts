import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { YandexMarketApi } from '../../credentials/YandexMarketApi.credentials';
import { startSandbox, TOKENS, type Sandbox } from '../../sandbox';

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
		'in an environment that is none, %j, signs nothing in',
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

describe('the test of the Api-Key credential', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.stop());

	/** The address that n8n makes of the test's expression. */
	function baseUrl($credentials: ICredentialDataDecryptedObject): string {
		const expression = String(credential.test.request.baseURL).replace(/^=\{\{|\}\}$/g, '');
		return String(new Function('$credentials', `return ${expression}`)($credentials));
	}

	async function test(apiKey: string): Promise<number> {
		const { url, method } = credential.test.request;
		const base = baseUrl({ environment: 'sandbox', apiUrl: sandbox.url });
		const { headers } = await credential.authenticate(
			{ apiKey },
			{ baseURL: base, url: String(url) },
		);
		const response = await fetch(`${base}${String(url)}`, {
			method,
			headers: headers as Record<string, string>,
		});
		return response.status;
	}

	it('asks the chosen Market', () => {
		expect(baseUrl({ environment: 'sandbox', apiUrl: 'http://127.0.0.1:9' })).toBe(
			'http://127.0.0.1:9',
		);
		expect(baseUrl({ environment: 'production', apiUrl: 'http://127.0.0.1:9' })).toBe(
			'https://api.partner.market.yandex.ru',
		);
		expect(baseUrl({ environment: 'marketYandexGo' })).toBe(
			'https://api.partner.market.yandex.net',
		);
	});

	it.each(['', 'test'])('asks no Market in an environment that is none: %j', (environment) => {
		expect(baseUrl({ environment })).toBe('unknown-environment:');
	});

	it.each(['allMethods', 'readOnly', 'offersManagement', 'pricing'] as const)(
		'is passed by a good token: %s',
		async (name) => {
			expect(await test(TOKENS[name])).toBe(200);
		},
	);

	it('that the Market refuses to a business of switched-off stores says so', () => {
		const rule = credential.test.rules?.find(
			({ properties }) => 'value' in properties && properties.value === 403,
		);
		expect(rule?.properties).toMatchObject({
			message: expect.stringMatching(/all stores of the business are switched off.*minute/),
		});
	});

	it.each([TOKENS.revoked, '', `Bearer ${TOKENS.allMethods}`])(
		'is failed by a bad one, with advice: %p',
		async (apiKey) => {
			expect(await test(apiKey)).toBe(401);
			expect(credential.test.rules?.[0]?.properties).toMatchObject({
				value: 401,
				message: expect.stringContaining('without "Bearer"'),
			});
		},
	);
});
