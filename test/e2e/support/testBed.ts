import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { N8nClient, type Owner } from '../../../lab/n8n/client';
import type { Execution } from '../../../lab/n8n/execution';
import { installN8n, type InstallOptions } from '../../../lab/n8n/install';
import { startN8n, type RunningN8n } from '../../../lab/n8n/process';
import type { Workflow, CredentialReference } from '../../../lab/n8n/workflow';
import { Cleanup } from '../../../lab/system/cleanup';
import { freePorts } from '../../../lab/system/freePorts';
import {
	startSandbox,
	type Sandbox,
	type SandboxMarket,
	type SandboxOptions,
} from '../../../sandbox';
import { apiKeyCredential } from './credentials';
import { makeHome, type Home } from './home';
import { secretsLeftIn } from './leaks';
import { INSTALL_LOG, N8N_FOLDER, RESULTS } from './places';
import { useBed } from './useBed';

const POLL_MS = 100;

export const OWNER: Owner = { email: 'seller@example.com', password: 'Tests-Password-1' };

export interface TestBedOptions {
	/** What the Market is made with. */
	sandbox?: SandboxOptions;
	/** Variables for n8n, in addition to or instead of the usual ones. */
	env?: Readonly<Record<string, string>>;
	/** Which n8n, and where it is installed; by default, the demo's. */
	n8n?: Pick<InstallOptions, 'folder' | 'pinned'>;
}

/** What a test works with: a real n8n with the package in it, set up, and a sandbox Market that it reaches. */
export class TestBed {
	private constructor(
		/** Address of n8n. */
		readonly url: string,
		readonly client: N8nClient,
		readonly sandbox: Sandbox,
		/** An Api-Key credential that may do everything in the sandbox. */
		readonly apiKey: CredentialReference,
		readonly home: Home,
		readonly logFile: string,
		/** Aborted when the test bed is stopped: from then on nothing waits for it. */
		readonly signal: AbortSignal,
		private readonly cleanup: Cleanup,
		private n8n: RunningN8n,
		private readonly startAgain: () => Promise<RunningN8n>,
	) {}

	/** Starts all of it, in about seven seconds. If something does not come up, nothing is left running. */
	static async start(options: TestBedOptions = {}): Promise<TestBed> {
		const { sandbox: market, env, n8n: source = { folder: N8N_FOLDER } } = options;
		const cleanup = new Cleanup();
		const ending = new AbortController();
		const { signal } = ending;
		cleanup.add(async () => ending.abort(new Error('The test bed was stopped')));
		try {
			const sandbox = await startSandbox(market);
			cleanup.add(() => sandbox.stop());
			const installation = await installN8n({ ...source, log: INSTALL_LOG, signal });
			const home = await makeHome(source.folder);
			const log = join(RESULTS, `${basename(home.folder)}.log`);
			const [port, brokerPort] = (await freePorts(2)) as [number, number];
			const { folder, files } = home;
			const start = async () => {
				const started = await startN8n(installation, {
					home: folder,
					port,
					brokerPort,
					files,
					env,
					log,
					signal,
				});
				cleanup.add(() => started.stop());
				return started;
			};
			const n8n = await start();
			const client = await N8nClient.setUp(n8n.url, OWNER);
			const apiKey = await client.createCredential(apiKeyCredential(sandbox));
			return new TestBed(n8n.url, client, sandbox, apiKey, home, log, signal, cleanup, n8n, start);
		} catch (error) {
			await cleanup.run();
			throw error;
		}
	}

	get market(): SandboxMarket {
		return this.sandbox.market;
	}

	/** Imports a flow, presses "Execute workflow" and waits for the end. */
	async run(flow: Workflow): Promise<Execution> {
		return await this.client.execute(await this.client.importWorkflow(flow), this.signal);
	}

	/** Waits until n8n has printed this, and resolves to the match. */
	async logged(pattern: RegExp): Promise<RegExpMatchArray> {
		for (;;) {
			const match = (await readFile(this.logFile, 'utf8')).match(pattern);
			if (match) return match;
			await delay(POLL_MS, undefined, { signal: this.signal });
		}
	}

	/** Ends n8n the way a failing machine does, in the middle of its work, and starts it again with what it has kept. */
	async killAndRestart(): Promise<void> {
		await this.n8n.kill();
		this.n8n = await this.startAgain();
	}

	/** Ends all of it. */
	async stop(): Promise<void> {
		await this.cleanup.run();
	}
}

/**
 * One test bed for all tests of a file; the Market is reset before each of them, and after the last one no secret
 * is left in n8n. Call it at the top of the file.
 * @returns a function that gives the test bed within a test
 */
export function useTestBed(options: TestBedOptions = {}): () => TestBed {
	let kept: Pick<TestBed, 'home' | 'logFile'> | undefined;
	const bed = useBed(async () => (kept = await TestBed.start(options)));
	// After n8n has ended: only then is its database complete.
	afterAll(async () =>
		expect(kept && (await secretsLeftIn(kept.home.folder, kept.logFile))).toEqual([]),
	);
	return bed;
}
