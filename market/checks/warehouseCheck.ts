import { listed, MOST_LISTED_IDS, recogniseId, type KnownIds } from './recogniseId';
import { firstFew } from '../common/text';
import type { Campaign } from '../read/stores';
import type { PartnerWarehouse, StoreWarehouse } from '../read/warehouses';
import type { Refusal } from '../common/refusal';
import { whySwitchedOff } from './storeCheck';

/**
 * Why a credential does not open a business, or undefined if it does.
 *
 * @param campaigns all stores that the credential opens
 */
export function refuseBusiness(
	businessId: string,
	campaigns: readonly Campaign[],
): Refusal | undefined {
	const businesses = new Map(
		campaigns.flatMap(({ business }) => (business?.id ? [[String(business.id), business]] : [])),
	);
	if (businesses.size === 0 || businesses.has(businessId)) return undefined;
	const meaning = recogniseId(businessId, { campaigns, warehouses: [] });
	const open = firstFew([...businesses.values()], MOST_LISTED_IDS, ({ id, name }) =>
		name ? `${id} (${name})` : String(id),
	);
	return {
		reason:
			meaning === undefined
				? `The credential opens no business with the ID ${businessId}`
				: `Business ${businessId} is not a business ID: ${businessId} ${meaning.words}`,
		advice: `Choose the business from the list. The credential opens: ${open}.`,
	};
}

/** What a node does with a warehouse; this decides which of its parameters offers the other way. */
export type WarehouseUse = 'write' | 'read' | 'switch';

const OTHER_WAY: Readonly<Record<WarehouseUse, { group: string; advice: string; set: string }>> = {
	write: {
		group: 'whose balances are sent for a store',
		advice: 'Set Send To to Store, and choose one store of the group: the others follow.',
		set: 'set Send To to Store',
	},
	read: {
		group: 'whose balances are read by store',
		advice: 'Set Read From to Store, and choose a store of the group.',
		set: 'set Read From to Store',
	},
	switch: {
		group: 'whose sales the Market does not switch by warehouse',
		advice: 'Switch them in the seller cabinet.',
		set: 'switch sales in the seller cabinet',
	},
};

/**
 * Why a warehouse may not be written to or read by its own ID, or undefined if it may.
 *
 * @param partners the business's warehouses outside groups; undefined if the Market does not tell: then only what is
 *   known to be something else is refused
 */
export function refuseWarehouse(
	id: string,
	businessId: string,
	partners: readonly PartnerWarehouse[] | undefined,
	known: KnownIds,
	use: WarehouseUse,
): Refusal | undefined {
	const warehouse = partners?.find((partner) => String(partner.id) === id);
	if (warehouse) return refuseApi(warehouse);
	const otherWay = OTHER_WAY[use];
	const group = known.warehouses.find((one) => String(one.id) === id)?.groupInfo;
	if (group) {
		return {
			reason: `Warehouse ${id} is in the warehouse group ${group.name ?? group.id}, ${otherWay.group}`,
			advice: otherWay.advice,
		};
	}
	const meaning = recogniseId(id, known);
	if (!partners) {
		if (meaning === undefined || meaning.kind === 'warehouse') return undefined;
		return {
			reason: `Warehouse ${id} is not a warehouse ID: ${id} ${meaning.words}`,
			advice: 'Choose the warehouse from the list, or give its own ID.',
		};
	}
	return {
		reason:
			meaning === undefined || meaning.kind === 'warehouse'
				? `Business ${businessId} has no warehouse ${id} outside groups`
				: `Warehouse ${id} is not a warehouse ID: ${id} ${meaning.words}`,
		advice:
			partners.length === 0
				? `The business has no warehouses outside groups: ${otherWay.set}.`
				: `Choose the warehouse from the list. The business has: ${listed(partners)}.`,
	};
}

/** Whether a business is known to have a warehouse outside groups, by either of its lists. */
export function hasWarehouse(
	id: string,
	partners: readonly PartnerWarehouse[] | undefined,
	ofStores: readonly StoreWarehouse[],
): boolean {
	const is = (one: PartnerWarehouse | StoreWarehouse) => String(one.id) === id;
	return partners?.some(is) === true || ofStores.some((one) => is(one) && !one.groupInfo);
}

/** A warehouse whose models are all closed to the API accepts nothing. */
function refuseApi({ id, name, models }: PartnerWarehouse): Refusal | undefined {
	if (!models?.length) return undefined;
	const isOpen = models.some(
		({ apiAvailability }) => whySwitchedOff(apiAvailability) === undefined,
	);
	if (isOpen) return undefined;
	const states = [...new Set(models.map(({ apiAvailability }) => apiAvailability))].join(', ');
	return {
		reason: `The Market has switched off the API of warehouse ${id}${name ? ` (${name})` : ''}: ${states}`,
		advice: 'Put its stores in order in the seller cabinet, then run again.',
	};
}
