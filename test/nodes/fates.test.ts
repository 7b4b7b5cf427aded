import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';

import { withoutRecords, type TargetPlan } from '../../market/records/plan';
import type { StockRecord, StockRow } from '../../market/records/stockRecord';
import { executeWrite } from '../../nodes/common/write/execute';
import { FateBook } from '../../nodes/common/output/fates';
import type { Columns } from '../../nodes/common/output/present';
import type { WriteJob } from '../../nodes/common/write/job';
import { readUpdateOptions } from '../../nodes/UpdateStocks/options';
import { storeJob } from '../../nodes/UpdateStocks/toStores';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { STORES, TOKENS } from '../../sandbox';
import { runNode } from '../support/engine';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const { fbs, dbs } = STORES;
const items = [
	{ sku: skuOf(1), stock: 1, at: fbs.campaignId },
	{ sku: skuOf(2), stock: '', at: fbs.campaignId },
	{ sku: skuOf(3), stock: 3, at: fbs.campaignId },
	{ sku: skuOf(4), stock: 4, at: dbs.campaignId },
];

const COLUMNS: Columns = { hasBalance: true, goesTo: 'store' };

type Job = WriteJob<StockRow, StockRecord>;
type Plan = TargetPlan<StockRecord>;

/** Runs Update Stocks with a job that misbehaves. */
async function update(
	misbehave: (job: Job) => Partial<Job>,
	onError: INode['onError'],
	options: INodeParameters = {},
	input: IDataObject[] = items,
) {
	const node = new (class extends UpdateStocks {
		override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return await executeWrite(this, COLUMNS, async (read, startMs) => {
				const chosen = await readUpdateOptions(this);
				const job = storeJob(this, read, chosen, startMs);
				return { options: chosen, job: { ...job, ...misbehave(job) } };
			});
		}
	})();
	return await runNode({
		node,
		parameters: {
			authentication: 'apiKey',
			store: { __rl: true, mode: 'id', value: '={{ $json.at }}' },
			inputMode: 'fieldNames',
			skuField: 'sku',
			stockField: 'stock',
			options,
		},
		items: input,
		onError,
		credential: {
			type: 'yandexMarketApi',
			data: { environment: 'sandbox', apiUrl: shop.sandbox.url, apiKey: TOKENS.allMethods },
		},
	});
}

const firstOf = (plans: readonly Plan[]) =>
	plans.find(({ targetId }) => targetId === String(fbs.campaignId));
const held = () => [
	shop.available(1),
	shop.available(2),
	shop.available(3),
	shop.available(4, dbs.campaignId),
];

/** A plan whose books cannot be kept for a while, from its second record on. */
function unkept(plan: Plan): Plan {
	const together = new Map<number, number[]>();
	let isBroken = true;
	together.get = (position) => {
		if (position === 0 || !isBroken) return undefined;
		isBroken = false;
		throw new Error('The books are lost');
	};
	return { ...plan, together };
}

const dropped = /^Internal: not sent: the node has lost sight of this item$/;
const inDoubt =
	/^Internal: it is not known whether this was sent, it may have been\. The books are lost$/;

/** What each job does wrong, what the Market then holds, and what becomes of items 0, 2 and 3. */
const wrongs: Array<
	[string, (job: Job) => Partial<Job>, Array<number | null>, Array<RegExp | 'accepted'>]
> = [
	[
		'forgets a store before sending',
		(job) => ({
			prepare: async (plans, run) => {
				const { ready, ...others } = await job.prepare(plans, run);
				return { ...others, ready: ready.filter(({ plan }) => plan !== firstOf(plans)) };
			},
		}),
		[null, null, null, 4],
		[dropped, dropped, 'accepted'],
	],
	[
		'forgets a record before sending',
		(job) => ({
			prepare: async (plans, run) => {
				const { ready, ...others } = await job.prepare(plans, run);
				const forgetful = ready.map((one) =>
					one.plan === firstOf(plans)
						? { ...one, plan: withoutRecords(one.plan, new Set([1])) }
						: one,
				);
				return { ...others, ready: forgetful };
			},
		}),
		[1, null, null, 4],
		['accepted', dropped, 'accepted'],
	],
	[
		'throws before sending',
		() => ({
			prepare: async () => {
				throw new TypeError('undefined is not a store');
			},
		}),
		[null, null, null, null],
		Array(3).fill(/^Internal: not sent\. undefined is not a store$/),
	],
	[
		'throws after sending to one store',
		(job) => ({
			prepare: async (plans, run) => {
				const { ready, ...others } = await job.prepare(plans, run);
				const failing = ready.map((one) =>
					one.plan === firstOf(plans) ? { ...one, plan: unkept(one.plan) } : one,
				);
				return { ...others, ready: failing };
			},
		}),
		[1, null, 3, 4],
		['accepted', inDoubt, 'accepted'],
	],
	[
		'cannot write a record of one store',
		(job) => ({
			method: {
				...job.method,
				element: (record, stamp) => {
					if (record.sku === skuOf(3)) throw new Error('No such letter');
					return job.method.element(record, stamp);
				},
			},
		}),
		[null, null, null, 4],
		[/^Not sent.*No such letter$/, /^Not sent.*No such letter$/, 'accepted'],
	],
];

