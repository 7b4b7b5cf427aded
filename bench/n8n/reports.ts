import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import type { RunFacts } from './runFacts';

const LONGEST_RUN_MS = 5 * 60_000;

/** Receives what the hook inside n8n reports about each execution. */
export class Reports {
	private readonly arrived = new Map<string, RunFacts>();
	private readonly awaited = new Map<string, (facts: RunFacts) => void>();
	private readonly server = createServer((request, reply) => {
		void text(request).then((body) => {
			reply.end();
			this.take(JSON.parse(body) as RunFacts);
		});
	});

	static async open(): Promise<Reports> {
		const reports = new Reports();
		await once(reports.server.listen(0, '127.0.0.1'), 'listening');
		return reports;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** The facts of an execution, once it has ended. */
	async of(executionId: string, signal: AbortSignal): Promise<RunFacts> {
		const facts = this.arrived.get(executionId);
		if (facts) return facts;
		const end = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_RUN_MS)]);
		return await new Promise((resolve, reject) => {
			this.awaited.set(executionId, resolve);
			end.addEventListener('abort', () =>
				reject(new Error(`Execution ${executionId} did not end`)),
			);
		});
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await once(this.server.close(), 'close');
	}

	private take(facts: RunFacts): void {
		this.arrived.set(facts.executionId, facts);
		this.awaited.get(facts.executionId)?.(facts);
	}
}
