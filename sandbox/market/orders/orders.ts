import type { OrderSubstatus } from '../../contract';
import type { Store } from '../../stores';
import type { Switches } from '../../switches';
import type { Balances } from '../balances';
import { Delayed } from '../delayed';
import type { HiddenOffers } from '../hiddenOffers';
import { hasOwnWarehouse } from '../partnerWarehouses';
import type { OrderEvent } from './events';
import { spread, sumOf, totalsOf } from './items';
import {
	leftWithBuyer,
	programTypeOf,
	unitsOf,
	type Order,
	type OrderItem,
	type OrderLine,
} from './order';
import { checkAction, FIRST_STATES, STEPS, type StepName } from './steps';

/** What kind of order is placed. */
export interface OrderOptions {
	/** A test order. @default false */
	fake?: boolean;
	/** It is to be paid before it is packed. @default false */
	unpaid?: boolean;
}

/** An order with its past, which reads may still show. */
interface Placed {
	store: Store;
	versions: Delayed<Order>;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** As long as real ones, so that nobody's spreadsheet is tested with short ones. */
const FIRST_ORDER_ID = 70_000_000_001;
const FIRST_LINE_ID = 800_000_001;

/** Buyers' orders and what they do to the balances. */
export class Orders {
	private readonly orders = new Map<number, Placed>();
	private nextOrderId = FIRST_ORDER_ID;
	private nextLineId = FIRST_LINE_ID;

	constructor(
		private readonly balances: Balances,
		private readonly hiddenOffers: HiddenOffers,
		private readonly switches: Readonly<Switches>,
		private readonly now: () => number,
		private readonly happened: (event: OrderEvent) => void,
		private readonly later: (ms: number, work: () => void) => void,
	) {}

	/**
	 * Reserves the items: AVAILABLE goes down and FREEZE up. A test order reserves nothing, and neither does an order of
	 * goods that the Market counts, unless it has a number for them.
	 *
	 * @throws Error if an item is hidden or the store has too few for sale; then nothing is reserved.
	 */
	place(store: Store, items: readonly OrderItem[], options: OrderOptions = {}): Order {
		const { fake = false, unpaid = false } = options;
		const reserves = (sku: string) =>
			!fake && (hasOwnWarehouse(store) || this.balances.held(store, sku) !== undefined);
		for (const { sku, count } of totalsOf(items)) {
			if (this.hiddenOffers.held(store, sku)) throw new Error(`'${sku}' is hidden`);
			const available = this.balances.held(store, sku)?.available ?? 0;
			if (reserves(sku) && available < count)
				throw new Error(`'${sku}': ${count} ordered, ${available} available`);
		}
		const now = this.now();
		const order: Order = {
			orderId: this.nextOrderId++,
			campaignId: store.campaignId,
			businessId: store.businessId,
			programType: programTypeOf(store),
			fake,
			...(unpaid ? FIRST_STATES.unpaid : FIRST_STATES.paid),
			createdAt: now,
			updatedAt: now,
			shipmentAt: now + DAY_MS,
			lines: items.map(({ sku, count }) => ({
				id: this.nextLineId++,
				sku,
				ordered: count,
				removed: 0,
				returned: 0,
				reserved: reserves(sku) ? count : 0,
			})),
			packed: false,
			shipped: false,
			cancelRequested: false,
		};
		for (const { sku, reserved } of order.lines)
			if (reserved > 0) this.balances.shift(store, sku, { available: -reserved, freeze: reserved });
		this.orders.set(order.orderId, { store, versions: new Delayed() });
		return this.put(order, 'placed');
	}

	/** One step on its way. With `ship` the goods leave the store, and so does their reserve. */
	step(orderId: number, name: StepName): Order {
		const order = this.get(orderId);
		checkAction(order, name);
		const changed = { ...order, ...STEPS[name].to };
		if (name === 'pack') return this.put({ ...changed, packed: true }, 'stepped');
		if (name !== 'ship') return this.put(changed, 'stepped');
		const lines = order.lines.map((line) => this.release(order, line, 0));
		return this.put({ ...changed, lines, packed: true, shipped: true }, 'stepped');
	}

