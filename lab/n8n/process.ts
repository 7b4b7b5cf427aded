import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import axios from 'axios';

import { endGroup, hasEnded, killGroup, spawnGroup } from '../system/processGroup';
import { n8nEnvironment, type N8nSettings } from './environment';
import type { Installation } from './install';

const READY_WITHIN_MS = 120_000;
const POLL_MS = 200;

/** What to start: an n8n that does everything or, in queue mode, leads; or a process that takes work off it. */
export type N8nCommand = 'start' | 'worker' | 'webhook';

/** Paths that answer once it is up. The first means that the database is ready, the second that the routes exist. */
const READY_PATHS: Record<N8nCommand, readonly string[]> = {
	start: ['/healthz/readiness', '/rest/settings'],
	worker: ['/healthz/readiness'],
	webhook: ['/healthz/readiness'],
};

export interface StartOptions extends N8nSettings {
	/** @default 'start' */
	command?: N8nCommand;
	/** File that receives what n8n prints. */
	log: string;
	signal: AbortSignal;
}

export interface RunningN8n {
	url: string;
	pid: number;
	/** Ends n8n and everything it started; resolves when it is gone. */
	stop(): Promise<void>;
	/** Ends it as a failing machine does: at once, in the middle of whatever it is doing. */
	kill(): Promise<void>;
}

/** Starts n8n and resolves when it answers. If it does not come up, nothing of it is left running. */
export async function startN8n(
	{ node, script }: Installation,
	options: StartOptions,
): Promise<RunningN8n> {
	const { command = 'start', log, signal } = options;
	signal.throwIfAborted();
	const logFile = openSync(log, 'w');
	const child = spawnGroup(node, [script, command], {
		cwd: options.home,
		env: n8nEnvironment(options),
		stdio: ['ignore', logFile, logFile],
	});
	closeSync(logFile);
	const url = `http://127.0.0.1:${options.port}`;
	const stop = () => endGroup(child);
	try {
		const until = Date.now() + READY_WITHIN_MS;
		while (!(await isReady(url, READY_PATHS[command]))) {
			if (hasEnded(child)) throw new Error(`n8n ended while it started:\n${await lastLines(log)}`);
			if (Date.now() > until)
				throw new Error(`n8n did not start within ${READY_WITHIN_MS / 1_000} seconds`);
			await delay(POLL_MS, undefined, { signal });
		}
		return { url, pid: child.pid as number, stop, kill: () => killGroup(child) };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function isReady(url: string, paths: readonly string[]): Promise<boolean> {
	for (const path of paths) {
		try {
			await axios.get(url + path, { proxy: false, timeout: 2_000 });
		} catch {
			return false;
		}
	}
	return true;
}

async function lastLines(file: string): Promise<string> {
	return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-10).join('\n');
}
