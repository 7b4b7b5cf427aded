import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { installN8n } from '../lab/n8n/install';
import { packPackage } from '../lab/package';
import { Cleanup } from '../lab/system/cleanup';
import { CommandFailure } from '../lab/system/command';
import { onInterrupt } from '../lab/system/interrupt';
import { npm } from '../lab/system/npm';
import { holdFolder } from '../lab/system/onlyOne';
import { Progress } from '../lab/system/progress';
import { describeMachine, machineLine } from './machine';
import type { N8nSource } from './n8n/instance';
import { Others } from './others';
import { HELP, readOptions, type BenchOptions } from './options';
import { PARTS } from './parts';
import type { PartResult } from './parts/part';
import { boundsLines, isMet } from './report/bounds';
import { svg } from './report/chart';
import { page } from './report/page';
import { FULL, QUICK } from './scale';

const ROOT = resolve(__dirname, '..');
/** Shared with the demo because of the n8n installed in it; git ignores it. */
const WORK = join(ROOT, '.demo');
const PAGE = join(__dirname, 'results.md');
const PICTURE = join(__dirname, 'results.svg');

/** @returns whether every bound is met */
async function bench(options: BenchOptions, signal: AbortSignal): Promise<boolean> {
	const progress = new Progress();
	const scale = options.quick ? QUICK : FULL;
	const source = await prepare(progress, signal);
	const others = await Others.watch();
	const results: PartResult[] = [];
	for (const part of options.parts) results.push(await PARTS[part]({ scale, progress, source }));

	const machine = machineLine(await describeMachine(source.installation.node, source.folder));
	const text = page(results, machine, await others.sentence(), scale);
	console.log(`\n${text}`);
	if (!options.quick && options.parts.length === Object.keys(PARTS).length) {
		await writeFile(PAGE, text);
		await writeFile(PICTURE, svg(results.flatMap(({ charts }) => charts)));
	}
	const bounds = results.flatMap((result) => result.bounds);
	console.log(`${boundsLines(bounds).join('\n')}\n`);
	progress.say('Done');
	return bounds.every(isMet);
}

/** The package as users get it, and the n8n that runs it. */
async function prepare(progress: Progress, signal: AbortSignal): Promise<N8nSource> {
	const build = { cwd: ROOT, log: join(WORK, 'build.log'), signal };
	await progress.during('Building the n8n package', () => npm(['run', 'build'], build));
	const tarball = await packPackage(join(WORK, 'package'), build);
	const folder = join(WORK, 'n8n');
	const onStep = (words: string) => progress.say(words);
	const installation = await progress.during('Looking for n8n', () =>
		installN8n({ folder, log: join(WORK, 'install.log'), signal, onStep }),
	);
	const { name } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
		name: string;
	};
	return {
		installation,
		folder,
		tarball,
		packageName: name,
		log: join(WORK, 'bench-n8n.log'),
		signal,
	};
}

function explain(error: unknown): string {
	if (error instanceof CommandFailure) return `${error.message}:\n${error.lastLines}`;
	return error instanceof Error ? error.message : String(error);
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options.help) {
		console.log(HELP);
		return;
	}
	const signal = onInterrupt();
	const cleanup = new Cleanup();
	try {
		await mkdir(WORK, { recursive: true });
		cleanup.add(await holdFolder(WORK));
		const allMet = await bench(options, signal);
		process.exitCode = options.check && !allMet ? 1 : 0;
	} catch (error) {
		console.error(signal.aborted ? '\nStopped.' : `\n${explain(error)}\n`);
		process.exitCode = 1;
	} finally {
		await cleanup.run();
	}
}

void main();
