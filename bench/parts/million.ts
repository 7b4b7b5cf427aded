import type { Workflow } from '../../lab/n8n/workflow';
import { FLOW_NAMES } from '../flowNames';
import { generateOnly, GENERATOR, updateStocks, type Target } from '../n8n/flows';
import { withN8n } from '../n8n/instance';
import { millisecondsAfter, peakOfN8n } from '../n8n/runFacts';
import type { Bound } from '../report/bounds';
import { count, duration, figure } from '../report/format';
import { rowsCode } from '../rows';
import { withReceiver } from '../wire/receiverProcess';
import { PLAIN_STORE } from './common';
import type { Bench, PartResult } from './part';

const FEW_ROWS = 100;
const MOST_BYTES_AN_ITEM = 800;

type Make = (items: string, target: Target) => Workflow;

/** One run in a fresh n8n. */
interface Run {
	/** Milliseconds after the items were there; without the saving, which comes last. */
	ms: number;
	/** Milliseconds of all of it. */
	wholeMs: number;
	/** Most resident memory of n8n. */
	peakMb: number;
}

interface Figures {
	rows: number;
	alone: Run;
	ours: Run;
	/** The same, with the items of all nodes kept by n8n, as is its default. */
	saved: Run;
}

const saved: Make = (items, target) => ({
	...updateStocks(items, target),
	settings: { executionOrder: 'v1' },
});

/** 11. From ten thousand rows to a million in one run: whether an item costs the same. */
export async function million({ scale, progress, source }: Bench): Promise<PartResult> {
	const figures = await withReceiver(source.installation.node, async (receiver) => {
		const run = async (rows: number, make: Make): Promise<Run> =>
			await withN8n(source, async (n8n) => {
				const target = await n8n.targetAt(receiver.url, PLAIN_STORE.campaignId, PLAIN_STORE.apiKey);
				await n8n.succeed(await n8n.add(make(rowsCode(FEW_ROWS), target)));
				await receiver.check(0);
				const workflow = await n8n.add(make(rowsCode(rows), target));
				const startMs = performance.now();
				const facts = await n8n.succeed(workflow);
				const wholeMs = performance.now() - startMs;
				return { ms: millisecondsAfter(GENERATOR, facts), wholeMs, peakMb: peakOfN8n(facts) };
			});
		const sent = async (rows: number, make: Make): Promise<Run> => {
			const figures = await run(rows, make);
			const { right } = await receiver.check(rows);
			if (right !== rows) throw new Error(`${right} of ${rows} balances arrived`);
			return figures;
		};
		const all: Figures[] = [];
		for (const rows of scale.sizes) {
			await progress.during(`${count(rows)} rows in one run`, async () => {
				const alone = await run(rows, generateOnly);
				const ours = await sent(rows, updateStocks);
				all.push({ rows, alone, ours, saved: await sent(rows, saved) });
			});
		}
		return all;
	});
	return { bounds: figures.slice(-1).map(bound), tables: [table(figures)], charts: [] };
}

function bytesAnItem({ rows, alone, ours }: Figures): number {
	return ((ours.peakMb - alone.peakMb) * 2 ** 20) / rows;
}

function bound(figures: Figures): Bound {
	return {
		what: `${count(figures.rows)} rows in one run: memory above generating`,
		measured: bytesAnItem(figures),
		unit: 'bytes an item',
		limit: { most: MOST_BYTES_AN_ITEM },
	};
}

function table(figures: readonly Figures[]) {
	return {
		title: 'Up to a million rows in one run',
		note:
			`${FLOW_NAMES.ours} at 0 ms latency without a quota, one run for each size, each in a fresh n8n that saves nothing. ` +
			'What n8n takes for the items alone is in the fourth column.',
		head: [
			'rows',
			'an item',
			'above generating, an item',
			'generating alone',
			'n8n',
			'whole run',
			'n8n, saved',
			'whole run, saved',
		],
		rows: figures.map((one) => [
			count(one.rows),
			`${figure((one.ours.ms * 1_000) / one.rows)} µs`,
			`${count(bytesAnItem(one))} bytes`,
			`${count(one.alone.peakMb)} MB`,
			`${count(one.ours.peakMb)} MB`,
			duration(one.ours.wholeMs),
			`${count(one.saved.peakMb)} MB`,
			duration(one.saved.wholeMs),
		]),
	};
}
