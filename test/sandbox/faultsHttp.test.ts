import { connect } from 'node:net';

import axios, { type AxiosInstance } from 'axios';

import {
	startSandbox,
	STORES,
	TOKENS,
	type FaultKind,
	type FaultRule,
	type Sandbox,
} from '../../sandbox';
import { entry } from './support/bench';

const STOCKS = `/v2/campaigns/${STORES.fbs.campaignId}/offers/stocks`;
const BODY = JSON.stringify({ skus: [entry('SKU-00001', 5)] });

let sandbox: Sandbox;
let client: AxiosInstance;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = axios.create({
		baseURL: sandbox.url,
		headers: { 'Api-Key': TOKENS.allMethods, 'Content-Type': 'application/json' },
		validateStatus: () => true,
	});
});
beforeEach(() => sandbox.market.reset());
afterAll(async () => await sandbox.stop());

function expectNext(kind: FaultKind): void {
	sandbox.market.setSwitches({ faults: [{ kind, count: 1 } as FaultRule] });
}

function available(): number | null {
	return sandbox.market.offer(STORES.fbs.campaignId, 'SKU-00001').available;
}

/** Everything that arrives before the connection ends. */
async function readToTheEnd(): Promise<string> {
	const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
	const head = [
		`PUT ${STOCKS} HTTP/1.1`,
		'Host: 127.0.0.1',
		`Api-Key: ${TOKENS.allMethods}`,
		'Content-Type: application/json',
		`Content-Length: ${BODY.length}`,
	];
	socket.write(`${head.join('\r\n')}\r\n\r\n${BODY}`);
	let text = '';
	socket.on('data', (chunk: Buffer) => {
		text += String(chunk);
	});
	await new Promise<void>((resolve) => socket.on('close', () => resolve()));
	return text;
}

describe('over HTTP', () => {
	it.each([
		{ kind: 'dropBefore', held: null },
		{ kind: 'dropAfter', held: 5 },
	] as const)('$kind ends the connection without a byte; $held is held', async ({ kind, held }) => {
		expectNext(kind);
		expect(await readToTheEnd()).toBe('');
		expect(available()).toBe(held);
		expectNext(kind);
		await expect(client.put(STOCKS, BODY)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect((await client.put(STOCKS, BODY)).status).toBe(200);
	});

	it('resetMidBody promises the whole reply and breaks off in its middle', async () => {
		expectNext('resetMidBody');
		const text = await readToTheEnd();
		expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
		expect(text).toMatch(/\r\ncontent-length: 15\r\n/);
		expect(text).toMatch(/\r\n\r\n\{"statu$/);
		expect(available()).toBe(5);
		expectNext('resetMidBody');
		await expect(client.put(STOCKS, BODY)).rejects.toThrow('aborted');
	});

	it('truncatedJson is a whole reply with half of the JSON', async () => {
		expectNext('truncatedJson');
		const { status, data, headers } = await client.put(STOCKS, BODY);
		expect([status, data, headers['content-length']]).toEqual([200, '{"statu', '7']);
	});

	it.each([
		{ kind: 'html200', status: 200, type: 'text/html' },
		{ kind: 'html502', status: 502, type: 'text/html' },
		{ kind: '503empty', status: 503, type: 'text/plain' },
	] as const)('$kind is $status, $type', async ({ kind, status, type }) => {
		expectNext(kind);
		const reply = await client.put(STOCKS, BODY);
		expect(reply.status).toBe(status);
		expect(reply.headers['content-type']).toContain(type);
		expect(String(reply.data).startsWith(kind === '503empty' ? '' : '<!doctype html>')).toBe(true);
		expect(available()).toBeNull();
	});

	it('the control endpoint takes rules, says what is wrong with one, and counts what struck', async () => {
		const { data } = await client.patch('/_sandbox/switches', {
			faults: [{ kind: '503', count: 2 }],
		});
		expect(data.faults).toEqual([{ kind: '503', count: 2 }]);
		await client.put(STOCKS, BODY);
		const { data: state } = await client.get('/_sandbox/state');
		expect(state.switches.faults).toEqual([{ kind: '503', count: 1 }]);
		expect(state.statistics.updateStocks).toEqual({
			requests: 1,
			items: 0,
			statuses: { 503: 1 },
			faults: { 503: 1 },
		});
		expect((await client.get('/_sandbox/calls')).data).toMatchObject([
			{ status: 503, fault: '503', applied: false },
		]);
		const refused = await client.patch('/_sandbox/switches', { faults: [{ kind: '503' }] });
		expect([refused.status, refused.data.error]).toEqual([
			400,
			"Switch 'faults'[0] takes either count or rate",
		]);
	});
});
