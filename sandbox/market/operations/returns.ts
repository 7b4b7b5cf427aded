import { LISTS, PAGES, REFUND_STATUSES, RETURN_TYPES, SHIPMENT_STATUSES } from '../../contract';
import { readDate, readerOf, readFilter } from '../fields';
import { moscowMoment } from '../moscow';
import type { Return } from '../orders/return';
import { pageOf } from '../pages';
import { Violations } from '../violations';
import { openStore } from './access';
import type { Apply, Inbound } from './operation';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** GET returns: what comes back to a store, the oldest first. */
export function getReturns(call: Inbound): Apply {
	const { state, query } = call;
	const { campaignId } = openStore(call);
	const isWanted = readReturnFilter(query);
	const returns = state.returns
		.all()
		.filter((one) => one.campaignId === campaignId && isWanted(one));
	const { entries, nextPageToken } = pageOf(
		returns,
		`returns ${campaignId}`,
		query,
		PAGES.getReturns,
	);
	call.countItems(entries.length);
	const moment = (at: number) => moscowMoment(at, state.switches.orderMoments);
	const shown = entries.map((one) => showReturn(one, moment));
	return () => ({ status: 'OK', result: { returns: shown, paging: { nextPageToken } } });
}

/** What the query asks for; the dates are days on which the return last changed, both included. */
function readReturnFilter(query: URLSearchParams): (one: Return) => boolean {
	const violations = new Violations();
	const orderIds = readListed(violations, query, 'orderIds', LISTS.returnOrderIds, readOrderId);
	const [statuses, shipmentStatuses] = (
		[
			['statuses', REFUND_STATUSES],
			['shipmentStatuses', SHIPMENT_STATUSES],
		] as const
	).map(([name, allowed]) => readListed(violations, query, name, LISTS.filter, readerOf(allowed)));
	const asked = query.get('type');
	const type = asked === null ? undefined : readerOf(RETURN_TYPES)(violations, asked, 'type');
	const [from = -Infinity, to = Infinity] = (
		[
			['fromDate', 'from_date'],
			['toDate', 'to_date'],
		] as const
	).map(([name, old]) => readDate(violations, query.get(name) ?? query.get(old), name));
	violations.throwIfAny();
	return ({ orderId, refundStatus, shipmentStatus, returnType, updatedAt }) =>
		(orderIds?.includes(orderId) ?? true) &&
		(statuses?.includes(refundStatus ?? '') ?? true) &&
		(shipmentStatuses?.includes(shipmentStatus) ?? true) &&
		(type === undefined || type === returnType) &&
		updatedAt >= from &&
		updatedAt < to + DAY_MS;
}

/** A list in a query: its entries stand between commas. */
function readListed<T>(
	violations: Violations,
	query: URLSearchParams,
	name: string,
	bounds: { min: number; max: number },
	readEntry: (violations: Violations, value: unknown, path: string) => T,
): T[] | undefined {
	return readFilter(violations, query.get(name)?.split(','), name, bounds, readEntry);
}

function readOrderId(violations: Violations, value: unknown, path: string): number {
	const text = String(value);
	if (!/^[1-9]\d{0,14}$/.test(text)) violations.add(`Illegal input at ${path}`);
	return Number(text);
}

function showReturn(one: Return, moment: (at: number) => string): object {
	const { shipmentStatus } = one;
	const status =
		shipmentStatus === 'FULFILMENT_RECEIVED' ? 'RECEIVED_ON_FULFILLMENT' : shipmentStatus;
	return {
		id: one.returnId,
		orderId: one.orderId,
		creationDate: moment(one.createdAt),
		updateDate: moment(one.updatedAt),
		refundStatus: one.refundStatus,
		shipmentRecipientType: 'SHOP',
		shipmentStatus,
		items: one.items.map(({ sku, count }) => ({
			shopSku: sku,
			count,
			instances: Array.from({ length: count }, () => ({ stockType: one.stockType, status })),
		})),
		returnType: one.returnType,
		fastReturn: false,
	};
}
