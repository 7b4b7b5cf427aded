import {
	Agent,
	createServer,
	request as httpRequest,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

import { seededRandom } from '../../../sandbox';
import type { VirtualTime } from '../time/virtualTime';
import { startForeignHost, type ForeignHost } from './foreignHost';
import { AGAIN, FAULT_KINDS } from './kinds';
import { NO_FAULTS, type FaultPlan } from './plan';
import { secretsIn } from './secretsIn';
import type { Answer, Received, Visit } from './visit';

/** The least and the most time that a request takes, in milliseconds. */
const LATENCY_MS = { least: 1, most: 200 };

/** What the proxy has seen of one scenario. */
export interface ProxyLog {
	requests: number;
	/** How often each kind struck. */
	faults: Map<string, number>;
	/** Every secret that passed through, in either direction. */
	secrets: Set<string>;
}

/** A proxy between the nodes and the sandbox that breaks things according to a plan. */
export interface FaultProxy {
	/** Base URL for the nodes: a different one for each scenario, so that nothing is remembered from one to the next. */
	readonly url: string;
	readonly log: ProxyLog;
	readonly foreign: ForeignHost;
	/**
	 * Begins a scenario: whoever still uses the old URL is turned away.
	 *
	 * @param keys Api-Key tokens that the proxy exchanges for those that the sandbox knows
	 */
	begin(seed: number, plan: FaultPlan, keys?: ReadonlyMap<string, string>): void;
	/** Resolves when no request is still waiting for a late delivery. */
	delivered(): Promise<void>;
	stop(): Promise<void>;
}

/** Starts the proxy on loopback. */
export async function startFaultProxy(sandboxUrl: string, time: VirtualTime): Promise<FaultProxy> {
	const proxy = new RunningProxy(sandboxUrl, time, await startForeignHost());
	await proxy.listen();
	return proxy;
}

class RunningProxy implements FaultProxy {
	readonly agent = new Agent({ keepAlive: true });
	log!: ProxyLog;
	private readonly server = createServer(
		(request, response) => void this.receive(request, response),
	);
	private seed = 0;
	private plan = NO_FAULTS;
	private scenarios = 0;
	private keys: ReadonlyMap<string, string> = new Map();
	private late = new Set<Promise<unknown>>();

	constructor(
		private readonly sandboxUrl: string,
		private readonly time: VirtualTime,
		readonly foreign: ForeignHost,
	) {
		this.begin(0, NO_FAULTS);
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.prefix}`;
	}

	private get prefix(): string {
		return `/scenario-${this.scenarios}`;
	}

	async listen(): Promise<void> {
		await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
	}

	begin(seed: number, plan: FaultPlan, keys: ReadonlyMap<string, string> = new Map()): void {
		this.scenarios += 1;
		this.seed = seed;
		this.plan = plan;
		this.keys = keys;
		this.late.clear();
		this.log = { requests: 0, faults: new Map(), secrets: new Set() };
		this.server.closeAllConnections();
	}

	async delivered(): Promise<void> {
		while (this.late.size > 0) await Promise.allSettled(this.late);
	}

	async stop(): Promise<void> {
		this.agent.destroy();
		this.server.closeAllConnections();
		await Promise.all([new Promise((closed) => this.server.close(closed)), this.foreign.stop()]);
	}

	private async receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		response.sendDate = false;
		response.on('error', () => {});
		incoming.on('error', () => {});
		const { prefix } = this;
		if (!incoming.url?.startsWith(`${prefix}/`)) return void incoming.socket.resetAndDestroy();
		const body = await bodyOf(incoming).catch(() => undefined);
		if (body === undefined || prefix !== this.prefix) return void incoming.socket.resetAndDestroy();
		const headers = incoming.headers as Record<string, string>;
		const received = {
			verb: incoming.method ?? '',
			path: incoming.url.slice(prefix.length),
			headers,
			body,
		};
		const { log } = this;
		for (const secret of secretsIn(received)) log.secrets.add(secret);
		const ordinal = log.requests++;
		const random = seededRandom(this.seed * 1_000_003 + ordinal);
		const visit = this.visitOf(received, incoming, response, random);
		await visit.wait(LATENCY_MS.least + random() * (LATENCY_MS.most - LATENCY_MS.least));
		const isEndless = received.path.includes(AGAIN);
		const kind = isEndless
			? FAULT_KINDS.find(({ name }) => name === 'same page again')
			: this.plan.kindFor(ordinal, random);
		if (kind) log.faults.set(kind.name, (log.faults.get(kind.name) ?? 0) + 1);
		try {
			if (kind) await kind.strike(visit);
			else visit.answer(await visit.forward());
		} catch {
			visit.drop();
		}
	}

	private visitOf(
		request: Received,
		incoming: IncomingMessage,
		response: ServerResponse,
		random: () => number,
	): Visit {
		const { time, foreign, log } = this;
		const { socket } = incoming;
		return {
			request,
			random,
			foreignUrl: foreign.url,
			get nowMs() {
				return time.now();
			},
			forward: async () => {
				const answer = await this.deliver(request);
				for (const secret of secretsOfReply(request, answer)) log.secrets.add(secret);
				return answer;
			},
			answer: ({ status, headers, body }) => {
				if (!socket.destroyed) response.writeHead(status, headers).end(body);
			},
			raw: (bytes, isEnd) => {
				if (socket.destroyed) return;
				if (isEnd) socket.end(bytes);
				else socket.write(bytes);
			},
			drop: () => void socket.resetAndDestroy(),
			wait: async (ms) => {
				time.traffic.park(incoming);
				await time.sleep(ms);
				time.traffic.unpark(incoming);
			},
			swallow: () => time.traffic.park(incoming),
			isGone: () => socket.destroyed,
			later: (ms, work) => {
				const { late } = this;
				const delivery = time
					.sleep(ms)
					.then(work)
					.catch(() => {})
					.finally(() => late.delete(delivery));
				late.add(delivery);
			},
		};
	}

	/** Passes a request on to the sandbox, unchanged except for a page token that only the proxy knows. */
	private async deliver({ verb, path, headers, body }: Received): Promise<Answer> {
		const url = new URL(this.sandboxUrl + path);
		for (const name of ['pageToken', 'page_token']) {
			if (url.searchParams.get(name) === AGAIN) url.searchParams.delete(name);
		}
		const kept = Object.entries(headers).filter(
			([name]) => name !== 'host' && !OWN_HEADERS.includes(name),
		);
		const apiKey = headers['api-key'];
		const known = apiKey === undefined ? {} : { 'api-key': this.keys.get(apiKey) ?? apiKey };
		return await new Promise((resolve, reject) => {
			const sent = httpRequest(
				url,
				{ method: verb, headers: { ...Object.fromEntries(kept), ...known }, agent: this.agent },
				(reply) => {
					bodyOf(reply).then((bytes) => resolve(answerOf(reply, bytes)), reject);
				},
			);
			sent.on('error', reject);
			sent.end(body);
		});
	}
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** Headers that belong to a single connection, or that the proxy writes itself. */
const OWN_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

function answerOf({ statusCode = 0, headers }: IncomingMessage, body: Buffer): Answer {
	const kept = Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name));
	return {
		status: statusCode,
		headers: Object.fromEntries(kept) as Record<string, string>,
		body: body.toString(),
	};
}

/** The tokens in a reply of the token endpoint. */
function secretsOfReply({ path }: Received, { body }: Answer): string[] {
	if (!path.startsWith('/oauth/token') || !body.startsWith('{')) return [];
	const tokens = JSON.parse(body) as Record<string, unknown>;
	return [tokens.access_token, tokens.refresh_token].filter(
		(token): token is string => typeof token === 'string',
	);
}
