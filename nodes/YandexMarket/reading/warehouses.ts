import type { MarketId } from '../../../market/records/ids';
import type { PartnerWarehouse, StoreWarehouse } from '../../../market/read/warehouses';
import { hasGroups } from '../../../market/checks/warehouseGroups';

/** A warehouse as the output shows it. */
export interface KnownWarehouse {
	warehouse: string;
	name: string | null;
	/** Campaign IDs of the stores that sell from it. */
	stores: string[];
	groupId: string | null;
	groupName: string | null;
	express: boolean;
	/** Placement models; null if they are not known, as in groups. */
	models: string[] | null;
	/** What to set Send To of Update Stocks to. */
	sendTo: 'Store' | 'Warehouse';
	advice: string;
}

/**
 * Combines what the two lists say about a business's warehouses.
 *
 * @param ofStores the warehouses of its stores; a warehouse of several stores is listed several times
 * @param partners those outside groups, with their models; undefined if the Market does not list them
 */
export function describeWarehouses(
	ofStores: readonly StoreWarehouse[],
	partners: readonly PartnerWarehouse[] | undefined,
): KnownWarehouse[] {
	const isGrouped = hasGroups(ofStores);
	const byId = new Map<MarketId, StoreWarehouse[]>();
	for (const warehouse of ofStores)
		byId.set(warehouse.id, [...(byId.get(warehouse.id) ?? []), warehouse]);
	for (const { id, name } of partners ?? []) if (!byId.has(id)) byId.set(id, [{ id, name }]);
	return Array.from(byId, ([id, same]) => {
		const partner = partners?.find((one) => one.id === id);
		return describe(same as [StoreWarehouse], partner, isGrouped);
	});
}

function describe(
	same: readonly [StoreWarehouse, ...StoreWarehouse[]],
	partner: PartnerWarehouse | undefined,
	isGrouped: boolean,
): KnownWarehouse {
	const [{ id, name, groupInfo }] = same;
	const stores = same.flatMap(({ campaignId }) =>
		campaignId === undefined ? [] : [String(campaignId)],
	);
	const models = partner?.models?.flatMap(({ placementType }) => placementType ?? []);
	return {
		warehouse: String(id),
		name: name ?? null,
		stores,
		groupId: groupInfo ? String(groupInfo.id) : null,
		groupName: groupInfo?.name ?? null,
		express: same.some(({ express }) => express === true),
		models: models ? [...new Set(models)] : null,
		sendTo: isGrouped ? 'Store' : 'Warehouse',
		advice: adviceFor(groupInfo?.name, stores, isGrouped),
	};
}

/** Source: the Market's changelog of 2026-07-29: only businesses without groups send to warehouses. */
function adviceFor(
	groupName: string | undefined,
	stores: readonly string[],
	isGrouped: boolean,
): string {
	if (!isGrouped) return 'In Update Stocks set Send To to Warehouse, and choose this warehouse.';
	if (groupName !== undefined) {
		return `In Update Stocks set Send To to Store, and send for one store of the group ${groupName}: the others follow.`;
	}
	return `In Update Stocks set Send To to Store, and choose the store ${stores.join(' or ')}.`;
}
