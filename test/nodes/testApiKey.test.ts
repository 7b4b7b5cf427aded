import { TOKENS } from '../../sandbox';
import { testCredential } from '../support/credentialTester';
import { startFakeMarket } from '../support/fakeMarket';
import { useSandbox } from '../support/useSandbox';

const shop = useSandbox();

const test = async (apiKey: string, apiUrl = shop.sandbox.url) =>
	await testCredential({ environment: 'sandbox', apiUrl, apiKey });

describe('The test of the Api-Key credential', () => {
	it.each(['allMethods', 'offersManagement', 'warehouseStocks'] as const)(
		'is green for a token that sends balances: %s',
		async (name) => {
			expect(await test(TOKENS[name])).toMatchObject({ status: 'OK' });
			expect(shop.requests()).toEqual(['POST /v2/auth/token']);
		},
	);

	it.each(['readOnly', 'warehouseLists'] as const)(
		'is green for a token that only reads, with a message: %s',
		async (name) => {
			expect(await test(TOKENS[name])).toEqual({
				status: 'OK',
				message: expect.stringMatching(/^The token serves .*; it does not serve .*Update Stocks/),
			});
		},
	);

	it('is red for a token with which no node can work', async () => {
		expect(await test(TOKENS.pricing)).toEqual({
			status: 'Error',
			message:
				'This token cannot send balances: add offers-and-cards-management. ' +
				'Add it in the seller cabinet, under API and modules. A change takes up to 10 minutes.',
		});
	});

	it('tells a revoked token from a badly copied one', async () => {
		expect(await test(TOKENS.revoked)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/revoked.*Make a new token in the seller cabinet/),
		});
		for (const badly of ['', 'no-such-token', `Bearer ${TOKENS.allMethods}`]) {
			expect(await test(badly)).toEqual({
				status: 'Error',
				message: expect.stringContaining('without "Bearer"'),
			});
		}
	});

	it('accepts the token with spaces around it', async () => {
		expect(await test(` ${TOKENS.allMethods}\n`)).toMatchObject({ status: 'OK' });
	});

	it('says that all stores of the business are switched off', async () => {
		const message = 'Only disabled partners in business 1001';
		const body = JSON.stringify({ status: 'ERROR', errors: [{ code: 'FORBIDDEN', message }] });
		const market = await startFakeMarket(() => ({ status: 403, body }));
		expect(await test(TOKENS.allMethods, market.url)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/All stores of the business are switched off/),
		});
		await market.stop();
	});

	it('says that nothing answers there', async () => {
		const market = await startFakeMarket(() => ({ status: 200 }));
		await market.stop();
		expect(await test(TOKENS.allMethods, market.url)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^The Market could not be reached: /),
		});
	});

	it('does not repeat the token, even where the Market does', async () => {
		const body = JSON.stringify({
			status: 'ERROR',
			errors: [{ code: 'UNAUTHORIZED', message: `No such token: ${TOKENS.allMethods}` }],
		});
		const market = await startFakeMarket(() => ({ status: 401, body }));
		const { message } = await test(TOKENS.allMethods, market.url);
		await market.stop();
		expect(message).toContain('No such token');
		expect(message).not.toContain(TOKENS.allMethods);
	});

	it.each([
		[{ environment: '' }, /none of its choices/],
		[
			{ environment: 'sandbox', apiUrl: 'http://market.example' },
			/would send the token unprotected/,
		],
	])('asks nobody with %j', async (data, message) => {
		expect(await testCredential({ apiKey: TOKENS.allMethods, ...data })).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
		expect(shop.requests()).toEqual([]);
	});
});
