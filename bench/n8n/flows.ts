import type { Workflow, WorkflowNode, CredentialReference } from '../../lab/n8n/workflow';

/** Where a flow sends its balances. */
export interface Target {
	url: string;
	campaignId: number;
	/** Of our own credential type, for our node. */
	credential: CredentialReference;
	/** The same token as a header, for n8n's HTTP Request node. */
	header: CredentialReference;
}

/** How n8n goes on after a node that failed. */
export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/** How Update Stocks is set up, where that differs from the defaults. */
interface StocksSettings {
	onError?: OnError;
	/** Instead of the names of the fields. */
	expressions?: { sku: string; stock: string };
}

export const TRIGGER = 'Start';
/** Every flow begins with it; the measurement starts when it ends. */
export const GENERATOR = 'Generate';

const BATCH = 2_000;
const PARALLEL = 4;

/** All flows are measured without saved data: saving 100,000 items costs more than sending them. */
export const NOTHING_SAVED = {
	executionOrder: 'v1',
	saveManualExecutions: false,
	saveDataSuccessExecution: 'none',
	saveDataErrorExecution: 'none',
	saveExecutionProgress: false,
};

/** The generating node alone: the baseline for the others. */
export function generateOnly(rowsCode: string): Workflow {
	return flow('Generate only', [generator(rowsCode)], []);
}

/** Ours: one node. */
export function updateStocks(
	rowsCode: string,
	target: Target,
	settings: StocksSettings = {},
): Workflow {
	const node = stocksNode(target, settings, 'items');
	return flow('Update Stocks', [generator(rowsCode), node], [[GENERATOR, 0, node.name]]);
}

function stocksNode(
	target: Target,
	{ onError = 'stopWorkflow', expressions }: StocksSettings,
	output: 'items' | 'summary',
): WorkflowNode {
	const fields = {
		inputMode: 'fieldNames',
		skuField: 'sku',
		stockField: 'stock',
	};
	return {
		...named('Update Stocks', 'n8n-nodes-yandex-market.updateStocks', 1, {
			authentication: 'apiKey',
			store: { __rl: true, mode: 'id', value: String(target.campaignId) },
			...(expressions ? { inputMode: 'expressions', ...expressions } : fields),
			options: output === 'summary' ? { output } : {},
		}),
		credentials: { yandexMarketApi: target.credential },
		onError,
	};
}

/** Ours in a Loop, for so many items at a time. */
export function updateStocksInLoop(rowsCode: string, target: Target, size: number): Workflow {
	const nodes = [generator(rowsCode), loop(size), stocksNode(target, {}, 'items')];
	return flow(`Loop over ${size} items, Update Stocks`, nodes, [
		[GENERATOR, 0, 'Loop'],
		['Loop', 1, 'Update Stocks'],
		['Update Stocks', 0, 'Loop'],
	]);
}

/** A sub-workflow that makes its own items, and gives back how many it has sent. */
export function updateStocksAsSubWorkflow(rowsCode: string, target: Target): Workflow {
	const { nodes, ...rest } = flow(
		'Update Stocks, called',
		[generator(rowsCode), stocksNode(target, {}, 'summary')],
		[[GENERATOR, 0, 'Update Stocks']],
	);
	const called = { type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1 };
	const parameters = { inputSource: 'passthrough' };
	const isTrigger = ({ name }: WorkflowNode) => name === TRIGGER;
	return {
		...rest,
		nodes: nodes.map((node) => (isTrigger(node) ? { ...node, ...called, parameters } : node)),
	};
}

/** Calls a sub-workflow for one item after another. */
export function callForEach(itemsCode: string, workflowId: string): Workflow {
	const call = named('Execute Workflow', 'n8n-nodes-base.executeWorkflow', 1.2, {
		workflowId: { __rl: true, mode: 'id', value: workflowId },
		options: {},
	});
	return flow(
		'Sub-workflow for each part',
		[generator(itemsCode), loop(1), call],
		[
			[GENERATOR, 0, 'Loop'],
			['Loop', 1, call.name],
			[call.name, 0, 'Loop'],
		],
	);
}

