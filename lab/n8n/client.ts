import { setTimeout as delay } from 'node:timers/promises';
import axios, { isAxiosError, type AxiosInstance } from 'axios';

import { readExecution, type Execution } from './execution';
import type { CredentialReference, Workflow } from './workflow';

const POLL_MS = 250;
const UNFINISHED = ['new', 'running', 'waiting'];
/** Triggers from which "Execute workflow" starts a workflow at once. */
const CLICKED = ['n8n-nodes-base.manualTrigger', 'n8n-nodes-base.scheduleTrigger'];

/** The first user of an n8n, who may do everything. */
export interface Owner {
	email: string;
	password: string;
}

export interface NewCredential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** n8n over HTTP: what a person does in its editor. Every refusal is an Error with n8n's own words. */
export class N8nClient {
	private constructor(
		private readonly editor: AxiosInstance,
		private readonly publicApi: AxiosInstance,
	) {}

	/** Creates the owner of a fresh n8n and acts as that owner from then on. */
	static async setUp(url: string, owner: Owner): Promise<N8nClient> {
		const anonymous = connect(url);
		const reply = await anonymous.post('/rest/owner/setup', {
			...owner,
			firstName: 'Demo',
			lastName: 'Seller',
		});
		const cookies = reply.headers['set-cookie'] ?? [];
		const editor = connect(url, {
			cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; '),
		});
		// Executions are read over the public API: the editor packs them in a format of its own.
		const key = await editor.post('/rest/api-keys', {
			label: 'Reads executions',
			expiresAt: null,
			scopes: ['execution:read', 'execution:list'],
		});
		return new N8nClient(editor, connect(url, { 'X-N8N-API-KEY': key.data.data.rawApiKey }));
	}

	/** Any GET of the editor: resolves to the `data` of n8n's reply, or to the whole reply if it has none. */
	async get<T>(path: string, params: Record<string, unknown> = {}): Promise<T> {
		const { data } = await this.editor.get(path, { params });
		return data.data ?? data;
	}

	/** Any POST of the editor, with the same result. */
	async post<T>(path: string, body: unknown = {}): Promise<T> {
		const { data } = await this.editor.post(path, body);
		return data.data ?? data;
	}

	async createCredential(credential: NewCredential): Promise<CredentialReference> {
		const { id, name } = await this.post<CredentialReference>('/rest/credentials', credential);
		return { id, name };
	}

	/**
	 * n8n's own test of a credential, the one behind the green bar in the editor.
	 * @throws Error with the message that the editor shows if the test does not pass
	 */
	async testCredential(
		{ id, name }: CredentialReference,
		{ type, data }: NewCredential,
	): Promise<void> {
		const body = { credentials: { id, name, type, data } };
		const { status, message } = await this.post<{ status: string; message: string }>(
			'/rest/credentials/test',
			body,
		);
		if (status !== 'OK') throw new Error(`n8n's test of the credential "${name}" says: ${message}`);
	}

	/** Resolves to the imported workflow's id. */
	async importWorkflow(workflow: Workflow): Promise<string> {
		const { id } = await this.post<{ id: string }>('/rest/workflows', workflow);
		return id;
	}

	/** Activates a workflow. Its webhooks answer a moment later; until then they give a 404. */
	async activate(workflowId: string): Promise<void> {
		const { versionId } = await this.get<{ versionId: string }>(`/rest/workflows/${workflowId}`);
		await this.post(`/rest/workflows/${workflowId}/activate`, { versionId });
	}

	/** Presses "Execute workflow", waits for the end and resolves to what each node gave out. */
	async execute(workflowId: string, signal: AbortSignal): Promise<Execution> {
		return await this.finished(await this.start(workflowId), signal);
	}

	/** Presses "Execute workflow" and resolves to the execution's id as soon as it has begun. */
	async start(workflowId: string): Promise<string> {
		const workflowData = await this.get<Workflow>(`/rest/workflows/${workflowId}`);
		const trigger = workflowData.nodes.find(({ type }) => CLICKED.includes(type));
		const { executionId } = await this.post<{ executionId: string }>(
			`/rest/workflows/${workflowId}/run`,
			{
				workflowData,
				triggerToStartFrom: { name: trigger?.name },
			},
		);
		return executionId;
	}

	/** Presses "Stop". n8n answers once it has told the execution to stop, not once it has ended. */
	async stop(executionId: string): Promise<void> {
		await this.post(`/rest/executions/${executionId}/stop`);
	}

	/** n8n's word for the state of an execution: running, success, error, canceled... */
	async status(executionId: string): Promise<string> {
		return (await this.publicApi.get(executionPath(executionId))).data.status;
	}

	/** Waits for the end of an execution and resolves to what each node gave out. */
	async finished(executionId: string, signal: AbortSignal): Promise<Execution> {
		while (UNFINISHED.includes(await this.status(executionId)))
			await delay(POLL_MS, undefined, { signal });
		const { data } = await this.publicApi.get(executionPath(executionId), {
			params: { includeData: true },
		});
		return readExecution(data);
	}

	/** How many executions of a workflow have not ended yet, or not begun: at most 20. */
	async unfinished(workflowId: string): Promise<number> {
		const filter = JSON.stringify({ workflowId, status: UNFINISHED });
		const { results } = await this.get<{ results: unknown[] }>('/rest/executions', { filter });
		return results.length;
	}

	/** Ids of a workflow's executions, newest first: nobody is told the id of one that a trigger started. */
	async executionIds(workflowId: string): Promise<string[]> {
		const { data } = await this.publicApi.get('/api/v1/executions', { params: { workflowId } });
		return data.data.map(({ id }: { id: string | number }) => String(id));
	}
}

function executionPath(id: string): string {
	return `/api/v1/executions/${id}`;
}

function connect(url: string, headers: Record<string, string> = {}): AxiosInstance {
	// This machine's proxy, if it has one, must not see requests to this machine.
	const client = axios.create({ baseURL: url, headers, proxy: false, maxBodyLength: Infinity });
	client.interceptors.response.use(undefined, (error: unknown) => {
		if (!isAxiosError(error)) throw error;
		const said = error.response?.data?.message ?? error.message;
		throw new Error(`n8n refused ${error.config?.url}: ${said}`, { cause: error });
	});
	return client;
}
