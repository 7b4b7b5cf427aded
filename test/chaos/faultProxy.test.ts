import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';

import { startSandbox, STORES, TOKENS, type Sandbox } from '../../sandbox';
import { skuOf } from '../support/useSandbox';
import { startFaultProxy, type FaultProxy } from './proxy/faultProxy';
import { FAULT_KINDS } from './proxy/kinds';
import { VirtualTime } from './time/virtualTime';

const START_MS = Date.parse('2026-11-23T12:00:00Z');
const IDLE_MS = 60_000;
const PATIENCE_MS = 10 * 60_000;
const time = new VirtualTime(START_MS);
const { campaignId } = STORES.dbs;
const body = JSON.stringify({ skus: [{ sku: skuOf(1), items: [{ count: 5 }] }] });

let sandbox: Sandbox;
let proxy: FaultProxy;
beforeAll(async () => {
	sandbox = await startSandbox({ clock: time });
	proxy = await startFaultProxy(sandbox.url, time);
});
afterAll(async () => {
	await proxy.stop();
	await sandbox.stop();
});
beforeEach(() => {
	sandbox.market.reset();
	time.reset(START_MS);
	time.install(() => 0.5);
});
afterEach(() => time.uninstall());

interface Seen {
	status?: number;
	text?: string;
	/** How the exchange ended if no whole reply came. */
	broke?: string;
	seconds: number;
}

/** Sends one balance as a client that gives up after a silence, and eventually in any case. */
async function ask(): Promise<Seen> {
	const startMs = time.now();
	const exchange = new Promise<Omit<Seen, 'seconds'>>((resolve) => {
		const headers = { 'Api-Key': TOKENS.allMethods, 'Content-Type': 'application/json' };
		const sent = request(
			`${proxy.url}/v2/campaigns/${campaignId}/offers/stocks`,
			{ method: 'PUT', headers, agent: false },
			(reply) => {
				let text = '';
				reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
				reply.on('end', () => resolve({ status: reply.statusCode, text }));
				reply.on('error', (error) => resolve({ broke: error.message }));
			},
		);
		const giveUp = (why: string) => () => sent.destroy(new Error(why));
		sent.on('error', (error) => resolve({ broke: error.message }));
		sent.setTimeout(IDLE_MS, giveUp('silence'));
		const end = setTimeout(giveUp('no end'), PATIENCE_MS);
		sent.on('close', () => clearTimeout(end));
		sent.end(body);
	});
	let seen: Omit<Seen, 'seconds'> = {};
	await time.until(
		exchange.then((answer) => (seen = answer)),
		Infinity,
	);
	return { ...seen, seconds: (time.now() - startMs) / 1_000 };
}

/** What a client sees of a kind of fault, and how often the Market was asked: right away and in the end. */
async function meet(
	name: string,
	seed: number,
): Promise<{ seen: Seen; soon: number; finally: number }> {
	const kind = FAULT_KINDS.find((candidate) => candidate.name === name);
	proxy.begin(seed, { summary: name, kindFor: () => kind });
	const seen = await ask();
	const soon = sandbox.market.calls().length;
	await time.until(proxy.delivered(), Infinity);
	return { seen, soon, finally: sandbox.market.calls().length };
}

it('there are at least 17 kinds, each with a name of its own', () => {
	expect(FAULT_KINDS.length).toBeGreaterThanOrEqual(17);
	expect(new Set(FAULT_KINDS.map(({ name }) => name)).size).toBe(FAULT_KINDS.length);
});

it('the documentation says what each kind does', () => {
	const page = readFileSync(join(__dirname, '../../docs/chaos.md'), 'utf8');
	for (const { name, what } of FAULT_KINDS) expect(page).toContain(`| ${name} | ${what} |`);
});

it('without a fault, a request and its reply pass through unchanged', async () => {
	proxy.begin(1, { summary: '', kindFor: () => undefined });
	expect(await ask()).toMatchObject({ status: 200, text: '{"status":"OK"}' });
	expect(sandbox.market.offer(campaignId, skuOf(1)).available).toBe(5);
});

