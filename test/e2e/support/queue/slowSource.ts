import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a flow fetches its balances from: one answer for each name, held back until it is released. */
export class SlowSource {
	private readonly answers = new Map<string, { text: string; asked: Gate; released: Gate }>();

	private constructor(private readonly server: Server) {}

	static async start(): Promise<SlowSource> {
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		const source = new SlowSource(server);
		server.on('request', ({ url }, response) => {
			const answer = source.answerOf(String(url).slice(1));
			answer.asked.open();
			void answer.released.opened.then(() =>
				response.writeHead(200, { 'content-type': 'application/json' }).end(answer.text),
			);
		});
		return source;
	}

	/** Notes what to answer under a name, as of now. @returns its address */
	offer(name: string, rows: readonly object[]): string {
		this.answers.set(name, { text: JSON.stringify(rows), asked: new Gate(), released: new Gate() });
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}`;
	}

	/** Resolves when somebody has asked for it. */
	async asked(name: string): Promise<void> {
		await this.answerOf(name).asked.opened;
	}

	/** Answers those who have asked for it and those who will. */
	release(name: string): void {
		this.answerOf(name).released.open();
	}

	stop(): void {
		this.server.close();
		this.server.closeAllConnections();
	}

	private answerOf(name: string) {
		const answer = this.answers.get(name);
		if (answer === undefined) throw new Error(`Nothing is offered under '${name}'`);
		return answer;
	}
}

/** Something that happens once and can be waited for. */
class Gate {
	open: () => void = () => {};
	readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}
