import { apiMethods, type ApiMethod } from './apiMethods';
import type { Refusal } from '../common/refusal';

/** A part of this package's work, and the methods it needs. */
interface Use {
	/** The name users know it by. */
	name: string;
	needs: readonly ApiMethod[];
	/** The narrowest access group that opens it. */
	least: string;
}

const USES = {
	updateStocks: {
		name: 'Update Stocks',
		needs: [apiMethods.updateStocks, apiMethods.updateStocksOnPartnerWarehouses],
		least: 'offers-and-cards-management',
	},
	hideAndUnhideOffers: {
		name: 'Hide Offers and Unhide Offers',
		needs: [apiMethods.addHiddenOffers, apiMethods.deleteHiddenOffers],
		least: 'offers-and-cards-management',
	},
	readOffersAndStocks: {
		name: 'reading stocks, offers and hidden offers',
		needs: [
			apiMethods.getStocks,
			apiMethods.getStocksOnPartnerWarehouses,
			apiMethods.getCampaignOffers,
			apiMethods.getOfferMappings,
			apiMethods.getHiddenOffers,
		],
		least: 'offers-and-cards-management:read-only',
	},
	readWarehouses: {
		name: 'lists of warehouses and their groups',
		needs: [apiMethods.getPartnerWarehouses, apiMethods.getPagedWarehouses],
		least: 'inventory-and-order-processing:read-only',
	},
	switchSales: {
		name: 'switching the sales of a warehouse on and off',
		needs: [apiMethods.updateWarehouseModelStatus],
		least: 'inventory-and-order-processing',
	},
	readStores: {
		name: 'lists of stores',
		needs: [apiMethods.getCampaigns, apiMethods.getCampaign],
		least: 'offers-and-cards-management:read-only',
	},
} as const satisfies Record<string, Use>;

/** Which parts of this package's work a token can serve. */
export interface TokenAccess {
	serves: Record<keyof typeof USES, boolean>;
	/** The same in words. */
	summary: string;
	/** What is missing for the rest, and where to add it. */
	advice: string;
}

/** What to tell a user whose token lacks the access group for a method. */
export function accessMissing({ scopes }: ApiMethod): Refusal & { accessGroup: string } {
	return {
		reason: 'The Api-Key token lacks an access group',
		advice: `Give it one of these in the seller cabinet (API and modules): ${scopes.join(', ')}. A change takes up to 10 minutes.`,
		accessGroup: scopes[scopes.length - 1] as string,
	};
}

/** @param accessGroups of the token, spelled as in the documentation */
export function tokenAccess(accessGroups: readonly string[]): TokenAccess {
	const opens = ({ scopes }: ApiMethod) => scopes.some((scope) => accessGroups.includes(scope));
	const uses = Object.entries(USES) as Array<[keyof typeof USES, Use]>;
	const serves = Object.fromEntries(
		uses.map(([key, { needs }]) => [key, needs.every(opens)]),
	) as TokenAccess['serves'];
	const open = uses.filter(([key]) => serves[key]).map(([, use]) => use);
	const closed = uses.filter(([key]) => !serves[key]).map(([, use]) => use);
	return { serves, summary: summaryOf(open, closed), advice: adviceFor(closed) };
}

/**
 * Why no node of this package can work with a token, or undefined. Every token lists stores, and that alone serves none.
 * A token without any access group is not judged: the Market may not have told them.
 */
export function refuseUseless(accessGroups: readonly string[]): Refusal | undefined {
	const { serves } = tokenAccess(accessGroups);
	const isOfUse = Object.entries(serves).some(([use, is]) => is && use !== 'readStores');
	if (accessGroups.length === 0 || isOfUse) return undefined;
	return {
		reason: `This token cannot send balances: add ${USES.updateStocks.least}`,
		advice: 'Add it in the seller cabinet, under API and modules. A change takes up to 10 minutes.',
	};
}

function summaryOf(open: readonly Use[], closed: readonly Use[]): string {
	if (closed.length === 0) return 'The token serves all nodes of this package';
	const serves =
		open.length === 0
			? 'The token serves no node of this package'
			: `The token serves ${names(open)}`;
	return open.length === 0 ? serves : `${serves}; it does not serve ${names(closed)}`;
}

function adviceFor(closed: readonly Use[]): string {
	if (closed.length === 0) return 'Nothing is missing.';
	const byGroup = new Map<string, Use[]>();
	for (const use of closed) {
		// A group that is already being added for something else may be enough.
		const enough = [...byGroup.keys()].find((group) =>
			use.needs.every(({ scopes }) => scopes.includes(group)),
		);
		const group = enough ?? use.least;
		byGroup.set(group, [...(byGroup.get(group) ?? []), use]);
	}
	const groups = Array.from(byGroup, ([group, uses]) => `${group} for ${names(uses)}`);
	return (
		`To let it serve them, add in the seller cabinet (API and modules) the access group ${groups.join('; ')}. ` +
		'A change takes up to 10 minutes.'
	);
}

function names(uses: readonly Use[]): string {
	return uses.map(({ name }) => name).join(', ');
}
