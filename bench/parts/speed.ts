import { FLOW_NAMES } from '../flowNames';
import { GENERATOR, loopOverItems, readyBodies, updateStocks } from '../n8n/flows';
import { withN8n, type BenchN8n } from '../n8n/instance';
import { millisecondsAfter } from '../n8n/runFacts';
import type { Bound } from '../report/bounds';
import { duration, figure } from '../report/format';
import type { Table } from '../report/table';
import { rowsCode } from '../rows';
import { summarize, type Summary } from '../statistics';
import { runFloor, type Client } from '../wire/floorProcess';
import { withReceiver, type Receiver } from '../wire/receiverProcess';
import { PLAIN_STORE } from './common';
import type { Bench, PartResult } from './part';

/** Milliseconds between a request's end and its reply: this very machine, and a Market far away. */
const LATENCIES = [0, 300];

/** A way to send all rows once. Resolves to the milliseconds it took. */
interface Way {
	name: string;
	/** So slow with latency that it is measured less often. */
	isSlow?: boolean;
	run(): Promise<number>;
}

/** The figures for one latency, by the way's name. */
interface Figures {
	latencyMs: number;
	rows: number;
	times: ReadonlyMap<string, Summary>;
}

/** 1. How fast: compared with a bare script, and with what one would build from n8n's own nodes. */
export async function speed(bench: Bench): Promise<PartResult> {
	return await withReceiver(bench.source.installation.node, async (receiver) => {
		return await withN8n(bench.source, async (n8n) => {
			const ways = await waysToSend(bench, n8n, receiver);
			const figures: Figures[] = [];
			// Whatever is loaded or compiled only once must not count.
			await bench.progress.during('Speed: every flow once, unmeasured', () =>
				measure(bench, ways, receiver, 1, 1),
			);
			for (const latencyMs of LATENCIES) {
				const { runs, slowRuns } = bench.scale;
				await receiver.setLatency(latencyMs);
				const text = `Speed: ${runs} rounds at ${latencyMs} ms`;
				const times = await bench.progress.during(text, () =>
					measure(bench, ways, receiver, runs, latencyMs > 0 ? slowRuns : runs),
				);
				figures.push({ latencyMs, rows: bench.scale.rows, times });
			}
			return { bounds: boundsOf(figures), tables: figures.map(table), charts: figures.map(chart) };
		});
	});
}

async function waysToSend(
	{ scale, source }: Bench,
	n8n: BenchN8n,
	receiver: Receiver,
): Promise<Way[]> {
	const { campaignId, apiKey } = PLAIN_STORE;
	const target = await n8n.targetAt(receiver.url, campaignId, apiKey);
	const items = rowsCode(scale.rows);
	const inN8n = async (workflowId: string) =>
		millisecondsAfter(GENERATOR, await n8n.succeed(workflowId));
	const script = (client: Client) =>
		runFloor(source.installation.node, receiver.url, scale.rows, client);
	const [ours, bodies, loop] = await Promise.all([
		n8n.add(updateStocks(items, target)),
		n8n.add(readyBodies(items, target)),
		n8n.add(loopOverItems(items, target)),
	]);
	return [
		{ name: FLOW_NAMES.script, run: () => script('fetch') },
		{ name: FLOW_NAMES.http, run: () => script('http') },
		{ name: FLOW_NAMES.ours, run: () => inN8n(ours) },
		{ name: FLOW_NAMES.bodies, run: () => inN8n(bodies) },
		{ name: FLOW_NAMES.loop, isSlow: true, run: () => inN8n(loop) },
	];
}

/** Lets all ways take turns, so that whatever else the machine does affects them all alike. */
async function measure(
	{ scale: { rows } }: Bench,
	ways: readonly Way[],
	receiver: Receiver,
	runs: number,
	slowRuns: number,
): Promise<ReadonlyMap<string, Summary>> {
	const times = new Map<string, number[]>(ways.map(({ name }) => [name, []]));
	for (let round = 0; round < runs; round++) {
		for (const { name, isSlow, run } of ways) {
			if (isSlow && round >= slowRuns) continue;
			times.get(name)?.push(await run());
			const { right } = await receiver.check(rows);
			if (right !== rows) throw new Error(`${name}: ${right} of ${rows} balances arrived`);
		}
	}
	return new Map(Array.from(times, ([name, values]) => [name, summarize(values)]));
}

function boundsOf(figures: readonly Figures[]): Bound[] {
	const ratio = (latencyMs: number, above: string, below: string) => {
		const times = figures.find((one) => one.latencyMs === latencyMs)?.times;
		return (times?.get(above)?.median ?? NaN) / (times?.get(below)?.median ?? NaN);
	};
	const { ours, script, bodies, loop } = FLOW_NAMES;
	const bound = (
		latencyMs: number,
		above: string,
		below: string,
		limit: Bound['limit'],
	): Bound => ({
		what: `${above} : ${below}, ${latencyMs} ms`,
		measured: ratio(latencyMs, above, below),
		unit: 'times',
		limit,
	});
	return [
		bound(0, ours, script, { most: 1.8 }),
		bound(300, ours, script, { most: 1.04 }),
		bound(0, bodies, ours, { least: 7 }),
		bound(300, bodies, ours, { least: 1.22 }),
		bound(0, loop, ours, { least: 10 }),
		bound(300, loop, ours, { least: 4.5 }),
	];
}

function table({ latencyMs, rows, times }: Figures): Table {
	const floor = times.get(FLOW_NAMES.script)?.median ?? NaN;
	return {
		title: `Speed, ${latencyMs} ms latency`,
		note:
			'A run without n8n is a process of its own each time; a flow has run once before in its n8n. How fast the machine ' +
			"is, the script's own time at 0 ms says: what a flow takes longer, an item, grows with it, and so do the ratios.",
		head: ['', 'over the script', 'longer, an item', 'median', 'least', 'most', 'runs'],
		rows: Array.from(times, ([name, { median, least, most, runs }]) => [
			name,
			`${figure(median / floor)} times`,
			`${figure(((median - floor) * 1_000) / rows)} µs`,
			...[median, least, most].map(duration),
			String(runs),
		]),
	};
}

function chart({ latencyMs, times }: Figures) {
	return {
		title: `Time to send all balances, ${latencyMs} ms latency`,
		unit: 's',
		bars: Array.from(times, ([label, { median }]) => ({
			label,
			value: median / 1_000,
			isOurs: label === FLOW_NAMES.ours,
		})),
	};
}
