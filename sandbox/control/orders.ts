import type { FastifyInstance } from 'fastify';

import {
	isBoolean,
	isCount,
	listOf,
	objectOf,
	oneOf,
	optional,
	takes,
	type Check,
} from '../checks';
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

/** A path with the number of an order or a return. */
interface Numbered {
	Params: { id: string };
}

const isText = takes('a text', (value) => typeof value === 'string');
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
	app.post('/orders', async ({ body }) => {
		const order = read<{
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
		const { substatus } = read<{ substatus?: OrderSubstatus }>(body, 'A cancellation', isReason);
		return market.cancelOrder(Number(params.id), substatus);
	});
	app.post<Numbered>('/orders/:id/reduce', async ({ params, body }) => {
		const { items } = read<{ items: OrderItem[] }>(body, 'A removal', isRemoval);
		return market.reduceOrder(Number(params.id), items);
	});
	app.post<Numbered>('/orders/:id/postpone', async ({ params }) =>
		market.postponeOrder(Number(params.id)),
	);
	app.post<Numbered>('/orders/:id/requestCancellation', async ({ params }) =>
		market.requestCancellation(Number(params.id)),
	);
	app.post<Numbered>('/orders/:id/return', async ({ params, body }) => {
		const { items, stockType } = read<{ items?: OrderItem[]; stockType?: StockType }>(
			body,
			'A return',
			isReturn,
		);
		return market.returnOrder(Number(params.id), items, stockType);
	});
	app.post<Numbered>('/returns/:id/move', async ({ params, body }) => {
		const { shipmentStatus } = read<{ shipmentStatus?: ShipmentStatus }>(body, 'A move', isMove);
		return market.moveReturn(Number(params.id), shipmentStatus);
	});
}

/** A body that passes its check; no body is an empty object. */
function read<T>(body: unknown, name: string, check: Check): T {
	const complaint = check(body ?? {}, name);
	if (complaint !== undefined) throw new Error(complaint);
	return (body ?? {}) as T;
}
