import { MAX_ORDER_DAYS } from '../../contract';
import { readDate, readTimestamp } from '../fields';
import { beginningOf, moscowDate } from '../moscow';
import type { Order } from '../orders/order';
import type { Violations } from '../violations';

/** From a moment on, and before another; absent = open on that side. In milliseconds. */
interface Span {
	from?: number;
	before?: number;
}

/** When orders must have been placed, changed and shipped. */
export interface OrderDates {
	creation: Span;
	update: Span;
	shipment: Span;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The dates of a request's filter. `byDefault`: whether only what was placed in the last days is meant without them. */
export function readOrderDates(
	violations: Violations,
	dates: Readonly<Record<string, unknown>>,
	now: number,
	byDefault: boolean,
): OrderDates {
	const creation = readDays(violations, dates, 'creationDate');
	const earliest = (beginningOf(moscowDate(now)) ?? now) - MAX_ORDER_DAYS * DAY_MS;
	const from = creation.from ?? (byDefault ? earliest : undefined);
	checkLength(violations, 'creationDate', { from, before: creation.before ?? now });
	const shipment = readDays(violations, dates, 'shipmentDate');
	checkLength(violations, 'shipmentDate', shipment);
	return {
		creation: { ...creation, from },
		update: {
			from: readTimestamp(violations, dates.updateDateFrom, 'dates.updateDateFrom'),
			before: readTimestamp(violations, dates.updateDateTo, 'dates.updateDateTo'),
		},
		shipment,
	};
}

/** Whether an order has these dates. */
export function hasDates(order: Order, { creation, update, shipment }: OrderDates): boolean {
	return (
		isWithin(order.createdAt, creation) &&
		isWithin(order.updatedAt, update) &&
		isWithin(order.shipmentAt, shipment)
	);
}

/** Days from one on and before another; fewer than one are one. */
function readDays(
	violations: Violations,
	dates: Readonly<Record<string, unknown>>,
	name: string,
): Span {
	const from = readDate(violations, dates[`${name}From`], `dates.${name}From`);
	const before = readDate(violations, dates[`${name}To`], `dates.${name}To`);
	if (from === undefined || before === undefined || before !== from) return { from, before };
	return { from, before: from + DAY_MS };
}

function checkLength(violations: Violations, name: string, { from, before }: Span): void {
	if (from === undefined || before === undefined) return;
	if (before < from) violations.add(`dates.${name}To must not be before dates.${name}From`);
	// The day that has begun counts as none: the default, 30 days ago, is allowed at any hour.
	if (before - from >= (MAX_ORDER_DAYS + 1) * DAY_MS)
		violations.add(`Interval of dates.${name} must not be more than ${MAX_ORDER_DAYS} days`);
}

function isWithin(moment: number, { from = -Infinity, before = Infinity }: Span): boolean {
	return moment >= from && moment < before;
}
