import type { NotificationType } from '../contract';
import type { OrderEvent } from '../market/orders/events';
import { unitsOf, type Order, type OrderItem } from '../market/orders/order';
import type { Switches } from '../switches';

/** What the Market sends: its type, whose order it is about, and the rest to the contract. */
export interface Notification {
	notificationType: NotificationType;
	orderId: number;
	campaignId: number;
	[field: string]: unknown;
}

/** What the Market tells of an event; of some it tells nothing. */
export function notificationsOf(
	event: OrderEvent,
	switches: Pick<Switches, 'createdNotification' | 'cancelledNotification'>,
): Notification[] {
	const { order } = event;
	switch (event.kind) {
		case 'placed':
			return order.status === 'UNPAID' && switches.createdNotification === 'paid'
				? []
				: [created(order)];
		case 'stepped': {
			const isPaid = order.substatus === 'STARTED' && switches.createdNotification === 'paid';
			return [...(isPaid ? [created(order)] : []), statusUpdated(order)];
		}
		case 'cancelled':
			return [
				...(switches.cancelledNotification === 'statusUpdated' ? [] : [cancelled(order)]),
				...(switches.cancelledNotification === 'cancelled' ? [] : [statusUpdated(order)]),
			];
		case 'takenBack':
			return [statusUpdated(order)];
		case 'postponed':
			return [
				about(order, 'ORDER_UPDATED', {
					updateType: 'SHIPMENT_DATE_UPDATED',
					updatedAt: moment(order.updatedAt),
				}),
			];
		case 'cancellationRequested':
			return [about(order, 'ORDER_CANCELLATION_REQUEST', { requestedAt: moment(order.updatedAt) })];
		case 'returnOpened': {
			const { returnId, returnType, items, createdAt } = event.goods;
			return [
				about(order, 'ORDER_RETURN_CREATED', {
					returnId,
					returnType,
					items: items.map(shown),
					createdAt: moment(createdAt),
				}),
			];
		}
		case 'returnMoved': {
			const { goods, before } = event;
			const { refundStatus, shipmentStatus, updatedAt } = goods;
			return [
				about(order, 'ORDER_RETURN_STATUS_UPDATED', {
					returnId: goods.returnId,
					statuses: {
						...(refundStatus !== before.refundStatus && { refundStatus }),
						...(shipmentStatus !== before.shipmentStatus && { shipmentStatus }),
					},
					updatedAt: moment(updatedAt),
				}),
			];
		}
		case 'reduced':
			return [];
	}
}

function created(order: Order): Notification {
	return about(order, 'ORDER_CREATED', {
		items: itemsOf(order),
		createdAt: moment(order.createdAt),
	});
}

function cancelled(order: Order): Notification {
	return about(order, 'ORDER_CANCELLED', {
		items: itemsOf(order),
		cancelledAt: moment(order.updatedAt),
	});
}

function statusUpdated(order: Order): Notification {
	const { status, substatus, updatedAt } = order;
	return about(order, 'ORDER_STATUS_UPDATED', { status, substatus, updatedAt: moment(updatedAt) });
}

function about(
	{ orderId, campaignId }: Order,
	notificationType: NotificationType,
	fields: object,
): Notification {
	return { notificationType, orderId, campaignId, ...fields };
}

function itemsOf({ lines }: Order): object[] {
	return lines
		.map((line) => ({ sku: line.sku, count: unitsOf(line) }))
		.filter(({ count }) => count > 0)
		.map(shown);
}

function shown({ sku, count }: OrderItem): object {
	return { offerId: sku, count };
}

function moment(at: number): string {
	return new Date(at).toISOString();
}
