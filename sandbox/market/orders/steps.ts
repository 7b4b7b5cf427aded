import { stateOf, type Order, type OrderState } from './order';

/** A step on the way of an order. */
interface Step {
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

/** What can be done with an order besides its steps, and where it must be for that. */
const ACTIONS = {
	/** All until the buyer has it. */
	cancel: [FIRST_STATES.unpaid, STARTED, READY, SHIPPED, UNDER_WAY, WAITING].map(stateOf),
	postpone: [FIRST_STATES.unpaid, STARTED, READY].map(stateOf),
	/** The seller takes units out. */
	reduce: [stateOf(STARTED)],
	/** Only a seller who delivers is asked. */
	requestCancellation: [UNDER_WAY, WAITING].map(stateOf),
} as const;

/** Whatever can be done with an order. */
export type ActionName = StepName | keyof typeof ACTIONS;

/** All of it: the steps in their order, then the rest. */
const ALL_ACTIONS = [...Object.keys(STEPS), ...Object.keys(ACTIONS)] as ActionName[];

/** What can be done with an order as it is. */
export function actionsFor(order: Order): ActionName[] {
	return ALL_ACTIONS.filter((action) => startsOf(order, action).includes(stateOf(order)));
}

/** @throws Error if that cannot be done with the order as it is */
export function checkAction(order: Order, action: ActionName): void {
	const starts = startsOf(order, action);
	const state = stateOf(order);
	if (starts.includes(state)) return;
	throw new Error(
		`Order ${order.orderId} (${order.programType}) is ${state}: ${action} takes ${
			starts.length === 0 ? 'one of DBS' : `one that is ${starts.join(' or ')}`
		}`,
	);
}

/** Where an order must be for an action. */
function startsOf({ programType }: Order, action: ActionName): readonly string[] {
	const isOwnDelivery = programType === 'DBS';
	if (action === 'requestCancellation' && !isOwnDelivery) return [];
	// A seller who delivers by himself need not say first that an order is ready.
	if (action === 'ship' && isOwnDelivery) return [stateOf(STARTED), ...STEPS.ship.from];
	return action in STEPS ? STEPS[action as StepName].from : ACTIONS[action as keyof typeof ACTIONS];
}
