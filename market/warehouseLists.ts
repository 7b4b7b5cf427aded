import { Memory } from './memory';
import type { CancelSignal, Ports } from './ports';
import { collect, type Collected, type Patience } from './read';
import {
	listPartnerWarehouses,
	listStoreWarehouses,
	type PartnerWarehouse,
	type StoreWarehouse,
} from './reads/warehouses';
import type { Checked } from './refusal';
import type { SendStats } from './sender/exchange';

/** Warehouses change rarely, and a cabinet's list may be asked for 100 times an hour only. */
const REMEMBER_MS = 60 * 60_000;

/** Where what is remembered will not do (a refusal, or a warehouse that is not in it), it is asked for anew after this. */
const ASK_AGAIN_MS = 60_000;

/** Whose list it is: what a credential may see differs. */
export interface ListKey {
	apiUrl: string;
	credentialId: string;
	businessId: string;
}

const IMPATIENT: Patience = { isImpatient: true };

type List<W> = Checked<readonly W[]>;

/** The warehouses of cabinets as runs need to know them: asked once, never waited for, remembered. */
export class WarehouseLists {
	private readonly ofStores = new Remembered<StoreWarehouse>(listStoreWarehouses);
	private readonly ofPartner = new Remembered<PartnerWarehouse>(listPartnerWarehouses);

	/**
	 * All warehouses with their stores and groups, or why the Market does not tell them.
	 *
	 * @param isWanted as below; any list will do where it is not given
	 */
	async storeWarehouses(
		key: ListKey,
		ports: Ports,
		stats: SendStats,
		isWanted?: (list: readonly StoreWarehouse[]) => boolean,
	): Promise<List<StoreWarehouse>> {
		return await this.ofStores.get(key, ports, stats, isWanted);
	}

	/**
	 * The warehouses that are in no group, or why the Market does not tell them.
	 *
	 * @param isWanted whether the list is as it is hoped for; where it is not, an older one is asked for anew
	 */
	async partnerWarehouses(
		key: ListKey,
		isWanted: (list: readonly PartnerWarehouse[]) => boolean,
		ports: Ports,
		stats: SendStats,
	): Promise<List<PartnerWarehouse>> {
		return await this.ofPartner.get(key, ports, stats, isWanted);
	}
}

class Remembered<W> {
	private readonly memory = new Memory<{ list: Promise<Collected<W>>; askedMs: number; signal: CancelSignal }>(REMEMBER_MS);

	constructor(
		private readonly pagesOf: (
			businessId: string,
			patience: Patience,
			ports: Ports,
			stats: SendStats,
		) => AsyncIterable<W[]>,
	) {}

	async get(
		{ apiUrl, credentialId, businessId }: ListKey,
		ports: Ports,
		stats: SendStats,
		isWanted: (list: readonly W[]) => boolean = () => true,
	): Promise<List<W>> {
		const key = JSON.stringify([apiUrl, credentialId, businessId]);
		const nowMs = ports.clock.now();
		const known = this.memory.recall(key, nowMs);
		if (known) {
			const list = await known.list;
			// That the run which asked was stopped says nothing to other runs.
			const isCutShort = !list.ok && known.signal.aborted;
			const isFresh = nowMs - known.askedMs < ASK_AGAIN_MS;
			if (!isCutShort && (isFresh || (list.ok && isWanted(list.value)))) return list;
		}
		// Remembered before it is answered: several runs may want it at the same time.
		const list = collect(this.pagesOf(businessId, IMPATIENT, ports, stats));
		this.memory.remember(key, { list, askedMs: nowMs, signal: ports.signal }, nowMs);
		list.then(
			// Neither a fault of the Market's nor a full quota is an answer to remember.
			(answer) => void (!answer.ok && !answer.isDefinite && this.memory.forget(key)),
			() => this.memory.forget(key),
		);
		return await list;
	}
}
