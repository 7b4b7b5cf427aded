import type { OrderStatus, OrderSubstatus, ProgramType } from '../../contract';
import type { Store } from '../../stores';

/** What is bought, removed or brought back: units of an offer. */
export interface OrderItem {
	sku: string;
	count: number;
}

/** One line of an order. */
export interface OrderLine {
	/** Unique among the lines of all orders. */
	id: number;
	sku: string;
	/** Units that the buyer ordered. */
	ordered: number;
	/** Units of these that the seller has removed. */
	removed: number;
	/** Units of these that came back to the store from the buyer. */
	returned: number;
	/** Units that FREEZE holds for the line. */
	reserved: number;
}

/** Where an order is on its way. */
export interface OrderState {
	status: OrderStatus;
	substatus: OrderSubstatus;
}

/** A buyer's order. Every change makes a new one. */
export interface Order extends OrderState {
	orderId: number;
	campaignId: number;
	businessId: number;
	programType: ProgramType;
	/** A test order: no buyer, and no goods. */
	fake: boolean;
	/** In milliseconds of the Market's clock. */
	createdAt: number;
	/** The same; later with every change. */
	updatedAt: number;
	/** When it is due to leave the store, in milliseconds. */
	shipmentAt: number;
	lines: readonly OrderLine[];
	/** It has been ready to ship, whatever happened since. */
	packed: boolean;
	/** It has left the store, whatever happened since. */
	shipped: boolean;
	/** The buyer asked to cancel it while it was on its way. */
	cancelRequested: boolean;
}

/** How orders of a store are fulfilled. */
export function programTypeOf({ placementType, express }: Store): ProgramType {
	return express ? 'EXPRESS' : placementType;
}

/** Units of a line that are still part of the order. */
export function unitsOf({ ordered, removed }: OrderLine): number {
	return ordered - removed;
}

/** Units of a line that did not come back. */
export function leftWithBuyer(line: OrderLine): number {
	return unitsOf(line) - line.returned;
}

/** Status and substatus in one text, as in `PROCESSING/STARTED`. */
export function stateOf({ status, substatus }: OrderState): string {
	return `${status}/${substatus}`;
}
