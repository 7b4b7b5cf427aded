import type { Store } from '../stores';
import type { Call } from './calls';

/** Somebody who wants to know at once what happens in the Market. */
export interface Watcher {
	/** Its balance or its hiding changed; stores that share its goods see the balance too. */
	offerChanged(store: Store, sku: string): void;
	callAnswered(call: Call): void;
	wasReset(): void;
}

/** Passes events on to every watcher. */
export class Watchers implements Watcher {
	private readonly watchers = new Set<Watcher>();

	/** @returns a function that stops watching. */
	add(watcher: Watcher): () => void {
		this.watchers.add(watcher);
		return () => this.watchers.delete(watcher);
	}

	offerChanged(store: Store, sku: string): void {
		for (const watcher of this.watchers) watcher.offerChanged(store, sku);
	}

	callAnswered(call: Call): void {
		for (const watcher of this.watchers) watcher.callAnswered(call);
	}

	wasReset(): void {
		for (const watcher of this.watchers) watcher.wasReset();
	}
}
