import { GENERATOR, updateStocks, type OnError, type Target } from '../n8n/flows';
import { withN8n, type BenchN8n } from '../n8n/instance';
import { millisecondsAfter } from '../n8n/runFacts';
import { count, duration, figure } from '../report/format';
import { rowsCode } from '../rows';
import type { Scale } from '../scale';
import { summarize, type Summary } from '../statistics';
import { withReceiver } from '../wire/receiverProcess';
import { PLAIN_STORE } from './common';
import type { Bench, PartResult } from './part';

/** A way in which a user can set up the node. */
interface Mode {
	name: string;
	onError?: OnError;
	expressions?: boolean;
}

interface Figures {
	mode: Mode;
	rows: number;
	time: Summary;
}

const MODES: readonly Mode[] = [
	{ name: 'By Field Names, Stop Workflow' },
	{ name: 'By Field Names, Continue', onError: 'continueRegularOutput' },
	{ name: 'By Field Names, Continue (using error output)', onError: 'continueErrorOutput' },
	{ name: 'By Expressions, Stop Workflow', expressions: true },
];

/** Expressions are so slow that fewer rows must do. */
const EXPRESSIONS_SHARE = 5;

/** 5. What the node's own choices cost. */
export async function modes({ scale, progress, source }: Bench): Promise<PartResult> {
	const figures = await withReceiver(source.installation.node, async ({ url }) => {
		return await withN8n(source, async (n8n) => {
			const target = await n8n.targetAt(url, PLAIN_STORE.campaignId, PLAIN_STORE.apiKey);
			const all: Figures[] = [];
			for (const mode of MODES) {
				all.push(
					await progress.during(`Modes: ${mode.name}`, () => measure(mode, scale, n8n, target)),
				);
			}
			return all;
		});
	});
	return { bounds: [], tables: [table(figures)], charts: [] };
}

async function measure(mode: Mode, scale: Scale, n8n: BenchN8n, target: Target): Promise<Figures> {
	const rows = mode.expressions ? scale.rows / EXPRESSIONS_SHARE : scale.rows;
	const runs = mode.expressions ? scale.slowRuns : scale.runs;
	const workflow = await n8n.add(updateStocks(rowsCode(rows), target, mode));
	const times: number[] = [];
	// The first run only warms up.
	for (let run = 0; run <= runs; run++)
		times.push(millisecondsAfter(GENERATOR, await n8n.succeed(workflow)));
	return { mode, rows, time: summarize(times.slice(1)) };
}

function table(figures: readonly Figures[]) {
	const perItem = ({ time, rows }: Figures) => (time.median * 1_000) / rows;
	const fastest = Math.min(...figures.map(perItem));
	return {
		title: 'Choices of the node',
		note: 'Update Stocks at 0 ms latency. No item fails: the choice alone is what costs.',
		head: ['', 'an item', 'times the fastest', 'items', 'median', 'least', 'most', 'runs'],
		rows: figures.map((one) => [
			one.mode.name,
			`${figure(perItem(one))} µs`,
			`${figure(perItem(one) / fastest)} times`,
			count(one.rows),
			...[one.time.median, one.time.least, one.time.most].map(duration),
			String(one.time.runs),
		]),
	};
}
