import type { Order } from './order';
import type { Return } from './return';

/** Something that happened to an order; `order` is how it is since. */
export type OrderEvent =
	| {
			kind:
				| 'placed'
				| 'stepped'
				| 'cancelled'
				| 'reduced'
				| 'postponed'
				| 'cancellationRequested'
				| 'takenBack';
			order: Order;
	  }
	| { kind: 'returnOpened'; order: Order; goods: Return }
	| { kind: 'returnMoved'; order: Order; goods: Return; before: Return };
