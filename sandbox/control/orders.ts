import type { FastifyInstance } from 'fastify';

import { isBoolean, isCount, isText, listOf, objectOf, oneOf, optional } from '../checks';
import {
	ORDER_SUBSTATUSES,
	SHIPMENT_STATUSES,
	STOCK_TYPES,
	type OrderSubstatus,
	type ShipmentStatus,
	type StockType,
} from '../contract';
import type { OrderItem } from '../market/orders/order';
import { STEPS, type StepName } from '../market/orders/steps';
import type { SandboxMarket } from '../market/sandboxMarket';
import { readBody, type Numbered } from './body';

const isItems = listOf(objectOf({ sku: isText, count: isCount }));

const isOrder = objectOf({
	campaignId: isCount,
	items: isItems,
	fake: optional(isBoolean),
	unpaid: optional(isBoolean),
});
const isReason = objectOf({ substatus: optional(oneOf(ORDER_SUBSTATUSES)) });
const isRemoval = objectOf({ items: isItems });
const isReturn = objectOf({
	items: optional(isItems),
	stockType: optional(oneOf(STOCK_TYPES)),
});
const isMove = objectOf({ shipmentStatus: optional(oneOf(SHIPMENT_STATUSES)) });

/** Whatever buyers, the seller and delivery services do with orders. */
export function orderRoutes(app: FastifyInstance, market: SandboxMarket): void {
	app.get<{ Querystring: { campaignId?: string } }>('/orders', async ({ query }) =>
		market
			.orders()
			.filter(({ campaignId }) => campaignId === Number(query.campaignId))
			.map(({ orderId }) => market.orderView(orderId)),
	);
	app.post('/orders', async ({ body }) => {
		const order = readBody<{
			campaignId: number;
			items: OrderItem[];
			fake?: boolean;
			unpaid?: boolean;
		}>(body, 'An order', isOrder);
		return market.placeOrder(order.campaignId, order.items, order);
	});
	for (const step of Object.keys(STEPS) as StepName[])
		app.post<Numbered>(`/orders/:id/${step}`, async ({ params }) =>
			market.stepOrder(Number(params.id), step),
		);
	app.post<Numbered>('/orders/:id/cancel', async ({ params, body }) => {
		const { substatus } = readBody<{ substatus?: OrderSubstatus }>(
			body,
			'A cancellation',
			isReason,
		);
		return market.cancelOrder(Number(params.id), substatus);
	});
	app.post<Numbered>('/orders/:id/reduce', async ({ params, body }) => {
		const { items } = readBody<{ items: OrderItem[] }>(body, 'A removal', isRemoval);
		return market.reduceOrder(Number(params.id), items);
	});
	app.post<Numbered>('/orders/:id/postpone', async ({ params }) =>
		market.postponeOrder(Number(params.id)),
	);
	app.post<Numbered>('/orders/:id/requestCancellation', async ({ params }) =>
		market.requestCancellation(Number(params.id)),
	);
	app.post<Numbered>('/orders/:id/return', async ({ params, body }) => {
		const { items, stockType } = readBody<{ items?: OrderItem[]; stockType?: StockType }>(
			body,
			'A return',
			isReturn,
		);
		return market.returnOrder(Number(params.id), items, stockType);
	});
	app.post<Numbered>('/returns/:id/move', async ({ params, body }) => {
		const { shipmentStatus } = readBody<{ shipmentStatus?: ShipmentStatus }>(
			body,
			'A move',
			isMove,
		);
		return market.moveReturn(Number(params.id), shipmentStatus);
	});
}
