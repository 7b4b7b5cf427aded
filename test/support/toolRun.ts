import { ExecuteContext } from 'n8n-core';
import {
	createRunExecutionData,
	type IExecuteData,
	type INode,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import { additionalData, credentialTypes, workflowWith, type NodeRun } from './engine';
import { CredentialStore } from './credentialStore';

/** What a model gets to see of a tool. */
interface Tool {
	name: string;
	description: string;
	schema: { shape: Record<string, { description?: string }> };
	invoke(args: object): Promise<string>;
}

/** An agent: all it does here is have tools. */
const agent: INodeType = {
	description: {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Agent' },
		inputs: ['main', { type: 'ai_tool', displayName: 'Tool' }],
		outputs: ['main'],
		properties: [],
	},
};

/** A node as n8n offers it to an AI agent: what the model reads, and what it gets when it calls. */
export async function openTool(
	run: Pick<NodeRun, 'node' | 'parameters' | 'credential' | 'settings'>,
): Promise<Tool> {
	const { node, parameters, credential, settings } = run;
	const nodes: INode[] = [
		{
			id: '1',
			name: 'Agent',
			type: 'test.agent',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: '2',
			name: 'Market',
			type: 'test.nodeTool',
			typeVersion: 1,
			position: [0, 200],
			parameters: { ...parameters, descriptionType: 'auto' },
			credentials: { [credential.type]: { id: '1', name: 'Credential' } },
			...settings,
		},
	];
	const workflow = workflowWith(
		nodes,
		{ Market: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } },
		{
			'test.agent': agent,
			'test.nodeTool': asTool(node),
		},
	);
	await workflow.expression.acquireIsolate?.();
	const helper = new CredentialStore(credentialTypes, { '1': credential.data });
	const input: INodeExecutionData[] = [{ json: {} }];
	const data: IExecuteData = { node: nodes[0] as INode, data: { main: [input] }, source: null };
	const context = new ExecuteContext(
		workflow,
		nodes[0] as INode,
		additionalData(helper, nodes),
		'manual',
		createRunExecutionData({}),
		0,
		input,
		data.data,
		data,
		[],
	);
	const [tool] = (await context.getInputConnectionData('ai_tool', 0)) as [Tool];
	return tool;
}

/** n8n gives a node that is usable as a tool a different output and a different name. */
function asTool(node: INodeType): INodeType {
	const { description } = node;
	return Object.assign(Object.create(Object.getPrototypeOf(node) as object), node, {
		description: {
			...description,
			name: `${description.name}Tool`,
			inputs: [],
			outputs: ['ai_tool'],
		},
	}) as INodeType;
}
