/** What one node gave out. */
export interface NodeResult {
	/** Fields of the items on its first output. */
	items: Array<Record<string, unknown>>;
	/** All its outputs in order, the error output last, with what n8n keeps of each item. */
	outputs: OutputItem[][];
	/** The hints above the output in the editor. */
	hints: string[];
	seconds: number;
	/** Message of the error that stopped the node, even if the workflow went on. */
	error?: string;
	/** The details of that error: what to do. */
	errorDescription?: string;
}

export interface OutputItem {
	json: Record<string, unknown>;
	/** The input item that it came from. */
	pairedItem?: { item: number };
}

/** A finished execution. */
export interface Execution {
	/** n8n's word: success, error, canceled, crashed. */
	status: string;
	/** Message of the error that stopped the workflow. */
	error?: string;
	/** By node name; a node that did not run is absent. */
	nodes: Map<string, NodeResult>;
}

/** The parts used here of what n8n's public API says about an execution. */
export interface ExecutionReply {
	status: string;
	data: { resultData: { error?: { message: string }; runData: Record<string, NodeRun[]> } };
}

interface NodeRun {
	executionTime: number;
	error?: { message: string; description?: string };
	hints?: Array<{ message: string }>;
	data?: { main: Array<OutputItem[] | null> };
}

export function readExecution({ status, data }: ExecutionReply): Execution {
	const { error, runData } = data.resultData;
	return {
		status,
		error: error?.message,
		nodes: new Map(Object.entries(runData).map(([name, runs]) => [name, readRuns(runs)])),
	};
}

function readRuns(runs: NodeRun[]): NodeResult {
	const outputs = runs.reduce<OutputItem[][]>(
		(all, run) => appended(all, run.data?.main ?? []),
		[],
	);
	const error = runs.find((run) => run.error)?.error;
	return {
		items: (outputs[0] ?? []).map(({ json }) => json),
		outputs,
		hints: runs.flatMap((run) => (run.hints ?? []).map(({ message }) => message)),
		seconds: runs.reduce((sum, run) => sum + run.executionTime, 0) / 1_000,
		error: error?.message,
		errorDescription: error?.description,
	};
}

/** Appends what a node gave out in one run to what it gave out in earlier runs, output by output. */
function appended(before: OutputItem[][], run: Array<OutputItem[] | null>): OutputItem[][] {
	const count = Math.max(before.length, run.length);
	return Array.from({ length: count }, (_, output) => [
		...(before[output] ?? []),
		...(run[output] ?? []),
	]);
}
