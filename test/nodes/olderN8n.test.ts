import {
	NodeApiError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { readThrown } from '../../nodes/common/connection/thrown';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { STORES, TOKENS } from '../../sandbox';
import { runNode, type NodeResult } from '../support/engine';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();

/** As n8n before 2.34 throws it: without its cause. */
function withoutCause(error: unknown): unknown {
	return Object.defineProperty(error as object, 'cause', { value: undefined });
}

class UpdateStocksOnOlderN8n extends UpdateStocks {
	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// n8n before 2.3 does not have it.
		Object.defineProperty(this, 'isToolExecution', { value: undefined });
		const { helpers } = this;
		const ask = helpers.httpRequestWithAuthentication;
		helpers.httpRequestWithAuthentication = async function (...request) {
			return await ask.apply(this, request).catch((error: unknown) => {
				throw withoutCause(error);
			});
		};
		return await UpdateStocks.prototype.execute.call(this);
	}
}

async function update(
	apiKey: string = TOKENS.allMethods,
	apiUrl: string = shop.sandbox.url,
): Promise<NodeResult> {
	return await runNode({
		node: new UpdateStocksOnOlderN8n(),
		parameters: {
			authentication: 'apiKey',
			store: { __rl: true, mode: 'id', value: String(STORES.fbs.campaignId) },
			skuField: 'sku',
			stockField: 'stock',
		},
		items: [{ sku: skuOf(1), stock: 7 }],
		credential: { type: 'yandexMarketApi', data: { environment: 'sandbox', apiUrl, apiKey } },
	});
}

beforeEach(() => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => jest.restoreAllMocks());

describe('an n8n that cannot tell whether an agent runs the node', () => {
	it('sends', async () => {
		expect((await update()).status).toBe('success');
		expect(shop.available(1)).toBe(7);
	});
});

describe('an n8n whose errors come without their cause', () => {
	it.each(['dropBefore', 'dropAfter', 'resetMidBody'] as const)(
		'repeats what a broken connection lost: %s',
		async (kind) => {
			shop.market.setSwitches({ faults: [{ kind, count: 1, operation: 'updateStocks' }] });
			const { status, items } = await update();
			expect(status).toBe('success');
			expect(items).toMatchObject([{ json: { status: 'accepted' } }]);
			expect(shop.market.statistics().updateStocks?.requests).toBe(2);
			expect(shop.available(1)).toBe(7);
		},
	);

	it('says that nothing is listening', async () => {
		const { error } = await update(TOKENS.allMethods, 'http://127.0.0.1:1');
		expect(error?.message).toContain('the connection was refused: 127.0.0.1:1');
	});

	it.each([
		[TOKENS.revoked, 'The Market did not accept the Api-Key token (401): Api-Key token is revoked'],
		[TOKENS.pricing, 'The Api-Key token lacks an access group (403): '],
	])('says what a refused token means', async (token, meaning) => {
		expect((await update(token)).error?.message).toContain(meaning);
		expect(shop.available(1)).toBeNull();
	});

	it('says in its own words what is wrong with the credential', async () => {
		const { error } = await update(TOKENS.allMethods, 'http://market.example');
		expect(error?.message).toContain('http://market.example');
		expect(shop.requests()).toEqual([]);
	});

	it('takes an answer as the one it asked for if nothing says what was asked', () => {
		const thrown = Object.assign(new Error('No'), {
			response: { status: 403, headers: {}, data: 'No' },
		});
		expect(readThrown(thrown, 'https://market.example/v2/campaigns')).toEqual({
			status: 403,
			headers: {},
			body: 'No',
		});
	});

	it('does not take a refusal by Yandex ID for a connection fault', () => {
		const refusal = Object.assign(new Error('The grant was revoked'), { code: 'EAUTH' });
		expect(
			readThrown(withoutCause(new NodeApiError({} as INode, refusal as never)), ''),
		).toBeUndefined();
	});

	it.each([
		'HTTP status 502',
		'Expected JSON response from OAuth2 token endpoint but received: <html>',
	])('repeats a refresh that Yandex ID did not answer: %s', (said) => {
		const broken = Object.assign(new Error(said), { status: 502, code: 'ESTATUS' });
		expect(readThrown(withoutCause(new NodeApiError({} as INode, broken as never)), '')).toEqual({
			fault: `Yandex ID did not refresh the token: ${said}`,
		});
	});
});
