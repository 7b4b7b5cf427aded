interface Version<T> {
	value: T;
	visibleAt: number;
}

/** A value whose changes become visible some time after they are made. */
export class Delayed<T> {
	/** Oldest first; the last one is the current value. */
	private versions: Array<Version<T>> = [];

	/** The current value, visible or not. */
	get held(): T | undefined {
		return this.versions.at(-1)?.value;
	}

	/** What a reader currently sees. */
	shownAt(now: number): T | undefined {
		return this.versions[this.visibleIndex(now)]?.value;
	}

	/** Makes a change that readers see after `delayMs`. */
	put(value: T, now: number, delayMs: number): void {
		const stillNeeded = this.versions.slice(Math.max(0, this.visibleIndex(now)));
		this.versions = [...stillNeeded, { value, visibleAt: now + delayMs }];
	}

	/** Index of the newest visible version, or -1. */
	private visibleIndex(now: number): number {
		let index = this.versions.length - 1;
		while (index >= 0 && (this.versions[index] as Version<T>).visibleAt > now) index -= 1;
		return index;
	}
}
