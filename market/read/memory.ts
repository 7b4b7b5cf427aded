/** Remembers answers for a while and then forgets them, so that a process that runs for months does not grow. */
export class Memory<V> {
	private readonly entries = new Map<string, { value: V; untilMs: number }>();

	/** @param lastsMs how long an answer is good for, in milliseconds */
	constructor(private readonly lastsMs: number) {}

	/** What is remembered, or undefined. */
	recall(key: string, nowMs: number): V | undefined {
		const entry = this.entries.get(key);
		return entry && nowMs < entry.untilMs ? entry.value : undefined;
	}

	/** Remembers an answer, and forgets those that are no longer good. */
	remember(key: string, value: V, nowMs: number): void {
		for (const [old, { untilMs }] of this.entries) {
			if (nowMs < untilMs) break;
			this.entries.delete(old);
		}
		// Last in the map, so that the oldest always come first.
		this.entries.delete(key);
		this.entries.set(key, { value, untilMs: nowMs + this.lastsMs });
	}

	/**
	 * Forgets what is remembered if the reading behind it fails, or turns out not to be an answer.
	 *
	 * @param isAnswer whether what was read is one to remember
	 */
	forgetUnlessRead<T>(
		key: string,
		reading: Promise<T>,
		isAnswer: (read: T) => boolean = () => true,
	): void {
		const forget = () => void this.entries.delete(key);
		reading.then((read) => {
			if (!isAnswer(read)) forget();
		}, forget);
	}
}
