import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** More than this, and a report says that the machine was not idle. */
const MOST_IDLE_PERCENT = 2;

/** One process as Linux sees it. */
interface Process {
	pid: number;
	parent: number;
	/** Processor time of it and of its children that have ended, in ticks. */
	ticks: number;
}

/** Watches how much of the processors other programs take while the bench runs. */
export class Others {
	private constructor(
		private readonly before: ReadonlyMap<number, number>,
		private readonly startMs: number,
	) {}

	static async watch(): Promise<Others> {
		return new Others(await ticksOfOthers(), performance.now());
	}

	/** What the report says of it, in a sentence. */
	async sentence(): Promise<string> {
		const took = await this.percent();
		const said = `Other programs took ${took.toFixed(1)} % of the processors meanwhile`;
		return took <= MOST_IDLE_PERCENT
			? `${said}.`
			: `**${said}: these are not the figures of an idle machine.**`;
	}

	private async percent(): Promise<number> {
		let ticks = 0;
		for (const [pid, now] of await ticksOfOthers()) ticks += now - (this.before.get(pid) ?? 0);
		const passedMs = (performance.now() - this.startMs) * cpus().length;
		return (100 * ticks * TICK_MS) / passedMs;
	}
}

/** Processor time of all processes that are neither this one, nor its children, nor its parents. */
async function ticksOfOthers(): Promise<Map<number, number>> {
	const all = new Map<number, Process>();
	for (const name of await readdir('/proc')) {
		const process = /^\d+$/.test(name) ? await readProcess(Number(name)) : undefined;
		if (process) all.set(process.pid, process);
	}
	const lineOf = (pid: number): number[] => {
		const parent = all.get(pid)?.parent;
		return parent === undefined ? [] : [pid, ...lineOf(parent)];
	};
	const parents = new Set(lineOf(process.pid));
	const others = [...all.values()].filter(
		({ pid }) => !parents.has(pid) && !lineOf(pid).includes(process.pid),
	);
	return new Map(others.map(({ pid, ticks }) => [pid, ticks]));
}

/** Undefined if it has just ended. Source of the fields: proc_pid_stat(5). */
async function readProcess(pid: number): Promise<Process | undefined> {
	const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
	// The second field is the program's name in brackets, in which anything may stand.
	const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
	if (!fields) return undefined;
	const [utime, stime, cutime, cstime] = fields.slice(11, 15).map(Number) as [
		number,
		number,
		number,
		number,
	];
	return { pid, parent: Number(fields[1]), ticks: utime + stime + cutime + cstime };
}