describe.each(wrongs)('a job that %s', (_name, misbehave, balances, fates) => {
	const isSent = (fate: RegExp | 'accepted') => fate === 'accepted';
	const [first, third, fourth] = fates as [RegExp, RegExp, RegExp];

	it('gives every item a fate, and forgets nothing that was sent', async () => {
		const { items: output } = await update(misbehave, 'continueRegularOutput');
		expect(held()).toEqual(balances);
		const told = output.map(({ json }) => (json.status === 'failed' ? json.reason : json.status));
		const expected = [first, /^Stock is blank$/, third, fourth];
		expect(told).toEqual(
			expected.map((fate) => (isSent(fate) ? 'accepted' : expect.stringMatching(fate))),
		);
		expect(output.map(({ json }) => json.sku)).toEqual(items.map(({ sku }) => sku));
		expect(output.every(({ json }) => json.status !== 'failed' || json.advice)).toBe(true);
	});

	it('counts everything in a summary and in the hint', async () => {
		const { items: output, hints } = await update(misbehave, 'continueRegularOutput', {
			output: 'summary',
		});
		const count = fates.filter(isSent).length;
		expect(output.map(({ json }) => [json.total, json.accepted, json.failed])).toEqual([
			[4, count, 4 - count],
		]);
		expect(hints[0]?.message).toMatch(`${count} of 4 accepted by the Market`);
	});

	it('stops the workflow with what was sent and what may have been', async () => {
		const { error } = await update(misbehave, 'stopWorkflow');
		const count = fates.filter(isSent).length;
		const doubtful = fates.filter((fate) => fate === inDoubt).length;
		expect(error?.message).toContain(
			`${count} of 4 items were sent and accepted, ${4 - count} were not`,
		);
		expect(/\((\d) of them may have reached the Market\)/.exec(error?.message ?? '')?.[1]).toBe(
			doubtful > 0 ? String(doubtful) : undefined,
		);
	});
});

it('All or Nothing sends nothing if a job forgets a record', async () => {
	const [, misbehave] = wrongs[1] as (typeof wrongs)[number];
	const valid = items.filter(({ stock }) => stock !== '');
	const { items: output } = await update(
		misbehave,
		'continueRegularOutput',
		{ allOrNothing: true },
		valid,
	);
	expect(output.map(({ json }) => json.status)).toEqual(['failed', 'failed', 'failed']);
	expect(held()).toEqual([null, null, null, null]);
});

it('the lane of a store continues after a record that could not be written', async () => {
	for (let runs = 0; runs < 9; runs++) {
		await update(
			(job) => ({
				method: {
					...job.method,
					element: () => {
						throw new Error('No');
					},
				},
			}),
			'continueRegularOutput',
		);
	}
	await shop.update([{ sku: skuOf(1), stock: 8 }]);
	expect(shop.available(1)).toBe(8);
});

describe('a book of fates', () => {
	const plan: Plan = {
		targetId: '1',
		records: [
			{ sku: 'a', count: 1 },
			{ sku: 'b', count: 2 },
		],
		items: [0, 2],
		together: new Map([[1, [2, 3]]]),
	};

	it('takes no item without a fate for sent or for not sent once its plan was handed over', async () => {
		const book = new FateBook(6);
		book.handOver(plan);
		book.settle(plan, 0, { status: 'accepted', record: { sku: 'a' }, stamp: '' });
		const fates = await book.close((item) => `sku ${item}`);
		expect(fates).toMatchObject([
			{ status: 'accepted' },
			{ status: 'failed', record: { sku: 'sku 1' }, mayBeApplied: false },
			{ status: 'failed', record: { sku: 'b' }, mayBeApplied: true },
			{ status: 'failed', record: { sku: 'b' }, mayBeApplied: true },
			{ status: 'failed', mayBeApplied: false },
			{ status: 'failed', mayBeApplied: false },
		]);
	});

	it('has one fate for each item, even if a plan names an item that does not exist', async () => {
		const book = new FateBook(1);
		book.settle(plan, 1, { status: 'accepted', record: { sku: 'b' }, stamp: '' });
		expect(await book.close(() => undefined)).toHaveLength(1);
	});
});
