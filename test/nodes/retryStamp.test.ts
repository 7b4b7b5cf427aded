import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { STORES, TOKENS } from '../../sandbox';
import { runNode, type NodeResult } from '../support/engine';
import { skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes();
const sku = skuOf(1);
afterEach(() => jest.restoreAllMocks());

const blank = { sku: skuOf(2), stock: '' };

/** Something happens before n8n tries the node for the second time. */
function updateStocksThen(happens: (context: IExecuteFunctions) => Promise<unknown>): UpdateStocks {
	let tries = 0;
	return new (class extends UpdateStocks {
		override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			tries += 1;
			if (tries === 2) await happens(this);
			return await UpdateStocks.prototype.execute.call(this);
		}
	})();
}

async function run(node: UpdateStocks, items: IDataObject[], laterTurns?: IDataObject[][]): Promise<NodeResult> {
	return await runNode({
		node,
		parameters: {
			authentication: 'apiKey',
			store: { __rl: true, mode: 'id', value: String(STORES.fbs.campaignId) },
			inputMode: 'fieldNames',
			skuField: 'sku',
			stockField: 'stock',
		},
		items,
		laterTurns,
		settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		credential: {
			type: 'yandexMarketApi',
			data: { environment: 'sandbox', apiUrl: shop.sandbox.url, apiKey: TOKENS.allMethods },
		},
	});
}

describe('Retry On Fail', () => {
	it('does not overwrite what another run has sent between two tries', async () => {
		const { error } = await run(
			updateStocksThen(async () => await shop.update([{ sku, stock: 9 }])),
			[{ sku, stock: 5 }, blank],
		);
		expect(error?.message).toMatch(/^1 of 2 items were sent and accepted/);
		expect(shop.market.statistics().updateStocks?.requests).toBe(3);
		expect(shop.available(1)).toBe(9);
	});

	it('sends what differs at the second try as what it is: newer', async () => {
		const node = updateStocksThen(async (context) => {
			await shop.update([{ sku, stock: 9 }]);
			(context.getInputData()[0] as INodeExecutionData).json.stock = 6;
		});
		await run(node, [{ sku, stock: 5 }, blank]);
		expect(shop.available(1)).toBe(6);
	});

	it('sends anew a balance that is more than half a day old by then', async () => {
		const node = updateStocksThen(async () => {
			await shop.update([{ sku, stock: 9 }]);
			const { now } = Date;
			jest.spyOn(Date, 'now').mockImplementation(() => now() + 13 * 3_600_000);
		});
		await run(node, [{ sku, stock: 5 }, blank]);
		expect(shop.market.statistics().updateStocks?.requests).toBeGreaterThanOrEqual(3);
		expect(shop.available(1)).toBe(5);
	});

	it('takes each turn of a loop as a run of its own: the latest balance stands', async () => {
		const turn = (stock: number) => [{ sku, stock }];
		const { status } = await run(new UpdateStocks(), turn(5), [turn(6), turn(5)]);
		expect(status).toBe('success');
		expect(shop.market.statistics().updateStocks?.requests).toBe(3);
		expect(shop.available(1)).toBe(5);
	});
});
