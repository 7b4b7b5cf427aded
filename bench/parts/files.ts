import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import writeXlsxFile from 'write-excel-file/node';

import { readFlow } from '../../demo/flow';
import type { WorkflowNode } from '../../lab/n8n/workflow';
import { NOTHING_SAVED, type Target } from '../n8n/flows';
import { withN8n, type BenchN8n } from '../n8n/instance';
import { millisecondsBetween } from '../n8n/runFacts';
import { count, duration } from '../report/format';
import { cellsOf, csvOf, rowsOf } from '../rows';
import { summarize, type Summary } from '../statistics';
import { withReceiver, type Receiver } from '../wire/receiverProcess';
import { PLAIN_STORE } from './common';
import type { Bench, PartResult } from './part';

const FLOW = join(__dirname, '..', '..', 'workflows', 'csv-or-excel-file.json');
const READ = 'Read the File';
const STEP = 'Rows of the File';
const SEND = 'Update Stocks';

const ROWS = 50_000;
const MOST_SECONDS = 5;

type Cells = ReturnType<typeof cellsOf>;

/** How a file of each kind is written. */
const FILES: Record<string, (path: string, cells: Cells) => Promise<void>> = {
	'balances.csv': async (path, cells) => await writeFile(path, csvOf(cells)),
	'balances.xlsx': async (path, cells) => await writeXlsxFile(cells).toFile(path),
};

interface Figures {
	file: string;
	/** The step alone, from the file to its rows, and the whole flow. */
	step: Summary;
	read: Summary;
	whole: Summary;
}

/** 7. How long the flow for files takes to read one. */
export async function files({ scale, progress, source }: Bench): Promise<PartResult> {
	const figures = await withReceiver(source.installation.node, async (receiver) => {
		return await withN8n(source, async (n8n) => {
			const target = await n8n.targetAt(receiver.url, PLAIN_STORE.campaignId, PLAIN_STORE.apiKey);
			const all: Figures[] = [];
			for (const file of Object.keys(FILES)) {
				all.push(
					await progress.during(`Files: ${file}`, () =>
						measure(file, scale.runs, n8n, target, receiver),
					),
				);
			}
			return all;
		});
	});
	return {
		bounds: figures.map(({ file, step }) => ({
			what: `${count(ROWS)} rows of ${file}: ${STEP}`,
			measured: step.median / 1_000,
			unit: 's',
			limit: { most: MOST_SECONDS },
		})),
		tables: [table(figures)],
		charts: [],
	};
}

async function measure(
	name: string,
	runs: number,
	n8n: BenchN8n,
	target: Target,
	receiver: Receiver,
): Promise<Figures> {
	const file = join(n8n.files, name);
	await FILES[name]?.(file, cellsOf(rowsOf(ROWS)));
	const store = { id: String(target.campaignId), name: 'Store' };
	const credentials = { yandexMarketApi: target.credential };
	const flow = await readFlow(FLOW, { file, store, credentials });
	const nodes = flow.nodes.map(withoutCatalogue);
	const workflow = await n8n.add({ ...flow, nodes, settings: NOTHING_SAVED });
	const times = { step: [] as number[], read: [] as number[], whole: [] as number[] };
	// The first run only warms up.
	for (let run = 0; run <= runs; run++) {
		const facts = await n8n.succeed(workflow);
		const { right } = await receiver.check(ROWS);
		if (right !== ROWS) throw new Error(`${name}: ${right} of ${ROWS} balances arrived`);
		if (run === 0) continue;
		times.step.push(millisecondsBetween(STEP, STEP, facts));
		times.read.push(millisecondsBetween(READ, STEP, facts));
		times.whole.push(millisecondsBetween(READ, SEND, facts));
	}
	const { step, read, whole } = times;
	return { file: name, step: summarize(step), read: summarize(read), whole: summarize(whole) };
}

/** The receiver takes balances and has no catalogue: to ask it would be repeated for a minute. */
function withoutCatalogue(node: WorkflowNode): WorkflowNode {
	if (node.name !== SEND) return node;
	const options = { ...(node.parameters.options as object), checkCatalogue: false };
	return { ...node, parameters: { ...node.parameters, options } };
}

function table(figures: readonly Figures[]) {
	return {
		title: 'Reading a file',
		note:
			`${count(ROWS)} rows of four columns through the flow csv-or-excel-file, which sends them at 0 ms latency, without Check Catalogue. ` +
			'Medians.',
		head: ['', STEP, 'from the file to its rows', 'the whole flow', 'runs'],
		rows: figures.map(({ file, step, read, whole }) => [
			file,
			...[step, read, whole].map(({ median }) => duration(median)),
			String(step.runs),
		]),
	};
}
