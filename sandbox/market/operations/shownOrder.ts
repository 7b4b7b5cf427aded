import type { Offer } from '../../catalogue';
import type { UnitStatus } from '../../contract';
import type { Switches } from '../../switches';
import { moscowDate, moscowMoment } from '../moscow';
import { unitsOf, type Order, type OrderLine } from '../orders/order';
import type { MarketState } from '../state';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** An order as the list of orders shows it. */
export function showOrder(order: Order, state: MarketState): object {
	const { switches } = state;
	const moment = (at: number) => moscowMoment(at, switches.orderMoments);
	const isOwnDelivery = order.programType === 'DBS';
	return {
		orderId: order.orderId,
		campaignId: order.campaignId,
		programType: order.programType,
		status: order.status,
		substatus: order.substatus,
		creationDate: moment(order.createdAt),
		updateDate: moment(order.updatedAt),
		paymentType: 'PREPAID',
		paymentMethod: 'YANDEX',
		fake: order.fake,
		items: order.lines.map((line) => showLine(order, line, state.offer(line.sku), switches)),
		delivery: {
			type: 'PICKUP',
			serviceName: isOwnDelivery ? 'Own delivery' : 'Market delivery',
			deliveryServiceId: isOwnDelivery ? 99 : 1_005_486,
			deliveryPartnerType: isOwnDelivery ? 'SHOP' : 'YANDEX_MARKET',
			dates: { fromDate: moscowDate(order.shipmentAt + DAY_MS) },
			shipment: { shipmentDate: moscowDate(order.shipmentAt) },
		},
		...(isOwnDelivery && { cancelRequested: order.cancelRequested }),
		sourcePlatform: 'MARKET',
	};
}

function showLine(
	order: Order,
	line: OrderLine,
	offer: Offer | undefined,
	{ removedUnits }: Readonly<Switches>,
): object {
	const statuses = unitStatuses(order, line);
	if (removedUnits !== 'excluded') statuses.push({ status: 'CANCELLED', count: line.removed });
	return {
		id: line.id,
		offerId: line.sku,
		offerName: offer?.name ?? line.sku,
		count: removedUnits === 'included' ? line.ordered : unitsOf(line),
		itemStatuses: summed(statuses),
	};
}

interface Units {
	status: UnitStatus;
	count: number;
}

/** What became of the units that are still part of the order. */
function unitStatuses(order: Order, line: OrderLine): Units[] {
	return [
		{ status: 'RETURNED', count: line.returned },
		{ status: statusOfOthers(order), count: unitsOf(line) - line.returned },
	];
}

function statusOfOthers({ status, shipped }: Order): UnitStatus {
	if (status === 'CANCELLED') return shipped ? 'REJECTED' : 'CANCELLED';
	if (['DELIVERED', 'PARTIALLY_RETURNED', 'RETURNED'].includes(status)) return 'DELIVERED_TO_BUYER';
	return shipped ? 'SHIPPED' : 'CREATED';
}

/** One entry for each status that any unit has. */
function summed(units: readonly Units[]): Units[] {
	const totals = new Map<UnitStatus, number>();
	for (const { status, count } of units)
		if (count > 0) totals.set(status, (totals.get(status) ?? 0) + count);
	return [...totals].map(([status, count]) => ({ status, count }));
}
