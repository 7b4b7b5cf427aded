import type { Workflow } from '../../lab/n8n/workflow';
import { FLOW_NAMES } from '../flowNames';
import { generateOnly, loopOverItems, readyBodies, updateStocks, type Target } from '../n8n/flows';
import { withN8n } from '../n8n/instance';
import type { ProcessMemory } from '../n8n/runFacts';
import { figure } from '../report/format';
import { rowsCode } from '../rows';
import { summarize } from '../statistics';
import { withReceiver } from '../wire/receiverProcess';
import { PLAIN_STORE } from './common';
import type { Bench, PartResult } from './part';

const FLOWS: Record<string, (items: string, target: Target) => Workflow> = {
	[FLOW_NAMES.generate]: generateOnly,
	[FLOW_NAMES.ours]: (items, target) => updateStocks(items, target),
	[FLOW_NAMES.bodies]: (items, target) => readyBodies(items, target),
	[FLOW_NAMES.loop]: (items, target) => loopOverItems(items, target),
};

const FEW_ROWS = 100;
const MOST_ABOVE_MB = 80;

/** Most megabytes that a process used, for each run. */
interface Peaks {
	n8n: number[];
	runner: number[];
}

/** 2. How much memory, beyond what holding the items costs anyway. */
export async function memory({ scale, progress, source }: Bench): Promise<PartResult> {
	const peaks = new Map<string, Peaks>(
		Object.keys(FLOWS).map((name) => [name, { n8n: [], runner: [] }]),
	);
	await withReceiver(source.installation.node, async ({ url }) => {
		for (let run = 1; run <= scale.memoryRuns; run++) {
			for (const [name, make] of Object.entries(FLOWS)) {
				await progress.during(
					`Memory, a fresh n8n, ${run} of ${scale.memoryRuns}: ${name}`,
					async () => {
						const memory = await withN8n(source, async (n8n) => {
							const target = await n8n.targetAt(url, PLAIN_STORE.campaignId, PLAIN_STORE.apiKey);
							// Whatever the nodes need only once is loaded beforehand.
							await n8n.succeed(await n8n.add(make(rowsCode(FEW_ROWS), target)));
							return (await n8n.succeed(await n8n.add(make(rowsCode(scale.rows), target)))).memory;
						});
						peaks.get(name)?.n8n.push(peakOf(memory.filter(({ isN8n }) => isN8n)));
						peaks.get(name)?.runner.push(peakOf(memory.filter(({ isN8n }) => !isN8n)));
					},
				);
			}
		}
	});
	return report(peaks, scale.memoryRuns);
}

function peakOf(processes: readonly ProcessMemory[]): number {
	return processes.reduce((sum, { peakMb }) => sum + peakMb, 0);
}

function report(peaks: ReadonlyMap<string, Peaks>, runs: number): PartResult {
	const medians = Array.from(peaks, ([name, { n8n, runner }]) => ({
		name,
		n8n: summarize(n8n),
		runner: summarize(runner).median,
	}));
	const alone = medians.find(({ name }) => name === FLOW_NAMES.generate)?.n8n.median ?? NaN;
	const flows = medians.filter(({ name }) => name !== FLOW_NAMES.generate);
	const above = new Map(flows.map(({ name, n8n }) => [name, n8n.median - alone]));
	const ours = above.get(FLOW_NAMES.ours) ?? NaN;
	const others = flows.filter(({ name }) => name !== FLOW_NAMES.ours);
	const least = Math.min(...others.map(({ name }) => above.get(name) ?? NaN));
	return {
		bounds: [
			{
				what: 'Peak memory of Update Stocks',
				measured: ours,
				unit: 'MB',
				limit: { most: MOST_ABOVE_MB },
			},
			{
				what: 'The same, against the leanest other flow',
				measured: ours,
				unit: 'MB',
				limit: { most: least },
			},
		],
		tables: [
			{
				title: 'Peak memory',
				note:
					`Most resident memory of the n8n process, each flow in ${runs} fresh ones, and of the task runner, in which ` +
					'the Code nodes run. The first column is what a flow takes beyond generating the items alone.',
				head: ['', 'above generating alone', 'n8n', 'least', 'most', 'task runner'],
				rows: medians.map(({ name, n8n, runner }) => [
					name,
					`${figure(above.get(name) ?? 0)} MB`,
					...[n8n.median, n8n.least, n8n.most, runner].map((value) => `${figure(value)} MB`),
				]),
			},
		],
		charts: [
			{
				title: 'Peak memory of the n8n process above generating the items alone',
				unit: 'MB',
				bars: flows.map(({ name: label }) => ({
					label,
					value: Math.max(0, above.get(label) ?? 0),
					isOurs: label === FLOW_NAMES.ours,
				})),
			},
		],
	};
}
