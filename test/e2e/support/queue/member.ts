import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { Installation } from '../../../../lab/n8n/install';
import { startN8n, type N8nCommand, type RunningN8n } from '../../../../lab/n8n/process';
import { freePorts } from '../../../../lab/system/freePorts';
import { makeHome, type Home } from '../home';
import { N8N_FOLDER, RESULTS } from '../places';
import { memoryOf, type Memory } from './memory';

export interface MemberOptions {
	/** Its log is `.demo/e2e/<home>-<name>-<number of the start>.log`. */
	name: string;
	command: N8nCommand;
	installation: Installation;
	/** Settings that all processes of n8n have in common. */
	env: Readonly<Record<string, string>>;
	signal: AbortSignal;
}

/** One process of an n8n in queue mode. As in a container, it has a home of its own, with the package in it. */
export class Member {
	private process?: RunningN8n;
	private starts = 0;

	private constructor(
		private readonly options: MemberOptions,
		private readonly home: Home,
	) {}

	static async start(options: MemberOptions): Promise<Member> {
		const member = new Member(options, await makeHome(N8N_FOLDER));
		await member.start();
		return member;
	}

	get name(): string {
		return this.options.name;
	}

	get url(): string {
		return this.running.url;
	}

	/** Starts it, or starts it again after its end: like a container whose volume was kept. */
	async start(): Promise<void> {
		const { command, installation, env, signal } = this.options;
		const { folder: home, files } = this.home;
		const [port, brokerPort] = (await freePorts(2)) as [number, number];
		this.starts += 1;
		const { log } = this;
		this.process = await startN8n(installation, {
			command,
			home,
			files,
			port,
			brokerPort,
			env,
			log,
			signal,
		});
	}

	/** Ends it the way a failing machine does. */
	async kill(): Promise<void> {
		await this.running.kill();
		this.process = undefined;
	}

	async stop(): Promise<void> {
		await this.process?.stop();
		this.process = undefined;
	}

	/** Ids of the executions that it has begun since its latest start, if it is a worker. */
	async executions(): Promise<string[]> {
		const printed = await readFile(this.log, 'utf8');
		return Array.from(
			printed.matchAll(/Worker started execution (\d+)/g),
			([, id]) => id as string,
		);
	}

	/** Memory of n8n itself, and of the runner for Code nodes that it has started. */
	async memory(): Promise<Memory> {
		return await memoryOf(this.running.pid);
	}

	private get running(): RunningN8n {
		if (this.process === undefined) throw new Error(`${this.name} is not running`);
		return this.process;
	}

	private get log(): string {
		return join(RESULTS, `${basename(this.home.folder)}-${this.name}-${this.starts}.log`);
	}
}
