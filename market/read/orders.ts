import {
	MAX_CAMPAIGN_IDS_PER_REQUEST,
	MAX_CREATION_DAYS,
	MAX_ORDER_IDS_PER_REQUEST,
	MAX_ORDERS_PER_PAGE,
} from '../contract/bounds';
import { apiMethods } from '../contract/apiMethods';
import { readOrder, type Order } from '../orders/order';
import type { RunPorts } from '../pacing/runPorts';
import { partsOf } from './parts';
import { MarketReadRefused, PagedList, pagesOf, type Patience } from './read';

const DAY_MS = 24 * 60 * 60_000;

/** How many spans of creation dates before the newest are searched for an order: about 90 days in all. */
const OLDER_SPANS = 2;

/** Which orders of a business are listed. Without dates of creation, those of the last 30 days are. */
export interface OrderFilter {
	/** Campaign IDs; all stores if empty. */
	campaignIds?: readonly string[];
	/** Order statuses; all if empty. */
	statuses?: readonly string[];
	/** Changed at this moment or later, in milliseconds since 1970. */
	updatedFromMs?: number;
	/** Changed before this moment, likewise. */
	updatedToMs?: number;
	/** Test orders instead of real ones: the Market never lists both. */
	isFake?: boolean;
}

/**
 * Orders of a business, page by page, in no order. The Market lists only those created in the last 30 days.
 *
 * @throws MarketReadRefused
 */
export async function* listOrders(
	businessId: string,
	{ campaignIds = [], statuses = [], updatedFromMs, updatedToMs, isFake = false }: OrderFilter,
	ports: RunPorts,
	patience?: Patience,
): AsyncGenerator<Order[]> {
	const dates = {
		...(updatedFromMs !== undefined && { updateDateFrom: new Date(updatedFromMs) }),
		...(updatedToMs !== undefined && { updateDateTo: new Date(updatedToMs) }),
	};
	const chosen = [
		...(statuses.length > 0 ? [`"statuses":${JSON.stringify(statuses)}`] : []),
		...(Object.keys(dates).length > 0 ? [`"dates":${JSON.stringify(dates)}`] : []),
		...(isFake ? ['"fake":true'] : []),
	];
	const groups = campaignIds.length > 0 ? partsOf(campaignIds, MAX_CAMPAIGN_IDS_PER_REQUEST) : [[]];
	for (const some of groups) {
		const ids = some.length > 0 ? [`"campaignIds":[${some.join()}]`] : [];
		yield* pages(businessId, [...ids, ...chosen], ports, patience);
	}
}

/** Where orders are searched for besides the real ones of the last 30 days. */
export interface OrderSearch {
	/** Also among test orders. */
	tests: boolean;
	/** Also among orders that were created up to about 90 days ago. */
	older: boolean;
}

/**
 * These orders of a business, by their IDs; one that it does not have, or not yet, is absent. Each further search costs a
 * request, and is made only for what is still missing.
 *
 * @throws MarketReadRefused
 */
export async function findOrders(
	businessId: string,
	orderIds: readonly string[],
	search: OrderSearch,
	ports: RunPorts,
	patience?: Patience,
): Promise<Map<string, Order>> {
	const found = new Map<string, Order>();
	for (const among of placesOf(search, ports.clock.now())) {
		const missing = [...new Set(orderIds)].filter((id) => !found.has(id));
		for (const some of partsOf(missing, MAX_ORDER_IDS_PER_REQUEST))
			for (const [id, order] of await ordersAmong(businessId, some, among, ports, patience))
				found.set(id, order);
	}
	return found;
}

/**
 * Where a search looks, one after another; each is a place for `ordersAmong`. Whether the Market looks at dates of
 * creation even if it is asked for IDs is not documented.
 */
export function placesOf({ tests, older }: OrderSearch, nowMs: number): string[] {
	return ['', ...(tests ? ['"fake":true'] : []), ...(older ? olderSpans(nowMs) : [])];
}

/**
 * Those of these orders that are in one place, by their IDs. At most MAX_ORDER_IDS_PER_REQUEST.
 *
 * @throws MarketReadRefused
 */
export async function ordersAmong(
	businessId: string,
	orderIds: readonly string[],
	place: string,
	ports: RunPorts,
	patience?: Patience,
): Promise<Map<string, Order>> {
	const found = new Map<string, Order>();
	const body = [`"orderIds":[${orderIds.join()}]`, ...(place === '' ? [] : [place])];
	for await (const orders of pages(businessId, body, ports, patience))
		for (const order of orders)
			if (orderIds.includes(order.orderId)) found.set(order.orderId, order);
	return found;
}

/** Spans of creation dates before the last 30 days. Days may begin elsewhere than in UTC, so the spans overlap by one. */
function olderSpans(nowMs: number): string[] {
	return Array.from({ length: OLDER_SPANS }, (_, index) => {
		const toMs = nowMs - (index + 1) * (MAX_CREATION_DAYS - 1) * DAY_MS;
		const fromMs = toMs - MAX_CREATION_DAYS * DAY_MS;
		return `"dates":{"creationDateFrom":"${dayOf(fromMs)}","creationDateTo":"${dayOf(toMs)}"}`;
	});
}

function dayOf(ms: number): string {
	return new Date(ms).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** @param fields of the body, as JSON: IDs are digits, since a number would lose some of a long one */
async function* pages(
	businessId: string,
	fields: readonly string[],
	ports: RunPorts,
	patience?: Patience,
): AsyncGenerator<Order[]> {
	const request = {
		apiMethod: apiMethods.getBusinessOrders,
		id: businessId,
		query: { limit: MAX_ORDERS_PER_PAGE },
		body: `{${fields.join()}}`,
		...patience,
	};
	yield* pagesOf(new PagedList(request, ordersOn), ports);
}

function ordersOn(page: object): Order[] {
	const { orders, result } = page as { orders?: unknown[]; result?: { orders?: unknown[] } };
	return (orders ?? result?.orders ?? []).map((raw) => {
		const order = readOrder(raw);
		if (!order.ok) throw new MarketReadRefused(order.refusal);
		return order.value;
	});
}
