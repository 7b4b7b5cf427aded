import { readFile } from 'node:fs/promises';

import type { CredentialReference } from './n8n/client';
import type { Workflow, WorkflowNode } from './n8n/workflow';

/** What a seller fills in after importing a flow. */
export interface Settings {
	/** Path of the CSV file. */
	file: string;
	store: { id: string; name: string };
	/** By the credential's type. */
	credentials: Record<string, CredentialReference>;
}

const PACKAGE = 'n8n-nodes-yandex-market.';

/** Reads a flow from `workflows/` and fills in what it leaves to the seller. */
export async function readFlow(file: string, settings: Settings): Promise<Workflow> {
	const workflow = JSON.parse(await readFile(file, 'utf8')) as Workflow;
	return { ...workflow, nodes: workflow.nodes.map((node) => fillIn(node, settings)) };
}

function fillIn(node: WorkflowNode, { file, store, credentials }: Settings): WorkflowNode {
	if (node.type === 'n8n-nodes-base.readWriteFile') {
		return { ...node, parameters: { ...node.parameters, fileSelector: file.replaceAll('\\', '/') } };
	}
	if (!node.type.startsWith(PACKAGE)) return node;
	const chosen = { __rl: true, mode: 'list', value: store.id, cachedResultName: store.name };
	const parameters = isUnchosen(node.parameters['store']) ? { ...node.parameters, store: chosen } : node.parameters;
	return { ...node, parameters, credentials };
}

/** Only the first step asks for the store; the others follow it by an expression that must stay. */
function isUnchosen(store: unknown): boolean {
	return (store as { value?: unknown } | undefined)?.value === '';
}
