import type { Store } from '../stores';
import type { Balances } from './balances';
import type { HiddenOffers } from './hiddenOffers';

/** One line of a buyer's order. */
export interface OrderItem {
	sku: string;
	count: number;
}

/** A buyer's order. Only a placed order can be cancelled or shipped. */
export interface Order {
	id: number;
	campaignId: number;
	items: readonly OrderItem[];
	status: 'PLACED' | 'CANCELLED' | 'SHIPPED';
}

/** Buyers' orders and what they do to the balances. */
export class Orders {
	private readonly orders = new Map<number, { order: Order; store: Store }>();

	constructor(
		private readonly balances: Balances,
		private readonly hiddenOffers: HiddenOffers,
	) {}

	/**
	 * Reserves the items: AVAILABLE goes down and FREEZE up.
	 * @throws Error if an item is hidden or the store has too few for sale; then nothing is reserved.
	 */
	place(store: Store, items: readonly OrderItem[]): Order {
		for (const { sku, count } of totalsOf(items)) {
			if (this.hiddenOffers.held(store, sku)) throw new Error(`'${sku}' is hidden`);
			const available = this.balances.held(store, sku)?.available ?? 0;
			if (available < count) throw new Error(`'${sku}': ${count} ordered, ${available} available`);
		}
		const order: Order = {
			id: this.orders.size + 1,
			campaignId: store.campaignId,
			items,
			status: 'PLACED',
		};
		this.orders.set(order.id, { order, store });
		for (const { sku, count } of items)
			this.balances.shift(store, sku, { available: -count, freeze: count });
		return order;
	}

	/** Releases the reserved items: they are for sale again. */
	cancel(id: number): Order {
		return this.close(id, 'CANCELLED', ({ count }) => ({ available: count, freeze: -count }));
	}

	/** The items leave the warehouse, and so does their reserve. */
	ship(id: number): Order {
		return this.close(id, 'SHIPPED', ({ count }) => ({ available: 0, freeze: -count }));
	}

	all(): Order[] {
		return [...this.orders.values()].map(({ order }) => order);
	}

	clear(): void {
		this.orders.clear();
	}

	private close(
		id: number,
		status: 'CANCELLED' | 'SHIPPED',
		changeOf: (item: OrderItem) => { available: number; freeze: number },
	): Order {
		const placed = this.orders.get(id);
		if (placed === undefined) throw new Error(`No order ${id}`);
		if (placed.order.status !== 'PLACED')
			throw new Error(`Order ${id} is ${placed.order.status} already`);
		const order: Order = { ...placed.order, status };
		this.orders.set(id, { ...placed, order });
		for (const item of order.items) this.balances.shift(placed.store, item.sku, changeOf(item));
		return order;
	}
}

/** An order may name a SKU twice; the sum counts. */
function totalsOf(items: readonly OrderItem[]): OrderItem[] {
	if (items.length === 0) throw new Error('An order has at least one item');
	const totals = new Map<string, number>();
	for (const { sku, count } of items) {
		if (!Number.isSafeInteger(count) || count < 1)
			throw new Error(`'${sku}': a count of 1 or more is ordered`);
		totals.set(sku, (totals.get(sku) ?? 0) + count);
	}
	return [...totals].map(([sku, count]) => ({ sku, count }));
}
