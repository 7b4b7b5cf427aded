/** How a warehouse works with the Market [openapi, WarehouseProgramType]. */
export const WAREHOUSE_MODELS = ['FBS', 'DBS', 'EXPRESS'] as const;

/** One model of a warehouse. */
export type WarehouseModel = (typeof WAREHOUSE_MODELS)[number];

/** What the Market says of a model; OTHER is on, or switched off by the Market [openapi, WarehouseModelStatusType]. */
export type ModelStatus = 'DISABLED_MANUALLY' | 'OTHER';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long the storefront takes to follow a switch [docs, updateWarehouseModelStatus]. */
export const MODEL_DELAY_MS = 15 * MINUTE_MS;

/** Off for this long or longer, a model takes longer to come back [docs, updateWarehouseModelStatus]. */
export const LONG_OFF_MS = 30 * 24 * HOUR_MS;

/** How long the storefront then takes [docs, updateWarehouseModelStatus]. */
export const MODEL_LONG_DELAY_MS = 4 * HOUR_MS;
