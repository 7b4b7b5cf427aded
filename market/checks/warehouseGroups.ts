import type { Each } from '../common/each';
import type { MarketId } from '../records/ids';
import type { Plan, TargetPlan } from '../records/plan';
import type { StoreWarehouse } from '../read/warehouses';
import type { StockRecord } from '../records/stockRecord';
import type { Refusal } from '../common/refusal';
import { itemNumber } from '../common/text';

/**
 * What holds one balance of a SKU for all its stores: a group of warehouses, or a warehouse that stores share. If the
 * Market does not name its warehouses: whatever may do so, or is seen to do so in what stores show.
 */
export interface Holder {
	kind: 'group' | 'warehouse' | 'supposed' | 'seen';
	id: MarketId;
	/** For a holder that was seen: the SKU that shows it, in quotes. */
	name?: string;
	/** Campaign IDs. */
	stores: Set<string>;
}

/** Whether any warehouse of a business is in a group. */
export function hasGroups(warehouses: readonly StoreWarehouse[]): boolean {
	return warehouses.some(({ groupInfo }) => groupInfo);
}

/**
 * What joins stores so that they hold one number, by campaign ID; a store that shares with none is absent. All stores
 * that are joined, even indirectly, have the same list.
 */
export function holdersOfStores(
	warehouses: readonly StoreWarehouse[],
): Map<string, readonly Holder[]> {
	const holders = new Map<string, Holder>();
	for (const { id, name, campaignId, groupInfo } of warehouses) {
		if (campaignId === undefined) continue;
		if (groupInfo) addStore(holders, { kind: 'group', ...groupInfo }, String(campaignId));
		addStore(holders, { kind: 'warehouse', id, name }, String(campaignId));
	}
	return joinStores(holders.values());
}

/** What joins stores, by campaign ID as above, if the holders are known. */
export function joinStores(holders: Iterable<Holder>): Map<string, readonly Holder[]> {
	const ofStores = new Map<string, readonly Holder[]>();
	for (const holder of holders) {
		if (holder.stores.size < 2) continue;
		const joined = [
			...new Set([holder, ...[...holder.stores].flatMap((store) => ofStores.get(store) ?? [])]),
		];
		for (const { stores } of joined) for (const store of stores) ofStores.set(store, joined);
	}
	return ofStores;
}

/** Treats stores as joined if it is unknown whether anything joins them: contradictions among them may be wrong. */
export function supposedHolders(stores: readonly string[]): Map<string, readonly Holder[]> {
	return joinStores([{ kind: 'supposed', id: '', stores: new Set(stores) }]);
}

function addStore(
	holders: Map<string, Holder>,
	{ kind, id, name }: Omit<Holder, 'stores'>,
	store: string,
): void {
	const key = `${kind} ${id}`;
	const holder = holders.get(key) ?? { kind, id, name, stores: new Set<string>() };
	holder.stores.add(store);
	holders.set(key, holder);
}

/**
 * Finds SKUs for which a run does not give one number to stores that hold one: it gives several, so the request that
 * comes last would win, or an item of one of the stores was refused. By plan: the positions of the records, and why they
 * are refused.
 *
 * Source: updateStocks in the Market's documentation: for a group, send for only one of its stores.
 *
 * @param plans what would be sent
 * @param said what the run's items say, even if it will not be sent
 */
export async function conflictsOfStores<R extends StockRecord>(
	plans: ReadonlyArray<TargetPlan<R>>,
	said: Plan<R>,
	holders: ReadonlyMap<string, readonly Holder[]>,
	each: Each,
): Promise<Map<TargetPlan<R>, Map<number, Refusal>>> {
	const conflicts = new Map<TargetPlan<R>, Map<number, Refusal>>();
	const claims = await claimsOfMates(said, holders, each);
	for (const plan of plans) {
		const joined = holders.get(plan.targetId);
		const bySku = joined && claims.get(joined);
		if (!bySku) continue;
		const refused = new Map<number, Refusal>();
		await each(plan.records, ({ sku }, position) => {
			const refusal = disagreement(bySku.get(sku) ?? [], plan.targetId, joined);
			if (refusal) refused.set(position, refusal);
		});
		if (refused.size > 0) conflicts.set(plan, refused);
	}
	return conflicts;
}

/** The SKUs for which several stores are to be sent different numbers, in the order of the plans. */
export async function differingSkus<R extends StockRecord>(
	plans: ReadonlyArray<TargetPlan<R>>,
	each: Each,
): Promise<string[]> {
	if (plans.length < 2) return [];
	const counts = new Map<string, number>();
	const differing = new Set<string>();
	for (const { records } of plans) {
		await each(records, ({ sku, count }) => {
			const known = counts.get(sku);
			if (known === undefined) counts.set(sku, count);
			else if (known !== count) differing.add(sku);
		});
	}
	return [...differing];
}

