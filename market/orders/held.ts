import type { Order, OrderLine } from './order';

/** Units of a SKU in an order. */
export interface HeldUnits {
	sku: string;
	/** Units in the order, without those that were removed from it. Of a cancelled order, those that it had. */
	count: number;
	/** Units that the order takes from the seller's stock now. */
	held: number;
}

/** Models in which the Market keeps the goods: orders take nothing from the seller's stock [docs, models]. */
const OF_THE_MARKET: readonly (string | null)[] = ['FBY', 'LAAS'];

/** Before them an order is not packed, whatever its substatus [openapi, OrderStatusType]. */
const BEFORE: readonly string[] = ['PLACING', 'RESERVED', 'UNPAID', 'PENDING'];

/** In them the goods have left the seller [openapi, OrderStatusType]. */
const AFTER: readonly string[] = [
	'DELIVERY',
	'PICKUP',
	'DELIVERED',
	'PARTIALLY_RETURNED',
	'RETURNED',
];

/** Substatuses of PROCESSING in which an order is still to be packed [openapi, OrderSubstatusType]. */
const TO_BE_PACKED: readonly string[] = ['STARTED', 'PACKAGING', 'PREORDER', 'AWAIT_CONFIRMATION'];

/** Reasons of a cancellation that an order can only have on its way or later [openapi, OrderSubstatusType]. */
const CANCELLED_ON_ITS_WAY: readonly string[] = [
	'PICKUP_EXPIRED',
	'TOO_LONG_DELIVERY',
	'DELIVERY_SERVICE_UNDELIVERED',
	'DELIVERY_SERVICE_LOST',
	'SORTING_CENTER_LOST',
	'DROPOFF_LOST',
	'LOST',
	'COURIER_RETURNS_ORDER',
	'COURIER_RETURNED_ORDER',
	'FULL_NOT_RANSOM',
	'USER_REFUSED_QUALITY',
	'WRONG_ITEM_DELIVERED',
	'DAMAGED_BOX',
];

/** Statuses of single units that have left the seller [openapi, OrderItemUnitStatusType]. */
const SENT_UNITS: readonly string[] = [
	'SHIPPED',
	'DELIVERED_TO_BUYER',
	'LOST',
	'REJECTED',
	'RETURNED',
];

/** The status of single units that were removed from their order, or cancelled with it. */
const REMOVED = 'CANCELLED';

/**
 * Whether an order is past the step after which its cancellation frees nothing: READY_TO_SHIP in FBS and Express, the
 * hand-over in DBS [help for sellers, stocks]. Null if the order does not tell: a cancelled one names the reason instead
 * of the step it had reached, so whoever has seen the steps before must remember.
 */
export function packedOf(order: Order): boolean | null {
	const { status, substatus, programType, lines } = order;
	if (AFTER.includes(status) || lines.some(({ units }) => sentOf(units) > 0)) return true;
	if (BEFORE.includes(status)) return false;
	if (status === 'CANCELLED')
		return substatus !== null && CANCELLED_ON_ITS_WAY.includes(substatus) ? true : null;
	if (status !== 'PROCESSING' || substatus === null) return null;
	if (substatus === 'SHIPPED') return true;
	if (substatus === 'READY_TO_SHIP') return programType !== 'DBS';
	return TO_BE_PACKED.includes(substatus) ? false : null;
}

/** Whether the Market serves an order from its own stock. */
export function isOfTheMarket({ programType }: Order): boolean {
	return OF_THE_MARKET.includes(programType);
}

/**
 * What an order takes from the seller's stock now, by SKU, sorted by SKU. Nothing for orders that the Market serves from
 * its own stock, and for test orders. Nothing once it is cancelled, unless it is known to have been packed: then the
 * units are free only after they were unpacked, and whoever does that says so. Units that come back to the shop later
 * are a receipt of their own, so a return changes nothing here. A status that is not known takes: to show too little
 * costs less than to sell twice.
 */
export function heldBy(order: Order): HeldUnits[] {
	const takesNothing =
		order.isFake ||
		isOfTheMarket(order) ||
		(order.status === 'CANCELLED' && packedOf(order) !== true);
	const bySku = new Map<string, HeldUnits>();
	for (const line of order.lines) {
		const count = order.status === 'CANCELLED' ? line.count : leftOf(line);
		const sum = bySku.get(line.sku) ?? { sku: line.sku, count: 0, held: 0 };
		bySku.set(line.sku, {
			sku: line.sku,
			count: sum.count + count,
			held: sum.held + (takesNothing ? 0 : count),
		});
	}
	return [...bySku.values()].sort((a, b) => (a.sku < b.sku ? -1 : 1));
}

/**
 * Units of a line that are still in the order. The Market does not say whether `count` includes those that were removed:
 * it does if it is the sum of all units by their status.
 */
function leftOf({ count, units }: OrderLine): number {
	let all = 0;
	for (const some of units.values()) all += some;
	return all === count ? count - (units.get(REMOVED) ?? 0) : count;
}

function sentOf(units: ReadonlyMap<string, number>): number {
	return SENT_UNITS.reduce((sum, status) => sum + (units.get(status) ?? 0), 0);
}
