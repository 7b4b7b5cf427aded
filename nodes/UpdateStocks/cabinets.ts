import { cabinetUnknown, doubtfulNumbers } from '../../market/checks/guide';
import type { MarketId } from '../../market/records/ids';
import type { StoreWarehouse } from '../../market/read/warehouses';
import type { StockRecord } from '../../market/records/stockRecord';
import { refuseStock } from '../../market/checks/storeCheck';
import {
	conflictsOfStores,
	differingSkus,
	holdersOfStores,
	supposedHolders,
	type Holder,
} from '../../market/checks/warehouseGroups';
import type { List } from '../../market/read/warehouseLists';
import { askForStore, type ReadyStore } from '../common/write/prepareStores';
import { inTurns } from '../common/engine/turns';
import type { WriteRun } from '../common/write/job';
import { checkWay } from './checkWay';
import { judgedAgain } from './judgedAgain';

type Store = ReadyStore<StockRecord>;

/**
 * The stores of a run with their cabinets. Where the Market did not tell one, and the store's balances contradict those of
 * another that may hold the same number, it is waited for; what still contradicts them then is refused.
 */
export async function withCabinets(
	stores: readonly Store[],
	run: WriteRun<StockRecord>,
): Promise<Store[]> {
	if (!stores.some(isHomeless)) return [...stores];
	const ready: Store[] = [];
	const first = await contradictions(stores, run);
	const { untilMs = Infinity } = run.patience;
	for (const store of stores) {
		// Faults are repeated for minutes: many stores must not add up beyond what a question may take.
		const isDecisive =
			isHomeless(store) && first.has(store.plan) && run.ports.clock.now() < untilMs;
		ready.push(...(isDecisive ? await waitForCabinet(store, run) : [store]));
	}
	const homeless = ready.filter(isHomeless);
	if (homeless.length === 0) return ready;
	run.alerts.push(cabinetUnknown(idsOf(homeless)));
	const left = await contradictions(ready, run);
	return await Promise.all(
		ready.map(async (store) => {
			const refusals = isHomeless(store) ? left.get(store.plan) : undefined;
			return { ...store, plan: await judgedAgain(store.plan, refusals, run) };
		}),
	);
}

function isHomeless({ campaign }: Store): boolean {
	return campaign.business?.id === undefined;
}

/** What the stores would contradict each other in, if they held one number. */
async function contradictions(stores: readonly Store[], { said }: WriteRun<StockRecord>) {
	return await conflictsOfStores(
		stores.map(({ plan }) => plan),
		said,
		supposedHolders(idsOf(stores)),
		inTurns,
	);
}

async function waitForCabinet(store: Store, run: WriteRun<StockRecord>): Promise<Store[]> {
	const check = await askForStore(store.plan.targetId, refuseStock, run, run.patience);
	if (check.ok) return [{ ...store, campaign: check.value, businessId: check.value.business?.id }];
	run.book.failAll(store.plan, check.refusal);
	return [];
}

/** What the Market tells of the cabinets of a run. */
interface Cabinets {
	/** The warehouses of their stores; those of a cabinet are absent where it does not tell them. */
	warehouses: StoreWarehouse[];
	/** What joins the stores, or may do so, by campaign ID. */
	holders: Map<string, readonly Holder[]>;
}

/**
 * Asks for the warehouses of the cabinets of a run, which join its stores.
 *
 * @param unsure gets the businesses of which the Market refuses to tell them: what their stores show is read back
 */
export async function cabinetsOf(
	stores: readonly Store[],
	run: WriteRun<StockRecord>,
	unsure: Set<MarketId>,
): Promise<Cabinets> {
	const ofBusinesses = new Map<MarketId, Store[]>();
	for (const store of stores) {
		const id = store.campaign.business?.id;
		if (id !== undefined) ofBusinesses.set(id, [...(ofBusinesses.get(id) ?? []), store]);
	}
	const warehouses: StoreWarehouse[] = [];
	const holders = new Map<string, readonly Holder[]>();
	for (const [businessId, ofBusiness] of ofBusinesses) {
		const list = await warehousesOf(businessId, ofBusiness, run);
		if (list.ok) warehouses.push(...list.value);
		else if (list.isDefinite) {
			unsure.add(businessId);
			run.alerts.push(
				...doubtfulNumbers(
					await differingSkus(
						ofBusiness.map(({ plan }) => plan),
						inTurns,
					),
				),
			);
		} else {
			for (const [store, supposed] of supposedHolders(idsOf(ofBusiness)))
				holders.set(store, supposed);
		}
	}
	for (const [store, joined] of holdersOfStores(warehouses)) holders.set(store, joined);
	return { warehouses, holders };
}

/** The warehouses of a cabinet, which are waited for where its stores contradict each other. */
async function warehousesOf(
	businessId: MarketId,
	stores: readonly Store[],
	run: WriteRun<StockRecord>,
): Promise<List<StoreWarehouse>> {
	const isWanted = (list: readonly StoreWarehouse[]) => {
		const known = new Set(list.map(({ campaignId }) => String(campaignId)));
		return idsOf(stores).every((id) => known.has(id));
	};
	const decides = async () => (await contradictions(stores, run)).size > 0;
	return await checkWay(String(businessId), 'store', run, { isWanted, decides });
}

function idsOf(stores: readonly Store[]): string[] {
	return stores.map(({ plan }) => plan.targetId);
}
