import type { RunPorts } from '../pacing/runPorts';
import { collect, IMPATIENT, type Patience, type Told } from './read';
import {
	listPartnerWarehouses,
	listStoreWarehouses,
	type PartnerWarehouse,
	type StoreWarehouse,
} from './warehouses';
import { Remembered } from './remembered';

/** Warehouses change rarely, and a business's list may be asked for only 100 times an hour. */
const REMEMBER_MS = 60 * 60_000;

/** Whose list it is: credentials differ in what they may see. */
export interface ListKey {
	apiUrl: string;
	/** Stands for what a credential opens: different for each token. */
	accessKey: string;
	businessId: string;
}

/** A list, or why the Market does not give it, and whether that is final. */
export type ToldList<W> = Told<readonly W[]>;

/** The warehouses of businesses: asked for once, waited for only if a decision depends on them, and remembered. */
export class WarehouseLists {
	private readonly ofStores = new Remembered<readonly StoreWarehouse[]>(REMEMBER_MS);
	private readonly ofPartner = new Remembered<readonly PartnerWarehouse[]>(REMEMBER_MS);

	/**
	 * All warehouses with their stores and groups, or why the Market does not list them.
	 *
	 * @param isWanted as below; if absent, any list will do
	 */
	async storeWarehouses(
		{ apiUrl, accessKey, businessId }: ListKey,
		ports: RunPorts,
		isWanted?: (list: readonly StoreWarehouse[]) => boolean,
	): Promise<ToldList<StoreWarehouse>> {
		const ask = async () => await collect(listStoreWarehouses(businessId, IMPATIENT, ports));
		return await this.ofStores.get([apiUrl, accessKey, businessId], ports, ask, isWanted);
	}

	/**
	 * The warehouses that are in no group, or why the Market does not list them.
	 *
	 * @param isWanted whether the list is what the caller hoped for; if not, a list that is not fresh is asked for again
	 */
	async partnerWarehouses(
		{ apiUrl, accessKey, businessId }: ListKey,
		isWanted: (list: readonly PartnerWarehouse[]) => boolean,
		ports: RunPorts,
	): Promise<ToldList<PartnerWarehouse>> {
		const ask = async () => await collect(listPartnerWarehouses(businessId, IMPATIENT, ports));
		return await this.ofPartner.get([apiUrl, accessKey, businessId], ports, ask, isWanted);
	}

	/** The same as `storeWarehouses`, but waits for quotas and retries like a write: for decisions that need the list. */
	async awaitStoreWarehouses(
		{ apiUrl, accessKey, businessId }: ListKey,
		ports: RunPorts,
		patience: Patience,
	): Promise<ToldList<StoreWarehouse>> {
		const ask = async () => await collect(listStoreWarehouses(businessId, patience, ports));
		return await this.ofStores.renew([apiUrl, accessKey, businessId], ports, ask);
	}

	/** The same as `partnerWarehouses`, likewise waiting. */
	async awaitPartnerWarehouses(
		{ apiUrl, accessKey, businessId }: ListKey,
		ports: RunPorts,
		patience: Patience,
	): Promise<ToldList<PartnerWarehouse>> {
		const ask = async () => await collect(listPartnerWarehouses(businessId, patience, ports));
		return await this.ofPartner.renew([apiUrl, accessKey, businessId], ports, ask);
	}
}
