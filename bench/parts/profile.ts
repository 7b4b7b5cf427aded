import { GENERATOR, updateStocks } from '../n8n/flows';
import { withN8n } from '../n8n/instance';
import type { RunFacts } from '../n8n/runFacts';
import { busyBetween, STAGE_NAMES, type Busy } from '../profile';
import { figure } from '../report/format';
import type { Table } from '../report/table';
import { rowsCode } from '../rows';
import { withReceiver } from '../wire/receiverProcess';
import { PLAIN_STORE } from './common';
import type { Bench, PartResult } from './part';

/** 13. Where the time of Update Stocks goes, by n8n's own CPU profile. */
export async function profile({ scale, progress, source }: Bench): Promise<PartResult> {
	const runs = await withReceiver(source.installation.node, async ({ url }) => {
		return await withN8n({ ...source, isProfiled: true }, async (n8n) => {
			const target = await n8n.targetAt(url, PLAIN_STORE.campaignId, PLAIN_STORE.apiKey);
			const workflow = await n8n.add(updateStocks(rowsCode(scale.rows), target));
			const all: Busy[] = [];
			// The first run only warms up.
			for (let run = 0; run <= scale.runs; run++) {
				await progress.during(`Profile, ${run} of ${scale.runs}`, async () => {
					const busy = ofNode(await n8n.succeed(workflow));
					if (run > 0) all.push(busy);
				});
			}
			return all;
		});
	});
	return { bounds: [], tables: [table(runs, scale.rows)], charts: [] };
}

/** What n8n did from the end of the generating node on. */
function ofNode({ profile: taken, runs }: RunFacts): Busy {
	const startMs = runs.find(({ node }) => node === GENERATOR)?.endMs;
	if (!taken || startMs === undefined) throw new Error('A run came without its profile');
	return busyBetween(taken, startMs, Math.max(...runs.map(({ endMs }) => endMs)));
}

function table(runs: readonly Busy[], rows: number): Table {
	const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
	const allMs = sum(runs.map(({ all }) => all));
	return {
		title: 'Where the time goes',
		note:
			`Update Stocks at 0 ms latency, ${runs.length} runs with n8n's CPU profiler, which itself takes time: only the shares ` +
			'mean anything. What the engine of JavaScript does for a function counts as the function.',
		head: ['', 'share', 'an item'],
		rows: STAGE_NAMES.map((stage) => {
			const ms = sum(runs.map(({ byStage }) => byStage.get(stage) ?? 0));
			return [
				stage,
				`${figure((ms / allMs) * 100)} %`,
				`${figure((ms * 1_000) / runs.length / rows)} µs`,
			];
		}),
	};
}
