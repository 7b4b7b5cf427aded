import { readdir, readFile } from 'node:fs/promises';

/** Resident memory in megabytes; NaN if the machine does not tell: only Linux does. */
export interface Memory {
	now: number;
	/** The most so far. */
	peak: number;
	/** What the processes that it has started use now. */
	children: number;
}

/** What a process uses. */
export async function memoryOf(pid: number): Promise<Memory> {
	const children = await childrenOf(pid);
	const takenByChildren = await Promise.all(
		children.map(async (child) => await field(child, 'VmRSS')),
	);
	return {
		now: await field(pid, 'VmRSS'),
		peak: await field(pid, 'VmHWM'),
		children: takenByChildren.reduce((sum, one) => sum + one, 0),
	};
}

/** Each thread has its own list of the processes that it started. */
async function childrenOf(pid: number): Promise<number[]> {
	const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
	const lists = threads.map(async (thread) => {
		return await readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '');
	});
	return (await Promise.all(lists)).join(' ').split(' ').filter(Boolean).map(Number);
}

async function field(pid: number, name: string): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1_024;
}
