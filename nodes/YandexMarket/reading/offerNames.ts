import type { MarketId } from '../../../market/records/ids';
import { findOfferNames, type CampaignOffer } from '../../../market/read/offers';
import { getCampaign } from '../../../market/read/stores';
import { addNames } from './properties';
import type { ReadRun } from './readRun';
import { isOn } from './wishes';

/** The name of an offer as a field of the output; no field if names are not wanted. */
type NameField = (offer: CampaignOffer) => { name?: string | null };

/** Finds the names of a store's offers in the catalogue of its business, if the option Add Names is on. */
export async function openOfferNames(
	reading: ReadRun,
): Promise<(storeId: string, offers: readonly CampaignOffer[]) => Promise<NameField>> {
	if (!(await isOn(reading, addNames))) return async () => () => ({});
	const { ports } = reading;
	const businessIds = new Map<string, MarketId | undefined>();
	return async (storeId, offers) => {
		if (!businessIds.has(storeId)) {
			const { business } = await getCampaign(storeId, { isImpatient: false }, ports);
			businessIds.set(storeId, business?.id);
		}
		const businessId = businessIds.get(storeId);
		const names = new Map<string, string | undefined>();
		if (businessId !== undefined) {
			const skus = offers.map(({ offerId }) => offerId);
			for await (const { sku, name } of findOfferNames(String(businessId), skus, ports))
				names.set(sku, name);
		}
		return ({ offerId }) => ({ name: names.get(offerId) ?? null });
	};
}
