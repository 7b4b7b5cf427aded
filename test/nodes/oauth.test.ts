import { inspect } from 'node:util';

import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { generateCatalogue, STORES } from '../../sandbox';
import { runNode, type NodeResult, type NodeRun } from '../support/engine';
import { startFakeMarket, type FakeAnswer } from '../support/fakeMarket';
import { oauthCredential, signIn } from '../support/signIn';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox({ catalogue: generateCatalogue(10_000), switches: { latencyMs: 5 } });
const itemsFor = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ sku: skuOf(index + 1), stock: index }));

async function update(
	data: ICredentialDataDecryptedObject,
	items: IDataObject[],
	settings: Pick<NodeRun, 'onError'> = {},
): Promise<NodeResult> {
	return await runNode({
		node: new UpdateStocks(),
		parameters: {
			authentication: 'oAuth2',
			store: { __rl: true, mode: 'id', value: String(STORES.fbs.campaignId) },
			skuField: 'sku',
			stockField: 'stock',
		},
		items,
		credential: { type: 'yandexMarketOAuth2Api', data },
		...settings,
	});
}

/** The credential once n8n knows that its token has expired. */
function runOut(data: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
	return {
		...data,
		oauthTokenData: {
			...(data.oauthTokenData as IDataObject),
			n8n_expires_at: String(Date.now() - 1),
		},
	};
}

const tokensOf = (data: ICredentialDataDecryptedObject) =>
	data.oauthTokenData as Record<string, string>;

