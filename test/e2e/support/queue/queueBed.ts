import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import axios from 'axios';

import { N8nClient } from '../../../../lab/n8n/client';
import type { Execution } from '../../../../lab/n8n/execution';
import { installN8n } from '../../../../lab/n8n/install';
import type { N8nCommand } from '../../../../lab/n8n/process';
import type { Workflow, CredentialReference } from '../../../../lab/n8n/workflow';
import { Cleanup } from '../../../../lab/system/cleanup';
import { freePorts } from '../../../../lab/system/freePorts';
import { startPostgres } from '../../../../lab/system/postgres';
import {
	startSandbox,
	type Sandbox,
	type SandboxMarket,
	type SandboxOptions,
} from '../../../../sandbox';
import { apiKeyCredential } from '../credentials';
import { INSTALL_LOG, N8N_FOLDER, RESULTS } from '../places';
import { OWNER } from '../testBed';
import { Member } from './member';
import { startRedis } from './redis';
import { useBed } from '../useBed';

/** Executions that a worker runs at once. */
export const RUNS_AT_ONCE = 2;

const QUEUE_MODE = {
	EXECUTIONS_MODE: 'queue',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	// Only the webhook processor handles webhooks.
	N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	N8N_CONCURRENCY_PRODUCTION_LIMIT: String(RUNS_AT_ONCE),
};

const POLL_MS = 100;

export interface QueueBedOptions {
	/** What the Market is made with. */
	sandbox?: SandboxOptions;
	/** Variables for all processes of n8n, in addition to or instead of the usual ones. */
	env?: Readonly<Record<string, string>>;
}

/**
 * n8n in queue mode: a main process, two workers and a webhook processor, each with the package in it, on Redis and
 * PostgreSQL; and a sandbox Market that they reach.
 */
export class QueueBed {
	private constructor(
		readonly client: N8nClient,
		readonly sandbox: Sandbox,
		/** An Api-Key credential that may do everything in the sandbox. */
		readonly apiKey: CredentialReference,
		readonly main: Member,
		readonly workers: readonly [Member, Member],
		readonly webhooks: Member,
		/** Aborted when all of it is stopped: from then on nothing waits for it. */
		readonly signal: AbortSignal,
		private readonly cleanup: Cleanup,
	) {}

	/** Starts all of it, in about 20 seconds. If something does not come up, nothing is left running. */
	static async start({ sandbox: market, env }: QueueBedOptions = {}): Promise<QueueBed> {
		const cleanup = new Cleanup();
		const ending = new AbortController();
		const { signal } = ending;
		cleanup.add(async () => ending.abort(new Error('The test bed was stopped')));
		try {
			const sandbox = await startSandbox(market);
			cleanup.add(() => sandbox.stop());
			const [postgresPort, redisPort] = (await freePorts(2)) as [number, number];
			const postgres = await startPostgres(
				postgresPort,
				join(RESULTS, `queue-postgres-${postgresPort}.log`),
				signal,
			);
			cleanup.add(() => postgres.stop());
			const redis = await startRedis(
				redisPort,
				join(RESULTS, `queue-redis-${redisPort}.log`),
				signal,
			);
			cleanup.add(() => redis.stop());

			const installation = await installN8n({ folder: N8N_FOLDER, log: INSTALL_LOG, signal });
			const settings = { ...QUEUE_MODE, ...postgres.env, ...redis.env, ...env };
			const members: Member[] = [];
			cleanup.add(async () => void (await Promise.all(members.map((member) => member.stop()))));
			const startMember = async (name: string, command: N8nCommand) => {
				const member = await Member.start({ name, command, installation, env: settings, signal });
				members.push(member);
				return member;
			};
			// On its own, because it creates the tables.
			const main = await startMember('main', 'start');
			const [first, second, webhooks] = await Promise.all([
				startMember('worker-1', 'worker'),
				startMember('worker-2', 'worker'),
				startMember('webhooks', 'webhook'),
			]);
			const client = await N8nClient.setUp(main.url, OWNER);
			const apiKey = await client.createCredential(apiKeyCredential(sandbox));
			return new QueueBed(
				client,
				sandbox,
				apiKey,
				main,
				[first, second],
				webhooks,
				signal,
				cleanup,
			);
		} catch (error) {
			await cleanup.run();
			throw error;
		}
	}

	get market(): SandboxMarket {
		return this.sandbox.market;
	}

	get members(): Member[] {
		return [this.main, ...this.workers, this.webhooks];
	}

	/** Switches a flow on, and resolves to its id. */
	async switchOn(flow: Workflow): Promise<string> {
		const id = await this.client.importWorkflow(flow);
		await this.client.activate(id);
		return id;
	}

	/** Sends a request to the webhook of a flow that is on; a moment after it was switched on n8n still answers 404. */
	async post(path: string, body: object): Promise<void> {
		const url = `${this.webhooks.url}/webhook/${path}`;
		await this.until(async () => {
			const { status } = await axios.post(url, body, { proxy: false, validateStatus: null });
			if (status >= 400 && status !== 404)
				throw new Error(`The webhook ${path} answered ${status}`);
			return status < 400;
		});
	}

	/** Waits until a flow has been started this many times, and resolves to the ids of the runs, oldest first. */
	async begun(workflowId: string, count: number): Promise<string[]> {
		return await this.until(async () => {
			const ids = await this.client.executionIds(workflowId);
			return ids.length >= count && ids.reverse();
		});
	}

	/** Waits until this many runs of a flow have ended, and resolves to them, oldest first. */
	async finished(workflowId: string, count: number): Promise<Execution[]> {
		const ids = await this.begun(workflowId, count);
		return await Promise.all(ids.map(async (id) => await this.client.finished(id, this.signal)));
	}

	/** Waits until a worker has taken an execution. */
	async workerOf(executionId: string): Promise<Member> {
		return await this.until(async () => {
			const taken = await Promise.all(this.workers.map((worker) => worker.executions()));
			return this.workers.find((_, index) => taken[index]?.includes(executionId));
		});
	}

	/** Looks again and again until there is an answer, and resolves to it. */
	async until<T>(look: () => T | Promise<T>): Promise<Exclude<T, false | undefined>> {
		for (;;) {
			const answer = await look();
			if (answer !== false && answer !== undefined) return answer as Exclude<T, false | undefined>;
			await delay(POLL_MS, undefined, { signal: this.signal });
		}
	}

	/** How many of these executions each worker has taken. */
	async shares(executionIds: readonly string[]): Promise<number[]> {
		const taken = await Promise.all(this.workers.map((worker) => worker.executions()));
		return taken.map((ids) => ids.filter((id) => executionIds.includes(id)).length);
	}

	/** Ends all of it. */
	async stop(): Promise<void> {
		await this.cleanup.run();
	}
}

/**
 * One such n8n for all tests of a file; the Market is reset before each of them. Call it at the top of the file.
 * @returns a function that gives it within a test
 */
export function useQueueBed(options: QueueBedOptions = {}): () => QueueBed {
	return useBed(async () => await QueueBed.start(options));
}
