import type { Campaign } from '../read/stores';
import type { Refusal } from '../common/refusal';

/** Stores whose stock the Market counts by itself, with the reason in a seller's words. */
const COUNTED_BY_MARKET: ReadonlyMap<unknown, string> = new Map([
	['FBY', 'its goods lie in a warehouse of the Market'],
	['LAAS', 'the Market handles its logistics'],
]);

/**
 * What each value of `apiAvailability` means that closes the API. One that is not known closes nothing: the Market may
 * add values, and refuses by itself what it does not take. Source: ApiAvailabilityStatusType in the Market's OpenAPI.
 */
const SWITCHED_OFF: ReadonlyMap<unknown, string> = new Map([
	['DISABLED_BY_INACTIVITY', 'nothing was on sale for 90 days'],
	['DISABLED_BY_NO_ACTIVE_CONTRACT', 'it has no active contract'],
	['MANUALLY_DISABLED', 'it was switched off in the seller cabinet'],
	['DISABLED_BY_NO_PLACEMENT_TYPE', 'it has no placement model'],
]);

/** Why the API is closed at this `apiAvailability`, in a seller's words; undefined where it is not. */
export function whySwitchedOff(apiAvailability: unknown): string | undefined {
	return SWITCHED_OFF.get(apiAvailability);
}

/** Whether the Market counts a store's stock itself, in as many of its warehouses as it likes. */
export function isCountedByMarket({ placementType }: Pick<Campaign, 'placementType'>): boolean {
	return COUNTED_BY_MARKET.has(placementType);
}

/** Whether a store's stock may be sent: why not, or undefined. */
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

/** Whether offers of a store may be hidden and shown: why not, or undefined. */
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
