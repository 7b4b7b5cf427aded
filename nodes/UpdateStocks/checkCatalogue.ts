import { catalogueName, type CataloguePlace } from '../../market/checks/catalogues';
import { answeringStore } from '../../market/checks/storeCheck';
import { catalogueUnknown } from '../../market/checks/warnings';
import type { Refusal } from '../../market/common/refusal';
import type { SkuDoubts } from '../../market/records/skuDoubts';
import type { StockRecord, WarehouseStockRecord } from '../../market/records/stockRecord';
import { portsOfStore } from '../../market/wire/ports';
import { catalogues } from '../common/connection/processMemory';
import { inTurns } from '../common/engine/turns';
import { forEachAtOnce, TARGETS_AT_ONCE } from '../common/write/atOnce';
import type { AskingRun } from '../common/write/job';
import { allPrepared, type Prepared, type ReadyTarget } from '../common/write/prepared';
import type { ReadyStore } from '../common/write/prepareStores';
import { judgedAgain } from './judgedAgain';
import { checkBusiness } from './prepareBusiness';

type Owner = Pick<CataloguePlace, 'campaignId' | 'businessId' | 'findStore'>;

/**
 * The stores without the records whose SKUs their catalogues do not have: each of these says what was probably meant.
 *
 * @param doubts settled if the Market told about all SKUs
 */
export async function inCatalogueOfStores(
	stores: Prepared<StockRecord, ReadyStore<StockRecord>>,
	doubts: SkuDoubts,
	run: AskingRun<StockRecord>,
): Promise<Prepared<StockRecord, ReadyStore<StockRecord>>> {
	return await inCatalogues(stores, doubts, run, ({ plan, businessId }) => ({
		campaignId: plan.targetId,
		...(businessId !== undefined && { businessId: String(businessId) }),
	}));
}

/** The same for warehouses, whose goods are in the catalogue of the business. */
export async function inCatalogueOfBusinesses(
	businesses: Prepared<WarehouseStockRecord>,
	doubts: SkuDoubts,
	run: AskingRun<WarehouseStockRecord>,
): Promise<Prepared<WarehouseStockRecord>> {
	return await inCatalogues(businesses, doubts, run, ({ plan: { targetId: businessId } }) => ({
		businessId,
		findStore: async () => await findStore(businessId, run),
	}));
}

/** A store of a business that answers questions. */
async function findStore(
	businessId: string,
	run: AskingRun<WarehouseStockRecord>,
): Promise<string | undefined> {
	const campaigns = await checkBusiness(businessId, run);
	return campaigns.ok ? answeringStore(businessId, campaigns.value) : undefined;
}

async function inCatalogues<R extends StockRecord, T extends ReadyTarget<R>>(
	prepared: Prepared<R, T>,
	doubts: SkuDoubts,
	run: AskingRun<R>,
	ownerOf: (target: T) => Owner,
): Promise<Prepared<R, T>> {
	const checked = new Map<T, Prepared<R, T>>();
	await forEachAtOnce(prepared.ready, TARGETS_AT_ONCE, async (target) => {
		checked.set(target, await inCatalogue(target, ownerOf(target), run));
	});
	const parts = prepared.ready.flatMap((target) => checked.get(target) ?? []);
	if (parts.every(({ warnings }) => warnings.length === 0)) doubts.settle();
	return allPrepared([{ ...prepared, ready: [] }, ...parts]);
}

async function inCatalogue<R extends StockRecord, T extends ReadyTarget<R>>(
	target: T,
	owner: Owner,
	run: AskingRun<R>,
): Promise<Prepared<R, T>> {
	const { records } = target.plan;
	const { apiUrl, accessKey } = run.account;
	const place = { apiUrl, accessKey, ...owner };
	const ports = portsOfStore(run.ports, target.businessId);
	const { refusals, untold } = await catalogues.check(records, place, ports, inTurns);
	const refused = new Map<number, Refusal>();
	if (refusals.size > 0) {
		await inTurns(records, ({ sku }, position) => {
			const refusal = refusals.get(sku);
			if (refusal) refused.set(position, refusal);
		});
	}
	const judged = await judgedAgain(target, refused.size > 0 ? refused : undefined, run.job);
	const warnings = untold ? [catalogueUnknown(catalogueName(place), untold)] : [];
	return { ...judged, warnings };
}
