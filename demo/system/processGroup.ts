import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

const GRACE_MS = 15_000;

/**
 * Starts a command as the head of a process group of its own. Whatever it started ends with it:
 * none of it outlives the command.
 */
export function spawnGroup(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
	const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
	child.once('exit', () => signalGroup(child, 'SIGKILL'));
	return child;
}

/** Ends a command and its group: asks first, forces after 15 seconds. Resolves when the command is gone. */
export async function endGroup(child: ChildProcess): Promise<void> {
	if (hasEnded(child)) return;
	const ended = once(child, 'exit');
	signalGroup(child, 'SIGTERM');
	const force = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
	await ended;
	clearTimeout(force);
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
		// Nobody is left in the group.
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
