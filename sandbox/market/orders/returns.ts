import type { ReturnType, ShipmentStatus, StockType } from '../../contract';
import type { OrderEvent } from './events';
import { spread } from './items';
import { leftWithBuyer, type Order, type OrderItem, type OrderLine } from './order';
import type { Orders } from './orders';
import type { Return } from './return';

/** The usual way of the goods back to the store. */
const WAY: readonly ShipmentStatus[] = [
	'CREATED',
	'RECEIVED',
	'IN_TRANSIT',
	'READY_FOR_PICKUP',
	'PICKED',
];

/** As long as real ones. */
const FIRST_RETURN_ID = 9_000_001;

/** Returns of orders. They never touch a balance: what came back is counted by the seller, and sent. */
export class Returns {
	private readonly returns = new Map<number, Return>();
	private nextReturnId = FIRST_RETURN_ID;

	constructor(
		private readonly orders: Orders,
		private readonly now: () => number,
		private readonly happened: (event: OrderEvent) => void,
	) {}

	/**
	 * Begins the return of some items of an order, or of all that has not come back.
	 * @throws Error if the order is not with its buyer, or was cancelled before it left the store
	 */
	open(orderId: number, items?: readonly OrderItem[], stockType: StockType = 'FIT'): Return {
		const order = this.orders.get(orderId);
		const returnType = returnTypeOf(order);
		if (returnType === undefined)
			throw new Error(
				`Order ${orderId} is ${order.status}: what comes back is with the buyer, or was cancelled on its way`,
			);
		const now = this.now();
		const opened: Return = {
			returnId: this.nextReturnId,
			orderId,
			campaignId: order.campaignId,
			returnType,
			createdAt: now,
			updatedAt: now,
			shipmentStatus: 'CREATED',
			...(returnType === 'RETURN' && { refundStatus: 'STARTED_BY_USER' }),
			items: this.itemsOf(order, items),
			stockType,
		};
		this.nextReturnId += 1;
		this.returns.set(opened.returnId, opened);
		this.happened({ kind: 'returnOpened', order, goods: opened });
		return opened;
	}

	/**
	 * The goods come nearer, by one step of their usual way or to the state that is named. With PICKED the store has them.
	 * @throws Error if the return has ended, or is there already
	 */
	move(returnId: number, to?: ShipmentStatus): Return {
		const before = this.get(returnId);
		const shipmentStatus = to ?? nextOn(before);
		const isOver = before.shipmentStatus === 'PICKED';
		if (isOver || shipmentStatus === before.shipmentStatus)
			throw new Error(`Return ${returnId} is ${before.shipmentStatus} already`);
		const isPaidBack = shipmentStatus === 'PICKED' && before.returnType === 'RETURN';
		if (isPaidBack) this.orders.takeBack(before.orderId, before.items);
		const moved: Return = {
			...before,
			shipmentStatus,
			...(isPaidBack && { refundStatus: 'REFUNDED' }),
			updatedAt: Math.max(this.now(), before.updatedAt + 1),
		};
		this.returns.set(returnId, moved);
		const order = this.orders.get(before.orderId);
		this.happened({ kind: 'returnMoved', order, goods: moved, before });
		return moved;
	}

	/** Whether anything of an order can come back. */
	canOpen(orderId: number): boolean {
		const order = this.orders.get(orderId);
		return returnTypeOf(order) !== undefined && this.leftOf(order).some(isLeft);
	}

	/** @throws Error if there is none */
	get(returnId: number): Return {
		const found = this.returns.get(returnId);
		if (found === undefined) throw new Error(`No return ${returnId}`);
		return found;
	}

	ofOrder(orderId: number): Return[] {
		return this.all().filter((one) => one.orderId === orderId);
	}

	all(): Return[] {
		return [...this.returns.values()];
	}

	/** Forgets the returns, but not their numbers: none is used twice. */
	clear(): void {
		this.returns.clear();
	}

	/** The items that come back: those that are named, or all that no other return of the order has. */
	private itemsOf(order: Order, named: readonly OrderItem[] | undefined): OrderItem[] {
		const lines = this.leftOf(order);
		const counts =
			named === undefined ? lines.map(leftWithBuyer) : spread(named, lines, leftWithBuyer);
		const items = lines.flatMap(({ sku }, index) => {
			const count = counts[index] ?? 0;
			return count > 0 ? [{ sku, count }] : [];
		});
		if (items.length === 0) throw new Error(`All of order ${order.orderId} is on its way back`);
		return items;
	}

	/** The lines of an order without what its returns have taken already. */
	private leftOf(order: Order): OrderLine[] {
		const whole = order.lines.map((line) => ({ ...line, returned: 0 }));
		return this.ofOrder(order.orderId).reduce((left, { items }) => {
			const taken = spread(items, left, leftWithBuyer);
			return left.map((line, index) => ({
				...line,
				returned: line.returned + (taken[index] ?? 0),
			}));
		}, whole);
	}
}

function isLeft(line: OrderLine): boolean {
	return leftWithBuyer(line) > 0;
}

/** What its goods are when they come back; undefined if they have not left the store, or not for good. */
function returnTypeOf({ status, shipped }: Order): ReturnType | undefined {
	if (['DELIVERED', 'PARTIALLY_RETURNED'].includes(status)) return 'RETURN';
	return status === 'CANCELLED' && shipped ? 'UNREDEEMED' : undefined;
}

/** Only what a buyer brings back is received from him. */
function nextOn({ shipmentStatus, returnType }: Return): ShipmentStatus {
	const way = WAY.filter((status) => returnType === 'RETURN' || status !== 'RECEIVED');
	return way[way.indexOf(shipmentStatus) + 1] ?? 'PICKED';
}
