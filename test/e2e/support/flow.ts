import type { Workflow, WorkflowNode, CredentialReference } from '../../../lab/n8n/workflow';
import { STORES } from '../../../sandbox';
import { PACKAGE_NAME } from './places';

type NodeName = 'updateStocks' | 'hideOffers' | 'unhideOffers';

/** Ways to sign in: the credential's type by the value of the parameter Authentication. */
const CREDENTIAL_TYPES = { apiKey: 'yandexMarketApi', oAuth2: 'yandexMarketOAuth2Api' } as const;

export interface MarketNodeOptions {
	/** @default 'apiKey' */
	authentication?: keyof typeof CREDENTIAL_TYPES;
	/** @default the FBS store */
	campaignId?: number;
	/** In addition to or instead of the others: `options`, `skuField`... */
	parameters?: Record<string, unknown>;
	/** @default 'stopWorkflow' */
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
}

/** Between two nodes on the canvas, as the editor puts them. */
const STEP_RIGHT = 220;

/** A flow that a click starts: the nodes one after another, each fed by the first output of the one before. */
export function chain(name: string, ...nodes: WorkflowNode[]): Workflow {
	return chainFrom(node('Start', 'n8n-nodes-base.manualTrigger', 1), name, ...nodes);
}

/** A flow that a request to a webhook of n8n starts, which answers at once. */
export function webhookChain(path: string, ...nodes: WorkflowNode[]): Workflow {
	const parameters = { path, httpMethod: 'POST', responseMode: 'onReceived', options: {} };
	const trigger = { ...node('Webhook', 'n8n-nodes-base.webhook', 2, parameters), webhookId: path };
	return chainFrom(trigger, path, ...nodes);
}

/** The same, started by a trigger. */
export function chainFrom(trigger: WorkflowNode, name: string, ...nodes: WorkflowNode[]): Workflow {
	const all = [trigger, ...nodes].map((one, index) => ({
		...one,
		position: [index * STEP_RIGHT, 0],
	}));
	const links = nodes.map((next, index) => {
		return [all[index]?.name, { main: [[{ node: next.name, type: 'main', index: 0 }]] }] as const;
	});
	return {
		name,
		nodes: all,
		connections: Object.fromEntries(links),
		settings: { executionOrder: 'v1' },
	};
}

/** Any node of n8n's own. Its name is also its id. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown> = {},
): WorkflowNode {
	return { id: name, name, type, typeVersion, parameters, position: [0, 0] };
}

/** Outputs items with these fields. */
export function rows(items: readonly object[]): WorkflowNode {
	return rowsBy(`return ${JSON.stringify(items)}.map((json) => ({ json }));`);
}

/** Outputs this many items: the generated offers from 1 on, each with its number as balance. */
export function numberedRows(count: number): WorkflowNode {
	return rowsBy(`return Array.from({ length: ${count} }, (_, index) => ({
	json: { sku: 'SKU-' + String(index + 1).padStart(5, '0'), stock: index + 1 },
}));`);
}

/** A node of ours, whose name is the one that the editor gives it: "Update Stocks" and so on. */
export function marketNode(
	name: NodeName,
	credential: CredentialReference,
	{
		authentication = 'apiKey',
		campaignId = STORES.fbs.campaignId,
		parameters,
		onError,
	}: MarketNodeOptions = {},
): WorkflowNode {
	const title = {
		updateStocks: 'Update Stocks',
		hideOffers: 'Hide Offers',
		unhideOffers: 'Unhide Offers',
	}[name];
	const fields = { skuField: 'sku', ...(name === 'updateStocks' && { stockField: 'stock' }) };
	const store = { __rl: true, mode: 'id', value: String(campaignId) };
	return {
		...node(title, `${PACKAGE_NAME}.${name}`, 1, {
			authentication,
			store,
			...fields,
			...parameters,
		}),
		credentials: { [CREDENTIAL_TYPES[authentication]]: credential },
		onError: onError ?? 'stopWorkflow',
	};
}

function rowsBy(jsCode: string): WorkflowNode {
	return node('Rows', 'n8n-nodes-base.code', 2, { jsCode });
}
