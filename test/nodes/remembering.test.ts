import type { INodeParameters, INodeType } from 'n8n-workflow';

import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { STORES, TOKENS } from '../../sandbox';
import { runNode } from '../support/engine';
import type { RunSettings } from '../support/nodeRuns';
import { signIn } from '../support/signIn';
import { useFreshSandboxes } from '../support/useSandbox';

const { fbs, warehouseFbs } = STORES;
const shop = useFreshSandboxes();
const locator = (value: number | string) => ({ __rl: true, mode: 'id', value: String(value) });
const items = [{ sku: 'SKU-00001', stock: 1 }];
const MINUTE_MS = 60_000;

/** How far ahead everybody's clock is. */
let laterMs = 0;

beforeEach(() => {
	laterMs = 0;
	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + laterMs);
});
afterEach(() => jest.restoreAllMocks());

/** How often a method of the Market was called. */
const asked = (method: string) =>
	shop.market.calls().filter(({ operation }) => operation === method).length;

/** Runs something three times: at first, well before a time has passed, and after it. @returns how often a method was called by then */
async function askedAround(
	ms: number,
	method: string,
	run: () => Promise<unknown>,
): Promise<number[]> {
	const counts: number[] = [];
	// Runs take time too, even seconds on a busy machine.
	for (const passedMs of [0, ms * 0.8, ms]) {
		laterMs = passedMs;
		await run();
		counts.push(asked(method));
	}
	return counts;
}

describe('It is asked about again after ten minutes, not before:', () => {
	it('a store that was found fit to be written to', async () => {
		const run = async () => await shop.update(items, { credentialId: 'one of ten minutes' });
		expect(await askedAround(10 * MINUTE_MS, 'getCampaign', run)).toEqual([1, 1, 2]);
	});

	it('a business that was found open to a credential', async () => {
		const parameters = {
			sendTo: 'warehouse',
			business: locator(warehouseFbs.businessId),
			warehouse: locator(warehouseFbs.warehouseId),
		};
		const run = async () =>
			await shop.update(items, {
				credentialId: 'one of ten minutes',
				apiKey: TOKENS.warehouseAll,
				parameters,
			});
		expect(await askedAround(10 * MINUTE_MS, 'getCampaigns', run)).toEqual([1, 1, 2]);
	});

	it('the business that owns a store, which OAuth names in its requests', async () => {
		const data = await signIn(shop.sandbox);
		const oAuth = async (node: INodeType, parameters: INodeParameters) =>
			await runNode({
				node,
				parameters: { authentication: 'oAuth2', store: locator(fbs.campaignId), ...parameters },
				items,
				credential: { type: 'yandexMarketOAuth2Api', data, id: 'one of ten minutes' },
			});
		const run = async () =>
			await oAuth(new YandexMarket(), { resource: 'hiddenOffer', operation: 'getAll' });
		expect(await askedAround(10 * MINUTE_MS, 'getCampaign', run)).toEqual([1, 1, 2]);
	});
});

describe('The stores that a credential opens', () => {
	it('are listed again after a minute, not before, if IDs are wrong', async () => {
		const run = async () =>
			await shop.update(items, {
				credentialId: 'one of a minute',
				store: 4_711,
				onError: 'continueRegularOutput',
			});
		expect(await askedAround(MINUTE_MS, 'getCampaigns', run)).toEqual([1, 1, 2]);
	});
});

describe('Of two single rows within a minute, the second asks nothing before it is sent:', () => {
	const toWarehouse = {
		sendTo: 'warehouse',
		business: locator(warehouseFbs.businessId),
		warehouse: locator(warehouseFbs.warehouseId),
	};

	it.each<[string, RunSettings]>([
		['to a store', {}],
		['to a store, with Check Catalogue', { options: { checkCatalogue: true } }],
		['to a warehouse', { apiKey: TOKENS.warehouseAll, parameters: toWarehouse }],
	])('Update Stocks %s', async (name, settings) => {
		const run = { credentialId: `one row ${name}`, ...settings };
		await shop.update(items, run);
		const first = shop.requests().length;
		expect(first).toBeGreaterThan(1);
		laterMs = MINUTE_MS - 1;
		const { items: output } = await shop.update([{ sku: 'SKU-00001', stock: 2 }], run);
		expect(output.map(({ json }) => json.status)).toEqual(['accepted']);
		expect(shop.market.calls().slice(first)).toMatchObject([{ items: 1 }]);
	});

	it.each(['hide', 'unhide'] as const)('%s an offer', async (action) => {
		const run = { credentialId: `one row to ${action}` };
		await shop[action](items, run);
		const first = shop.requests().length;
		laterMs = MINUTE_MS - 1;
		await shop[action](items, run);
		expect(shop.market.calls().slice(first)).toMatchObject([{ items: 1 }]);
	});
});
