import type { KnownIds } from '../../market/mixUps';
import { withoutRecords, type TargetPlan } from '../../market/plan';
import type { Campaign } from '../../market/reads/stores';
import type { PartnerWarehouse } from '../../market/reads/warehouses';
import type { WarehouseStockRecord } from '../../market/records/stockRecord';
import { accepted, type Checked, type Refusal } from '../../market/refusal';
import { refuseBusiness, refuseWarehouse } from '../../market/warehouseCheck';
import { campaignsOf } from '../common/knownIds';
import { fitCabinets, warehouseLists } from '../common/shared';
import type { ReadyTarget, WriteRun } from '../common/writeRun';
import { checkWay } from './checkWay';

/** Checks the cabinet and its warehouses before anything is sent: the Market may ignore a wrong warehouse silently. */
export async function prepareCabinet(
	plan: TargetPlan<WarehouseStockRecord>,
	run: WriteRun<WarehouseStockRecord>,
): Promise<Array<ReadyTarget<WarehouseStockRecord>>> {
	const businessId = plan.targetId;
	// One request alone before four at once: an expired OAuth token is refreshed once.
	const campaigns = await checkCabinet(businessId, run);
	if (!campaigns.ok) {
		run.book.failAll(plan, campaigns.refusal);
		return [];
	}
	const warehouses = (await checkWay(businessId, 'warehouse', run)) ?? [];
	const refusals = await checkWarehouses(plan, { campaigns: campaigns.value, warehouses }, run);
	const refused = new Set<number>();
	plan.records.forEach(({ warehouseId }, position) => {
		const refusal = refusals.get(warehouseId);
		if (!refusal) return;
		refused.add(position);
		run.book.fail(plan, position, refusal);
	});
	return [{ plan: withoutRecords(plan, refused), subscription: 'none' }];
}

/** The stores that the credential opens, where the cabinet is among theirs, or where the Market does not tell them. */
async function checkCabinet(
	businessId: string,
	run: WriteRun<WarehouseStockRecord>,
): Promise<Checked<readonly Campaign[]>> {
	const { account, ports } = run;
	const key = JSON.stringify([account.apiUrl, account.accessKey, businessId]);
	const known = fitCabinets.recall(key, ports.clock.now());
	if (known) return accepted(known);
	const campaigns = await campaignsOf(run);
	if (!campaigns.ok) return accepted([]);
	const refusal = refuseBusiness(businessId, campaigns.value);
	if (refusal) return { ok: false, refusal };
	fitCabinets.remember(key, campaigns.value, ports.clock.now());
	return campaigns;
}

/** Why warehouses cannot be sent to, by their IDs; empty where the Market does not tell the cabinet's. */
async function checkWarehouses(
	{ targetId: businessId, records }: TargetPlan<WarehouseStockRecord>,
	known: KnownIds,
	{ account, ports, stats }: WriteRun<WarehouseStockRecord>,
): Promise<Map<string, Refusal | undefined>> {
	const { apiUrl, accessKey } = account;
	const wanted = new Set(records.map(({ warehouseId }) => warehouseId));
	const areKnown = (list: readonly PartnerWarehouse[]) => {
		const ids = new Set(list.map(({ id }) => String(id)));
		return [...wanted].every((id) => ids.has(id));
	};
	const key = { apiUrl, accessKey, businessId };
	const partners = await warehouseLists.partnerWarehouses(key, areKnown, ports, stats);
	if (!partners.ok) return new Map();
	return new Map([...wanted].map((id) => [id, refuseWarehouse(id, businessId, partners.value, known, 'write')]));
}
