import { OAUTH_CLIENT, YandexId } from '../../sandbox';
import { HandClock } from './support/handClock';

const REDIRECT_URI = 'http://localhost:5678/rest/oauth2-credential/callback';
const CLIENT = { client_id: OAUTH_CLIENT.id, client_secret: OAUTH_CLIENT.secret };

function setUp(): { clock: HandClock; yandexId: YandexId; newCode: () => string } {
	const clock = new HandClock();
	const yandexId = new YandexId(() => clock.now(), 3_600_000);
	const newCode = () => {
		const target = yandexId.allow({
			clientId: OAUTH_CLIENT.id,
			redirectUri: REDIRECT_URI,
			state: 'a b',
		});
		return new URL(target).searchParams.get('code') ?? '';
	};
	return { clock, yandexId, newCode };
}

function redeem(yandexId: YandexId, fields: Record<string, string>, authorization?: string) {
	return yandexId.token(new URLSearchParams(fields), authorization);
}

function codeFields(code: string): Record<string, string> {
	return { ...CLIENT, grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI };
}

function refreshFields(refreshToken: unknown): Record<string, string> {
	return { ...CLIENT, grant_type: 'refresh_token', refresh_token: String(refreshToken) };
}

describe('consent', () => {
	it('returns to the application with a code and its state', () => {
		const { yandexId } = setUp();
		const target = new URL(
			yandexId.allow({
				clientId: OAUTH_CLIENT.id,
				redirectUri: `${REDIRECT_URI}?kept=1`,
				state: 'a&b=c',
			}),
		);
		expect(target.origin + target.pathname).toBe(REDIRECT_URI);
		expect(Object.fromEntries(target.searchParams)).toEqual({
			kept: '1',
			code: expect.stringMatching(/^[0-9a-f]{32}$/),
			state: 'a&b=c',
		});
	});

	it.each([
		{ clientId: 'another', redirectUri: REDIRECT_URI, error: 'Client not found' },
		{ clientId: OAUTH_CLIENT.id, redirectUri: '', error: 'redirect_uri' },
		{ clientId: OAUTH_CLIENT.id, redirectUri: 'javascript:alert(1)', error: 'redirect_uri' },
	])('is not asked for $clientId and "$redirectUri"', ({ error, ...request }) => {
		const { yandexId } = setUp();
		expect(() => yandexId.checkAuthorization(request)).toThrow(error);
		expect(() => yandexId.allow(request)).toThrow(error);
	});
});

describe('a code', () => {
	it('buys tokens', () => {
		const { yandexId, newCode } = setUp();
		const { status, body } = redeem(yandexId, codeFields(newCode()));
		expect(status).toBe(200);
		expect(body).toEqual({
			token_type: 'bearer',
			access_token: expect.any(String),
			refresh_token: expect.any(String),
			expires_in: 3_600,
			scope: 'market:partner-api',
		});
		expect(yandexId.inspect(String(body.access_token))).toEqual({
			userId: 5_001,
			scopes: ['market:partner-api'],
		});
	});

	it('buys tokens with the scopes that were asked for', () => {
		const { yandexId } = setUp();
		const target = yandexId.allow({
			clientId: OAUTH_CLIENT.id,
			redirectUri: REDIRECT_URI,
			scope: 'login:info',
		});
		const { body } = redeem(yandexId, codeFields(new URL(target).searchParams.get('code') ?? ''));
		expect(yandexId.inspect(String(body.access_token))?.scopes).toEqual(['login:info']);
	});

	it('buys tokens once', () => {
		const { yandexId, newCode } = setUp();
		const code = newCode();
		expect(redeem(yandexId, codeFields(code)).status).toBe(200);
		expect(redeem(yandexId, codeFields(code)).body).toMatchObject({ error: 'invalid_grant' });
	});

	it('is void after ten minutes', () => {
		const { clock, yandexId, newCode } = setUp();
		const code = newCode();
		clock.turn(600_000);
		expect(redeem(yandexId, codeFields(code)).body).toMatchObject({ error: 'invalid_grant' });
	});

	const spoilt: Array<{ name: string; change: Record<string, string>; error: string }> = [
		{
			name: 'another address',
			change: { redirect_uri: `${REDIRECT_URI}/` },
			error: 'invalid_grant',
		},
		{ name: 'another client', change: { client_id: 'another' }, error: 'invalid_client' },
		{ name: 'a wrong secret', change: { client_secret: 'wrong' }, error: 'invalid_client' },
		{ name: 'another grant', change: { grant_type: 'password' }, error: 'unsupported_grant_type' },
		{ name: 'an unknown code', change: { code: 'unknown' }, error: 'invalid_grant' },
	];
	it.each(spoilt)('buys nothing with $name', ({ change, error }) => {
		const { yandexId, newCode } = setUp();
		const { status, body } = redeem(yandexId, { ...codeFields(newCode()), ...change });
		expect([status, body.error]).toEqual([400, error]);
	});

	it('buys tokens with the client in the Basic header', () => {
		const { yandexId, newCode } = setUp();
		const { client_id: id, client_secret: secret, ...fields } = codeFields(newCode());
		const basic = (password: string) =>
			`Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`;
		expect(redeem(yandexId, fields, basic('wrong')).body).toMatchObject({
			error: 'invalid_client',
		});
		expect(redeem(yandexId, fields, basic(String(secret))).status).toBe(200);
	});
});

describe('a token', () => {
	it('expires, and its refresh token with it', () => {
		const { clock, yandexId, newCode } = setUp();
		const { body } = redeem(yandexId, codeFields(newCode()));
		clock.turn(3_599_999);
		expect(yandexId.inspect(String(body.access_token))).toBeDefined();
		clock.turn(1);
		expect(yandexId.inspect(String(body.access_token))).toBeUndefined();
		expect(redeem(yandexId, refreshFields(body.refresh_token)).body).toMatchObject({
			error: 'invalid_grant',
		});
	});

	it('is refreshed once by each refresh token', () => {
		const { yandexId, newCode } = setUp();
		const first = redeem(yandexId, codeFields(newCode())).body;
		const second = redeem(yandexId, refreshFields(first.refresh_token));
		expect(second.status).toBe(200);
		expect(yandexId.inspect(String(second.body.access_token))).toBeDefined();
		expect(redeem(yandexId, refreshFields(first.refresh_token)).status).toBe(400);
		expect(redeem(yandexId, refreshFields(second.body.refresh_token)).status).toBe(200);
	});

	it('can be made to expire; then a refresh helps', () => {
		const { yandexId, newCode } = setUp();
		const { body } = redeem(yandexId, codeFields(newCode()));
		yandexId.expireAllTokens();
		expect(yandexId.inspect(String(body.access_token))).toBeUndefined();
		expect(redeem(yandexId, refreshFields(body.refresh_token)).status).toBe(200);
	});

	it('can be revoked; then only a new sign-in helps', () => {
		const { yandexId, newCode } = setUp();
		const code = newCode();
		const { body } = redeem(yandexId, codeFields(newCode()));
		yandexId.revokeGrants();
		expect(yandexId.inspect(String(body.access_token))).toBeUndefined();
		expect(redeem(yandexId, refreshFields(body.refresh_token)).status).toBe(400);
		expect(redeem(yandexId, codeFields(code)).status).toBe(400);
		expect(redeem(yandexId, codeFields(newCode())).status).toBe(200);
	});
});
