import { isCount, objectOf, oneOf } from '../checks';
import { WAREHOUSE_MODELS, type WarehouseModel } from '../contract';

/** A model of a warehouse that the Market itself has switched off. */
export interface DisabledModel {
	warehouseId: number;
	model: WarehouseModel;
}

/** Whether a value is one. */
export const isDisabledModel = objectOf({ warehouseId: isCount, model: oneOf(WAREHOUSE_MODELS) });
