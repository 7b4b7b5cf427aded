import { PollContext } from 'n8n-core';
import type { INode, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { TOKENS } from '../../sandbox';
import { CredentialStore } from './credentialStore';
import { additionalData, credentialTypes, workflowWith } from './engine';

/** A polling trigger in a published workflow. */
export interface Polled {
	/** One poll. @returns the items, or null if nothing starts */
	poll(): Promise<INodeExecutionData[] | null>;
	/** A test in the editor. */
	test(): Promise<INodeExecutionData[] | null>;
	/** What n8n keeps for the node. */
	kept(): Record<string, unknown>;
	/** The user changes parameters and publishes again. */
	change(parameters: INodeParameters): void;
	/** n8n ends and starts again: what it keeps is there, what a process remembers is not. */
	restart(): void;
}

/** How a trigger is set up. */
export interface PollSettings {
	parameters?: INodeParameters;
	options?: INodeParameters;
	apiKey?: string;
}

let made = 0;

/** A polling trigger with a workflow of its own, in n8n's own context for it. */
export function openPolled(
	type: INodeType,
	apiUrl: string,
	{ parameters, options = {}, apiKey = TOKENS.allMethods }: PollSettings = {},
): Polled {
	const node: INode = {
		id: `node ${++made}`,
		name: 'Trigger',
		type: 'test.trigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: { authentication: 'apiKey', ...parameters, options },
		credentials: { yandexMarketApi: { id: `poll ${made}`, name: 'Credential' } },
	};
	const workflow = workflowWith([node], {}, { 'test.trigger': type });
	const store = new CredentialStore(credentialTypes, {
		[`poll ${made}`]: { environment: 'sandbox', apiUrl, apiKey },
	});
	const inWorkflow = workflow.nodes.Trigger as INode;
	const run = async (mode: 'manual' | 'trigger') => {
		const context = new PollContext(
			workflow,
			inWorkflow,
			additionalData(store, [node]),
			mode,
			'activate',
		);
		await workflow.expression.acquireIsolate?.();
		const items = await type.poll?.call(context);
		return items?.[0] ?? null;
	};
	return {
		poll: async () => await run('trigger'),
		test: async () => await run('manual'),
		kept: () => workflow.getStaticData('node', node),
		change: (changed) => {
			Object.assign(inWorkflow.parameters, changed);
		},
		restart: () => {
			inWorkflow.id = `node ${++made}`;
		},
	};
}
