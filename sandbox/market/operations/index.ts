import type { OperationName } from '../../contract';
import { getAuthTokenInfo } from './auth-token';
import { getBusinessSettings } from './business-settings';
import { getCampaignOffers } from './campaign-offers';
import { getCampaign, getCampaigns } from './campaigns';
import { getStocksOnPartnerWarehouses } from './get-partner-stocks';
import { getStocks } from './get-stocks';
import { addHiddenOffers, deleteHiddenOffers, getHiddenOffers } from './hidden-offers';
import { getOfferMappings } from './offer-mappings';
import type { Operation } from './operation';
import { updateStocksOnPartnerWarehouses } from './update-partner-stocks';
import { updateStocks } from './update-stocks';
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
	getCampaignOffers,
	getOfferMappings,
	getCampaigns,
	getCampaign,
	getBusinessSettings,
	getAuthTokenInfo,
};