describe('OAuth2', () => {
	afterEach(() => jest.restoreAllMocks());

	it('signs in at Yandex ID and sends balances', async () => {
		const { status } = await update(await signIn(shop.sandbox), [{ sku: skuOf(1), stock: 9 }]);
		expect(status).toBe('success');
		expect(shop.available(1)).toBe(9);
		expect(shop.market.calls().map(({ caller }) => caller)).toEqual(
			Array(3).fill('OAuth user 5001'),
		);
	});

	it('an expired token is refreshed once, kept, and nothing is lost', async () => {
		const before = await signIn(shop.sandbox);
		shop.market.yandexId.expireAllTokens();
		const asked = jest.spyOn(shop.market.yandexId, 'token');
		const { status, credential } = await update(runOut(before), itemsFor(10_000));
		expect(status).toBe('success');
		expect(asked).toHaveBeenCalledTimes(1);
		expect(shop.available(10_000)).toBe(9_999);
		expect(
			shop.market
				.offers(STORES.fbs.campaignId)
				.every(({ available }, index) => available === index),
		).toBe(true);
		expect(tokensOf(credential).access_token).not.toBe(tokensOf(before).access_token);
		expect(tokensOf(credential).refresh_token).not.toBe(tokensOf(before).refresh_token);
		// The refreshed token works for the next run.
		expect((await update(credential, itemsFor(1))).status).toBe('success');
		expect(asked).toHaveBeenCalledTimes(1);
	});

	it('a token that expires in the middle of a run is refreshed once, by four requests at a time', async () => {
		const before = await signIn(shop.sandbox);
		const asked = jest.spyOn(shop.market.yandexId, 'token');
		const ignore = () => {};
		const forget = shop.market.watch({
			offerChanged: ignore,
			wasReset: ignore,
			callAnswered: ({ operation }) => {
				if (operation === 'getPagedWarehouses') shop.market.yandexId.expireAllTokens();
			},
		});
		const { status } = await update(runOut(before), itemsFor(10_000));
		forget();
		expect(status).toBe('success');
		expect(asked).toHaveBeenCalledTimes(1);
		expect(shop.market.statistics().updateStocks?.statuses).toEqual({ 200: 5, 403: 4 });
		expect(shop.available(10_000)).toBe(9_999);
	});

	it('a revoked grant: says to connect the credential again', async () => {
		const before = await signIn(shop.sandbox);
		shop.market.yandexId.revokeGrants();
		const { status, error } = await update(runOut(before), itemsFor(3));
		expect(status).toBe('error');
		expect(error?.message).toMatch(
			/^0 of 3 items were sent and accepted, 3 were not: .*needs to be reconnected/,
		);
		expectWithoutTokens(before, error);
	});

	it('a revoked grant while n8n still takes the token for valid: says the same', async () => {
		const before = await signIn(shop.sandbox);
		shop.market.yandexId.revokeGrants();
		const { error } = await update(before, itemsFor(3));
		expect(error?.message).toContain('The Market did not accept the OAuth token (403)');
		expect(error?.description).toContain('connect it again');
	});

	it('a store that the user has no right to does not cost a refresh', async () => {
		const before = await signIn(shop.sandbox);
		const asked = jest.spyOn(shop.market.yandexId, 'token');
		const { error } = await runNode({
			node: new UpdateStocks(),
			parameters: {
				authentication: 'oAuth2',
				store: { __rl: true, mode: 'id', value: String(STORES.inactive.campaignId) },
			},
			items: itemsFor(1),
			credential: { type: 'yandexMarketOAuth2Api', data: before },
		});
		expect(error?.message).toContain('switched off the API');
		expect(asked).not.toHaveBeenCalled();
	});

	it('a credential that was never connected: says so', async () => {
		const { status, error } = await update(oauthCredential(shop.sandbox), itemsFor(1));
		expect(status).toBe('error');
		expect(error?.message).toBe('The OAuth2 credential is not connected to an account');
		expect(error?.description).toContain('press Connect');
		expect(shop.requests()).toEqual([]);
	});

	it('a Yandex ID that does not answer: the run ends with the reason', async () => {
		const before = await signIn(shop.sandbox);
		shop.market.yandexId.expireAllTokens();
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const { status, error } = await update(
			{ ...runOut(before), oauthUrl: 'http://127.0.0.1:1' },
			itemsFor(1),
		);
		expect(status).toBe('error');
		expect(error?.message).toContain(
			'could not be reached: the connection was refused: 127.0.0.1:1',
		);
		expectWithoutTokens(before, error);
	});

	it('a wrong client secret: the run ends with what Yandex ID said', async () => {
		const before = await signIn(shop.sandbox);
		shop.market.yandexId.expireAllTokens();
		const { error } = await update(
			{ ...runOut(before), clientSecret: 'another-secret' },
			itemsFor(1),
		);
		expect(error?.message).toContain('Client authentication failed');
		expect(error?.description).toBe('Check the credential, then run again.');
		expectWithoutTokens({ ...before, clientSecret: 'another-secret' }, error);
	});

	it.each(['apiUrl', 'oauthUrl'])(
		'%s over plain http to another computer is refused before any request',
		async (name) => {
			const data = { ...(await signIn(shop.sandbox)), [name]: 'http://192.0.2.1:8780' };
			const { error } = await update(runOut(data), itemsFor(1));
			expect(error?.message).toContain('would send the token unprotected');
			expect(error?.message).toContain(name === 'apiUrl' ? 'API URL' : 'OAuth URL');
			expect(shop.requests()).toEqual([]);
		},
	);

	it('no token is shown if a server repeats it', async () => {
		const before = await signIn(shop.sandbox);
		for (const status of [200, 400, 403, 500]) {
			const market = await startFakeMarket(({ headers: { authorization = '' } }) => ({
				status,
				headers: { traceparent: authorization },
				body: JSON.stringify({ status: 'ERROR', errors: [{ code: 'X', message: authorization }] }),
			}));
			jest.spyOn(Math, 'random').mockReturnValue(0);
			const result = await update({ ...before, apiUrl: market.url }, itemsFor(1));
			await market.stop();
			expect(result.error?.message).toContain('Bearer ***');
			expectWithoutTokens(before, result.error);
		}
	});
});

