import type { ApiAvailability, PlacementType } from '../../contract';
import type { Business, Store } from '../../stores';
import type { Caller } from '../callers';
import { Refusal } from '../refusal';
import type { Inbound } from './operation';

const UNAVAILABLE: Record<Exclude<ApiAvailability, 'AVAILABLE'>, string> = {
	DISABLED_BY_INACTIVITY: 'disabled due to inactivity.',
	DISABLED_BY_NO_ACTIVE_CONTRACT: 'disabled because there are no active contracts with Market.',
	MANUALLY_DISABLED: 'manually disabled.',
	DISABLED_BY_NO_PLACEMENT_TYPE: 'disabled because it has no placement program.',
};

/** The Market lists EXPRESS stores as FBS, but names both models when it refuses the others. */
const NAMED_MODELS: Record<PlacementType, string> = {
	FBY: 'FBY',
	FBS: 'FBS',
	DBS: 'DBS, EXPRESS',
	LAAS: 'LAAS',
};

/** Whether a caller may see a store: a token opens one business, an OAuth user all. */
export function mayUse(caller: Caller, store: Store): boolean {
	return caller.apiKey === undefined || caller.apiKey.businessId === store.businessId;
}

/**
 * The store of a call's path, open to the API or not.
 * @throws Refusal 400, 403 or 404.
 */
export function findStore(call: Inbound): Store {
	const campaignId = readId(call, 'campaignId');
	const store = call.state.store(campaignId);
	if (store === undefined) throw new Refusal(404, `Campaign not found '${campaignId}'`);
	if (!mayUse(call.caller, store))
		throw new Refusal(403, `No access to campaigns: ${store.campaignId}`);
	const { businessHeader } = call.caller;
	if (businessHeader !== undefined && businessHeader !== String(store.businessId)) {
		throw new Refusal(403, 'Access denied');
	}
	return store;
}

/**
 * The business of a call's path. One that does not exist is refused like somebody else's: the method has no 404.
 * @throws Refusal 400 or 403.
 */
export function findBusiness(call: Inbound): Business {
	const businessId = readId(call, 'businessId');
	const { businessHeader } = call.caller;
	if (businessHeader !== undefined && businessHeader !== String(businessId)) {
		throw new Refusal(
			400,
			`X-Business-Id '${businessHeader}' does not match businessId '${businessId}'`,
		);
	}
	const stores = call.state.stores.filter((candidate) => candidate.businessId === businessId);
	const [store] = stores;
	if (store === undefined || !mayUse(call.caller, store)) throw new Refusal(403, 'Access denied');
	if (stores.every(({ apiAvailability }) => apiAvailability !== 'AVAILABLE')) {
		throw new Refusal(
			403,
			`API for business ${businessId} disabled because it has only disabled partners.`,
		);
	}
	return store;
}

/**
 * The store of a call's path, if the method may be used on it.
 * @throws Refusal 400, 403, 404 or 423.
 */
export function openStore(call: Inbound): Store {
	const store = findStore(call);
	const { campaignId, apiAvailability, placementType } = store;
	if (apiAvailability !== 'AVAILABLE') {
		throw new Refusal(403, `API for campaign ${campaignId} ${UNAVAILABLE[apiAvailability]}`);
	}
	const { models, lockedByMigration } = call.contract;
	if (models !== undefined && !models.includes(placementType)) {
		const allowed = models.map((model) => NAMED_MODELS[model]).join(', ');
		throw new Refusal(400, `Campaign type is not allowed. Allowed campaign types: ${allowed}`);
	}
	if (lockedByMigration === true && call.state.switches.migrating.includes(campaignId)) {
		throw new Refusal(423, 'Campaign is in business migration');
	}
	return store;
}

/** @throws Refusal 403 if a store is asked for that is not the business's or does not exist. */
export function refuseOthersStores(
	{ state }: Inbound,
	businessId: number,
	campaignIds: readonly number[],
): void {
	const others = campaignIds.filter(
		(campaignId) => state.store(campaignId)?.businessId !== businessId,
	);
	if (others.length > 0) throw new Refusal(403, `No access to campaigns: ${others.join(', ')}`);
}

function readId(call: Inbound, name: 'campaignId' | 'businessId'): number {
	const text = call[name] ?? '';
	if (!/^[1-9]\d{0,14}$/.test(text))
		throw new Refusal(400, `Type mismatch: ${name} is not a number: '${text}'`);
	return Number(text);
}