	/**
	 * Cancels it. What is not packed yet, or not handed over if the seller delivers, is for sale again; after that the
	 * Market frees nothing.
	 */
	cancel(orderId: number, substatus?: OrderSubstatus): Order {
		const order = this.get(orderId);
		checkAction(order, 'cancel');
		const isFreed = order.programType === 'DBS' ? !order.shipped : !order.packed;
		const reason = order.status === 'UNPAID' ? 'USER_NOT_PAID' : 'USER_CHANGED_MIND';
		return this.put(
			{
				...order,
				status: 'CANCELLED',
				substatus: substatus ?? reason,
				lines: order.lines.map((line) => this.release(order, line, isFreed ? line.reserved : 0)),
			},
			'cancelled',
		);
	}

	/** The seller takes units out before packing: they are for sale again. The last unit stays. */
	reduce(orderId: number, items: readonly OrderItem[]): Order {
		const order = this.get(orderId);
		checkAction(order, 'reduce');
		const removals = spread(items, order.lines, unitsOf);
		const units = sumOf(order.lines.map(unitsOf));
		if (sumOf(removals) === units)
			throw new Error(`Order ${orderId} keeps at least one unit: cancel it instead`);
		const lines = order.lines.map((line, index) => {
			const removal = removals[index] ?? 0;
			const freed = Math.min(removal, line.reserved);
			this.free(order, line.sku, freed);
			return { ...line, removed: line.removed + removal, reserved: line.reserved - freed };
		});
		return this.put({ ...order, lines }, 'reduced');
	}

	/** The day on which it is to leave the store becomes the next one. */
	postpone(orderId: number): Order {
		const order = this.get(orderId);
		checkAction(order, 'postpone');
		return this.put({ ...order, shipmentAt: order.shipmentAt + DAY_MS }, 'postponed');
	}

	/** Its buyer wants to cancel it while it is on its way. */
	requestCancellation(orderId: number): Order {
		const order = this.get(orderId);
		checkAction(order, 'requestCancellation');
		return this.put({ ...order, cancelRequested: true }, 'cancellationRequested');
	}

	/** Units came back from its buyer. */
	takeBack(orderId: number, items: readonly OrderItem[]): Order {
		const order = this.get(orderId);
		const takenBack = spread(items, order.lines, leftWithBuyer);
		const lines = order.lines.map((line, index) => ({
			...line,
			returned: line.returned + (takenBack[index] ?? 0),
		}));
		const isAll = lines.every((line) => leftWithBuyer(line) === 0);
		return this.put(
			{ ...order, lines, status: isAll ? 'RETURNED' : 'PARTIALLY_RETURNED' },
			'takenBack',
		);
	}

	/** The order as it is, whether reads show it yet or not. @throws Error if there is none */
	get(orderId: number): Order {
		const order = this.orders.get(orderId)?.versions.held;
		if (order === undefined) throw new Error(`No order ${orderId}`);
		return order;
	}

	/** All orders as they are. */
	all(): Order[] {
		return [...this.orders.keys()].map((orderId) => this.get(orderId));
	}

	/** All orders as reads show them. */
	shown(): Order[] {
		const now = this.now();
		return [...this.orders.values()].flatMap(({ versions }) => versions.shownAt(now) ?? []);
	}

	/** Forgets the orders, but not their numbers: none is used twice. */
	clear(): void {
		this.orders.clear();
	}

	/** Makes it the current one. Two changes of an order never have the same moment. */
	private put(
		order: Order,
		kind: Exclude<OrderEvent['kind'], 'returnOpened' | 'returnMoved'>,
	): Order {
		const versions = this.orders.get(order.orderId)?.versions;
		const before = versions?.held?.updatedAt ?? -Infinity;
		const now = this.now();
		const changed = { ...order, updatedAt: Math.max(now, before + 1) };
		versions?.put(changed, now, this.switches.orderVisibilityDelayMs);
		this.happened({ kind, order: changed });
		return changed;
	}

	/** Ends a line's reserve; `freed` of its units are for sale again. */
	private release(order: Order, line: OrderLine, freed: number): OrderLine {
		this.free(order, line.sku, freed);
		this.shift(order, line.sku, { available: 0, freeze: freed - line.reserved });
		return { ...line, reserved: 0 };
	}

	/** Reserved units are for sale again, sooner or later. */
	private free(order: Order, sku: string, units: number): void {
		const { freeingDelayMs } = this.switches;
		const work = () => this.shift(order, sku, { available: units, freeze: -units });
		if (freeingDelayMs > 0) this.later(freeingDelayMs, work);
		else work();
	}

	private shift(order: Order, sku: string, change: { available: number; freeze: number }): void {
		const store = this.orders.get(order.orderId)?.store;
		if (store !== undefined && change.freeze !== 0) this.balances.shift(store, sku, change);
	}
}
