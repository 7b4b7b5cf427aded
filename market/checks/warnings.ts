import { MOST_LISTED_IDS } from './recogniseId';
import type { Refusal } from '../common/refusal';
import type { StoreWarehouse } from '../read/warehouses';
import { firstFew, quote } from '../common/text';
import { hasGroups } from './warehouseGroups';

/** The two ways to send balances: for a store (v2), or to a warehouse of a business (v3). */
export type SendTo = 'store' | 'warehouse';

/**
 * What to tell a user who sends to a business in a way that the Market's guide does not give for it, or undefined.
 *
 * Source: the Market's changelog of 2026-07-29: a business with warehouse groups sends for one store of each group, any
 * other sends to warehouses.
 */
export function sendToWarning(
	businessId: string,
	warehouses: readonly StoreWarehouse[],
	sendTo: SendTo,
): string | undefined {
	if (warehouses.length === 0) return undefined;
	const isGrouped = hasGroups(warehouses);
	if (sendTo === 'warehouse' && isGrouped) {
		return (
			`Business ${businessId} has warehouse groups: for such a business the Market's guide says to send for one store ` +
			'of each group. Set Send To to Store.'
		);
	}
	if (sendTo === 'store' && !isGrouped) {
		return (
			`Business ${businessId} has no warehouse groups: for such a business the Market's guide says to send to its ` +
			'warehouses. Set Send To to Warehouse, or see with the option Verify what the Market shows.'
		);
	}
	return undefined;
}

/** What to tell a user if it is unknown whether the business has groups. */
export function groupsUnknown(
	businessId: string,
	{ reason, advice, accessGroup }: Refusal,
): string {
	const unknown = `Whether business ${businessId} has warehouse groups could not be checked`;
	// Most tokens do without this access group: no more than its name is worth saying.
	return accessGroup === undefined
		? `${unknown}. ${reason}. ${advice}`
		: `${unknown}: the token lacks the access group ${accessGroup}.`;
}

/** What to tell a user about a store that a dry run cannot check. */
export function storeUnknown(campaignId: string, { reason, advice }: Refusal): string {
	return `Whether store ${campaignId} can be written to could not be checked. ${reason}. ${advice}`;
}

/** What to tell a user about warehouses that a dry run cannot check. */
export function warehousesUnknown(
	businessId: string,
	ids: readonly string[],
	{ reason, advice }: Refusal,
): string {
	const which = `${ids.length === 1 ? 'warehouse' : 'the warehouses'} ${firstFew(ids, MOST_LISTED_IDS)}`;
	return `Whether business ${businessId} has ${which} could not be checked. ${reason}. ${advice}`;
}

/** What to tell a user if the Market cannot say just now which business these stores belong to. */
export function businessUnknown(campaignIds: readonly string[]): string {
	const ids = firstFew(campaignIds, MOST_LISTED_IDS);
	const which =
		campaignIds.length === 1
			? `store ${ids} is in a warehouse group`
			: `stores ${ids} are in warehouse groups`;
	return `Whether ${which} could not be checked: the Market did not name the business just now.`;
}

/** What to tell a user about SKUs that a catalogue could not be asked for. @param name the catalogue */
export function catalogueUnknown(
	name: string,
	{ count, refusal: { reason, advice } }: { count: number; refusal: Refusal },
): string {
	const which = count === 1 ? '1 SKU is' : `${count} SKUs are`;
	return `Whether ${which} in ${name} could not be checked, and none of them is held back for that. ${reason}. ${advice}`;
}

/** Maximum SKUs that one warning names. */
const MAX_NAMED = 3;

/** What to tell a user about SKUs with different numbers in stores that may or may not hold one number. */
export function doubtfulNumbers(skus: readonly string[]): string[] {
	if (skus.length === 0) return [];
	const named = firstFew(skus, MAX_NAMED, quote);
	return [
		`${skus.length} ${skus.length === 1 ? 'SKU has' : 'SKUs have'} different numbers for stores of this run that may hold ` +
			`one number together (${named}). Whether they do could not be checked; if so, the one that came last ` +
			"stands. Check these SKUs, and give the token what it lacks to read the business's warehouses.",
	];
}
