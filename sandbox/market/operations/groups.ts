import type { Business } from '../../stores';
import { hasGroups } from '../partnerWarehouses';
import { Refusal } from '../refusal';
import type { MarketState } from '../state';

/*
 * v2 sends balances to stores whose warehouses are in groups, v3 to warehouses that are in none. It is not documented
 * what the real Market does if the wrong one is used, hence two switches.
 */

/** @throws Refusal 400 for v2 in a business without groups, if the switch says so. */
export function refuseWithoutGroups(
	{ businessId }: Business,
	{ stores, switches }: MarketState,
): void {
	if (switches.v2WithoutGroups === 'accept' || hasGroups(stores, businessId)) return;
	throw new Refusal(
		400,
		`The method is not allowed: business ${businessId} has no warehouse groups`,
	);
}

/** @throws Refusal 400 for v3 in a business with groups, if the switch says so. */
export function refuseWithGroups(
	{ businessId }: Business,
	{ stores, switches }: MarketState,
): void {
	if (switches.v3WithGroups === 'accept' || !hasGroups(stores, businessId)) return;
	throw new Refusal(400, `The method is not allowed: business ${businessId} has warehouse groups`);
}
