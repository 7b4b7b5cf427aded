import type { MarketId } from '../../../market/records/ids';
import { MarketReadRefused } from '../../../market/read/read';
import { refusalOf } from '../../../market/read/refusalOf';
import type { Refusal } from '../../../market/common/refusal';
import {
	refuseBusiness,
	refuseWarehouse,
	type WarehouseUse,
} from '../../../market/checks/warehouseCheck';
import { campaignsOf, withMixUp } from '../../common/write/knownIds';
import { warehouseLists } from '../../common/connection/processMemory';
import type { PlaceIds, ReadRun } from './readRun';

/** Why a place could not be read (or switched), with what its ID really is if that is known. */
export async function placeRefusal(
	error: unknown,
	place: PlaceIds,
	reading: ReadRun,
	use: WarehouseUse = 'read',
): Promise<Refusal> {
	const refusal = refusalOf(error);
	if (!(error instanceof MarketReadRefused && error.isDefinite)) return refusal;
	const { store, business, warehouse } = place;
	if (store !== undefined)
		return error.isOfTarget ? await withMixUp(store, refusal, reading) : refusal;
	if (business === undefined) return refusal;
	const campaigns = await campaignsOf(reading);
	const wrongBusiness =
		error.isOfTarget && campaigns.ok ? refuseBusiness(business, campaigns.value) : undefined;
	if (wrongBusiness || warehouse === undefined) return wrongBusiness ?? refusal;
	return (await wrongWarehouse(business, warehouse, reading, use)) ?? refusal;
}

/**
 * For a warehouse that the business does not have, the Market may silently show nothing. So if nothing is shown, the
 * business's warehouses are searched for the ID.
 *
 * @throws MarketReadRefused if it is none of them
 */
export async function refuseWrongWarehouse(
	{ business, warehouse }: PlaceIds,
	reading: ReadRun,
): Promise<void> {
	if (business === undefined || warehouse === undefined) return;
	const refusal = await wrongWarehouse(business, warehouse, reading, 'read');
	if (refusal) throw new MarketReadRefused(refusal);
}

/** Why an ID is not that of a warehouse of the business, as far as its lists show; or undefined. */
export async function wrongWarehouse(
	businessId: string,
	id: string,
	reading: ReadRun,
	use: WarehouseUse,
): Promise<Refusal | undefined> {
	const { account, ports } = reading;
	const key = { apiUrl: account.apiUrl, accessKey: account.accessKey, businessId };
	const isKnown = (list: ReadonlyArray<{ id: MarketId }>) =>
		list.some((one) => String(one.id) === id);
	const partners = await warehouseLists.partnerWarehouses(key, isKnown, ports);
	const ofStores = await warehouseLists.storeWarehouses(key, ports);
	const campaigns = await campaignsOf(reading);
	const known = {
		campaigns: campaigns.ok ? campaigns.value : [],
		warehouses: ofStores.ok ? ofStores.value : [],
	};
	return refuseWarehouse(id, businessId, partners.ok ? partners.value : undefined, known, use);
}
