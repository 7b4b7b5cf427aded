/** What one node gave out. */
export interface NodeResult {
	/** Fields of the items on its first output. */
	items: Array<Record<string, unknown>>;
	seconds: number;
	/** Message of the error that stopped the node, even where the workflow went on. */
	error?: string;
}

/** A finished execution. */
export interface Execution {
	/** n8n's word: success, error, canceled, crashed. */
	status: string;
	/** Message of the error that stopped the workflow. */
	error?: string;
	/** By the node's name; a node that did not run is absent. */
	nodes: Map<string, NodeResult>;
}

/** The parts used here of what n8n's public API says about an execution. */
export interface ExecutionReply {
	status: string;
	data: { resultData: { error?: { message: string }; runData: Record<string, NodeRun[]> } };
}

interface NodeRun {
	executionTime: number;
	error?: { message: string };
	data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> };
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
	return {
		items: runs.flatMap((run) => (run.data?.main[0] ?? []).map(({ json }) => json)),
		seconds: runs.reduce((sum, run) => sum + run.executionTime, 0) / 1_000,
		error: runs.find((run) => run.error)?.error?.message,
	};
}
