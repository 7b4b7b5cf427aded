import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type ExecutionError,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type NodeExecutionHint,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	type IRun,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { YandexMarketApi } from '../../credentials/YandexMarketApi.credentials';
import { YandexMarketOAuth2Api } from '../../credentials/YandexMarketOAuth2Api.credentials';
import { CredentialStore } from './credentialStore';
import './patterns';

const START = 'test.start';

/** Hands the test's items on to the node under test. */
const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [{ displayName: 'Store', name: 'store', type: 'string', default: '' }],
	} as INodeTypeDescription,
	async execute() {
		return [this.getInputData()];
	},
};

/** One run of one node. */
export interface NodeRun {
	node: INodeType;
	parameters: INodeParameters;
	items: IDataObject[];
	/** Items of further turns of a loop, in the same execution. */
	laterTurns?: IDataObject[][];
	/** Parameter Store of the node before it, which is called Start. */
	startStore?: string;
	/** Type of that node. @default 'test.start' */
	startType?: string;
	/** What the user chose under On Error. */
	onError?: INode['onError'];
	/** Further settings of the node, such as Retry On Fail. */
	settings?: Partial<INode>;
	/** The credential's type and values. */
	credential: {
		type: 'yandexMarketApi' | 'yandexMarketOAuth2Api';
		data: ICredentialDataDecryptedObject;
		id?: string;
	};
	/** Called with the running engine, for a test that presses Stop. */
	onStart?: (stop: () => void) => void;
}

/** What the user would see of it: of the last turn, if there are several. */
export interface NodeResult {
	status: IRun['status'];
	/** Items of the main output. */
	items: INodeExecutionData[];
	/** Items of the error output. */
	errorItems: INodeExecutionData[];
	error?: ExecutionError;
	/** The hints above the output. */
	hints: NodeExecutionHint[];
	/** The credential's values after the run. */
	credential: ICredentialDataDecryptedObject;
}

/** Credentials made so far: each run has one of its own, because the nodes remember what they found with one. */
let credentialsMade = 0;

function credentialId({ credential }: Pick<NodeRun, 'credential'>): string {
	return credential.id ?? `credential ${++credentialsMade}`;
}

/** The credential types of this package. */
export const credentialTypes: ICredentialType[] = [
	new YandexMarketApi(),
	new YandexMarketOAuth2Api(),
];

/** Runs a node through n8n's real engine, with its real request helpers. */
export async function runNode(run: NodeRun): Promise<NodeResult> {
	const id = credentialId(run);
	const nodes = workflowNodes(run, id);
	const workflow = workflowOf(nodes, run.node);
	const helper = new CredentialStore(credentialTypes, { [id]: run.credential.data });
	const turns = [run.items, ...(run.laterTurns ?? [])].map((items) => ({
		node: nodes[0] as INode,
		data: { main: [items.map((json, item) => ({ json, pairedItem: { item } }))] },
		source: null,
	}));
	const engine = new WorkflowExecute(
		additionalData(helper, nodes),
		'manual',
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: turns,
			} as never,
		}),
	);
	await workflow.expression.acquireIsolate?.();
	const running = engine.processRunExecutionData(workflow);
	run.onStart?.(() => running.cancel());
	const { data, status } = await running;
	const node = data.resultData.runData.Node?.at(-1);
	return {
		status,
		items: node?.data?.main?.[0] ?? [],
		errorItems: node?.data?.main?.[1] ?? [],
		hints: node?.hints ?? [],
		error: (node?.error ?? data.resultData.error) as ExecutionError | undefined,
		credential: helper.stored[id] ?? {},
	};
}

/** What n8n gives to a method that fills a list in the node's panel. */
export function loadOptionsContext(
	run: Pick<NodeRun, 'node' | 'parameters' | 'credential'>,
): ILoadOptionsFunctions {
	const id = credentialId(run);
	const nodes = workflowNodes(run, id);
	const helper = new CredentialStore(credentialTypes, { [id]: run.credential.data });
	const workflow = workflowOf(nodes, run.node);
	return new LoadOptionsContext(
		workflow,
		workflow.nodes.Node as INode,
		additionalData(helper, nodes),
		'parameters.store',
	);
}

function workflowOf(nodes: INode[], node: INodeType): Workflow {
	const connections: IConnections = {
		Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] },
	};
	return workflowWith(nodes, connections, { [(nodes[0] as INode).type]: start, 'test.node': node });
}

/** A workflow of nodes of these types. */
export function workflowWith(
	nodes: INode[],
	connections: IConnections,
	types: Record<string, INodeType>,
): Workflow {
	const settings = { executionOrder: 'v1' as const };
	return new Workflow({
		id: 'workflow',
		nodes,
		connections,
		active: false,
		nodeTypes: nodeTypes(types),
		settings,
	});
}

function workflowNodes(run: Omit<NodeRun, 'node' | 'items'>, id: string): INode[] {
	const {
		parameters,
		credential,
		onError,
		settings,
		startStore: store = '',
		startType: type = START,
	} = run;
	return [
		{ id: '1', name: 'Start', type, typeVersion: 1, position: [0, 0], parameters: { store } },
		{
			id: '2',
			name: 'Node',
			type: 'test.node',
			typeVersion: 1,
			position: [200, 0],
			parameters,
			credentials: { [credential.type]: { id, name: 'Credential' } },
			onError,
			...settings,
		},
	];
}

function nodeTypes(types: Record<string, INodeType>): INodeTypes {
	return {
		getByName: (name) => types[name] as INodeType,
		getByNameAndVersion: (name, version) =>
			NodeHelpers.getVersionedNodeType(types[name] as INodeType, version),
		getKnownTypes: () => ({}),
	};
}

/** What a complete n8n gives its engine. The addresses must be absolute: the engine builds others from them. */
export function additionalData(
	credentialsHelper: CredentialStore,
	nodes: INode[],
): IWorkflowExecuteAdditionalData {
	const base = 'http://localhost/';
	const workflow = {
		id: 'workflow',
		name: 'Test',
		nodes,
		connections: {},
		active: false,
		createdAt: new Date(),
		updatedAt: new Date(),
	} as unknown as IWorkflowBase;
	return {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		executionId: 'execution',
		hooks: new ExecutionLifecycleHooks('manual', 'execution', workflow),
		restApiUrl: `${base}rest`,
		instanceBaseUrl: base,
		formBaseUrl: base,
		formTestBaseUrl: base,
		formWaitingBaseUrl: `${base}form-waiting`,
		webhookBaseUrl: `${base}webhook`,
		webhookTestBaseUrl: `${base}webhook-test`,
		webhookWaitingBaseUrl: `${base}webhook-waiting`,
		variables: {},
		getRuntimeCredential: async () => undefined,
		logAiEvent() {},
	} as unknown as IWorkflowExecuteAdditionalData;
}
