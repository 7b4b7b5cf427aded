import type { Profiler } from 'node:inspector';

import type { CpuProfile } from './n8n/runFacts';

/** Whose code runs, by what a function's file contains. The first that fits counts. */
const STAGES: ReadonlyArray<readonly [stage: string, file: RegExp]> = [
	[
		'Update Stocks: bodies of the requests',
		/yandex-market\/dist\/market\/(write\/(batch|methods)|common\/text)/,
	],
	[
		'Update Stocks: what is to be sent, and what is repeated',
		/yandex-market\/dist\/market\/records\/plan/,
	],
	['Update Stocks: output', /yandex-market\/dist\/nodes\/common\/output/],
	[
		'Update Stocks: sending and waiting for quotas',
		/yandex-market\/dist\/(market\/(write|pacing|wire|contract)|nodes\/common\/connection)/,
	],
	[
		'Update Stocks: reading and checking rows',
		/yandex-market\/dist\/(market\/records|nodes\/common\/(input|stocks))/,
	],
	['Update Stocks: all else', /yandex-market\//],
	[
		"n8n's requests: axios, credentials, the database",
		/node_modules\/(axios|@n8n\/typeorm|sqlite3|follow-redirects|form-data)|credentials|cipher|aes-/i,
	],
	['n8n: all else', /node_modules\//],
];
/** Whatever is in no file of a package. */
const NODE_JS = 'Node.js';
const GARBAGE = 'Collecting garbage';

/** Milliseconds that a process was busy between two moments, by what it did. */
export interface Busy {
	all: number;
	byStage: ReadonlyMap<string, number>;
}

/** All that a profile can say, in the order of the table. */
export const STAGE_NAMES = [...STAGES.map(([stage]) => stage), NODE_JS, GARBAGE];

/**
 * What a process did between two moments.
 *
 * @param fromMs milliseconds since 1970, like `toMs`
 */
export function busyBetween(profile: CpuProfile, fromMs: number, toMs: number): Busy {
	const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
	const byStage = new Map<string, number>();
	const { samples = [], timeDeltas = [] } = profile;
	let atMs = profile.startMs;
	samples.forEach((id, index) => {
		atMs += (timeDeltas[index] ?? 0) / 1_000;
		const node = nodes.get(id);
		const stage = node && stageOf(node.callFrame);
		if (!stage || atMs < fromMs || atMs > toMs) return;
		// A sample stands for the time until the next one.
		const tookMs = (timeDeltas[index + 1] ?? 0) / 1_000;
		byStage.set(stage, (byStage.get(stage) ?? 0) + tookMs);
	});
	const all = [...byStage.values()].reduce((sum, ms) => sum + ms, 0);
	return { all, byStage };
}

/** Undefined if the process had nothing to do. */
function stageOf({ functionName, url }: Profiler.ProfileNode['callFrame']): string | undefined {
	if (functionName === '(idle)') return undefined;
	if (functionName === '(garbage collector)') return GARBAGE;
	return STAGES.find(([, file]) => file.test(url))?.[0] ?? NODE_JS;
}
