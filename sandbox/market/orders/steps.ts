import { stateOf, type Order, type OrderState } from './order';

/** A step on the way of an order. */
export interface Step {
	from: readonly string[];
	to: OrderState;
}

const STARTED: OrderState = { status: 'PROCESSING', substatus: 'STARTED' };
const READY: OrderState = { status: 'PROCESSING', substatus: 'READY_TO_SHIP' };
const SHIPPED: OrderState = { status: 'PROCESSING', substatus: 'SHIPPED' };
const UNDER_WAY: OrderState = { status: 'DELIVERY', substatus: 'DELIVERY_SERVICE_RECEIVED' };
const WAITING: OrderState = { status: 'PICKUP', substatus: 'PICKUP_SERVICE_RECEIVED' };
const RECEIVED: OrderState = { status: 'DELIVERED', substatus: 'DELIVERY_SERVICE_DELIVERED' };

/** The state of a new order: to be packed, or to be paid first. */
export const FIRST_STATES = {
	paid: STARTED,
	unpaid: { status: 'UNPAID', substatus: 'AWAIT_PAYMENT' },
} as const satisfies Record<string, OrderState>;

/** The steps of an order's way, in their order. */
export const STEPS = {
	/** The buyer pays. */
	pay: { from: [stateOf(FIRST_STATES.unpaid)], to: STARTED },
	/** The seller says that it is ready to ship. */
	pack: { from: [stateOf(STARTED)], to: READY },
	/** It leaves the store. */
	ship: { from: [stateOf(READY)], to: SHIPPED },
	/** A delivery service carries it. */
	carry: { from: [stateOf(SHIPPED)], to: UNDER_WAY },
	/** It waits at a pick-up point. */
	arrive: { from: [stateOf(UNDER_WAY)], to: WAITING },
	/** The buyer has it. */
	receive: { from: [UNDER_WAY, WAITING].map(stateOf), to: RECEIVED },
} as const satisfies Record<string, Step>;

/** Name of a step. */
export type StepName = keyof typeof STEPS;

/** The states from which an order can still be cancelled: all until the buyer has it. */
const OPEN = [FIRST_STATES.unpaid, STARTED, READY, SHIPPED, UNDER_WAY, WAITING].map(stateOf);

/**
 * The state that a step leads to.
 * @throws Error if the order is not where the step begins
 */
export function afterStep(order: Order, name: StepName): OrderState {
	const { from, to }: Step = STEPS[name];
	// A seller who delivers by himself need not say first that an order is ready.
	const starts =
		name === 'ship' && order.programType === 'DBS' ? [stateOf(STARTED), ...from] : from;
	checkState(order, name, starts);
	return to;
}

/** @throws Error if the order cannot be cancelled any more */
export function checkCancellable(order: Order): void {
	checkState(order, 'cancel', OPEN);
}

/** @throws Error if the seller can no longer take units out of the order */
export function checkReducible(order: Order): void {
	checkState(order, 'reduce', [stateOf(STARTED)]);
}

/** @throws Error if the buyer of the order has no reason to ask for its cancellation, or no right to */
export function checkCancelRequestable(order: Order): void {
	if (order.programType !== 'DBS')
		throw new Error(`Order ${order.orderId} is ${order.programType}: only DBS asks the seller`);
	checkState(order, 'requestCancellation', [UNDER_WAY, WAITING].map(stateOf));
}

function checkState(order: Order, action: string, states: readonly string[]): void {
	const state = stateOf(order);
	if (states.includes(state)) return;
	throw new Error(
		`Order ${order.orderId} is ${state}: ${action} takes one that is ${states.join(' or ')}`,
	);
}
