import { warehousesUnknown } from '../../market/checks/warnings';
import type { KnownIds } from '../../market/checks/recogniseId';
import type { TargetPlan } from '../../market/records/plan';
import { allRefused, restOf } from '../../market/records/refusedRecords';
import type { Campaign } from '../../market/read/stores';
import type { PartnerWarehouse } from '../../market/read/warehouses';
import type { WarehouseStockRecord } from '../../market/records/stockRecord';
import { accepted, type Checked, type Refusal } from '../../market/common/refusal';
import { hasWarehouse, refuseBusiness, refuseWarehouse } from '../../market/checks/warehouseCheck';
import type { ToldList } from '../../market/read/warehouseLists';
import { campaignsOf } from '../common/write/knownIds';
import { fitBusinesses, warehouseLists } from '../common/connection/processMemory';
import type { AskingRun } from '../common/write/job';
import type { Prepared } from '../common/write/prepared';
import { checkSendTo } from './checkSendTo';

/**
 * Checks the business and its warehouses before anything is sent: the Market may silently ignore a wrong warehouse.
 *
 * @param unsure receives, by business ID, the warehouses that the Market neither confirms nor denies
 */
export async function prepareBusiness(
	plan: TargetPlan<WarehouseStockRecord>,
	run: AskingRun<WarehouseStockRecord>,
	unsure: Map<string, readonly string[]>,
): Promise<Prepared<WarehouseStockRecord>> {
	const businessId = plan.targetId;
	// One request alone before four at once, so that an expired OAuth token is refreshed only once.
	const campaigns = await checkBusiness(businessId, run);
	if (!campaigns.ok)
		return { ready: [], refused: [allRefused(plan, campaigns.refusal)], warnings: [] };
	const { list: ofStores, warnings } = await checkSendTo(businessId, 'warehouse', run, {
		decides: () => Promise.resolve(false),
	});
	const known = { campaigns: campaigns.value, warehouses: ofStores.ok ? ofStores.value : [] };
	const wanted = new Set(plan.records.map(({ warehouseId }) => warehouseId));
	const partners = await partnersOf(businessId, wanted, known, run);
	const told = partners.ok ? partners.value : undefined;
	const refusals = new Map(
		[...wanted].map((id) => [id, refuseWarehouse(id, businessId, told, known, 'write')]),
	);
	if (!partners.ok) {
		const unknown = [...wanted].filter(
			(id) => !refusals.get(id) && !hasWarehouse(id, told, known.warehouses),
		);
		unsure.set(businessId, unknown);
		// Otherwise what is sent is read back.
		if (run.options.dryRun && unknown.length > 0)
			warnings.push(warehousesUnknown(businessId, unknown, partners.refusal));
	}
	const ofWrong = new Map<number, Refusal>();
	plan.records.forEach(({ warehouseId }, position) => {
		const refusal = refusals.get(warehouseId);
		if (refusal) ofWrong.set(position, refusal);
	});
	const refused = { plan, refusals: ofWrong };
	return {
		ready: [{ plan: restOf(refused), subscription: 'none' }],
		refused: [refused],
		warnings,
	};
}

/** The stores that the credential opens, none if the Market does not list them; refused if the business owns none. */
export async function checkBusiness(
	businessId: string,
	run: AskingRun<WarehouseStockRecord>,
): Promise<Checked<readonly Campaign[]>> {
	const { account, ports } = run;
	const key = JSON.stringify([account.apiUrl, account.accessKey, businessId]);
	const known = fitBusinesses.recall(key, ports.clock.now());
	if (known) return accepted(known);
	const campaigns = await campaignsOf(run);
	if (!campaigns.ok) return accepted([]);
	const refusal = refuseBusiness(businessId, campaigns.value);
	if (refusal) return { ok: false, refusal };
	fitBusinesses.remember(key, campaigns.value, ports.clock.now());
	return campaigns;
}

/** The business's warehouses outside groups. The run waits for them unless other lists show all the wanted ones. */
async function partnersOf(
	businessId: string,
	wanted: ReadonlySet<string>,
	{ warehouses }: KnownIds,
	{ account, ports, patience }: AskingRun<WarehouseStockRecord>,
): Promise<ToldList<PartnerWarehouse>> {
	const areKnown = (list: readonly PartnerWarehouse[]) => {
		const ids = new Set(list.map(({ id }) => String(id)));
		return [...wanted].every((id) => ids.has(id));
	};
	const key = { apiUrl: account.apiUrl, accessKey: account.accessKey, businessId };
	const quick = await warehouseLists.partnerWarehouses(key, areKnown, ports);
	if (
		quick.ok ||
		quick.isDefinite ||
		[...wanted].every((id) => hasWarehouse(id, undefined, warehouses))
	)
		return quick;
	return await warehouseLists.awaitPartnerWarehouses(key, ports, patience);
}
