import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';

import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { STORES, systemClock, TOKENS } from '../../sandbox';
import { runNode, type NodeResult } from '../support/engine';
import { skuOf, useFreshSandboxes } from '../support/useSandbox';

// The moments in the tests are by this machine's clock.
const shop = useFreshSandboxes({ clock: systemClock });
const sku = skuOf(1);
afterEach(() => jest.restoreAllMocks());

const blank = { sku: skuOf(2), stock: '' };

/** Something happens before n8n's second try of the node. */
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

interface Changes {
	parameters?: INodeParameters;
	laterTurns?: IDataObject[][];
}

async function run(
	node: UpdateStocks,
	items: IDataObject[],
	{ parameters, laterTurns }: Changes = {},
): Promise<NodeResult> {
	return await runNode({
		node,
		parameters: {
			authentication: 'apiKey',
			store: { __rl: true, mode: 'id', value: String(STORES.fbs.campaignId) },
			inputMode: 'fieldNames',
			skuField: 'sku',
			stockField: 'stock',
			...parameters,
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

	const sendNewer = async () => {
		const options = { updatedAtField: 'at' };
		await shop.update([{ sku, stock: 9, at: new Date().toISOString() }], { options });
	};

	it.each(['={{ $now }}', '={{ $now.toISO() }}', '={{ new Date().toISOString() }}'])(
		'keeps the moment that %s gave on the first try',
		async (updatedAt) => {
			const parameters = {
				inputMode: 'expressions',
				sku: '={{ $json.sku }}',
				stock: '={{ $json.stock }}',
				options: { updatedAt },
			};
			const { error } = await run(updateStocksThen(sendNewer), [{ sku, stock: 5 }, blank], {
				parameters,
			});
			expect(error?.message).toMatch(/^1 of 2 items were sent and accepted/);
			expect(shop.available(1)).toBe(9);
		},
	);

	it('keeps the moments of all records except those that differ', async () => {
		const node = updateStocksThen(async (context) => {
			await shop.update([
				{ sku, stock: 9 },
				{ sku: skuOf(3), stock: 9 },
			]);
			(context.getInputData()[1] as INodeExecutionData).json.stock = 6;
		});
		await run(node, [{ sku, stock: 5 }, { sku: skuOf(3), stock: 5 }, blank]);
		expect([shop.available(1), shop.available(3)]).toEqual([9, 6]);
	});

	it('gives no new moment to a balance that has grown too old between the tries', async () => {
		const node = updateStocksThen(async () => {
			await sendNewer();
			const { now } = Date;
			jest.spyOn(Date, 'now').mockImplementation(() => now() + 2 * 60_000);
		});
		const at = new Date(Date.now() - 24 * 3_600_000 + 60_000).toISOString();
		const parameters = { options: { updatedAtField: 'at', oldUpdatedAt: 'runTime' } };
		const { error } = await run(node, [{ sku, stock: 5, at }, blank], { parameters });
		expect(error?.message).toMatch(/^0 of 2 items were sent and accepted/);
		expect(shop.available(1)).toBe(9);
	});

	it('sends what differs on the second try as what it is: newer', async () => {
		const node = updateStocksThen(async (context) => {
			await shop.update([{ sku, stock: 9 }]);
			(context.getInputData()[0] as INodeExecutionData).json.stock = 6;
		});
		await run(node, [{ sku, stock: 5 }, blank]);
		expect(shop.available(1)).toBe(6);
	});

	it('resends a balance that is more than half a day old by then', async () => {
		const node = updateStocksThen(async () => {
			await shop.update([{ sku, stock: 9 }]);
			const { now } = Date;
			jest.spyOn(Date, 'now').mockImplementation(() => now() + 13 * 3_600_000);
		});
		await run(node, [{ sku, stock: 5 }, blank]);
		expect(shop.market.statistics().updateStocks?.requests).toBeGreaterThanOrEqual(3);
		expect(shop.available(1)).toBe(5);
	});

	it('takes each turn of a loop as its own run: the latest balance stands', async () => {
		const turn = (stock: number) => [{ sku, stock }];
		const { status } = await run(new UpdateStocks(), turn(5), { laterTurns: [turn(6), turn(5)] });
		expect(status).toBe('success');
		expect(shop.market.statistics().updateStocks?.requests).toBe(3);
		expect(shop.available(1)).toBe(5);
	});
});
