import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';

const GRACE_MS = 15_000;

/** Waits for the end of its input, which comes when this program is gone, for whatever reason; then ends the group. */
const GUARD = 'read -r _; kill -TERM "-$1" && sleep 5 && kill -KILL "-$1"';

/**
 * Starts a command as the head of a process group of its own. Everything it starts ends with it: none of it outlives the
 * command, and the command does not outlive this program.
 */
export function spawnGroup(
	command: string,
	args: readonly string[],
	options: SpawnOptions,
): ChildProcess {
	const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
	const guard = startGuard(child);
	child.once('exit', () => {
		guard?.kill('SIGKILL');
		signalGroup(child, 'SIGKILL');
	});
	return child;
}

/** Windows has no process groups, and no shell for this. */
function startGuard({ pid }: ChildProcess): ChildProcess | undefined {
	if (pid === undefined || process.platform === 'win32') return undefined;
	const options: SpawnOptions = { detached: true, stdio: ['pipe', 'ignore', 'ignore'] };
	const guard = spawn('sh', ['-c', GUARD, 'sh', String(pid)], options);
	guard.unref();
	(guard.stdin as Socket).unref();
	return guard;
}

/** Ends a command and its group: asks first, uses force after 15 seconds. Resolves when the command is gone. */
export async function endGroup(child: ChildProcess): Promise<void> {
	if (hasEnded(child)) return;
	const ended = once(child, 'exit');
	signalGroup(child, 'SIGTERM');
	const force = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
	await ended;
	clearTimeout(force);
}

/** Ends a command and its group at once, by force. Resolves when the command is gone. */
export async function killGroup(child: ChildProcess): Promise<void> {
	if (hasEnded(child)) return;
	const ended = once(child, 'exit');
	signalGroup(child, 'SIGKILL');
	await ended;
}

export function hasEnded(child: ChildProcess): boolean {
	return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	if (process.platform === 'win32') {
		spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch (error) {
		// The group is empty.
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
