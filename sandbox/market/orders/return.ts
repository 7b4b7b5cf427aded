import type { RefundStatus, ReturnType, ShipmentStatus, StockType } from '../../contract';
import type { OrderItem } from './order';

/** Goods that come back to the store: the buyer never took them, or brought them back. */
export interface Return {
	returnId: number;
	orderId: number;
	campaignId: number;
	returnType: ReturnType;
	/** In milliseconds of the Market's clock. */
	createdAt: number;
	/** The same; later with every change. */
	updatedAt: number;
	shipmentStatus: ShipmentStatus;
	/** Only for what was paid for. */
	refundStatus?: RefundStatus;
	items: readonly OrderItem[];
	/** The condition of all its units. */
	stockType: StockType;
}