describe('OAuth2, if Yandex ID or a gateway in front of it fails', () => {
	afterEach(() => jest.restoreAllMocks());

	const FRESH = 'y0_fresh.Token-0123456789';
	const token = JSON.stringify({
		access_token: FRESH,
		refresh_token: '1:fresh-refresh',
		token_type: 'bearer',
		expires_in: 3_600,
	});

	/** A Market that accepts only the fresh token, and a Yandex ID that gives these answers in order, the last one for ever. */
	async function startBoth(yandexId: FakeAnswer[], market: (authorization: string) => FakeAnswer) {
		const servers = [
			await startFakeMarket(
				() => (yandexId.length > 1 ? yandexId.shift() : yandexId[0]) as FakeAnswer,
			),
			await startFakeMarket(({ headers: { authorization = '' } }) =>
				authorization.includes(FRESH)
					? market(authorization)
					: {
							status: 403,
							body: '{"status":"ERROR","errors":[{"code":"FORBIDDEN","message":"OAuth token is invalid"}]}',
						},
			),
		] as const;
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const [id, api] = servers;
		const data = runOut({ ...(await signIn(shop.sandbox)), apiUrl: api.url, oauthUrl: id.url });
		return {
			id,
			api,
			data,
			stop: async () => await Promise.all(servers.map(async (server) => await server.stop())),
		};
	}

	const works = (): FakeAnswer => ({
		status: 200,
		body: '{"status":"OK","campaign":{"id":1},"result":{"warehouses":[]}}',
	});

	it.each<[name: string, answer: FakeAnswer]>([
		['a reply that breaks off', { status: 200, body: token.slice(0, 60) }],
		["a gateway's page", { status: 502, body: '<html>Bad gateway</html>' }],
		['a page in the guise of a success', { status: 200, body: '<html>Sign in</html>' }],
		['a moment in which it cannot', { status: 400, body: '{"error":"temporarily_unavailable"}' }],
	])('%s is a fault, and repeated', async (_, answer) => {
		const { id, data, stop } = await startBoth([answer, { status: 200, body: token }], works);
		const { status, credential } = await update(data, itemsFor(3));
		await stop();
		expect(status).toBe('success');
		expect(id.requests).toHaveLength(2);
		expect(tokensOf(credential).access_token).toBe(FRESH);
	});

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'a fresh token in a reply that breaks off is shown nowhere: %s',
		async (onError) => {
			const { data, stop } = await startBoth([{ status: 200, body: token.slice(0, 60) }], works);
			const result = await update(data, itemsFor(3), { onError });
			await stop();
			const written =
				JSON.stringify(result) +
				inspect([result.items, result.errorItems, result.error], { depth: Infinity });
			expect(written).toContain('Yandex ID did not refresh the token');
			expect(written).not.toContain(FRESH);
			expect(written).not.toContain(FRESH.slice(0, 12));
		},
	);

	it('a refusal of Yandex ID is final: the credential has to be connected again', async () => {
		const { id, data, stop } = await startBoth(
			[{ status: 400, body: '{"error":"invalid_grant"}' }],
			works,
		);
		const { error } = await update(data, itemsFor(3));
		await stop();
		expect(error?.message).toContain('needs to be reconnected');
		expect(id.requests).toHaveLength(1);
	});

	it('a token that was refreshed in the middle of a run is shown nowhere, however the other side repeats it', async () => {
		const said = (authorization: string) => {
			const secret = authorization.replace('Bearer ', '');
			return `${secret} ${encodeURIComponent(secret)} ${Buffer.from(`id:${secret}`).toString('base64')}`;
		};
		const { data, stop } = await startBoth([{ status: 200, body: token }], (authorization) => ({
			status: 400,
			headers: { traceparent: said(authorization) },
			body: JSON.stringify({
				status: 'ERROR',
				errors: [{ code: 'X', message: said(authorization) }],
			}),
		}));
		const result = await update(data, itemsFor(3), { onError: 'continueRegularOutput' });
		await stop();
		const written = JSON.stringify(result.items);
		expect(written).toContain('*** *** ');
		expect(written).not.toContain('fresh.Token');
		expect(written).not.toContain(Buffer.from(`id:${FRESH}`).toString('base64').slice(5, -5));
	});
});

function expectWithoutTokens(data: ICredentialDataDecryptedObject, error: unknown): void {
	const written = JSON.stringify(error) + inspect(error, { depth: Infinity, showHidden: true });
	for (const secret of [
		tokensOf(data).access_token,
		tokensOf(data).refresh_token,
		data.clientSecret,
	]) {
		expect(written).not.toContain(secret);
	}
}
