import axios, { type AxiosInstance } from 'axios';

import type { Owner } from '../../lab/n8n/client';
import type { Workflow } from '../../lab/n8n/workflow';

/** Starts executions as a person does in n8n's editor, without reading anything back. */
export class Editor {
	private constructor(private readonly http: AxiosInstance) {}

	static async signIn(url: string, { email, password }: Owner): Promise<Editor> {
		const anonymous = axios.create({ baseURL: url, proxy: false });
		const reply = await anonymous.post('/rest/login', { emailOrLdapLoginId: email, password });
		const cookies = reply.headers['set-cookie'] ?? [];
		const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
		return new Editor(axios.create({ baseURL: url, proxy: false, headers: { cookie } }));
	}

	/** Presses "Execute workflow". Resolves to the execution's id as soon as it has begun. */
	async start(workflowId: string, trigger: string): Promise<string> {
		const { data } = await this.http.get(`/rest/workflows/${workflowId}`);
		const workflowData: Workflow = data.data;
		const path = `/rest/workflows/${workflowId}/run`;
		const run = await this.http.post(path, { workflowData, triggerToStartFrom: { name: trigger } });
		return run.data.data.executionId;
	}
}
