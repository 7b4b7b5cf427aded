import type { RunPorts } from '../../../../market/pacing/runPorts';
import type { PagedList } from '../../../../market/read/read';

/** A list of the Market's, read page by page as far as somebody looks, and kept as far as it has been read. */
export class LazyList<T> {
	private readonly known: T[] = [];
	/** The page that is being read, or the one that failed. */
	private pulling?: Promise<void>;
	private isComplete = false;

	constructor(private readonly pages: PagedList<T>) {}

	/** Whether the list was read to its end and held nothing. */
	get isEmpty(): boolean {
		return this.isComplete && this.known.length === 0;
	}

	/**
	 * The entries from a position on. Reads a page only when one of its entries is asked for.
	 *
	 * @param ports open for as long as this is read
	 * @throws whatever the reading throws; after that always, so that half a list is never taken for the whole
	 */
	async *from(position: number, ports: RunPorts): AsyncGenerator<T> {
		for (let at = position; ; at += 1) {
			while (at >= this.known.length && !this.isComplete) await this.pull(ports);
			if (at >= this.known.length) return;
			yield this.known[at] as T;
		}
	}

	/** Two callers who want the next page at the same time share it. */
	private async pull(ports: RunPorts): Promise<void> {
		this.pulling ??= this.readPage(ports);
		await this.pulling;
	}

	private async readPage(ports: RunPorts): Promise<void> {
		const page = await this.pages.next(ports);
		if (page) this.known.push(...page);
		else this.isComplete = true;
		this.pulling = undefined;
	}
}
