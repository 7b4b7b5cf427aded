import { tmpdir } from 'node:os';

import { startServer, type RunningServer } from '../../../../lab/system/server';
import { PROGRAMS, requireProgram } from '../programs';

/** A test's own Redis: n8n's queue of executions. */
export interface Redis extends RunningServer {
	/** n8n's settings for it. */
	env: Record<string, string>;
}

/** Starts a Redis on this machine only, which keeps nothing. @throws Error that says how to install it */
export async function startRedis(port: number, log: string, signal: AbortSignal): Promise<Redis> {
	const program = requireProgram(PROGRAMS.redis);
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
	const server = await startServer(program, args, { cwd: tmpdir(), log, signal });
	const env = { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) };
	return { env, stop: () => server.stop() };
}