describe('broken connections', () => {
	it.each<[string, Partial<Seen>, number]>([
		['drop before', { broke: 'read ECONNRESET' }, 0],
		['drop after', { broke: 'read ECONNRESET' }, 1],
		['swallow before', { broke: 'silence' }, 0],
		['swallow after', { broke: 'silence' }, 1],
		['trickle', { status: 200, text: '{"status":"OK"}' }, 1],
		['trickle for ever', { broke: 'no end' }, 1],
		['twice', { status: 200, text: '{"status":"OK"}' }, 2],
		['truncate', { broke: 'aborted' }, 1],
		['length too long', { broke: 'aborted' }, 1],
		['length too short', { status: 200, text: '{"status' }, 1],
	])('%s', async (name, seen, calls) => {
		const met = await meet(name, 1);
		expect(met.seen).toMatchObject(seen);
		expect([met.soon, met.finally]).toEqual([calls, calls]);
	});

	it('late: the request arrives long after the client has gone', async () => {
		expect(await meet('late', 1)).toMatchObject({
			seen: { broke: 'read ECONNRESET' },
			soon: 0,
			finally: 1,
		});
	});

	it('a trickle takes its time', async () => {
		expect((await meet('trickle', 1)).seen.seconds).toBeGreaterThan(10);
	});
});

describe('what a gateway and the Market say', () => {
	it.each<[string, number, string, (number | undefined)?]>([
		['408', 408, 'nginx', 0],
		['413', 413, 'nginx', 0],
		['429', 429, 'nginx', 0],
		['407', 407, 'nginx', 0],
		['deprecated', 403, 'occasionally forbidden', 0],
		['garbled 403', 403, '{"status":"ERROR","errors":[{"co', 0],
		['errors only', 200, '{"errors":', 0],
		['bare 420', 420, 'Hit rate limit', 0],
		['far 420', 420, 'Hit rate limit', 0],
		['wrong date', 200, '{"status":"OK"}', 1],
		['same page again', 200, '{"status":"OK"}', 1],
		['new fields', 200, '"ofTomorrow"', 1],
	])('%s', async (name, status, text, calls) => {
		const met = await meet(name, 1);
		expect(met.seen).toMatchObject({ status, text: expect.stringContaining(text) });
		expect(met.finally).toBe(calls);
	});

	it.each<[string, number, string]>([
		['502', 502, 'nginx'],
		['503', 503, 'nginx'],
		['504', 504, 'nginx'],
		['499', 499, ''],
		['captcha page', 200, 'not a robot'],
		['captcha JSON', 200, 'captcha'],
		['empty object', 200, '{}'],
		['empty list', 200, '[]'],
		['pending', 200, '{"status":"PENDING"}'],
	])('%s: sometimes the Market has done its work', async (name, status, text) => {
		const calls = new Set<number>();
		for (let seed = 1; seed <= 12; seed += 1) {
			sandbox.market.reset();
			const met = await meet(name, seed);
			expect(met.seen).toMatchObject({ status, text: expect.stringContaining(text) });
			calls.add(met.finally);
		}
		expect(calls).toEqual(new Set([0, 1]));
	});

	it('redirects lead to the foreign host, which records what it gets', async () => {
		const { seen } = await meet('redirect', 1);
		expect([301, 302, 307, 308]).toContain(seen.status);
		expect(proxy.foreign.takeReceived()).toEqual([]);
		await fetch(`${proxy.foreign.url}/there`, {
			method: 'POST',
			headers: { 'x-key': 'secret' },
			body: 'text',
		});
		expect(proxy.foreign.takeReceived()).toEqual([
			expect.stringMatching(/\/there.*x-key.*secret[^]*text/),
		]);
	});

	it('an echo repeats the token in three ways', async () => {
		const texts: string[] = [];
		for (let seed = 1; seed <= 20; seed += 1)
			texts.push((await meet('echo', seed)).seen.text ?? '');
		for (const said of [
			TOKENS.allMethods,
			encodeURIComponent(TOKENS.allMethods),
			Buffer.from(TOKENS.allMethods).toString('base64'),
		]) {
			expect(texts.filter((text) => text.includes(said)).length).toBeGreaterThan(10);
		}
	});
});

it('the same seed gives the same chance', async () => {
	const times = [await meet('trickle', 7), await meet('trickle', 7), await meet('trickle', 8)].map(
		({ seen }) => seen.seconds,
	);
	expect(times[0]).toBe(times[1]);
	expect(times[2]).not.toBe(times[0]);
});
