import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { endGroup, hasEnded, spawnGroup } from './processGroup';

const READY_WITHIN_MS = 30_000;
const POLL_MS = 50;
/** Redis and PostgreSQL use the same words for it. */
const READY = /ready to accept connections/i;

export interface ServerOptions {
	cwd: string;
	/** File that receives what the server prints. */
	log: string;
	signal: AbortSignal;
	/** The user that it runs as; by default, whoever runs the tests. */
	uid?: number;
	gid?: number;
}

export interface RunningServer {
	/** Ends it and all it started. */
	stop(): Promise<void>;
}

/** Starts a database server and resolves when it takes connections. If it never does, nothing is left running. */
export async function startServer(
	command: string,
	args: readonly string[],
	{ log, signal, ...options }: ServerOptions,
): Promise<RunningServer> {
	signal.throwIfAborted();
	const logFile = openSync(log, 'w');
	const child = spawnGroup(command, args, { ...options, stdio: ['ignore', logFile, logFile] });
	closeSync(logFile);
	const stop = () => endGroup(child);
	try {
		const until = Date.now() + READY_WITHIN_MS;
		for (;;) {
			const printed = await readFile(log, 'utf8');
			if (READY.test(printed)) return { stop };
			if (hasEnded(child))
				throw new Error(`${command} ended while it started:\n${printed.trimEnd()}`);
			if (Date.now() > until)
				throw new Error(`${command} did not start within ${READY_WITHIN_MS / 1_000} seconds`);
			await delay(POLL_MS, undefined, { signal });
		}
	} catch (error) {
		await stop();
		throw error;
	}
}
