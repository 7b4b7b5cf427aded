import { businessUnknown, doubtfulNumbers } from '../../market/checks/warnings';
import type { MarketId } from '../../market/records/ids';
import { allRefused } from '../../market/records/refusedRecords';
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
import { askForStore, type ReadyStore } from '../common/write/prepareStores';
import { inTurns } from '../common/engine/turns';
import type { AskingRun } from '../common/write/job';
import { allPrepared, type Prepared } from '../common/write/prepared';
import { checkSendTo, type CheckedSendTo } from './checkSendTo';
import { judgedAgain } from './judgedAgain';

type Store = ReadyStore<StockRecord>;

/**
 * The stores of a run with their businesses. If the Market did not name a store's business, and the store's balances
 * contradict those of another store that may hold the same number, the run waits for the business; balances that still
 * contradict each other are then refused.
 */
export async function withBusinesses(
	stores: readonly Store[],
	run: AskingRun<StockRecord>,
): Promise<Prepared<StockRecord, Store>> {
	if (!stores.some(isHomeless)) return allPrepared(stores.map(asItIs));
	const asked = await waitForBusinesses(stores, run);
	const homeless = asked.ready.filter(isHomeless);
	if (homeless.length === 0) return asked;
	const left = await contradictions(asked.ready, run);
	const judged = await Promise.all(
		asked.ready.map(
			async (store) =>
				await judgedAgain(store, isHomeless(store) ? left.get(store.plan) : undefined, run.job),
		),
	);
	const { ready, refused, warnings } = allPrepared(judged);
	return {
		ready,
		refused: [...asked.refused, ...refused],
		warnings: [...asked.warnings, businessUnknown(idsOf(homeless)), ...warnings],
	};
}

/** Waits for the businesses of those stores whose business decides what is sent. */
async function waitForBusinesses(
	stores: readonly Store[],
	run: AskingRun<StockRecord>,
): Promise<Prepared<StockRecord, Store>> {
	const asked: Array<Prepared<StockRecord, Store>> = [];
	const first = await contradictions(stores, run);
	const { untilMs = Infinity } = run.patience;
	for (const store of stores) {
		// Requests that fail are repeated for minutes: many stores must not add up to more than a question may take.
		const isDecisive =
			isHomeless(store) && first.has(store.plan) && run.ports.clock.now() < untilMs;
		asked.push(isDecisive ? await waitForBusiness(store, run) : asItIs(store));
	}
	return allPrepared(asked);
}

function asItIs(store: Store): Prepared<StockRecord, Store> {
	return { ready: [store], refused: [], warnings: [] };
}

function isHomeless({ campaign }: Store): boolean {
	return campaign.business?.id === undefined;
}

/** How the stores would contradict each other if they held one number. */
async function contradictions(stores: readonly Store[], { said }: AskingRun<StockRecord>) {
	return await conflictsOfStores(
		stores.map(({ plan }) => plan),
		said,
		supposedHolders(idsOf(stores)),
		inTurns,
	);
}

async function waitForBusiness(
	store: Store,
	run: AskingRun<StockRecord>,
): Promise<Prepared<StockRecord, Store>> {
	const found = await askForStore(store.plan.targetId, refuseStock, run, run.patience);
	const { warnings = [] } = found;
	if (!found.ok) return { ready: [], refused: [allRefused(store.plan, found.refusal)], warnings };
	const campaign = found.value;
	return {
		ready: [{ ...store, campaign, businessId: campaign.business?.id }],
		refused: [],
		warnings,
	};
}

/** What the Market says about the businesses of a run. */
interface Businesses {
	/** The warehouses of their stores; those of a business are absent if the Market does not list them. */
	warehouses: StoreWarehouse[];
	/** What joins the stores, or may join them, by campaign ID. */
	holders: Map<string, readonly Holder[]>;
	/** What the user should know about them. */
	warnings: string[];
}

/**
 * Asks for the warehouses of the businesses of a run, which join their stores.
 *
 * @param unsure receives the businesses whose warehouses the Market refuses to list: their stores are read back
 */
export async function businessesOf(
	stores: readonly Store[],
	run: AskingRun<StockRecord>,
	unsure: Set<MarketId>,
): Promise<Businesses> {
	const ofBusinesses = new Map<MarketId, Store[]>();
	for (const store of stores) {
		const id = store.campaign.business?.id;
		if (id !== undefined) ofBusinesses.set(id, [...(ofBusinesses.get(id) ?? []), store]);
	}
	const warehouses: StoreWarehouse[] = [];
	const holders = new Map<string, readonly Holder[]>();
	const warnings: string[] = [];
	for (const [businessId, ofBusiness] of ofBusinesses) {
		const { list, warnings: ofWay } = await warehousesOf(businessId, ofBusiness, run);
		warnings.push(...ofWay);
		if (list.ok) warehouses.push(...list.value);
		else if (list.isDefinite) {
			unsure.add(businessId);
			warnings.push(
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
	return { warehouses, holders, warnings };
}

/** The warehouses of a business. The run waits for them if the stores contradict each other. */
async function warehousesOf(
	businessId: MarketId,
	stores: readonly Store[],
	run: AskingRun<StockRecord>,
): Promise<CheckedSendTo> {
	const isWanted = (list: readonly StoreWarehouse[]) => {
		const known = new Set(list.map(({ campaignId }) => String(campaignId)));
		return idsOf(stores).every((id) => known.has(id));
	};
	const decides = async () => (await contradictions(stores, run)).size > 0;
	return await checkSendTo(String(businessId), 'store', run, { isWanted, decides });
}

function idsOf(stores: readonly Store[]): string[] {
	return stores.map(({ plan }) => plan.targetId);
}
