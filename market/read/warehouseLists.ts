import type { RunPorts } from '../pacing/runPorts';
import { collect, IMPATIENT, type Patience, type Told } from './read';
import {
	listPartnerWarehouses,
	listStoreWarehouses,
	type PartnerWarehouse,
	type StoreWarehouse,
} from './warehouses';
import { Remembered } from './remembered';

/** Warehouses change rarely, and a cabinet's list may be asked for 100 times an hour only. */
const REMEMBER_MS = 60 * 60_000;

/** Whose list it is: what a credential may see differs. */
export interface ListKey {
	apiUrl: string;
	/** Stands for what a credential opens: another one with each token. */
	accessKey: string;
	businessId: string;
}

/** A list, or why the Market does not tell it, and whether that is its last word. */
export type List<W> = Told<readonly W[]>;

/** The warehouses of cabinets as runs need to know them: asked once, waited for only where they decide, remembered. */
export class WarehouseLists {
	private readonly ofStores = new Remembered<readonly StoreWarehouse[]>(REMEMBER_MS);
	private readonly ofPartner = new Remembered<readonly PartnerWarehouse[]>(REMEMBER_MS);

	/**
	 * All warehouses with their stores and groups, or why the Market does not tell them.
	 *
	 * @param isWanted as below; any list will do where it is not given
	 */
	async storeWarehouses(
		{ apiUrl, accessKey, businessId }: ListKey,
		ports: RunPorts,
		isWanted?: (list: readonly StoreWarehouse[]) => boolean,
	): Promise<List<StoreWarehouse>> {
		const ask = async () => await collect(listStoreWarehouses(businessId, IMPATIENT, ports));
		return await this.ofStores.get([apiUrl, accessKey, businessId], ports, ask, isWanted);
	}

	/**
	 * The warehouses that are in no group, or why the Market does not tell them.
	 *
	 * @param isWanted whether the list is as it is hoped for; where it is not, an older one is asked for anew
	 */
	async partnerWarehouses(
		{ apiUrl, accessKey, businessId }: ListKey,
		isWanted: (list: readonly PartnerWarehouse[]) => boolean,
		ports: RunPorts,
	): Promise<List<PartnerWarehouse>> {
		const ask = async () => await collect(listPartnerWarehouses(businessId, IMPATIENT, ports));
		return await this.ofPartner.get([apiUrl, accessKey, businessId], ports, ask, isWanted);
	}

	/** The same as `storeWarehouses`, with quotas and retries waited for like those of a write: where the list decides. */
	async awaitStoreWarehouses(
		{ apiUrl, accessKey, businessId }: ListKey,
		ports: RunPorts,
		patience: Patience,
	): Promise<List<StoreWarehouse>> {
		const ask = async () => await collect(listStoreWarehouses(businessId, patience, ports));
		return await this.ofStores.renew([apiUrl, accessKey, businessId], ports, ask);
	}

	/** The same as `partnerWarehouses`, likewise. */
	async awaitPartnerWarehouses(
		{ apiUrl, accessKey, businessId }: ListKey,
		ports: RunPorts,
		patience: Patience,
	): Promise<List<PartnerWarehouse>> {
		const ask = async () => await collect(listPartnerWarehouses(businessId, patience, ports));
		return await this.ofPartner.renew([apiUrl, accessKey, businessId], ports, ask);
	}
}
