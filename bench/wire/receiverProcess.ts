import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What the receiver is told: how slow to be, or to check what came against this many rows. */
export type Command = { latencyMs: number } | { rows: number };

export interface Listening {
	url: string;
}

/** What has come since the last check. */
export interface Arrived {
	requests: number;
	/** Questions before sending. */
	questions: number;
	/** SKUs that came with exactly their row's balance. */
	right: number;
}

/** A Market in a separate process that accepts everything and checks it afterwards. */
export class Receiver {
	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {}

	static async start(node: string): Promise<Receiver> {
		const child = fork(join(__dirname, 'receiver.ts'), { execPath: node });
		const [{ url }] = (await once(child, 'message')) as [Listening];
		return new Receiver(child, url);
	}

	async setLatency(latencyMs: number): Promise<void> {
		await this.ask({ latencyMs });
	}

	async check(rows: number): Promise<Arrived> {
		return (await this.ask({ rows })) as Arrived;
	}

	async stop(): Promise<void> {
		const gone = once(this.child, 'exit');
		this.child.disconnect();
		await gone;
	}

	private async ask(command: Command): Promise<unknown> {
		const answer = once(this.child, 'message');
		this.child.send(command);
		return (await answer)[0];
	}
}

/** Does some work with a receiver, which is gone afterwards. */
export async function withReceiver<T>(
	node: string,
	work: (receiver: Receiver) => Promise<T>,
): Promise<T> {
	const receiver = await Receiver.start(node);
	try {
		return await work(receiver);
	} finally {
		await receiver.stop();
	}
}
