/** A workflow as n8n exports and imports it; only what the demo uses is named. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, CredentialReference>;
	[other: string]: unknown;
}

/** What a node stores about a credential. */
export interface CredentialReference {
	id: string;
	name: string;
}
