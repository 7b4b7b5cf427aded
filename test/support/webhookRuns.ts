import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { HookContext, WebhookContext } from 'n8n-core';
import type {
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWebhookData,
	IWebhookDescription,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { TOKENS } from '../../sandbox';
import { CredentialStore } from './credentialStore';
import { additionalData, credentialTypes, workflowWith } from './engine';

/** What the sender of a request got. */
export interface WebhookReply {
	status: number;
	type: string | null;
	body: Record<string, unknown>;
}

/** A webhook trigger in a published workflow, behind a real HTTP server. */
export interface Listening {
	url: string;
	/** Items of the executions that were started. */
	executions: INodeExecutionData[][];
	/** What ended as a failed execution, as n8n makes of what the node throws. */
	failures: Error[];
	/** Warnings in n8n's log. */
	warnings: string[];
	/** A POST of JSON, or of a text as it is. */
	post(body: object | string, settings?: { type?: string; path?: string }): Promise<WebhookReply>;
	/** What n8n does when the workflow is published. */
	publish(): Promise<void>;
	stop(): Promise<void>;
}

/** How a trigger is set up. */
export interface WebhookSettings {
	parameters?: INodeParameters;
	options?: INodeParameters;
	apiKey?: string;
	/** The sender's address, as n8n knows it. @default one of the Market's */
	ip?: string;
}

/** The Market waits no longer for an answer. */
const MARKET_WAITS_MS = 10_000;

let made = 0;

/** Listens as n8n does: it parses JSON itself, then asks the node, and answers what the node says. */
export async function listenTo(
	type: INodeType,
	apiUrl: string,
	settings: WebhookSettings = {},
): Promise<Listening> {
	const { parameters, options = {}, apiKey = TOKENS.allMethods, ip = '5.45.207.1' } = settings;
	const id = `webhook ${++made}`;
	const node: INode = {
		id,
		name: 'Trigger',
		type: 'test.trigger',
		typeVersion: 2,
		position: [0, 0],
		webhookId: id,
		parameters: { authentication: 'apiKey', ...parameters, options },
		credentials: { yandexMarketApi: { id, name: 'Credential' } },
	};
	const workflow = workflowWith([node], {}, { 'test.trigger': type });
	const store = new CredentialStore(credentialTypes, {
		[id]: { environment: 'sandbox', apiUrl, apiKey },
	});
	const executions: INodeExecutionData[][] = [];
	const failures: Error[] = [];
	const warnings: string[] = [];
	const descriptions = type.description.webhooks as IWebhookDescription[];
	const dataOf = (description: IWebhookDescription): IWebhookData =>
		({
			httpMethod: 'POST',
			node: node.name,
			path: description.path,
			webhookDescription: description,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData(store, [node]),
		}) as IWebhookData;

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const json = (status: number, body: unknown) =>
			response
				.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
				.end(JSON.stringify(body));
		const description = descriptions.find(({ path }) => `/${path}` === request.url);
		if (!description || request.method !== 'POST') return void json(404, {});
		const rawBody = await bytesOf(request);
		const isJson = /^application\/json/.test(request.headers['content-type'] ?? '');
		if (isJson && !isParsable(rawBody)) return void json(422, {});
		const data = additionalData(store, [node]) as IWorkflowExecuteAdditionalData;
		Object.assign(data, {
			httpRequest: Object.assign(request, isJson ? { ip, rawBody } : { ip }),
			httpResponse: {
				status: (status: number) => ({ json: (body: unknown) => json(status, body) }),
			},
		});
		await workflow.expression.acquireIsolate?.();
		const context = new WebhookContext(
			workflow,
			workflow.nodes.Trigger as INode,
			data,
			'webhook',
			dataOf(description),
			[],
			null,
		);
		Object.defineProperty(context, 'logger', {
			value: { ...silent, warn: (text: string) => warnings.push(text) },
		});
		try {
			const result = await type.webhook?.call(context);
			if (result?.workflowData) executions.push(result.workflowData[0] ?? []);
			if (!result?.noWebhookResponse) json(200, result?.webhookResponse);
		} catch (error) {
			failures.push(error as Error);
			json(500, { code: 0, message: 'Workflow Webhook Error: Workflow could not be started!' });
		}
	}

	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		executions,
		failures,
		warnings,
		post: async (body, { type: contentType = 'application/json', path = '/' } = {}) => {
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			const reply = await fetch(url + path, {
				method: 'POST',
				headers: { 'content-type': contentType },
				body: text,
				signal: AbortSignal.timeout(MARKET_WAITS_MS),
			});
			return {
				status: reply.status,
				type: reply.headers.get('content-type'),
				body: (await reply.json()) as Record<string, unknown>,
			};
		},
		publish: async () => {
			const [description] = descriptions as [IWebhookDescription];
			const context = new HookContext(
				workflow,
				workflow.nodes.Trigger as INode,
				additionalData(store, [node]),
				'trigger',
				'activate',
				dataOf(description),
			);
			await type.webhookMethods?.default?.create.call(context);
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

const nothing = () => {};
const silent = { debug: nothing, info: nothing, error: nothing };

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function isParsable(bytes: Buffer): boolean {
	try {
		JSON.parse(bytes.toString());
		return true;
	} catch {
		return false;
	}
}
