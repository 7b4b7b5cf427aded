import type { Profiler } from 'node:inspector';

/** One run of one node, by n8n's own clock. */
export interface NodeRun {
	node: string;
	startMs: number;
	endMs: number;
	/** Number of items on each output. */
	items: number[];
}

/** An output item that reports a failed input item. */
export interface FailedItem {
	node: string;
	/** Number of the input item that it is paired with. */
	item?: number;
	/** Its fields as JSON, shortened. */
	text: string;
}

/** Most resident memory of one process while the execution ran. */
export interface ProcessMemory {
	/** n8n itself, or else its task runner. */
	isN8n: boolean;
	peakMb: number;
}

/** What n8n's process did during an execution. */
export interface CpuProfile extends Profiler.Profile {
	/** When it began, in milliseconds since 1970. */
	startMs: number;
}

/** What n8n says about an execution. */
export interface RunFacts {
	executionId: string;
	/** n8n's word: success, error, canceled, crashed. */
	status: string;
	/** Message and description of what stopped the workflow. */
	error?: string;
	runs: NodeRun[];
	failed: FailedItem[];
	memory: ProcessMemory[];
	/** If the bench wants profiles. */
	profile?: CpuProfile;
}

/** Most resident memory of n8n itself, in megabytes. */
export function peakOfN8n({ memory }: RunFacts): number {
	return memory.find(({ isN8n }) => isN8n)?.peakMb ?? NaN;
}

/** Milliseconds from the start of one node's only run to the end of another's. */
export function millisecondsBetween(first: string, last: string, { runs }: RunFacts): number {
	const start = runs.find(({ node }) => node === first)?.startMs;
	const end = runs.find(({ node }) => node === last)?.endMs;
	if (start === undefined || end === undefined)
		throw new Error(`The nodes "${first}" and "${last}" did not both run`);
	return end - start;
}

/** Milliseconds from the end of one node's only run to the end of whatever ran after it. */
export function millisecondsAfter(node: string, { runs }: RunFacts): number {
	const start = runs.find((run) => run.node === node)?.endMs;
	if (start === undefined) throw new Error(`The node "${node}" did not run`);
	return Math.max(...runs.map(({ endMs }) => endMs)) - start;
}
