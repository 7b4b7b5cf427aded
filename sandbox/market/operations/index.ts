import type { OperationName } from '../../contract';
import { getAuthTokenInfo } from './authToken';
import { getBusinessSettings } from './businessSettings';
import { getBusinessOrders } from './businessOrders';
import { getCampaignOffers } from './campaignOffers';
import { getCampaign, getCampaigns } from './campaigns';
import { getStocksOnPartnerWarehouses } from './getPartnerStocks';
import { getStocks } from './getStocks';
import { addHiddenOffers, deleteHiddenOffers, getHiddenOffers } from './hiddenOffers';
import { getOfferMappings } from './offerMappings';
import type { Operation } from './operation';
import { getReturns } from './returns';
import { updateStocksOnPartnerWarehouses } from './updatePartnerStocks';
import { updateStocks } from './updateStocks';
import { updateWarehouseModelStatus } from './modelStatus';
import { getPagedWarehouses, getPartnerWarehouses } from './warehouses';

/** What each method of the contract does. */
export const operations: Record<OperationName, Operation> = {
	updateStocks,
	getStocks,
	addHiddenOffers,
	deleteHiddenOffers,
	getHiddenOffers,
	updateStocksOnPartnerWarehouses,
	getStocksOnPartnerWarehouses,
	getPartnerWarehouses,
	getPagedWarehouses,
	updateWarehouseModelStatus,
	getCampaignOffers,
	getOfferMappings,
	getBusinessOrders,
	getReturns,
	getCampaigns,
	getCampaign,
	getBusinessSettings,
	getAuthTokenInfo,
};
