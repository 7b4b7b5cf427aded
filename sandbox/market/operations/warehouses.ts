import { LISTS, PAGES } from '../../contract';
import type { Store } from '../../stores';
import { hasBody, readBody } from '../body';
import { readerOf, readFilter, requireId } from '../fields';
import { pageOf } from '../pages';
import { modelOf } from '../modelStatuses';
import { hasOwnWarehouse, type PartnerWarehouse } from '../partnerWarehouses';
import type { MarketState } from '../state';
import { Violations } from '../violations';
import { findBusiness, refuseOthersStores } from './access';
import type { Apply, Inbound } from './operation';

/** POST v3 warehouses: those outside groups, each of them once, with the models that sell from it. */
export function getPartnerWarehouses(call: Inbound): Apply {
	const { businessId } = findBusiness(call);
	const { asked, components } = readRequest(call, {
		ids: 'warehouseIds',
		bounds: LISTS.filter,
		components: ['ADDRESS'],
	});
	const warehouses = call.state.partnerWarehouses
		.of(businessId)
		.filter(({ id }) => asked?.includes(id) ?? true);
	const { entries, nextPageToken } = pageOf(
		warehouses,
		`partner warehouses ${businessId}`,
		call.query,
		PAGES.getPartnerWarehouses,
	);
	call.countItems(entries.length);
	const shown = entries.map((warehouse) => describePartnerWarehouse(warehouse, components));
	return () => ({ status: 'OK', result: { warehouses: shown, paging: { nextPageToken } } });
}

/** POST v2 warehouses: those of FBS, DBS and EXPRESS stores, grouped or not, store by store. */
export function getPagedWarehouses(call: Inbound): Apply {
	const { state } = call;
	const { businessId } = findBusiness(call);
	const { asked, components } = readRequest(call, {
		ids: 'campaignIds',
		bounds: LISTS.campaignIds,
		components: ['ADDRESS', 'STATUS'],
	});
	refuseOthersStores(call, businessId, asked ?? []);
	const stores = state.stores.filter(
		(store) =>
			store.businessId === businessId &&
			hasOwnWarehouse(store) &&
			(asked?.includes(store.campaignId) ?? true),
	);
	const { entries, nextPageToken } = pageOf(
		stores,
		`warehouses ${businessId}`,
		call.query,
		PAGES.getPagedWarehouses,
	);
	call.countItems(entries.length);
	const warehouses = entries.map((store) => describeWarehouse(store, components, state));
	return () => ({ status: 'OK', result: { warehouses, paging: { nextPageToken } } });
}

/** Which warehouses or stores a list is asked for (undefined = all), and which details of them. */
function readRequest(
	call: Inbound,
	allowed: { ids: string; bounds: { min: number; max: number }; components: readonly string[] },
): { asked: number[] | undefined; components: readonly string[] } {
	const body = hasBody(call.request) ? readBody(call.request) : {};
	const violations = new Violations();
	const asked = readFilter(violations, body[allowed.ids], allowed.ids, allowed.bounds, requireId);
	const readComponent = readerOf(allowed.components);
	const components =
		readFilter(violations, body.components, 'components', LISTS.filter, readComponent) ?? [];
	violations.throwIfAny();
	return { asked, components };
}

function describePartnerWarehouse(
	{ id, name, stores }: PartnerWarehouse,
	components: readonly string[],
): object {
	const models = stores.map((store) => ({
		placementType: modelOf(store),
		apiAvailability: store.apiAvailability,
	}));
	return { id, name, models, ...addressOf(id, components) };
}

function describeWarehouse(
	store: Store,
	components: readonly string[],
	{ models }: MarketState,
): object {
	const { warehouseId, warehouseName, warehouseGroup, campaignId, express = false } = store;
	return {
		id: warehouseId,
		name: warehouseName,
		campaignId,
		express,
		...(warehouseGroup !== undefined && { groupInfo: warehouseGroup }),
		...addressOf(warehouseId, components),
		...(components.includes('STATUS') && {
			status: { status: models.statusOf(warehouseId, modelOf(store)) },
		}),
	};
}

/** An ordinary address, if it is asked for. */
function addressOf(warehouseId: number, components: readonly string[]): object {
	if (!components.includes('ADDRESS')) return {};
	const number = String((warehouseId % 1_000) + 1);
	return {
		address: {
			city: 'Moscow',
			street: 'Warehouse Street',
			number,
			gps: { latitude: 55.75, longitude: 37.62 },
		},
	};
}
