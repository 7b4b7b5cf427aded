import type { Delivery } from '../notifications/deliveryLog';
import type { Store } from '../stores';
import type { Call } from './calls';
import type { OrderEvent } from './orders/events';

/** What can be known at once of what happens in the Market; a watcher names what it wants to know. */
export interface Watcher {
	/** Its balance or its hiding changed; stores that share its goods see the balance too. */
	offerChanged(store: Store, sku: string): void;
	callAnswered(call: Call): void;
	orderHappened(event: OrderEvent): void;
	delivered(delivery: Delivery): void;
	wasReset(): void;
}

/** Passes events on to every watcher. */
export class Watchers implements Watcher {
	private readonly watchers = new Set<Partial<Watcher>>();

	/** @returns a function that stops watching. */
	add(watcher: Partial<Watcher>): () => void {
		this.watchers.add(watcher);
		return () => this.watchers.delete(watcher);
	}

	offerChanged(store: Store, sku: string): void {
		for (const watcher of this.watchers) watcher.offerChanged?.(store, sku);
	}

	callAnswered(call: Call): void {
		for (const watcher of this.watchers) watcher.callAnswered?.(call);
	}

	orderHappened(event: OrderEvent): void {
		for (const watcher of this.watchers) watcher.orderHappened?.(event);
	}

	delivered(delivery: Delivery): void {
		for (const watcher of this.watchers) watcher.delivered?.(delivery);
	}

	wasReset(): void {
		for (const watcher of this.watchers) watcher.wasReset?.();
	}
}