/** The strongest flow of stock nodes: ready texts, four at a time. */
export function readyBodies(
	rowsCode: string,
	target: Target,
	onError: OnError = 'stopWorkflow',
): Workflow {
	const nodes = [
		generator(rowsCode),
		code(
			'Make Bodies',
			`const updatedAt = new Date().toISOString();
const rows = $input.all();
const bodies = [];
for (let from = 0; from < rows.length; from += ${BATCH}) {
	const skus = rows.slice(from, from + ${BATCH}).map(({ json }) => ({
		sku: json.sku,
		items: [{ count: Number(json.stock), updatedAt }],
	}));
	bodies.push({ json: { body: JSON.stringify({ skus }) } });
}
return bodies;`,
		),
		loop(PARALLEL),
		httpRequest(target, onError, {
			contentType: 'raw',
			rawContentType: 'application/json',
			body: '={{ $json.body }}',
		}),
	];
	return flow('Code makes the bodies, loop by 4', nodes, [
		[GENERATOR, 0, 'Make Bodies'],
		['Make Bodies', 0, 'Loop'],
		['Loop', 1, 'HTTP Request'],
		['HTTP Request', 0, 'Loop'],
	]);
}

/** The flow that n8n's own documentation suggests. */
export function loopOverItems(
	rowsCode: string,
	target: Target,
	onError: OnError = 'stopWorkflow',
): Workflow {
	const nodes = [
		generator(rowsCode),
		loop(BATCH),
		code(
			'Make Body',
			`const updatedAt = new Date().toISOString();
const skus = $input.all().map(({ json }) => ({
	sku: json.sku,
	items: [{ count: Number(json.stock), updatedAt }],
}));
return [{ json: { skus } }];`,
		),
		httpRequest(target, onError, { specifyBody: 'json', jsonBody: '={{ $json }}' }),
	];
	return flow('Loop over 2,000 items', nodes, [
		[GENERATOR, 0, 'Loop'],
		['Loop', 1, 'Make Body'],
		['Make Body', 0, 'HTTP Request'],
		['HTTP Request', 0, 'Loop'],
	]);
}

/** The flow that comes to mind first: one request for each item. */
export function requestPerSku(
	rowsCode: string,
	target: Target,
	onError: OnError = 'stopWorkflow',
): Workflow {
	const body =
		'={{ { skus: [{ sku: $json.sku, items: [{ count: Number($json.stock), updatedAt: $now.toUTC().toISO() }] }] } }}';
	const nodes = [
		generator(rowsCode),
		httpRequest(target, onError, { specifyBody: 'json', jsonBody: body }),
	];
	return flow('One request for each item', nodes, [[GENERATOR, 0, 'HTTP Request']]);
}

function httpRequest(
	{ url, campaignId, header }: Target,
	onError: OnError,
	body: Record<string, unknown>,
): WorkflowNode {
	return {
		...named('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {
			method: 'PUT',
			url: `${url}/v2/campaigns/${campaignId}/offers/stocks`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			...body,
			options: {},
		}),
		credentials: { httpHeaderAuth: header },
		onError,
	};
}

function generator(rowsCode: string): WorkflowNode {
	return code(GENERATOR, rowsCode);
}

function code(name: string, jsCode: string): WorkflowNode {
	return named(name, 'n8n-nodes-base.code', 2, { jsCode });
}

function loop(batchSize: number): WorkflowNode {
	return named('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize, options: {} });
}

function named(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	return { id: name, name, type, typeVersion, parameters, position: [0, 0] };
}

/** From a node's output to the next node. */
type Link = readonly [from: string, output: number, to: string];

function flow(name: string, nodes: WorkflowNode[], links: readonly Link[]): Workflow {
	const trigger = named(TRIGGER, 'n8n-nodes-base.manualTrigger', 1, {});
	const connections: Record<
		string,
		{ main: Array<Array<{ node: string; type: string; index: number }>> }
	> = {};
	for (const [from, output, to] of [[TRIGGER, 0, GENERATOR] as const, ...links]) {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to, type: 'main', index: 0 });
	}
	return { name, nodes: [trigger, ...nodes], connections, settings: NOTHING_SAVED };
}
