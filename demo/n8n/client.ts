import { setTimeout as delay } from 'node:timers/promises';
import axios, { isAxiosError, type AxiosInstance } from 'axios';

import { readExecution, type Execution } from './execution';
import type { Workflow } from './workflow';

const POLL_MS = 250;
const UNFINISHED = ['new', 'running', 'waiting'];

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

/** What a node keeps of a credential. */
export interface CredentialReference {
	id: string;
	name: string;
}

/** n8n over HTTP: what a person does in its editor. Every refusal is an Error with n8n's own words. */
export class N8nClient {
	private constructor(
		private readonly editor: AxiosInstance,
		private readonly publicApi: AxiosInstance,
	) {}

	/** Makes the owner of a fresh n8n and acts as that owner from here on. */
	static async setUp(url: string, owner: Owner): Promise<N8nClient> {
		const anonymous = connect(url);
		const reply = await anonymous.post('/rest/owner/setup', { ...owner, firstName: 'Demo', lastName: 'Seller' });
		const cookies = reply.headers['set-cookie'] ?? [];
		const editor = connect(url, { cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') });
		// Executions are read over the public API: the editor packs them in a form of its own.
		const key = await editor.post('/rest/api-keys', {
			label: 'Reads executions',
			expiresAt: null,
			scopes: ['execution:read'],
		});
		return new N8nClient(editor, connect(url, { 'X-N8N-API-KEY': key.data.data.rawApiKey }));
	}

	async createCredential(credential: NewCredential): Promise<CredentialReference> {
		const { data } = await this.editor.post('/rest/credentials', credential);
		return { id: data.data.id, name: data.data.name };
	}

	/** n8n's own test of a credential, the one behind the green bar in the editor. */
	async testCredential({ id, name }: CredentialReference, { type, data }: NewCredential): Promise<void> {
		const reply = await this.editor.post('/rest/credentials/test', { credentials: { id, name, type, data } });
		const { status, message } = reply.data.data as { status: string; message: string };
		if (status !== 'OK') throw new Error(`n8n's test of the credential "${name}" says: ${message}`);
	}

	/** Resolves to the imported workflow's id. */
	async importWorkflow(workflow: Workflow): Promise<string> {
		const { data } = await this.editor.post('/rest/workflows', workflow);
		return data.data.id;
	}

	/** Presses "Execute workflow", waits for the end and resolves to what each node gave out. */
	async execute(workflowId: string, signal: AbortSignal): Promise<Execution> {
		const { data } = await this.editor.get(`/rest/workflows/${workflowId}`);
		const workflowData: Workflow = data.data;
		const trigger = workflowData.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		const run = await this.editor.post(`/rest/workflows/${workflowId}/run`, {
			workflowData,
			triggerToStartFrom: { name: trigger?.name },
		});
		const path = `/api/v1/executions/${run.data.data.executionId}`;
		while (UNFINISHED.includes((await this.publicApi.get(path)).data.status)) {
			await delay(POLL_MS, undefined, { signal });
		}
		return readExecution((await this.publicApi.get(path, { params: { includeData: true } })).data);
	}
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
