import type { Workflow } from '../../lab/n8n/workflow';
import {
	callForEach,
	updateStocks,
	updateStocksAsSubWorkflow,
	updateStocksInLoop,
	type Target,
} from '../n8n/flows';
import { withN8n, type BenchN8n } from '../n8n/instance';
import { peakOfN8n } from '../n8n/runFacts';
import { count, duration } from '../report/format';
import type { Table } from '../report/table';
import { rowsCode } from '../rows';
import { withReceiver } from '../wire/receiverProcess';
import { PLAIN_STORE } from './common';
import type { Bench, PartResult } from './part';

interface Way {
	name: string;
	/** Adds what the flow calls, and makes the flow. */
	make(n8n: BenchN8n, target: Target): Promise<Workflow>;
}

interface Figures {
	name: string;
	wholeMs: number;
	peakMb: number;
}

/** 12. What it costs to split a run that is very long, once in each way. */
export async function splitting({ scale, progress, source }: Bench): Promise<PartResult> {
	const rows = scale.sizes.at(-1) ?? 0;
	const each = scale.oneStore;
	const ways: Way[] = [
		{
			name: 'One run, one Update Stocks',
			make: async (_, target) => updateStocks(rowsCode(rows), target),
		},
		{
			name: `Loop Over Items, ${count(each)} at a time`,
			make: async (_, target) => updateStocksInLoop(rowsCode(rows), target, each),
		},
		{
			name: `A sub-workflow for each ${count(each)}, which makes its own rows`,
			make: async (n8n, target) => {
				const called = updateStocksAsSubWorkflow(
					rowsCode(each, {}, '$input.first().json.from'),
					target,
				);
				const parts = `Array.from({ length: ${rows / each} }, (_, part) => ({ json: { from: part * ${each} } }))`;
				return callForEach(`return ${parts};`, await n8n.add(called));
			},
		},
	];
	const figures = await withReceiver(source.installation.node, async (receiver) => {
		const all: Figures[] = [];
		for (const { name, make } of ways) {
			await progress.during(`${count(rows)} rows: ${name}`, async () => {
				await withN8n(source, async (n8n) => {
					const target = await n8n.targetAt(
						receiver.url,
						PLAIN_STORE.campaignId,
						PLAIN_STORE.apiKey,
					);
					const workflow = await n8n.add(await make(n8n, target));
					const startMs = performance.now();
					const facts = await n8n.succeed(workflow);
					const wholeMs = performance.now() - startMs;
					all.push({ name, wholeMs, peakMb: peakOfN8n(facts) });
				});
				const { right } = await receiver.check(rows);
				if (right !== rows) throw new Error(`${right} of ${rows} balances arrived`);
			});
		}
		return all;
	});
	return { bounds: [], tables: [table(figures, rows)], charts: [] };
}

function table(figures: readonly Figures[], rows: number): Table {
	return {
		title: 'A very long run, split',
		note: `${count(rows)} rows at 0 ms latency, each way once in a fresh n8n that saves nothing.`,
		head: ['', 'n8n at most', 'whole run'],
		rows: figures.map(({ name, peakMb, wholeMs }) => [
			name,
			`${count(peakMb)} MB`,
			duration(wholeMs),
		]),
	};
}
