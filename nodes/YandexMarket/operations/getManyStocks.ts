import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { RunPorts } from '../../../market/pacing/runPorts';
import {
	findStocks,
	listStocks,
	type ShownStock,
	type StockPlace,
} from '../../../market/read/stocks';
import { accepted, type Checked } from '../../../market/common/refusal';
import {
	openStoreNumber,
	type NumberOf,
	type StoreStock,
} from '../../../market/checks/storeNumber';
import { warehouse } from '../../common/panel/locators';
import { readParameter } from '../../common/input/parameters';
import { warehouseLists } from '../../common/connection/processMemory';
import { answerItems } from '../reading/answerItems';
import { listAt } from '../reading/listAt';
import { shownFor } from '../../common/panel/shownFor';
import type { ReadOperation } from '../reading/operation';
import { refuseWrongWarehouse } from '../reading/placeRefusal';
import { storePlace, warehousePlace, type PlaceOf } from '../reading/places';
import {
	business,
	offerOptions,
	offerProperties,
	readFrom,
	simplify,
	store,
} from '../reading/properties';
import type { PlaceIds, ReadRun } from '../reading/readRun';
import { asksForItems, isSimple } from '../reading/wishes';
import { passedOn } from '../../common/output/passedOn';

/** Balances of a store or a warehouse: of all its offers, or of the SKUs of the input items. */
export const getManyStocks: ReadOperation = {
	resource: 'stock',
	option: {
		name: 'Get Many',
		value: 'getAll',
		description:
			'Read how many units the Market shows: available, reserved for orders, and sellable (both together). Of several warehouses of a store its own counts; for FBY, their sum.',
		action: 'Get many stock balances',
	},
	isDefault: true,
	properties: [
		readFrom,
		...shownFor({ readFrom: ['store'] }, [store]),
		...shownFor({ readFrom: ['warehouse'] }, [business, warehouse]),
		...offerProperties,
		simplify,
		offerOptions(),
	],
	async run(reading) {
		const show = isSimple(reading) ? flat : raw;
		const placeOf = openPlace(reading.context);
		if (asksForItems(reading)) await lookUp(reading, placeOf, show);
		else await list(reading, placeOf, show);
	},
};

type Show = (stock: StoreStock, sku: string) => IDataObject;

function openPlace(context: IExecuteFunctions): PlaceOf<PlaceIds> {
	return readParameter(context, readFrom) === 'warehouse'
		? warehousePlace(context)
		: storePlace(context);
}

async function list(reading: ReadRun, placeOf: PlaceOf<PlaceIds>, show: Show): Promise<void> {
	await listAt(reading, {
		placeOf,
		read: (place, ports) => readAll(place, ports, reading),
		show: (stocks, place) =>
			stocks.map((stock) => ({ sku: stock.sku, ...show(stock, stock.sku), ...place })),
		nothing: (place) => `The Market shows no offers in ${nameOf(place)}.`,
	});
}

async function* readAll(
	place: PlaceIds,
	ports: RunPorts,
	reading: ReadRun,
): AsyncGenerator<ShownStock[]> {
	let isEmpty = true;
	for await (const stocks of listStocks(stockPlace(place), ports)) {
		isEmpty &&= stocks.length === 0;
		yield stocks;
	}
	if (isEmpty) await refuseWrongWarehouse(place, reading);
}

async function lookUp(reading: ReadRun, placeOf: PlaceOf<PlaceIds>, show: Show): Promise<void> {
	await answerItems(reading, {
		placeOf,
		find: async (place, skus, ports) => {
			const bySku = new Map<string, ShownStock[]>();
			for await (const stock of findStocks(stockPlace(place), skus, ports)) {
				bySku.set(stock.sku, [...(bySku.get(stock.sku) ?? []), stock]);
			}
			if (bySku.size === 0) await refuseWrongWarehouse(place, reading);
			return await answersOf(bySku, place, ports, reading, show);
		},
		missing: (place) => ({
			status: 'not in the catalogue',
			reason: `The Market shows no such SKU in ${nameOf(place)}: it is not in the catalogue there`,
			advice:
				'Check that the SKU is written exactly as in the catalogue: 557722 and 0557722 are different.',
		}),
		unknown: (count) => `${count} items have a SKU that is not in the catalogue there.`,
	});
}

async function answersOf(
	bySku: ReadonlyMap<string, readonly ShownStock[]>,
	place: PlaceIds,
	ports: RunPorts,
	{ account, output }: ReadRun,
	show: Show,
): Promise<Map<string, IDataObject>> {
	const warehouses = new Set(
		[...bySku.values()].flat().map(({ warehouseId }) => String(warehouseId)),
	);
	const known = { lists: warehouseLists, apiUrl: account.apiUrl, accessKey: account.accessKey };
	const { store } = place;
	const numberOf: NumberOf =
		store === undefined
			? ([only]) => accepted(only as ShownStock)
			: await openStoreNumber(store, warehouses, known, ports);
	let unknown = 0;
	const answers = new Map<string, IDataObject>();
	for (const [sku, stocks] of bySku) {
		const number = numberOf(stocks);
		if (!number.ok) unknown += 1;
		answers.set(sku, found(sku, stocks, number, show));
	}
	if (unknown > 0) output.hints.push(numbersUnknown(unknown, place));
	return answers;
}

/** The balance of a SKU: the store's number, with what each warehouse has unless it is the number of a single one. */
function found(
	sku: string,
	shown: readonly ShownStock[],
	number: Checked<StoreStock>,
	show: Show,
): IDataObject {
	const warehouses = shown.map((stock) => show(stock, sku));
	if (!number.ok)
		return { ...unknownNumber, status: 'found', ...passedOn(number.refusal), warehouses };
	const json = { ...show(number.value, sku), status: 'found' };
	return shown.length === 1 && shown[0] === number.value ? json : { ...json, warehouses };
}

function numbersUnknown(count: number, place: PlaceIds): string {
	return `The number of ${count} ${count === 1 ? 'SKU' : 'SKUs'} in ${nameOf(place)} is not known: see reason and advice.`;
}

/** No number is better than the number of just any warehouse. */
const unknownNumber = {
	available: null,
	reserved: null,
	sellable: null,
	warehouseId: null,
	updatedAt: null,
};

/** In words, instead of the Market's AVAILABLE, FREEZE and FIT. A count that it leaves out is zero. */
function flat({ warehouseId, counts, updatedAt }: StoreStock): IDataObject {
	const units = (type: string) => counts.get(type) ?? 0;
	return {
		available: units('AVAILABLE'),
		reserved: units('FREEZE'),
		sellable: units('FIT'),
		warehouseId: warehouseId === undefined ? null : String(warehouseId),
		updatedAt: updatedAt ?? null,
	};
}

/** As the Market writes it. */
function raw({ warehouseId, counts, updatedAt }: StoreStock, sku: string): IDataObject {
	const stocks = Array.from(counts, ([type, count]) => ({ type, count }));
	return {
		...(warehouseId === undefined ? {} : { warehouseId }),
		offerId: sku,
		stocks,
		...(updatedAt === undefined ? {} : { updatedAt }),
	};
}

function stockPlace({
	store: campaignId = '',
	business: businessId,
	warehouse: warehouseId,
}: PlaceIds): StockPlace {
	return businessId && warehouseId ? { businessId, warehouseId } : { campaignId };
}

function nameOf({ store: id, warehouse: warehouseId }: PlaceIds): string {
	return id === undefined ? `warehouse ${warehouseId}` : `store ${id}`;
}
