import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import axios from 'axios';

import { startSandbox, STORES, type Delivery, type Sandbox } from '../../sandbox';
import { eventually } from '../support/eventually';

const RECEIPT = { version: '1.0.0', name: 'Receiver', time: '2026-11-23T12:00:00Z' };

let sandbox: Sandbox;
let receiver: Server;
let url: string;
/** What arrived: the path and the body of each request. */
let received: Array<{ path: string; body: Record<string, unknown> }>;
let answer: (response: ServerResponse) => void;

function answerJson(response: ServerResponse): void {
	response.setHeader('content-type', 'application/json').end(JSON.stringify(RECEIPT));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}

beforeEach(async () => {
	sandbox = await startSandbox();
	received = [];
	answer = answerJson;
	receiver = createServer((request, response) => {
		void bodyOf(request).then((text) => {
			const body = JSON.parse(text) as Record<string, unknown>;
			received.push({ path: `${request.method} ${request.url}`, body });
			if (body.notificationType === 'PING') answerJson(response);
			else answer(response);
		});
	});
	await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
	url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
	await sandbox.stop();
	receiver.closeAllConnections();
	await new Promise((closed) => receiver.close(closed));
});

async function control(method: string, path: string, data?: unknown) {
	const address = `${sandbox.url}/_sandbox/${path}`;
	return await axios.request({ method, url: address, data, validateStatus: () => true });
}

async function order(): Promise<number> {
	sandbox.market.setBalance(STORES.fbs.campaignId, 'SKU-00001', 5);
	const { data } = await control('POST', 'orders', {
		campaignId: STORES.fbs.campaignId,
		items: [{ sku: 'SKU-00001', count: 1 }],
	});
	return data.orderId;
}

/** The log's entry of the first notification of an order. */
async function logged(): Promise<Delivery> {
	return await eventually('an order in the log', async () => {
		const { data } = await control('GET', 'deliveries');
		return (data as Delivery[]).find(({ type }) => type === 'ORDER_CREATED');
	});
}

it('A subscription is connected, called and removed over HTTP', async () => {
	const request = { businessId: 1001, url, types: ['ORDER_CREATED'] };
	const { data } = await control('POST', 'subscriptions', request);
	expect(data).toEqual({ ...request, id: 1, active: true });
	const orderId = await order();
	expect(await logged()).toMatchObject({ orderId, outcome: 'DELIVERED', status: 200 });
	expect(received).toMatchObject([
		{ path: 'POST /hook/notification', body: { notificationType: 'PING' } },
		{ path: 'POST /hook/notification', body: { notificationType: 'ORDER_CREATED', orderId } },
	]);
	expect((await control('GET', 'subscriptions')).data).toEqual([{ ...data, queued: 0 }]);
	expect((await control('POST', 'subscriptions/1/reconnect')).data).toEqual(data);
	expect((await control('DELETE', 'subscriptions/1')).data).toEqual({ status: 'OK' });
	expect((await control('GET', 'subscriptions')).data).toEqual([]);
});

it.each([
	{
		name: 'a redirect, which nobody follows',
		act: (response: ServerResponse) =>
			void response.writeHead(307, { location: `${url}/elsewhere` }).end(),
		logged: { status: 307, failure: { subtype: 'HTTP' } },
	},
	{
		name: 'a broken connection',
		act: (response: ServerResponse) => void response.destroy(),
		logged: { status: 0, failure: { subtype: 'HTTP' } },
	},
	{
		name: 'a page',
		act: (response: ServerResponse) => void response.end('<html></html>'),
		logged: { status: 200, failure: { subtype: 'UNSUPPORTED_MEDIA_TYPE' } },
	},
])('An answer may be $name', async ({ act, logged: entry }) => {
	await control('POST', 'subscriptions', { businessId: 1001, url });
	answer = act;
	await order();
	expect(await logged()).toMatchObject({ outcome: 'FAILED', ...entry });
	expect(received).toHaveLength(2);
});

it.each([
	['http://127.0.0.1:1/', 'CONNECTION_REFUSED'],
	['https:', 'SSL_ERROR'],
])('The PING of %s ends with %s', async (address, subtype) => {
	const { status, data } = await control('POST', 'subscriptions', {
		businessId: 1001,
		url: address === 'https:' ? url.replace('http:', 'https:') : address,
	});
	expect([status, data.error]).toEqual([400, expect.stringContaining(subtype)]);
});

it.each([
	[{ businessId: 1001 }, 'A subscription.url takes a text'],
	[{ businessId: '1001', url: 'x' }, 'A subscription.businessId takes a whole number, 1 or more'],
	[{ url: 'x', types: ['SOLD'] }, /^A subscription\.types\[0\] takes 'ORDER_CREATED'/],
])('A subscription like %j is refused', async (body, message) => {
	const { status, data } = await control('POST', 'subscriptions', body);
	expect([status, data.error]).toEqual([
		400,
		typeof message === 'string' ? message : expect.stringMatching(message),
	]);
});
