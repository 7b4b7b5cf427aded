import { setTimeout as delay } from 'node:timers/promises';

import type { Workflow } from '../../lab/n8n/workflow';
import { extraStores, startSandbox, TOKENS, type Sandbox } from '../../sandbox';
import { FLOW_NAMES } from '../flowNames';
import { halfUsed } from '../model/refusing';
import {
	loopOverItems,
	readyBodies,
	requestPerSku,
	updateStocks,
	type OnError,
	type Target,
} from '../n8n/flows';
import { withN8n, type BenchN8n } from '../n8n/instance';
import type { FailedItem, RunFacts } from '../n8n/runFacts';
import { poisonedTable, type PoisonedTable } from '../poison';
import { count } from '../report/format';
import { rowsCode, rowsOf } from '../rows';
import type { Bench, PartResult } from './part';

const LATENCY_MS = 100;
const BATCH = 2_000;
const MINUTE_MS = 60_000;
const ROWS_ONE_BY_ONE = 2_000;
const ON_ERROR: OnError = 'continueRegularOutput';

interface Contender {
	name: string;
	rows: number;
	flow(items: string, target: Target): Workflow;
}

interface Figures {
	name: string;
	rows: number;
	poisoned: number;
	/** Rows whose exact balance the Market holds. */
	right: number;
	/** SKUs for which the Market holds what no row says. */
	wrong: number;
	/** Poisoned rows that the output names. */
	named: number;
	status: string;
}

/** Ours last: where the others lose what exceeds the quota, it waits for the next minute. */
function contenders(rows: number): Contender[] {
	return [
		{
			name: FLOW_NAMES.bodies,
			rows,
			flow: (items, target) => readyBodies(items, target, ON_ERROR),
		},
		{
			name: FLOW_NAMES.loop,
			rows,
			flow: (items, target) => loopOverItems(items, target, ON_ERROR),
		},
		{
			name: FLOW_NAMES.single,
			rows: Math.min(rows, ROWS_ONE_BY_ONE),
			flow: (items, target) => requestPerSku(items, target, ON_ERROR),
		},
		{
			name: FLOW_NAMES.ours,
			rows,
			flow: (items, target) => updateStocks(items, target, { onError: ON_ERROR }),
		},
	];
}

/** 4. What arrives if the table is not clean, the quota is shared and the Market allows four requests at once. */
export async function arrived({ scale, progress, source }: Bench): Promise<PartResult> {
	const list = contenders(scale.rows);
	const stores = extraStores(list.length);
	const sandbox = await startSandbox({
		catalogue: rowsOf(scale.rows),
		extraStores: stores,
		switches: {
			latencyMs: LATENCY_MS,
			...halfUsed(
				stores.map(({ campaignId }) => campaignId),
				scale.rows,
			),
		},
	});
	try {
		const figures = await withN8n(source, async (n8n) => {
			const all: Figures[] = [];
			await progress.during('Arrived: waiting for a new minute', untilNextMinute);
			for (const [index, contender] of list.entries()) {
				const campaignId = stores[index]?.campaignId ?? 0;
				const text = `Arrived: ${contender.name}`;
				all.push(await progress.during(text, () => contend(contender, campaignId, n8n, sandbox)));
			}
			return all;
		});
		return report(figures);
	} finally {
		await sandbox.stop();
	}
}

async function untilNextMinute(): Promise<void> {
	await delay(MINUTE_MS - (Date.now() % MINUTE_MS));
}

async function contend(
	{ name, rows, flow }: Contender,
	campaignId: number,
	n8n: BenchN8n,
	{ url, market }: Sandbox,
): Promise<Figures> {
	const table = poisonedTable(rows);
	const target = await n8n.targetAt(url, campaignId, TOKENS.allMethods);
	const facts = await n8n.run(await n8n.add(flow(rowsCode(rows, table.changes), target)));
	const held = (sku: string) => market.balance(campaignId, sku)?.available;
	const right = table.balances.filter((balance) => held(balance.sku) === balance.count);
	const wrong = table.refusedSkus.filter((sku) => held(sku) !== undefined);
	return {
		name,
		rows,
		poisoned: table.poisoned.length,
		right: right.length,
		wrong: wrong.length,
		named: namedRows(table, facts).length,
		status: facts.status,
	};
}

/** The poisoned rows that a reader of the flow's output could find. */
function namedRows({ poisoned, rows }: PoisonedTable, { failed }: RunFacts): number[] {
	return poisoned.filter((row) => failed.some((item) => names(item, row, rows[row]?.sku ?? '')));
}

/** By the input item; by the SKU; or, generously, by the place in the request that carried it. */
function names({ node, item, text }: FailedItem, row: number, sku: string): boolean {
	if (node === 'Update Stocks') return item === row;
	return (sku !== '' && text.includes(sku)) || text.includes(`skus[${row % BATCH}]`);
}

function report(figures: readonly Figures[]): PartResult {
	const ours = figures.find(({ name }) => name === FLOW_NAMES.ours);
	const wanted = ours === undefined ? NaN : ours.rows - ours.poisoned;
	return {
		bounds: [
			{
				what: 'Poisoned table: arrived',
				measured: ours?.right ?? NaN,
				unit: 'rows',
				limit: { least: wanted },
			},
			{
				what: 'Poisoned table: wrong at the Market',
				measured: ours?.wrong ?? NaN,
				unit: 'rows',
				limit: { most: 0 },
			},
			{
				what: 'Poisoned table: bad rows named',
				measured: ours?.named ?? NaN,
				unit: 'rows',
				limit: { least: ours?.poisoned ?? NaN },
			},
		],
		tables: [
			{
				title: 'Arrived and accounted for',
				note:
					'A table with a SKU that comes twice with different balances, a blank SKU, a blank balance and a balance ' +
					`"1 234"; half of the quota already used by another program; at most four requests at once; ${LATENCY_MS} ms ` +
					'latency; On Error: Continue.',
				head: [
					'',
					'could be sent',
					'arrived',
					'lost',
					'wrong at the Market',
					'bad rows named',
					'the run says',
				],
				rows: figures.map((one) => [
					one.name,
					...[
						one.rows - one.poisoned,
						one.right,
						one.rows - one.poisoned - one.right,
						one.wrong,
					].map(count),
					`${one.named} of ${one.poisoned}`,
					one.status,
				]),
			},
		],
		charts: [
			{
				title: 'Balances that arrived, of those that could be sent',
				unit: '%',
				bars: figures.map(({ name, rows, poisoned, right }) => ({
					label: name,
					value: (right / (rows - poisoned)) * 100,
					isOurs: name === FLOW_NAMES.ours,
				})),
			},
		],
	};
}
