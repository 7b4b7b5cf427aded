import { apiMethods, type ApiMethod } from '../contract/apiMethods';
import type { StockRecord, WarehouseStockRecord } from '../records/stockRecord';

/** A record of Hide Offers and Unhide Offers: the SKU alone. */
export interface OfferRecord {
	sku: string;
}

/** A method that writes a list of records to one store or business. */
export interface WriteMethod<R> {
	apiMethod: ApiMethod & { maxItems: number };
	/** Name of the list in the request's body. */
	list: string;
	/** One element of the list, as JSON. `stamp` is the run's own moment, for records without one. */
	element(record: R, stamp: string): string;
}

/** Sets balances. Source: updateStocks in the Market's OpenAPI. */
export const updateStocks: WriteMethod<StockRecord> = {
	apiMethod: apiMethods.updateStocks,
	list: 'skus',
	// Built by hand, without an object for every record. Only a SKU can contain anything that must be escaped.
	element: ({ sku, count, updatedAt }, stamp) =>
		`{"sku":${JSON.stringify(sku)},"items":[{"count":${count},"updatedAt":"${updatedAt ?? stamp}"}]}`,
};

/** Sets balances in warehouses of a business. Source: updateStocksOnPartnerWarehouses in the Market's OpenAPI. */
export const updateWarehouseStocks: WriteMethod<WarehouseStockRecord> = {
	apiMethod: apiMethods.updateStocksOnPartnerWarehouses,
	list: 'skuItems',
	element: ({ sku, warehouseId, count, updatedAt }, stamp) =>
		`{"sku":${JSON.stringify(sku)},"partnerWarehouseId":${warehouseId},"count":${count},"updatedAt":"${updatedAt ?? stamp}"}`,
};

/** Takes offers off the storefront until they are shown again. Source: addHiddenOffers in the Market's OpenAPI. */
export const hideOffers: WriteMethod<OfferRecord> = {
	apiMethod: apiMethods.addHiddenOffers,
	list: 'hiddenOffers',
	element: ({ sku }) => `{"offerId":${JSON.stringify(sku)}}`,
};

/** Shows hidden offers again. Source: deleteHiddenOffers in the Market's OpenAPI. */
export const unhideOffers: WriteMethod<OfferRecord> = {
	apiMethod: apiMethods.deleteHiddenOffers,
	list: 'hiddenOffers',
	element: ({ sku }) => `{"offerId":${JSON.stringify(sku)}}`,
};
