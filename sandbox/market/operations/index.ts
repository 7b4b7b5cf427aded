import type { OperationName } from '../../contract';
import { getAuthTokenInfo } from './auth-token';
import { getBusinessSettings } from './business-settings';
import { getCampaign, getCampaigns } from './campaigns';
import { getStocks } from './get-stocks';
import { addHiddenOffers, deleteHiddenOffers, getHiddenOffers } from './hidden-offers';
import type { Operation } from './operation';
import { updateStocks } from './update-stocks';

/** What each method of the contract does. */
export const operations: Record<OperationName, Operation> = {
	updateStocks,
	getStocks,
	addHiddenOffers,
	deleteHiddenOffers,
	getHiddenOffers,
	getCampaigns,
	getCampaign,
	getBusinessSettings,
	getAuthTokenInfo,
};
