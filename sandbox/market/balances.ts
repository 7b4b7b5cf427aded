import type { Store } from '../stores';
import type { Switches } from '../switches';
import { Delayed } from './delayed';

/** What the Market holds for one SKU in one warehouse or group of warehouses. */
export interface Balance {
	/** Units for sale now. */
	available: number;
	/** Units reserved for open orders. */
	freeze: number;
	/** Moment of the balance, in milliseconds: an older one is not applied. */
	stamp: number;
	/** The `updatedAt` that reads show. A balance that came too late changes this and nothing else. */
	shownStamp: number;
}

/** The balances of all stores. Knows how balances, orders and the clock interact. */
export class Balances {
	private readonly pools = new Map<string, Map<string, Delayed<Balance>>>();

	constructor(
		private readonly switches: Readonly<Switches>,
		private readonly now: () => number,
		private readonly changed: (store: Store, sku: string) => void,
	) {}

	/** The true record, whether reads already show it or not. */
	held(store: Store, sku: string): Balance | undefined {
		return this.pools.get(poolOf(store))?.get(sku)?.held;
	}

	/** What reads currently show. */
	shown(store: Store, sku: string): Balance | undefined {
		return this.pools.get(poolOf(store))?.get(sku)?.shownAt(this.now());
	}

	/** Applies a seller's balance as of `stamp`. One older than what is held changes only the date shown. */
	send(store: Store, sku: string, count: number, stamp: number): void {
		const held = this.held(store, sku);
		if (held !== undefined && stamp < held.stamp) {
			this.put(store, sku, { ...held, shownStamp: stamp });
			return;
		}
		const freeze = held?.freeze ?? 0;
		const available = this.switches.deductReserves ? Math.max(0, count - freeze) : count;
		this.put(store, sku, { available, freeze, stamp, shownStamp: stamp });
	}

	/** Moves units between what is for sale and what is reserved; the seller's date stays. */
	shift(store: Store, sku: string, change: { available: number; freeze: number }): void {
		const held = this.held(store, sku);
		if (held === undefined)
			throw new Error(`No balance of '${sku}' in the store ${store.campaignId}`);
		this.put(store, sku, {
			...held,
			available: held.available + change.available,
			freeze: held.freeze + change.freeze,
		});
	}

	clear(): void {
		this.pools.clear();
	}

	private put(store: Store, sku: string, balance: Balance): void {
		const key = poolOf(store);
		let pool = this.pools.get(key);
		if (pool === undefined) this.pools.set(key, (pool = new Map()));
		let record = pool.get(sku);
		if (record === undefined) pool.set(sku, (record = new Delayed()));
		record.put(balance, this.now(), this.switches.visibilityDelayMs);
		this.changed(store, sku);
	}
}

/** Where the goods of a store are: in its group of warehouses, or else in its warehouse, whoever sells from there. */
export function poolOf({ warehouseGroup, warehouseId }: Store): string {
	return warehouseGroup === undefined ? `warehouse ${warehouseId}` : `group ${warehouseGroup.id}`;
}
