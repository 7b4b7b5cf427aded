import type { Store } from '../stores';
import type { Switches } from '../switches';
import { Delayed } from './delayed';

/** Which offers are hidden in each store: a group of warehouses does not share this. */
export class HiddenOffers {
	private readonly stores = new Map<number, Map<string, Delayed<boolean>>>();

	constructor(
		private readonly switches: Readonly<Switches>,
		private readonly now: () => number,
		private readonly changed: (store: Store, sku: string) => void,
	) {}

	/** Whether the offer is hidden, whether reads already show it or not. */
	held(store: Store, sku: string): boolean {
		return this.stores.get(store.campaignId)?.get(sku)?.held ?? false;
	}

	/** Whether reads show the offer as hidden. */
	shown(store: Store, sku: string): boolean {
		return this.stores.get(store.campaignId)?.get(sku)?.shownAt(this.now()) ?? false;
	}

	set(store: Store, sku: string, hidden: boolean): void {
		let offers = this.stores.get(store.campaignId);
		if (offers === undefined) this.stores.set(store.campaignId, (offers = new Map()));
		let record = offers.get(sku);
		if (record === undefined) offers.set(sku, (record = new Delayed()));
		record.put(hidden, this.now(), this.switches.visibilityDelayMs);
		this.changed(store, sku);
	}

	clear(): void {
		this.stores.clear();
	}
}
