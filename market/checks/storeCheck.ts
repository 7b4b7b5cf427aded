import type { Campaign } from '../read/stores';
import type { Refusal } from '../common/refusal';

/** Stores whose stock the Market counts itself, with the reason in a seller's words. */
const COUNTED_BY_MARKET: ReadonlyMap<unknown, string> = new Map([
	['FBY', 'its goods lie in a warehouse of the Market'],
	['LAAS', 'the Market handles its logistics'],
]);

/**
 * What each value of `apiAvailability` that closes the API means. An unknown one closes nothing: the Market may add
 * values, and itself refuses what it does not accept. Source: ApiAvailabilityStatusType in the Market's OpenAPI.
 */
const SWITCHED_OFF: ReadonlyMap<unknown, string> = new Map([
	['DISABLED_BY_INACTIVITY', 'nothing was on sale for 90 days'],
	['DISABLED_BY_NO_ACTIVE_CONTRACT', 'it has no active contract'],
	['MANUALLY_DISABLED', 'it was switched off in the seller cabinet'],
	['DISABLED_BY_NO_PLACEMENT_TYPE', 'it has no placement model'],
]);

/** Why this `apiAvailability` closes the API, in a seller's words; undefined if it does not. */
export function whySwitchedOff(apiAvailability: unknown): string | undefined {
	return SWITCHED_OFF.get(apiAvailability);
}

/** The ID of a store of a business that answers questions; undefined if none does. */
export function answeringStore(
	businessId: string,
	campaigns: readonly Campaign[],
): string | undefined {
	const store = campaigns.find(
		({ business, apiAvailability }) =>
			String(business?.id) === businessId && whySwitchedOff(apiAvailability) === undefined,
	);
	return store && String(store.id);
}

/** Whether the Market counts a store's stock itself, in any number of its own warehouses. */
export function isCountedByMarket({ placementType }: Pick<Campaign, 'placementType'>): boolean {
	return COUNTED_BY_MARKET.has(placementType);
}

/** Why a store's stock may not be sent, or undefined if it may. */
export function refuseStock(campaign: Campaign): Refusal | undefined {
	const why = COUNTED_BY_MARKET.get(campaign.placementType);
	if (why !== undefined) {
		return {
			reason: `Store ${campaign.id} is ${campaign.placementType}: the Market counts its stock itself, because ${why}`,
			advice: 'Choose an FBS, DBS or Express store.',
		};
	}
	return refuseApi(campaign);
}

/** Why offers of a store may not be hidden or shown, or undefined if they may. */
export function refuseHiding(campaign: Campaign): Refusal | undefined {
	if (campaign.placementType === 'LAAS') {
		return {
			reason: `Store ${campaign.id} is LAAS: the Market does not take hidden offers for it`,
			advice: 'Choose an FBY, FBS, DBS or Express store.',
		};
	}
	return refuseApi(campaign);
}

function refuseApi({ id, apiAvailability }: Campaign): Refusal | undefined {
	const why = whySwitchedOff(apiAvailability);
	if (why === undefined) return undefined;
	return {
		reason: `The Market has switched off the API of store ${id}: ${why}`,
		advice: 'Put it in order in the seller cabinet, then run again.',
	};
}
