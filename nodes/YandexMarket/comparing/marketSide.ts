import {
	openStoreNumber,
	type NumberOf,
	type StoreNumber,
} from '../../../market/checks/storeNumber';
import { answeringStore } from '../../../market/checks/storeCheck';
import { accepted, type Refusal } from '../../../market/common/refusal';
import type { RunPorts } from '../../../market/pacing/runPorts';
import { findHiddenOffers } from '../../../market/read/hiddenOffers';
import { refusalOf } from '../../../market/read/refusalOf';
import { addStock, findStocks, listStocks, type ShownStock } from '../../../market/read/stocks';
import type { StockRecord } from '../../../market/records/stockRecord';
import type { Unlisted } from '../../../market/verify/inputComparison';
import { catalogues, warehouseLists } from '../../common/connection/processMemory';
import { inTurns } from '../../common/engine/turns';
import { campaignsOf } from '../../common/write/knownIds';
import { refuseWrongWarehouse } from '../reading/placeRefusal';
import { ownerOf } from '../reading/portsAt';
import type { ReadRun } from '../reading/readRun';
import type { InputPlace } from './inputSide';

/** What the Market shows of a place, one number for each SKU that it lists there. */
export type ShownNumbers = ReadonlyMap<string, StoreNumber>;

/**
 * Reads the balances of a place: all of them, or those of the SKUs that the input names.
 *
 * @throws MarketReadRefused, also if the list breaks off: then nothing can be said of what it does not show
 */
export async function readNumbers(
	{ place, stocks, records }: InputPlace,
	isAll: boolean,
	ports: RunPorts,
	reading: ReadRun,
): Promise<ShownNumbers> {
	const shown = new Map<string, ShownStock[]>();
	if (isAll) {
		for await (const page of listStocks(stocks, ports))
			for (const stock of page) addStock(shown, stock);
	} else {
		const skus = records.map(({ sku }) => sku);
		for await (const stock of findStocks(stocks, skus, ports)) addStock(shown, stock);
	}
	if (shown.size === 0) await refuseWrongWarehouse(place, reading);
	const warehouses = new Set(
		[...shown.values()].flatMap((all) => all.map(({ warehouseId }) => String(warehouseId))),
	);
	const { apiUrl, accessKey } = reading.account;
	const numberOf: NumberOf =
		place.store === undefined
			? ([only]) => accepted(only as ShownStock)
			: await openStoreNumber(
					place.store,
					warehouses,
					{ lists: warehouseLists, apiUrl, accessKey },
					ports,
				);
	const numbers = new Map<string, StoreNumber>();
	await inTurns([...shown], ([sku, all]) => void numbers.set(sku, numberOf(all)));
	return numbers;
}

/**
 * Asks the catalogue about SKUs of which the Market lists no balance: an offer that never had one is not listed.
 *
 * @returns how to judge each of them
 */
export async function askCatalogue(
	records: readonly StockRecord[],
	{ place }: InputPlace,
	ports: RunPorts,
	reading: ReadRun,
): Promise<(sku: string) => Unlisted> {
	if (records.length === 0) return () => ({ kind: 'inCatalogue' });
	const { apiUrl, accessKey } = reading.account;
	const owner = await ownerOfCatalogue(place, reading);
	const { refusals, untold } = await catalogues.check(
		records,
		{ apiUrl, accessKey, ...owner },
		ports,
		inTurns,
	);
	return (sku) => {
		const refusal = refusals.get(sku);
		if (refusal) return { kind: 'notInCatalogue', refusal };
		return untold?.skus.has(sku)
			? { kind: 'untold', refusal: untoldOf(untold.refusal) }
			: { kind: 'inCatalogue' };
	};
}

async function ownerOfCatalogue({ store, business }: InputPlace['place'], reading: ReadRun) {
	if (store !== undefined) {
		const owner = await ownerOf(store, reading);
		return { campaignId: store, ...(owner !== undefined && { businessId: String(owner) }) };
	}
	return {
		businessId: business,
		findStore: async () => {
			const campaigns = await campaignsOf(reading);
			return campaigns.ok && business !== undefined
				? answeringStore(business, campaigns.value)
				: undefined;
		},
	};
}

function untoldOf({ reason, advice }: Refusal): Refusal {
	return {
		reason: `The Market shows no balance of it, and whether the catalogue has it could not be checked. ${reason}`,
		advice,
	};
}

/** Which offers buyers do not see. */
export interface Visible {
	/** Undefined if it is not known. */
	isHidden(sku: string): boolean | undefined;
	/** Why that is not known of all. */
	refusal?: Refusal;
}

/** Asks a store's list of hidden offers. A warehouse has no such list: nothing is known of its offers. */
export async function askHidden(
	{ place: { store } }: InputPlace,
	skus: readonly string[],
	ports: RunPorts,
): Promise<Visible> {
	if (store === undefined || skus.length === 0) return { isHidden: () => undefined };
	const { hidden, failed } = await findHiddenOffers(store, skus, 'none', ports);
	const [error] = failed.values();
	return {
		isHidden: (sku) => (failed.has(sku) ? undefined : hidden.has(sku)),
		refusal: error === undefined ? undefined : refusalOf(error),
	};
}
