import type { MarketId } from '../../market/ids';
import { MarketReadRefused } from '../../market/read';
import type { Refusal } from '../../market/refusal';
import { refuseBusiness, refuseWarehouse } from '../../market/warehouseCheck';
import { campaignsOf, withMixUp } from '../common/knownIds';
import { warehouseLists } from '../common/shared';
import { refusalOf } from './outcome';
import type { Place, Reading } from './reading';

/** Why a place could not be read, with what its ID really is where that is known. */
export async function placeRefusal(error: unknown, place: Place, reading: Reading): Promise<Refusal> {
	const refusal = refusalOf(error);
	if (!(error instanceof MarketReadRefused && error.isOfTarget)) return refusal;
	if (place.store !== undefined) return await withMixUp(place.store, refusal, reading);
	if (place.business === undefined) return refusal;
	const campaigns = await campaignsOf(reading);
	return (campaigns.ok && refuseBusiness(place.business, campaigns.value)) || refusal;
}

/**
 * Of a warehouse that the cabinet does not have the Market may show nothing, without a word: where nothing is shown,
 * the cabinet's warehouses are looked through.
 *
 * @throws MarketReadRefused where it is none of them
 */
export async function refuseWrongWarehouse({ business, warehouse }: Place, reading: Reading): Promise<void> {
	if (business === undefined || warehouse === undefined) return;
	const { account, ports, stats } = reading;
	const key = { apiUrl: account.apiUrl, accessKey: account.accessKey, businessId: business };
	const isKnown = (list: ReadonlyArray<{ id: MarketId }>) => list.some(({ id }) => String(id) === warehouse);
	const partners = await warehouseLists.partnerWarehouses(key, isKnown, ports, stats);
	if (!partners.ok) return;
	const ofStores = await warehouseLists.storeWarehouses(key, ports, stats);
	const known = { campaigns: [], warehouses: ofStores.ok ? ofStores.value : [] };
	const refusal = refuseWarehouse(warehouse, business, partners.value, known);
	if (refusal) throw new MarketReadRefused(refusal);
}
