import { GENERATOR, updateStocks, type OnError } from '../n8n/flows';
import { withN8n } from '../n8n/instance';
import { millisecondsAfter } from '../n8n/runFacts';
import type { Bound } from '../report/bounds';
import { count, duration, figure } from '../report/format';
import { rowsCode } from '../rows';
import { summarize, type Summary } from '../statistics';
import { withReceiver } from '../wire/receiverProcess';
import { PLAIN_STORE } from './common';
import type { Bench, PartResult } from './part';

/** A way in which a user can set up the node. */
interface Mode {
	name: string;
	onError?: OnError;
	/** Instead of the names of the fields. */
	expressions?: { sku: string; stock: string };
	isSlow?: boolean;
}

interface Figures {
	mode: Mode;
	rows: number;
	time: Summary;
}

const FIELDS = 'By Field Names, Stop Workflow';
const PLAIN = 'By Expressions that name a field';

const MODES: readonly Mode[] = [
	{ name: FIELDS },
	{ name: 'By Field Names, Continue', onError: 'continueRegularOutput' },
	{ name: 'By Field Names, Continue (using error output)', onError: 'continueErrorOutput' },
	{ name: PLAIN, expressions: { sku: '={{ $json.sku }}', stock: '={{ $json.stock }}' } },
	{
		name: 'By Expressions that n8n evaluates',
		expressions: { sku: "={{ $json.sku || '' }}", stock: '={{ $json.stock || 0 }}' },
		isSlow: true,
	},
];

const MOST_FOR_PLAIN_EXPRESSIONS = 1.5;

/** What n8n evaluates is so slow that fewer rows must do. */
const SLOW_SHARE = 5;

/** 5. What the node's own choices cost. They take turns. */
export async function modes({ scale, progress, source }: Bench): Promise<PartResult> {
	const figures = await withReceiver(source.installation.node, async ({ url }) => {
		return await withN8n(source, async (n8n) => {
			const target = await n8n.targetAt(url, PLAIN_STORE.campaignId, PLAIN_STORE.apiKey);
			const all = await Promise.all(
				MODES.map(async (mode) => {
					const rows = mode.isSlow ? scale.rows / SLOW_SHARE : scale.rows;
					const workflow = await n8n.add(updateStocks(rowsCode(rows), target, mode));
					return { mode, rows, workflow, times: [] as number[] };
				}),
			);
			// The first run only warms up.
			for (let run = 0; run <= scale.runs; run++) {
				await progress.during(`Modes, ${run} of ${scale.runs}`, async () => {
					for (const { mode, workflow, times } of all) {
						if (mode.isSlow && run > scale.slowRuns) continue;
						times.push(millisecondsAfter(GENERATOR, await n8n.succeed(workflow)));
					}
				});
			}
			return all.map(({ mode, rows, times }) => ({ mode, rows, time: summarize(times.slice(1)) }));
		});
	});
	const perItem = new Map(figures.map((one) => [one.mode.name, microsecondsAnItem(one)]));
	const bound: Bound = {
		what: `${PLAIN} : ${FIELDS}`,
		measured: (perItem.get(PLAIN) ?? NaN) / (perItem.get(FIELDS) ?? NaN),
		unit: 'times',
		limit: { most: MOST_FOR_PLAIN_EXPRESSIONS },
	};
	return { bounds: [bound], tables: [table(figures)], charts: [] };
}

function microsecondsAnItem({ time, rows }: Figures): number {
	return (time.median * 1_000) / rows;
}

function table(figures: readonly Figures[]) {
	const fastest = Math.min(...figures.map(microsecondsAnItem));
	return {
		title: 'Choices of the node',
		note:
			'Update Stocks at 0 ms latency. No item fails: the choice alone is what costs. With the error output, n8n itself ' +
			'moves the items one by one.',
		head: ['', 'an item', 'times the fastest', 'items', 'median', 'least', 'most', 'runs'],
		rows: figures.map((one) => [
			one.mode.name,
			`${figure(microsecondsAnItem(one))} µs`,
			`${figure(microsecondsAnItem(one) / fastest)} times`,
			count(one.rows),
			...[one.time.median, one.time.least, one.time.most].map(duration),
			String(one.time.runs),
		]),
	};
}
