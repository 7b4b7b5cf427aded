import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandFailure, runCommand, type CommandOptions } from '../system/command';
import { npm } from '../system/npm';
import { missingBuildTools } from './buildTools';
import { isInstalled, lockFingerprint, markInstalled, unmarkInstalled } from './installMarker';
import { findNode24, type Node24 } from './node24';

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

/** Installs the pinned n8n of this folder's lock, unless it is there already. */
export async function installN8n({ folder, log, signal, onStep = () => {} }: InstallOptions): Promise<Installation> {
	const fingerprint = await lockFingerprint(__dirname);
	if (!(await isInstalled(folder, fingerprint))) {
		await install(folder, { cwd: folder, log, signal }, onStep);
		await markInstalled(folder, fingerprint);
	}
	const { executable } = await findNode24(folder);
	return { node: executable, script: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

async function install(folder: string, options: CommandOptions, onStep: (words: string) => void): Promise<void> {
	await mkdir(folder, { recursive: true });
	await unmarkInstalled(folder);
	for (const file of ['package.json', 'package-lock.json']) {
		await copyFile(join(__dirname, file), join(folder, file));
	}
	onStep('Downloading n8n: about 2 minutes and 3 GB, only this first time');
	// Most of n8n's install scripts are for features that a demo has no use for, and some of them fail.
	await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options);
	onStep("Compiling n8n's database driver: about 1 minute, only this first time");
	const node24 = await findNode24(folder);
	await compile(node24, options);
	await runCommand(node24.executable, ['--eval', NATIVE.map((name) => `require('${name}');`).join('')], options);
}

async function compile({ executable, headers }: Node24, options: CommandOptions): Promise<void> {
	try {
		await npm(['rebuild', '--no-ignore-scripts', ...NATIVE], {
			...options,
			node: executable,
			// The headers of the Node.js that will run the result, whatever the machine's own settings say.
			env: headers === undefined ? {} : { npm_config_nodedir: headers },
		});
	} catch (error) {
		const missing = error instanceof CommandFailure ? await missingBuildTools() : [];
		if (missing.length === 0) throw error;
		throw new Error(
			`n8n's database driver has to be compiled, and this machine lacks ${missing.join(', ')}. ` +
				'On Debian or Ubuntu: apt-get install -y python3 make g++. Then run the command again.',
			{ cause: error },
		);
	}
}
