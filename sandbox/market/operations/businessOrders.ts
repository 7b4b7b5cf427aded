import {
	LISTS,
	ORDER_STATUSES,
	ORDER_SUBSTATUSES,
	PAGES,
	PROGRAM_TYPES,
	SOURCE_PLATFORMS,
} from '../../contract';
import { readBody } from '../body';
import { readBoolean, readerOf, readFilter, readObject, readText, requireId } from '../fields';
import type { Order } from '../orders/order';
import { pageOf } from '../pages';
import { Violations } from '../violations';
import { findBusiness, refuseOthersStores } from './access';
import type { Apply, Inbound } from './operation';
import { hasDates, readOrderDates } from './orderDates';
import { showOrder } from './shownOrder';

/** POST v1 orders: the orders of a business, the oldest first. The reply has no status wrapper. */
export function getBusinessOrders(call: Inbound): Apply {
	const { state } = call;
	const { businessId } = findBusiness(call);
	const isWanted = readOrderFilter(call, businessId);
	const orders = state.orders
		.shown()
		.filter((order) => order.businessId === businessId && isWanted(order));
	const { entries, nextPageToken } = pageOf(
		orders,
		`orders ${businessId}`,
		call.query,
		PAGES.getBusinessOrders,
	);
	call.countItems(entries.length);
	const shown = entries.map((order) => showOrder(order, state));
	return () => ({ orders: shown, paging: { nextPageToken } });
}

/** What the request's body asks for. */
function readOrderFilter(call: Inbound, businessId: number): (order: Order) => boolean {
	const { state } = call;
	const body = readBody(call.request);
	const violations = new Violations();
	const filter = {
		...readIds(violations, body),
		...readKinds(violations, body),
		fake: readBoolean(violations, body.fake, 'fake') ?? false,
		waiting: readBoolean(
			violations,
			body.waitingForCancellationApprove,
			'waitingForCancellationApprove',
		),
	};
	const byDefault = state.switches.defaultOrderDates === 'always' || filter.orderIds === undefined;
	const dates = readOrderDates(
		violations,
		readObject(violations, body.dates ?? {}, 'dates') ?? {},
		state.now(),
		byDefault,
	);
	violations.throwIfAny();
	refuseOthersStores(call, businessId, filter.campaignIds ?? []);
	return (order) =>
		order.fake === filter.fake &&
		isAmong(order.orderId, filter.orderIds) &&
		isAmong(order.campaignId, filter.campaignIds) &&
		isAmong(order.programType, filter.programTypes) &&
		isAmong(order.status, filter.statuses) &&
		isAmong(order.substatus, filter.substatuses) &&
		isAmong('MARKET', filter.sourcePlatforms) &&
		// No order of the sandbox has a number that the seller gave it.
		filter.externalOrderIds === undefined &&
		(filter.waiting !== true || isWaiting(order)) &&
		hasDates(order, dates);
}

function readIds(violations: Violations, body: Readonly<Record<string, unknown>>) {
	const { orderIds, externalOrderIds, campaignIds } = body;
	return {
		orderIds: readFilter(violations, orderIds, 'orderIds', LISTS.orderIds, requireId),
		externalOrderIds: readFilter(
			violations,
			externalOrderIds,
			'externalOrderIds',
			LISTS.externalOrderIds,
			readText,
		),
		campaignIds: readFilter(
			violations,
			campaignIds,
			'campaignIds',
			LISTS.orderCampaignIds,
			requireId,
		),
	};
}

function readKinds(violations: Violations, body: Readonly<Record<string, unknown>>) {
	const read = (name: string, allowed: readonly string[]) =>
		readFilter(violations, body[name], name, LISTS.filter, readerOf(allowed));
	return {
		programTypes: read('programTypes', PROGRAM_TYPES),
		statuses: read('statuses', ORDER_STATUSES),
		substatuses: read('substatuses', ORDER_SUBSTATUSES),
		sourcePlatforms: read('sourcePlatforms', SOURCE_PLATFORMS),
	};
}

function isAmong<T>(value: T, wanted: readonly T[] | undefined): boolean {
	return wanted?.includes(value) ?? true;
}

/** Its buyer wants to cancel it, and it is still on its way. */
function isWaiting({ cancelRequested, status }: Order): boolean {
	return cancelRequested && (status === 'DELIVERY' || status === 'PICKUP');
}
