import { readFile } from 'node:fs/promises';

import type { Workflow, WorkflowNode, CredentialReference } from '../lab/n8n/workflow';

/** A choice from a list in the node's panel. */
export interface Choice {
	id: string;
	name: string;
}

/** What a seller fills in after importing a flow. */
export interface Settings {
	/** Path of the CSV file, if the flow reads one. */
	file?: string;
	/** Where the flow sends for a store. */
	store?: Choice;
	/** Where it sends to warehouses. */
	business?: Choice;
	/** By the credential's type. */
	credentials: Record<string, CredentialReference>;
}

const PACKAGE = 'n8n-nodes-yandex-market.';

/** Credentials for steps of n8n's own. */
const OTHER_CREDENTIALS: Record<string, string> = {
	'n8n-nodes-base.postgres': 'postgres',
	'n8n-nodes-base.webhook': 'httpHeaderAuth',
};

/** Reads a flow from `workflows/` and fills in what it leaves to the seller. */
export async function readFlow(file: string, settings: Settings): Promise<Workflow> {
	const workflow = JSON.parse(await readFile(file, 'utf8')) as Workflow;
	return { ...workflow, nodes: workflow.nodes.map((node) => fillIn(node, settings)) };
}

function fillIn(node: WorkflowNode, { file, credentials, ...choices }: Settings): WorkflowNode {
	if (node.type === 'n8n-nodes-base.readWriteFile' && file !== undefined) {
		return {
			...node,
			parameters: { ...node.parameters, fileSelector: file.replaceAll('\\', '/') },
		};
	}
	const other = OTHER_CREDENTIALS[node.type];
	if (other !== undefined)
		return { ...node, credentials: chosen(credentials, (type) => type === other) };
	if (!node.type.startsWith(PACKAGE)) return node;
	const parameters = { ...node.parameters };
	for (const [name, choice] of Object.entries(choices)) {
		if (!isUnchosen(parameters[name])) continue;
		parameters[name] = {
			__rl: true,
			mode: 'list',
			value: choice.id,
			cachedResultName: choice.name,
		};
	}
	const isOurs = (type: string) => !Object.values(OTHER_CREDENTIALS).includes(type);
	return { ...node, parameters, credentials: chosen(credentials, isOurs) };
}

function chosen(
	credentials: Settings['credentials'],
	isWanted: (type: string) => boolean,
): Settings['credentials'] {
	return Object.fromEntries(Object.entries(credentials).filter(([type]) => isWanted(type)));
}

/** Only the first step asks for the store; the others take it from there with an expression that must stay. */
function isUnchosen(locator: unknown): boolean {
	return (locator as { value?: unknown } | undefined)?.value === '';
}
