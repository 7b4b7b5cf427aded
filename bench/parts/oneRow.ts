import { FLOW_NAMES } from '../flowNames';
import { GENERATOR, requestPerSku, updateStocks } from '../n8n/flows';
import { withN8n } from '../n8n/instance';
import { millisecondsAfter } from '../n8n/runFacts';
import { figure } from '../report/format';
import { rowsCode } from '../rows';
import { mean } from '../statistics';
import { withReceiver } from '../wire/receiverProcess';
import { PLAIN_STORE } from './common';
import type { Bench, PartResult } from './part';

/** How many runs there are for each of those that a table needs: n8n's clock counts whole milliseconds. */
const RUNS_EACH = 10;

const MOST_TIMES = 1.2;

/** What one run took, and asked. */
interface Run {
	ms: number;
	questions: number;
	requests: number;
}

/** 10. One row, as an ERP sends one for each change, against n8n's own node with one row. */
export async function oneRow({ scale, progress, source }: Bench): Promise<PartResult> {
	const flows = [
		{ name: FLOW_NAMES.ours, make: updateStocks },
		{ name: FLOW_NAMES.single, make: requestPerSku },
	];
	const runs = await withReceiver(source.installation.node, async (receiver) => {
		return await withN8n(source, async (n8n) => {
			const target = await n8n.targetAt(receiver.url, PLAIN_STORE.campaignId, PLAIN_STORE.apiKey);
			const all = new Map<string, Run[]>(flows.map(({ name }) => [name, []]));
			const workflows = await Promise.all(
				flows.map(async ({ make }) => await n8n.add(make(rowsCode(1), target))),
			);
			await progress.during('One row at a time', async () => {
				for (let run = 0; run <= scale.runs * RUNS_EACH; run++) {
					for (const [index, { name }] of flows.entries()) {
						const ms = millisecondsAfter(GENERATOR, await n8n.succeed(workflows[index] as string));
						const { right, questions, requests } = await receiver.check(1);
						if (right !== 1) throw new Error(`${name}: the balance did not arrive`);
						all.get(name)?.push({ ms, questions, requests });
					}
				}
			});
			return all;
		});
	});
	return report(runs);
}

function report(runs: ReadonlyMap<string, readonly Run[]>): PartResult {
	const meanMs = (name: string) => mean((runs.get(name) ?? []).slice(1).map(({ ms }) => ms));
	const ours = runs.get(FLOW_NAMES.ours) ?? [];
	return {
		bounds: [
			{
				what: 'One row, the second: requests in all',
				measured: (ours[1]?.questions ?? NaN) + (ours[1]?.requests ?? NaN),
				unit: 'requests',
				limit: { most: 1 },
			},
			{
				what: `One row : ${FLOW_NAMES.single}, one row`,
				measured: meanMs(FLOW_NAMES.ours) / meanMs(FLOW_NAMES.single),
				unit: 'times',
				limit: { most: MOST_TIMES },
			},
		],
		tables: [
			{
				title: 'One row',
				note:
					'A flow that is run again and again with one row, at 0 ms latency. What it asks before it sends, it asks in the ' +
					'first run.',
				head: ['', 'first run', 'asked', 'later runs, on average', 'asked', 'runs'],
				rows: Array.from(runs, ([name, [first, ...later]]) => [
					name,
					`${first?.ms} ms`,
					`${first?.questions}`,
					`${figure(meanMs(name))} ms`,
					`${Math.max(...later.map(({ questions }) => questions))}`,
					String(later.length),
				]),
			},
		],
		charts: [],
	};
}
