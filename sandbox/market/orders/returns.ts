import type { ReturnType, ShipmentStatus, StockType } from '../../contract';
import type { OrderEvent } from './events';
import { spread } from './items';
import { leftWithBuyer, type Order, type OrderItem } from './order';
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

	/** @throws Error if there is none */
	get(returnId: number): Return {
		const found = this.returns.get(returnId);
		if (found === undefined) throw new Error(`No return ${returnId}`);
		return found;
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
		const lines = this.all()
			.filter(({ orderId }) => orderId === order.orderId)
			.reduce(
				(left, { items }) => {
					const taken = spread(items, left, leftWithBuyer);
					return left.map((line, index) => ({
						...line,
						returned: line.returned + (taken[index] ?? 0),
					}));
				},
				order.lines.map((line) => ({ ...line, returned: 0 })),
			);
		const counts =
			named === undefined ? lines.map(leftWithBuyer) : spread(named, lines, leftWithBuyer);
		const items = lines.flatMap(({ sku }, index) => {
			const count = counts[index] ?? 0;
			return count > 0 ? [{ sku, count }] : [];
		});
		if (items.length === 0) throw new Error(`All of order ${order.orderId} is on its way back`);
		return items;
	}
}

function returnTypeOf({ orderId, status, shipped }: Order): ReturnType {
	if (['DELIVERED', 'PARTIALLY_RETURNED'].includes(status)) return 'RETURN';
	if (status === 'CANCELLED' && shipped) return 'UNREDEEMED';
	throw new Error(
		`Order ${orderId} is ${status}: what comes back is with the buyer, or was cancelled on its way`,
	);
}

/** Only what a buyer brings back is received from him. */
function nextOn({ shipmentStatus, returnType }: Return): ShipmentStatus {
	const way = WAY.filter((status) => returnType === 'RETURN' || status !== 'RECEIVED');
	return way[way.indexOf(shipmentStatus) + 1] ?? 'PICKED';
}
