import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import { refuseZeros } from '../../market/records/zeroGuard';
import { failuresOf, FateBook, nothingSent } from '../../nodes/common/output/fates';
import { tallyOf } from '../../nodes/common/output/tally';
import { inTurns } from '../../nodes/common/engine/turns';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { STORES, TOKENS } from '../../sandbox';
import { runNode, type NodeResult } from '../support/engine';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const items = Array.from({ length: 400 }, (_, index) => ({
	sku: skuOf((index % 50) + 1),
	stock: 1,
	at: STORES.fbs.campaignId,
}));

/** Evaluations that may come between two turns: each advances this test's clock by at least a millisecond. */
const MOST_AT_A_TIME = 40;

interface Watched {
	result: NodeResult;
	/** The most evaluations of an expression between two turns of everything else. */
	longest: number;
	evaluated: number;
}

/** Runs a node in a process whose clock advances with every look at it, and counts how long it keeps everything else waiting. */
async function watch(
	Node: new () => INodeType,
	parameters: INodeParameters,
	stopAt = Infinity,
): Promise<Watched> {
	let evaluated = 0;
	let sinceTurn = 0;
	let longest = 0;
	let stop = () => {};
	const node = new Node();
	const { execute } = node;
	node.execute = async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const evaluate = this.getNodeParameter.bind(this) as (...args: unknown[]) => unknown;
		this.getNodeParameter = ((...args: unknown[]) => {
			evaluated += 1;
			longest = Math.max(longest, ++sinceTurn);
			if (evaluated === stopAt) stop();
			return evaluate(...args);
		}) as typeof this.getNodeParameter;
		return (await execute?.call(this)) as INodeExecutionData[][];
	};
	let ms = Date.now();
	jest.spyOn(Date, 'now').mockImplementation(() => (ms += 1));
	let turn = setImmediate(function others() {
		sinceTurn = 0;
		turn = setImmediate(others);
	});
	const result = await runNode({
		node,
		parameters: {
			authentication: 'apiKey',
			store: { __rl: true, mode: 'id', value: '={{ $json.at || 0 }}' },
			inputMode: 'expressions',
			sku: '={{ $json.sku || 0 }}',
			stock: '={{ $json.stock || 0 }}',
			...parameters,
		},
		items,
		onStart: (cancel) => (stop = cancel),
		credential: {
			type: 'yandexMarketApi',
			data: { environment: 'sandbox', apiUrl: shop.sandbox.url, apiKey: TOKENS.allMethods },
		},
	});
	clearImmediate(turn);
	return { result, longest, evaluated };
}

afterEach(() => jest.restoreAllMocks());

describe.each<[string, new () => INodeType, INodeParameters]>([
	['Update Stocks', UpdateStocks, { options: { dryRun: true, duplicateSkus: 'last' } }],
	[
		'Update Stocks with an option',
		UpdateStocks,
		{ options: { dryRun: '={{ $json.stock === 1 }}', duplicateSkus: 'last' } },
	],
	[
		'Stock: Get Many by SKU',
		YandexMarket,
		{ resource: 'stock', operation: 'getAll', offers: 'input' },
	],
	['Store: Get', YandexMarket, { resource: 'store', operation: 'get' }],
])('%s, by expressions', (_name, Node, parameters) => {
	it('lets everything else in the process have its turn while it reads', async () => {
		const { result, longest, evaluated } = await watch(Node, parameters);
		expect(result.status).toBe('success');
		expect(evaluated).toBeGreaterThan(items.length);
		expect(longest).toBeLessThanOrEqual(MOST_AT_A_TIME);
	});

	it('ends within a turn when Stop is pressed while it reads, and asks and sends nothing', async () => {
		const { result, evaluated } = await watch(Node, { ...parameters, options: {} }, 100);
		expect(result.status).toBe('canceled');
		expect(result.error?.message).toMatch(/^The run was canceled/);
		expect(evaluated).toBeLessThan(100 + MOST_AT_A_TIME);
		expect(shop.requests()).toEqual([]);
	});
});

it('says that a run stopped while reading sent nothing', async () => {
	const { result } = await watch(UpdateStocks, {}, 100);
	expect(result.error?.message).toMatch(
		/^The run was canceled\. 0 of 400 items were sent and accepted, 400 were not: .*Not sent/,
	);
	expect(shop.requests()).toEqual([]);
});

describe('lets everything else have its turn', () => {
	const refusal = { reason: 'Blank', advice: 'Fill it in.' };
	const report = nothingSent(400, 0, refusal);
	const records = Array.from({ length: 400 }, (_, index) => ({ sku: skuOf(index), count: 0 }));

	it.each<[string, () => Promise<unknown>]>([
		['while it counts what became of the items', async () => await tallyOf(report)],
		['while it gathers those that failed', async () => await failuresOf(report)],
		[
			'while it gives every item a fate',
			async () => await new FateBook(400).close(() => undefined),
		],
		['while it counts zeros', async () => await refuseZeros(records, 0, () => 'Store 1', inTurns)],
	])('%s', async (_name, work) => {
		let ms = Date.now();
		jest.spyOn(Date, 'now').mockImplementation(() => (ms += 1));
		let turns = 0;
		let turn = setImmediate(function others() {
			turns += 1;
			turn = setImmediate(others);
		});
		await work();
		clearImmediate(turn);
		expect(turns).toBeGreaterThanOrEqual(400 / MOST_AT_A_TIME);
	});
});
