import { MAX_NOTIFICATION_BYTES, MAX_SKU_LENGTH } from '../contract/bounds';
import { quote, utf8Length } from '../common/text';
import { readMarketId } from '../records/ids';
import { parseReply } from '../wire/json';
import { fieldsOf, readMs, readUnits, readWord } from './order';

/** The notifications that are about an order or its return [Notification OpenAPI]. */
export const ORDER_EVENTS = [
	'ORDER_CANCELLATION_REQUEST',
	'ORDER_CANCELLED',
	'ORDER_CREATED',
	'ORDER_RETURN_CREATED',
	'ORDER_RETURN_STATUS_UPDATED',
	'ORDER_STATUS_UPDATED',
	'ORDER_UPDATED',
] as const;

/** The type of such a notification. */
export type OrderEvent = (typeof ORDER_EVENTS)[number];

/** What a notification of a return says of it. */
export interface ReturnNews {
	returnId: string;
	/** UNREDEEMED or RETURN; null if the notification does not say. */
	returnType: string | null;
	/** Such as PICKED: handed to the shop. Null if it has not changed. */
	shipmentStatus: string | null;
	refundStatus: string | null;
}

/** A notification about an order. It is unsigned, so nothing in it is more than a hint where to look. */
export interface OrderNotification {
	kind: 'order';
	event: OrderEvent;
	orderId: string;
	campaignId: string;
	/** When it happened, in milliseconds since 1970. */
	atMs: number;
	/** Only ORDER_STATUS_UPDATED tells them. */
	status: string | null;
	substatus: string | null;
	/** Null if the notification names none. */
	lines: ReadonlyArray<{ sku: string; count: number }> | null;
	/** Null if it is not about a return. */
	return: ReturnNews | null;
}

/** What a request of the Market says. */
export type Notification =
	| OrderNotification
	/** It asks whether we are there. */
	| { kind: 'ping' }
	/** It is about something else, or of a type that came later: to be taken and left alone. */
	| { kind: 'other'; type: string }
	/** It is not a notification; the Market does not repeat one that is refused. */
	| { kind: 'broken'; message: string };

/** The field with the moment, and whether items are required, by type [Notification OpenAPI]. */
const FORMS: Record<OrderEvent, { moment: string; hasItems?: true; hasReturn?: true }> = {
	ORDER_CANCELLATION_REQUEST: { moment: 'requestedAt' },
	ORDER_CANCELLED: { moment: 'cancelledAt', hasItems: true },
	ORDER_CREATED: { moment: 'createdAt', hasItems: true },
	ORDER_RETURN_CREATED: { moment: 'createdAt', hasItems: true, hasReturn: true },
	ORDER_RETURN_STATUS_UPDATED: { moment: 'updatedAt', hasReturn: true },
	ORDER_STATUS_UPDATED: { moment: 'updatedAt' },
	ORDER_UPDATED: { moment: 'updatedAt' },
};

/**
 * Reads the body of a request to the notification's address, whoever sent it. Fields that the contract does not know are
 * skipped; one that it requires and that cannot be read makes the notification broken.
 */
export function readNotification(text: string): Notification {
	if (text.length > MAX_NOTIFICATION_BYTES || utf8Length(text) > MAX_NOTIFICATION_BYTES)
		return broken(`The body is longer than ${MAX_NOTIFICATION_BYTES} bytes`);
	const fields = fieldsOf(parseReply(text));
	const type = readWord(fields.notificationType);
	if (type === undefined)
		return broken('The body is not a notification: notificationType is missing');
	if (type === 'PING') return { kind: 'ping' };
	const event = ORDER_EVENTS.find((known) => known === type);
	return event === undefined ? { kind: 'other', type } : readOrderNotification(event, fields);
}

function readOrderNotification(
	event: OrderEvent,
	fields: Readonly<Record<string, unknown>>,
): Notification {
	const { moment, hasItems, hasReturn } = FORMS[event];
	const unreadable = (name: string) =>
		broken(`${event}: ${name} cannot be read: ${quote(fields[name])}`);
	const orderId = readMarketId(fields.orderId);
	if (orderId === undefined) return unreadable('orderId');
	const campaignId = readMarketId(fields.campaignId);
	if (campaignId === undefined) return unreadable('campaignId');
	const atMs = readMs(fields[moment]);
	if (atMs === undefined) return unreadable(moment);
	const lines = hasItems ? readLines(fields.items) : null;
	if (lines === undefined) return unreadable('items');
	const news = hasReturn ? readNews(fields) : null;
	if (news === undefined) return unreadable('returnId');
	const status = readWord(fields.status) ?? null;
	if (event === 'ORDER_STATUS_UPDATED' && status === null) return unreadable('status');
	const substatus = readWord(fields.substatus) ?? null;
	return {
		kind: 'order',
		event,
		orderId,
		campaignId,
		atMs,
		status,
		substatus,
		lines,
		return: news,
	};
}

function broken(message: string): Notification {
	return { kind: 'broken', message };
}

function readLines(raw: unknown): Array<{ sku: string; count: number }> | undefined {
	if (!Array.isArray(raw)) return undefined;
	const lines: Array<{ sku: string; count: number }> = [];
	for (const one of raw) {
		const { offerId, count } = fieldsOf(one);
		const units = readUnits(count);
		const isSku = typeof offerId === 'string' && offerId !== '' && offerId.length <= MAX_SKU_LENGTH;
		if (!isSku || units === undefined) return undefined;
		lines.push({ sku: offerId, count: units });
	}
	return lines;
}

function readNews(fields: Readonly<Record<string, unknown>>): ReturnNews | undefined {
	const returnId = readMarketId(fields.returnId);
	if (returnId === undefined) return undefined;
	const { shipmentStatus, refundStatus } = fieldsOf(fields.statuses);
	return {
		returnId,
		returnType: readWord(fields.returnType) ?? null,
		shipmentStatus: readWord(shipmentStatus) ?? null,
		refundStatus: readWord(refundStatus) ?? null,
	};
}
