import { heldBy, packedOf, type HeldUnits } from './held';
import type { OrderNotification, ReturnNews } from './notification';
import type { Order } from './order';

/** An order at one moment, as nodes put it out: a state, not a change, so taking it twice is harmless. */
export interface OrderState {
	/** The same for the same state of the same order, whoever reads it. */
	key: string;
	/** What told of it: a notification's type, or ORDER_READ. */
	event: string;
	orderId: string;
	campaignId: string;
	/** Null if it was not asked for. */
	businessId: string | null;
	status: string | null;
	substatus: string | null;
	/** Whether it is past the step after which a cancellation frees nothing; null if that is not known. */
	packed: boolean | null;
	/** Whether it is a test order. */
	fake: boolean | null;
	programType: string | null;
	/** When it was placed: ISO 8601 in UTC; null if that is not known. */
	createdAt: string | null;
	/** When it became so: ISO 8601 in UTC. The later one holds. */
	version: string;
	/** Whether the Market's API said so. A notification alone is unsigned. */
	verified: boolean;
	/** By SKU, sorted. Null if not known, which is not the same as none. */
	lines: readonly StateLine[] | null;
	/** What a notification says of a return; null if it is not about one. */
	return: ReturnNews | null;
}

/** Units of a SKU in an order; `held` is null if it is not known what the order takes. */
export type StateLine = Omit<HeldUnits, 'held'> & { held: number | null };

/** What tells of an order that was read because nobody notified us of it. */
export const ORDER_READ = 'ORDER_READ';

/**
 * The state of an order that the Market's API gave.
 *
 * @param told what notified us of it, if anything did
 * @param readMs when it was read, in milliseconds since 1970: its version if the Market does not say when it changed
 */
export function stateOf(
	order: Order,
	businessId: string,
	readMs: number,
	told?: OrderNotification,
): OrderState {
	const { orderId, campaignId, status, substatus, createdMs, updatedMs } = order;
	const version = new Date(updatedMs ?? readMs).toISOString();
	const lines = heldBy(order);
	// The Market's moments have whole seconds: two states of one second differ in the rest.
	const units = lines.reduce((sum, { count }) => sum + count, 0);
	// Without a date of change the version is when it was read, which each reading has anew.
	const changedAt = updatedMs === undefined ? '' : version;
	const state = [changedAt, status, substatus ?? '', units].join(':');
	return {
		key: (told && returnKey(told)) ?? `order:${campaignId}:${orderId}:${state}`,
		event: told?.event ?? ORDER_READ,
		orderId,
		campaignId,
		businessId,
		status,
		substatus,
		packed: packedOf(order),
		fake: order.isFake,
		programType: order.programType,
		createdAt: createdMs === undefined ? null : new Date(createdMs).toISOString(),
		version,
		verified: true,
		lines,
		return: told?.return ?? null,
	};
}

/**
 * What a notification alone says. It may be forged, of a test order, or of goods that the Market keeps, so what the order
 * takes is not known.
 */
export function unverifiedState(told: OrderNotification, businessId: string | null): OrderState {
	const { event, orderId, campaignId, status, substatus } = told;
	const version = new Date(told.atMs).toISOString();
	return {
		key: returnKey(told) ?? `order:${campaignId}:${orderId}:${version}:${event}`,
		event,
		orderId,
		campaignId,
		businessId,
		status,
		substatus,
		packed: null,
		fake: null,
		programType: null,
		createdAt: null,
		version,
		verified: false,
		lines: told.lines && summed(told.lines),
		return: told.return,
	};
}

/** A return has states of its own beside those of its order. */
function returnKey({
	return: news,
	campaignId,
	atMs,
	event,
}: OrderNotification): string | undefined {
	if (news === null) return undefined;
	return `return:${campaignId}:${news.returnId}:${new Date(atMs).toISOString()}:${event}`;
}

function summed(lines: NonNullable<OrderNotification['lines']>): StateLine[] {
	const bySku = new Map<string, number>();
	for (const { sku, count } of lines) bySku.set(sku, (bySku.get(sku) ?? 0) + count);
	const sums = Array.from(bySku, ([sku, count]) => ({ sku, count, held: null }));
	return sums.sort((a, b) => (a.sku < b.sku ? -1 : 1));
}
