import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { CommandFailure, runCommand, type CommandOptions } from '../system/command';
import { npm } from '../system/npm';
import { missingBuildTools } from './buildTools';
import { isDone, lockFingerprint, markDone, unmark, type Stage } from './installMarker';
import { withAddresses } from './lock';
import { findNodeJs } from './nodeJs';

/** An exact n8n version, and what it needs. */
export interface PinnedN8n {
	/** Folder with the package.json and the lock that it is installed from. */
	lock: string;
	/** Major versions of Node.js that can run it. */
	nodeMajors: readonly number[];
	/** Its dependencies that are compiled on the machine. */
	native: readonly string[];
}

/** The newest n8n whose dependencies are all available: what the demo, the bench and most tests run on. */
export const NEWEST: PinnedN8n = {
	lock: __dirname,
	nodeMajors: [24],
	native: ['sqlite3', 'isolated-vm'],
};

/** An n8n ready to be started. */
export interface Installation {
	/** The Node.js that runs it. */
	node: string;
	/** n8n's own script. */
	script: string;
}

export interface InstallOptions {
	/** Where n8n lives after the install; kept for next time. */
	folder: string;
	/** @default NEWEST */
	pinned?: PinnedN8n;
	/** File that receives what npm prints. */
	log: string;
	signal: AbortSignal;
	/** Called with what is being done, in words for a person. Not called if n8n is already there. */
	onStep?: (words: string) => void;
}

/** What one stage of an install needs. */
interface Work extends CommandOptions {
	pinned: PinnedN8n;
}

/** Installs a pinned n8n, or the parts of it that are still missing. */
export async function installN8n(options: InstallOptions): Promise<Installation> {
	const { folder, pinned = NEWEST, log, signal, onStep = () => {} } = options;
	const stages: Array<{ stage: Stage; words: string; work: (work: Work) => Promise<void> }> = [
		{
			stage: 'downloaded',
			words: 'Downloading n8n: about 2 minutes and 3 GB, only this first time',
			work: download,
		},
		{
			stage: 'compiled',
			words: "Compiling n8n's database driver: about 1 minute, only this first time",
			work: compile,
		},
	];
	const fingerprint = await lockFingerprint(pinned.lock);
	for (const { stage, words, work } of stages) {
		if (await isDone(folder, stage, fingerprint)) continue;
		onStep(words);
		await unmark(folder, stage);
		await work({ pinned, cwd: folder, log, signal });
		await markDone(folder, stage, fingerprint);
	}
	const { executable } = await findNodeJs(folder, pinned.nodeMajors);
	return { node: executable, script: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

async function download({ pinned, ...options }: Work): Promise<void> {
	await mkdir(options.cwd, { recursive: true });
	await copyFile(join(pinned.lock, 'package.json'), join(options.cwd, 'package.json'));
	const lock = await readFile(join(pinned.lock, 'package-lock.json'), 'utf8');
	const registry = await npm(['config', 'get', 'registry'], options);
	await writeFile(join(options.cwd, 'package-lock.json'), withAddresses(lock, registry));
	// Most of n8n's install scripts are for features that the demo does not use, and some of them fail.
	await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options);
}

async function compile({ pinned: { nodeMajors, native }, ...options }: Work): Promise<void> {
	const { executable, headers } = await findNodeJs(options.cwd, nodeMajors);
	try {
		await npm(['rebuild', '--no-ignore-scripts', ...native], {
			...options,
			node: executable,
			// The headers of the Node.js that will run the result, whatever the machine's own settings say.
			env: headers === undefined ? {} : { npm_config_nodedir: headers },
		});
	} catch (error) {
		throw (await lacksBuildTools(error)) ?? error;
	}
	await runCommand(
		executable,
		['--eval', native.map((name) => `require('${name}');`).join('')],
		options,
	);
}

async function lacksBuildTools(error: unknown): Promise<Error | undefined> {
	const missing = error instanceof CommandFailure ? await missingBuildTools() : [];
	if (missing.length === 0) return undefined;
	return new Error(
		`n8n's database driver has to be compiled, and this machine lacks ${missing.join(', ')}. ` +
			'On Debian or Ubuntu: apt-get install -y python3 make g++. Then run the command again.',
		{ cause: error },
	);
}
