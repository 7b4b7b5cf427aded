import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

import { endGroup, spawnGroup } from './processGroup';

export interface CommandOptions {
	cwd: string;
	/** File that receives everything the command prints, appended to what is already in it. */
	log: string;
	/** Ends the command and everything it started. */
	signal: AbortSignal;
	/** Environment variables in addition to, or instead of, this process's own. */
	env?: NodeJS.ProcessEnv;
}

/** A command that ended with anything but 0. `output` is everything it printed. */
export class CommandFailure extends Error {
	constructor(
		readonly command: string,
		readonly output: string,
	) {
		super(`"${command}" did not succeed`);
	}

	/** Where a command usually says why. */
	get lastLines(): string {
		return this.output.trimEnd().split('\n').slice(-15).join('\n');
	}
}

/** Runs a command to its end and resolves to its standard output. */
export async function runCommand(
	command: string,
	args: readonly string[],
	{ cwd, log, signal, env = {} }: CommandOptions,
): Promise<string> {
	signal.throwIfAborted();
	const child = spawnGroup(command, args, {
		cwd,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const logFile = createWriteStream(log, { flags: 'a' });
	const printed: Buffer[] = [];
	const standard: Buffer[] = [];
	child.stdout?.on('data', (chunk: Buffer) => standard.push(chunk));
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => {
			printed.push(chunk);
			logFile.write(chunk);
		});
	}
	const end = () => void endGroup(child);
	signal.addEventListener('abort', end, { once: true });
	try {
		const [code] = (await once(child, 'close')) as [number | null];
		signal.throwIfAborted();
		if (code !== 0) {
			throw new CommandFailure([command, ...args].join(' '), Buffer.concat(printed).toString());
		}
		return Buffer.concat(standard).toString();
	} finally {
		signal.removeEventListener('abort', end);
		logFile.end();
	}
}
