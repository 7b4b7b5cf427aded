import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Workflow, WorkflowNode, CredentialReference } from '../../../../lab/n8n/workflow';
import { chain, rows } from '../flow';
import { ROOT } from '../places';

const FOLDER = join(ROOT, 'workflows');
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
/** A line that says what to fill in: a number, and the node's name in bold. */
const NUMBERED = /^\d+\. \*\*(.+?)\*\*/gm;

/** What a seller puts into one node of an imported flow. */
export interface FillIn {
	node: string;
	parameters?: Record<string, unknown>;
	/** By the credential's type. */
	credentials?: Record<string, CredentialReference>;
}

type Connections = Record<
	string,
	{ main: Array<Array<{ node: string; type: 'main'; index: number }>> }
>;

/** Names of all flows in `workflows/`: their files without the ending. */
export async function readyFlowNames(): Promise<string[]> {
	const files = await readdir(FOLDER);
	return files.filter((file) => file.endsWith('.json')).map((file) => file.replace('.json', ''));
}

/** A flow of `workflows/` as it is published. */
export async function readyFlow(name: string): Promise<Workflow> {
	return JSON.parse(await readFile(join(FOLDER, `${name}.json`), 'utf8')) as Workflow;
}

/** A flow of `workflows/`, filled in. @throws Error if it has no such node */
export async function filledIn(name: string, fillIns: readonly FillIn[]): Promise<Workflow> {
	return fillIns.reduce(fill, await readyFlow(name));
}

function fill(flow: Workflow, { node: name, parameters, credentials }: FillIn): Workflow {
	if (!flow.nodes.some((node) => node.name === name))
		throw new Error(`"${flow.name}" has no node "${name}"`);
	const nodes = flow.nodes.map((node) =>
		node.name === name
			? {
					...node,
					parameters: { ...node.parameters, ...parameters },
					...(credentials && { credentials }),
				}
			: node,
	);
	return { ...flow, nodes };
}

/** The flow with one step in place of several consecutive ones. */
export function withStepInstead(
	flow: Workflow,
	names: readonly string[],
	step: WorkflowNode,
): Workflow {
	const [first, last] = [names[0], names.at(-1)];
	const renamed = Object.entries(flow.connections as Connections).flatMap(([from, { main }]) => {
		if (from === last) return [[step.name, { main }] as const];
		if (names.includes(from)) return [];
		const outputs = main.map((targets) =>
			targets.map((to) => (to.node === first ? { ...to, node: step.name } : to)),
		);
		return [[from, { main: outputs }] as const];
	});
	const nodes = flow.nodes.filter(({ name }) => !names.includes(name));
	return { ...flow, nodes: [...nodes, step], connections: Object.fromEntries(renamed) };
}

/** The flow, started by a click with these items in place of its triggers, and of all that only they lead to. */
export function startedWith(
	flow: Workflow,
	triggers: readonly [string, ...string[]],
	items: readonly object[],
): Workflow {
	const start = chain('Start', rows(items));
	const connections = Object.entries(flow.connections as Connections);
	const kept = connections.filter(([from]) => !triggers.includes(from));
	return {
		...flow,
		nodes: [...flow.nodes.filter(({ name }) => !triggers.includes(name)), ...start.nodes],
		connections: {
			...Object.fromEntries(kept),
			...start.connections,
			Rows: (flow.connections as Connections)[triggers[0]],
		},
	};
}

/** The notes of a flow, and everything else: its steps. */
export function notesAndSteps({ nodes }: Workflow): {
	notes: WorkflowNode[];
	steps: WorkflowNode[];
} {
	const isNote = ({ type }: WorkflowNode) => type === STICKY_NOTE;
	return { notes: nodes.filter(isNote), steps: nodes.filter((node) => !isNote(node)) };
}

/** All that the notes of a flow say. */
export function noteOf(flow: Workflow): string {
	return notesAndSteps(flow)
		.notes.map(({ parameters }) => String(parameters['content']))
		.join('\n');
}

/** The nodes that the numbered lines of a flow's notes say to fill in, in their order. */
export function toldToFillIn(flow: Workflow): string[] {
	return [...noteOf(flow).matchAll(NUMBERED)].map(([, node]) => String(node));
}
