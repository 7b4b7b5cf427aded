import type { IWebhookFunctions } from 'n8n-workflow';

import { MAX_NOTIFICATION_ANSWER_MS } from '../../market/contract/bounds';
import type { Refusal } from '../../market/common/refusal';
import type { OrderNotification } from '../../market/orders/notification';
import type { Order } from '../../market/orders/order';
import { portsWithin } from '../../market/pacing/limits';
import { ordersAmong, placesOf, type OrderSearch } from '../../market/read/orders';
import { IMPATIENT, MarketReadRefused } from '../../market/read/read';
import { refusalOf } from '../../market/read/refusalOf';
import { readAccount, type Account } from '../common/connection/account';
import { orderReads } from '../common/connection/processMemory';
import { marketPorts, type NodePorts } from '../common/connection/transport';

/** The Market waits no longer for an answer; n8n itself needs some of it to store the execution. */
const MAX_READ_MS = MAX_NOTIFICATION_ANSWER_MS - 4_000;

/** What is still shown as it was before is asked for again for so long. Then what is shown counts. */
const SHOWN_LATE_MS = 10 * 60_000;

const SECOND_MS = 1_000;

/** An order, or why it could not be read, and whether that stays so until somebody changes something. */
export type Notified = { order: Order } | { refusal: Refusal; isLasting: boolean };

/** Whom is asked, and how. */
interface Asked {
	account: Account;
	businessId: string;
	ports: NodePorts;
}

/**
 * Reads the order that a notification is about, within the time that the Market waits. What the notification says counts
 * for nothing: an order of another store than it names is not the one.
 */
export async function readNotified(
	context: IWebhookFunctions,
	businessId: string,
	told: OrderNotification,
): Promise<Notified> {
	const { orderId, campaignId, event } = told;
	let ports: NodePorts | undefined;
	try {
		const account = await readAccount(context);
		ports = marketPorts(context, account);
		const endMs = ports.clock.now() + MAX_READ_MS;
		const bounded = portsWithin(ports, { deadlineMs: endMs, lastStartMs: endMs, endMs });
		const search = { tests: true, older: event !== 'ORDER_CREATED' };
		const order = await find(orderId, search, { account, businessId, ports: bounded });
		if (order?.campaignId !== campaignId)
			return { refusal: notFound(orderId, campaignId, businessId), isLasting: false };
		if (isBefore(told, order) && ports.clock.now() - told.atMs < SHOWN_LATE_MS)
			return { refusal: shownLate(order), isLasting: false };
		return { order };
	} catch (error) {
		const isAnswer = error instanceof MarketReadRefused;
		return { refusal: refusalOf(error), isLasting: !isAnswer || error.isDefinite };
	} finally {
		ports?.close();
	}
}

/** The order, if the Market shows it. Notifications that come together are read together. */
async function find(
	id: string,
	search: OrderSearch,
	{ account: { apiUrl, accessKey }, businessId, ports }: Asked,
): Promise<Order | undefined> {
	for (const place of placesOf(search, ports.clock.now())) {
		const order = await orderReads.read(JSON.stringify([apiUrl, accessKey, businessId, place]), {
			id,
			ports,
			readSome: async (ids) => await ordersAmong(businessId, ids, place, ports, IMPATIENT),
		});
		if (order !== undefined) return order;
	}
	return undefined;
}

/**
 * Whether an order is shown as it was before that of which we are told: the Market would not notify of it again, and a
 * cancellation would be missed. Moments of orders may have whole seconds.
 */
function isBefore(
	{ event, atMs, status, substatus }: OrderNotification,
	{ updatedMs = Infinity, ...order }: Order,
): boolean {
	if (event === 'ORDER_CANCELLED') return order.status !== 'CANCELLED';
	if (event !== 'ORDER_STATUS_UPDATED') return false;
	const isSame = order.status === status && (substatus === null || order.substatus === substatus);
	return !isSame && updatedMs < Math.floor(atMs / SECOND_MS) * SECOND_MS;
}

function shownLate({ orderId, status, substatus }: Order): Refusal {
	return {
		reason: `The Market still shows order ${orderId} as ${status} ${substatus ?? ''}`.trimEnd(),
		advice: 'A change may take some minutes to appear: the Market notifies again.',
	};
}

function notFound(orderId: string, campaignId: string, businessId: string): Refusal {
	return {
		reason: `The Market shows no order ${orderId} of store ${campaignId} in business ${businessId}`,
		advice:
			'A new order may take some minutes to appear: the Market notifies again. If it stays so, check Business. The notification may also be forged.',
	};
}
