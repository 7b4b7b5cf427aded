import type { Ports } from '../../../../market/wire/ports';
import { LentPorts } from './lentPorts';

/** A list of the Market's, read page by page as far as somebody looks, and kept as far as it was read. */
export class LazyList<T> {
	private readonly known: T[] = [];
	private readonly ports: LentPorts;
	private readonly pages: AsyncIterator<readonly T[]>;
	/** The page that is being read, or the one that failed. */
	private pulling?: Promise<void>;
	private isComplete = false;

	/** @param open begins to read; the ports stay good for as long as the list is kept */
	constructor(ports: Ports, open: (ports: Ports) => AsyncIterable<readonly T[]>) {
		this.ports = new LentPorts(ports);
		this.pages = open(this.ports)[Symbol.asyncIterator]();
	}

	/** Whether the list was read to its end, and nothing was in it. */
	get isEmpty(): boolean {
		return this.isComplete && this.known.length === 0;
	}

	/**
	 * The entries from a position on. Reads a page only when an entry of it is asked for.
	 *
	 * @param ports open for as long as this is read
	 * @throws whatever the reading throws; from then on always, so that half a list is never taken for the whole
	 */
	async *from(position: number, ports: Ports): AsyncGenerator<T> {
		for (let at = position; ; at += 1) {
			while (at >= this.known.length && !this.isComplete) await this.pull(ports);
			if (at >= this.known.length) return;
			yield this.known[at] as T;
		}
	}

	/** Two who want the next page at the same time share it. */
	private async pull(ports: Ports): Promise<void> {
		this.pulling ??= this.readPage(ports);
		await this.pulling;
	}

	private async readPage(ports: Ports): Promise<void> {
		this.ports.lend(ports);
		const { value, done } = await this.pages.next();
		if (done) this.isComplete = true;
		else this.known.push(...value);
		this.pulling = undefined;
	}
}
