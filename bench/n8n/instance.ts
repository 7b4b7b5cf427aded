import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { N8nClient, type Owner } from '../../lab/n8n/client';
import type { Installation } from '../../lab/n8n/install';
import { startN8n } from '../../lab/n8n/process';
import type { Workflow } from '../../lab/n8n/workflow';
import { addToN8n } from '../../lab/package';
import { Cleanup } from '../../lab/system/cleanup';
import { freePorts } from '../../lab/system/freePorts';
import { Editor } from './editor';
import { TRIGGER, type Target } from './flows';
import { Reports } from './reports';
import type { RunFacts } from './runFacts';

/** Everything that an n8n is started from. */
export interface N8nSource {
	installation: Installation;
	/** Folder of the installation. */
	folder: string;
	/** The packed package. */
	tarball: string;
	packageName: string;
	log: string;
	signal: AbortSignal;
	/** Whether each execution is to be profiled. */
	isProfiled?: boolean;
}

const OWNER: Owner = { email: 'seller@example.com', password: 'Bench-Password-1' };
const HOOK = join(__dirname, 'hook.ts');

/** A fresh n8n with the package in it that runs flows and reports what they cost. */
export class BenchN8n {
	private constructor(
		private readonly client: N8nClient,
		private readonly editor: Editor,
		private readonly reports: Reports,
		private readonly cleanup: Cleanup,
		private readonly signal: AbortSignal,
		/** The one folder that its file nodes may read. */
		readonly files: string,
	) {}

	static async start({
		installation,
		folder,
		tarball,
		packageName,
		log,
		signal,
		isProfiled = false,
	}: N8nSource): Promise<BenchN8n> {
		// Below n8n's own folder, so that the package finds n8n's copy of n8n-workflow.
		const home = join(folder, 'bench-home');
		await rm(home, { recursive: true, force: true });
		await addToN8n(tarball, packageName, home);
		const cleanup = new Cleanup();
		try {
			const reports = await Reports.open();
			cleanup.add(() => reports.close());
			// n8n gets the variables of this process.
			process.env['EXTERNAL_HOOK_FILES'] = HOOK;
			process.env['BENCH_REPORT_URL'] = reports.url;
			process.env['BENCH_PROFILE'] = String(isProfiled);
			const [port, brokerPort] = (await freePorts(2)) as [number, number];
			const n8n = await startN8n(installation, {
				home,
				port,
				brokerPort,
				files: home,
				log,
				signal,
			});
			cleanup.add(() => n8n.stop());
			const client = await N8nClient.setUp(n8n.url, OWNER);
			const editor = await Editor.signIn(n8n.url, OWNER);
			return new BenchN8n(client, editor, reports, cleanup, signal, home);
		} catch (error) {
			await cleanup.run();
			throw error;
		}
	}

	/** Credentials for a store of the Market at this address. */
	async targetAt(url: string, campaignId: number, apiKey: string): Promise<Target> {
		const own = { environment: 'sandbox', apiUrl: url, apiKey };
		const header = { name: 'Api-Key', value: apiKey };
		return {
			url,
			campaignId,
			credential: await this.client.createCredential({
				name: 'Market',
				type: 'yandexMarketApi',
				data: own,
			}),
			header: await this.client.createCredential({
				name: 'Header',
				type: 'httpHeaderAuth',
				data: header,
			}),
		};
	}

	async add(flow: Workflow): Promise<string> {
		return await this.client.importWorkflow(flow);
	}

	/** Runs a flow to its end, however it ends. */
	async run(workflowId: string): Promise<RunFacts> {
		return await this.reports.of(await this.editor.start(workflowId, TRIGGER), this.signal);
	}

	/** Runs a flow that must succeed. */
	async succeed(workflowId: string): Promise<RunFacts> {
		const facts = await this.run(workflowId);
		if (facts.status !== 'success')
			throw new Error(`A flow ended with "${facts.status}": ${facts.error}`);
		return facts;
	}

	async stop(): Promise<void> {
		await this.cleanup.run();
	}
}

/** Does some work with a fresh n8n, which is gone afterwards. */
export async function withN8n<T>(
	source: N8nSource,
	work: (n8n: BenchN8n) => Promise<T>,
): Promise<T> {
	const n8n = await BenchN8n.start(source);
	try {
		return await work(n8n);
	} finally {
		await n8n.stop();
	}
}
