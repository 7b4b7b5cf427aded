/** Goods that the buyer never took, or brought back [openapi, ReturnType]. */
export const RETURN_TYPES = ['UNREDEEMED', 'RETURN'] as const;

/** Goods that the buyer never took, or brought back. */
export type ReturnType = (typeof RETURN_TYPES)[number];

/** Where the goods of a return are; PICKED = handed to the store [openapi, ReturnShipmentStatusType]. */
export const SHIPMENT_STATUSES = [
	'CREATED',
	'RECEIVED',
	'IN_TRANSIT',
	'READY_FOR_PICKUP',
	'PICKED',
	'LOST',
	'EXPIRED',
	'CANCELLED',
	'FULFILMENT_RECEIVED',
	'PREPARED_FOR_UTILIZATION',
	'NOT_IN_DEMAND',
	'UTILIZED',
	'READY_FOR_EXPROPRIATION',
	'RECEIVED_FOR_EXPROPRIATION',
	'UNKNOWN',
] as const;

/** Where the goods of a return are. */
export type ShipmentStatus = (typeof SHIPMENT_STATUSES)[number];

/** Where the buyer's money is [openapi, RefundStatusType]. */
export const REFUND_STATUSES = [
	'STARTED_BY_USER',
	'REFUND_IN_PROGRESS',
	'REFUNDED',
	'FAILED',
	'WAITING_FOR_DECISION',
	'DECISION_MADE',
	'REFUNDED_WITH_BONUSES',
	'REFUNDED_BY_SHOP',
	'CANCELLED',
	'REJECTED',
	'COMPLETE_WITHOUT_REFUND',
	'PREMODERATION_DISPUTE',
	'PREMODERATION_DECISION_WAITING',
	'PREMODERATION_DECISION_MADE',
	'PREMODERATION_SELECT_DELIVERY',
	'UNKNOWN',
] as const;

/** Where the buyer's money is. */
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** Condition in which a unit comes back [openapi, ReturnInstanceStockType]. */
export const STOCK_TYPES = [
	'FIT',
	'DEFECT',
	'ANOMALY',
	'SURPLUS',
	'EXPIRED',
	'MISGRADING',
	'UNDEFINED',
	'INCORRECT_IMEI',
	'INCORRECT_SERIAL_NUMBER',
	'INCORRECT_CIS',
	'PART_MISSING',
	'NON_COMPLIENT',
	'NOT_ACCEPTABLE',
	'SERVICE',
	'MARKDOWN',
	'DEMO',
	'REPAIR',
	'FIRMWARE',
	'UNKNOWN',
] as const;

/** Condition in which a unit comes back. */
export type StockType = (typeof STOCK_TYPES)[number];