/** What a run says about a SKU in one store: a number, or an item that was refused, as texts number it. */
interface Claim {
	store: string;
	said: number | { item: string; refusal: Refusal };
}

/** What is said about each SKU, by what joins the stores; only for stores that have mates in this run. */
async function claimsOfMates<R extends StockRecord>(
	{ targets, refused, lineOf }: Plan<R>,
	holders: ReadonlyMap<string, readonly Holder[]>,
	each: Each,
): Promise<Map<readonly Holder[], Map<string, Claim[]>>> {
	const storesInRun = new Set(targets.map(({ targetId }) => targetId));
	for (const { targetId } of refused.values())
		if (targetId !== undefined) storesInRun.add(targetId);
	const mates = new Map<readonly Holder[], number>();
	for (const store of storesInRun) {
		const joined = holders.get(store);
		if (joined) mates.set(joined, (mates.get(joined) ?? 0) + 1);
	}
	const claims = new Map<readonly Holder[], Map<string, Claim[]>>();
	for (const [joined, stores] of mates) if (stores > 1) claims.set(joined, new Map());
	if (claims.size === 0) return claims;

	const add = (sku: string, claim: Claim) => {
		const bySku = claims.get(holders.get(claim.store) ?? []);
		const known = bySku?.get(sku);
		if (known) known.push(claim);
		else bySku?.set(sku, [claim]);
	};
	for (const { targetId, records } of targets) {
		await each(records, ({ sku, count }) => add(sku, { store: targetId, said: count }));
	}
	await each([...refused], ([item, { sku, targetId, refusal }]) => {
		if (sku !== undefined && targetId !== undefined)
			add(sku, { store: targetId, said: { item: itemNumber(item, lineOf?.(item)), refusal } });
	});
	return claims;
}

/** What to do if one of the items was refused. */
const CORRECT = {
	joined:
		'Correct that item, or leave out the rows of all stores but one: the Market shows its balance in the others.',
	supposed:
		'Correct that item. Or run again later, when the Market tells it; if Maximum Wait is set, give it more minutes.',
};

/** What to do if there are several numbers. */
const DECIDE = {
	joined: 'Send the balance for one of these stores only: the Market shows it in the others.',
	supposed:
		'Run again later, when the Market tells it; if Maximum Wait is set, give it more minutes. Or send the balance for ' +
		'one of these stores only: if they hold one number, the Market shows it in the others.',
};

/** Why a record of a store is not sent, if the joined stores do not agree on one number for its SKU. */
function disagreement(
	claims: readonly Claim[],
	store: string,
	joined: readonly Holder[],
): Refusal | undefined {
	const [first, ...rest] = claims;
	if (!first) return undefined;
	for (const { store: mate, said } of claims) {
		if (typeof said === 'number') continue;
		const { how, what, certainty = 'joined' } = bond(store, mate, joined);
		return {
			reason:
				`Stores ${store} and ${mate} ${how}, and item ${said.item}, which has this SKU for the other one, was refused ` +
				`(${said.refusal.reason}): ${what} one number, which is not known without it`,
			advice: CORRECT[certainty],
		};
	}
	const other = rest.find(({ said }) => said !== first.said);
	if (!other) return undefined;
	const { how, what, certainty = 'joined' } = bond(first.store, other.store, joined);
	return {
		reason:
			`Stores ${first.store} and ${other.store} ${how}, and this run has ${first.said} for the one and ${other.said} for ` +
			`the other: ${what} one number`,
		advice: DECIDE[certainty],
	};
}

/** How two stores are joined, in words, and whether that is only supposed. */
function bond(
	one: string,
	other: string,
	joined: readonly Holder[],
): { how: string; what: string; certainty?: 'supposed' } {
	if (joined.some(({ kind }) => kind === 'supposed')) {
		return {
			how: 'may hold one number together (the Market did not tell)',
			what: 'if they do, they hold',
			certainty: 'supposed',
		};
	}
	const seen = joined.find(({ kind }) => kind === 'seen');
	if (seen)
		return { how: `hold one number together, as SKU ${nameOf(seen)} shows`, what: 'there is' };
	const common = joined.filter(({ stores }) => stores.has(one) && stores.has(other));
	const group = common.find(({ kind }) => kind === 'group');
	if (group)
		return { how: `are in one warehouse group (${nameOf(group)})`, what: 'the group holds' };
	const [warehouse] = common;
	if (warehouse)
		return { how: `sell from one warehouse (${nameOf(warehouse)})`, what: 'the warehouse holds' };
	const chain = joined.map(
		(holder) => `${holder.kind === 'group' ? 'warehouse group' : 'warehouse'} ${nameOf(holder)}`,
	);
	return { how: `are joined by ${chain.join(' and ')}`, what: 'together they hold' };
}

function nameOf({ id, name }: Holder): string {
	return name ?? String(id);
}
