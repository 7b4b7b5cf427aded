import { eventually } from './eventually';

/** Whether the system knows a process, even one that has ended and is not cleared away yet. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Some time passes until the system has cleared away a process that has ended. */
export async function untilGone(pids: readonly number[]): Promise<void> {
	await eventually(`no process of ${pids.join(', ')} is left`, () =>
		pids.some(isAlive) ? undefined : true,
	);
}
