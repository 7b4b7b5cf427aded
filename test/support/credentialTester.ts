import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createRunExecutionData,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INode,
	type INodeType,
} from 'n8n-workflow';

import { CredentialStore } from './credentialStore';
import { additionalData, workflowWith } from './engine';

/**
 * Tests a credential as n8n does when it is saved: its `test` becomes the routing of a node that has no type of its own,
 * which n8n's real routing node runs.
 *
 * @returns what the other side answered
 * @throws what n8n would turn into a message
 */
export async function testCredential(
	type: ICredentialType,
	data: ICredentialDataDecryptedObject,
): Promise<unknown> {
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'test.noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type.name]: { id: 'id', name: 'Credential' } },
	};
	const nodeType: INodeType = {
		description: {
			displayName: 'No Operation',
			name: 'noOp',
			group: ['organization'],
			version: 1,
			description: '',
			defaults: { name: 'No Operation' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type.name, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: type.test?.request },
				},
			],
		},
	};
	const workflow = workflowWith([node], {}, { 'test.noOp': nodeType });
	await workflow.expression.acquireIsolate?.();
	const helper = new CredentialStore([type], { id: data });
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData(helper, [node]),
		'internal',
		createRunExecutionData({}),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = await helper.getDecrypted({}, { id: 'id', name: 'Credential' }, type.name);
	const routing = new RoutingNode(context, nodeType, {
		id: 'id',
		name: 'Credential',
		type: type.name,
		data: decrypted,
	});
	return await routing.runNode();
}
