import type { IDataObject } from 'n8n-workflow';

import type { Campaign } from '../../../market/read/stores';
import { refuseHiding, refuseStock } from '../../../market/checks/storeCheck';

/** A store as the output shows it. */
export function flatStore(campaign: Campaign): IDataObject {
	const { id, domain, business, placementType, apiAvailability } = campaign;
	return {
		store: String(id),
		name: domain ?? null,
		business: business?.id === undefined ? null : String(business.id),
		businessName: business?.name ?? null,
		placement: placementType ?? null,
		apiAvailability: apiAvailability ?? null,
		acceptsStocks: refuseStock(campaign) === undefined,
		acceptsHiding: refuseHiding(campaign) === undefined,
	};
}

/** As the Market writes it. */
export function rawStore(campaign: Campaign): IDataObject {
	return { ...campaign } as IDataObject;
}
