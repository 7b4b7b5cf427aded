import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { CommandFailure, runCommand, type CommandOptions } from '../system/command';
import { npm } from '../system/npm';
import { missingBuildTools } from './buildTools';
import { isDone, lockFingerprint, markDone, unmark, type Stage } from './installMarker';
import { findNode24 } from './node24';

/** n8n's dependencies that are compiled for the machine. */
const NATIVE = ['sqlite3', 'isolated-vm'];

/** An n8n ready to be started. */
export interface Installation {
	/** The Node.js that runs it. */
	node: string;
	/** n8n's own script. */
	script: string;
}

export interface InstallOptions {
	/** Where n8n lives after the install; kept for the next time. */
	folder: string;
	/** File that receives what npm prints. */
	log: string;
	signal: AbortSignal;
	/** Told what is being done, in words for a person. Not called when n8n is there already. */
	onStep?: (words: string) => void;
}

/** Installs the pinned n8n of this folder's lock, as far as that is not done yet. */
export async function installN8n({ folder, log, signal, onStep = () => {} }: InstallOptions): Promise<Installation> {
	const options: CommandOptions = { cwd: folder, log, signal };
	const stages: Array<{ stage: Stage; words: string; work: (options: CommandOptions) => Promise<void> }> = [
		{ stage: 'downloaded', words: 'Downloading n8n: about 2 minutes and 3 GB, only this first time', work: download },
		{ stage: 'compiled', words: "Compiling n8n's database driver: about 1 minute, only this first time", work: compile },
	];
	const fingerprint = await lockFingerprint(__dirname);
	for (const { stage, words, work } of stages) {
		if (await isDone(folder, stage, fingerprint)) continue;
		onStep(words);
		await unmark(folder, stage);
		await work(options);
		await markDone(folder, stage, fingerprint);
	}
	const { executable } = await findNode24(folder);
	return { node: executable, script: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

async function download(options: CommandOptions): Promise<void> {
	await mkdir(options.cwd, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		await copyFile(join(__dirname, file), join(options.cwd, file));
	}
	// Most of n8n's install scripts are for features that a demo has no use for, and some of them fail.
	await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options);
}

async function compile(options: CommandOptions): Promise<void> {
	const { executable, headers } = await findNode24(options.cwd);
	try {
		await npm(['rebuild', '--no-ignore-scripts', ...NATIVE], {
			...options,
			node: executable,
			// The headers of the Node.js that will run the result, whatever the machine's own settings say.
			env: headers === undefined ? {} : { npm_config_nodedir: headers },
		});
	} catch (error) {
		throw (await lacksBuildTools(error)) ?? error;
	}
	await runCommand(executable, ['--eval', NATIVE.map((name) => `require('${name}');`).join('')], options);
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
