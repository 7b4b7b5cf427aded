import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Ports } from '../../../market/ports';
import { findStocks, listStocks, type ShownStock, type StockPlace } from '../../../market/reads/stocks';
import { warehouse } from '../../common/locators';
import { readParameter } from '../../common/parameters';
import { answerItems } from '../answerItems';
import { listAt } from '../listAt';
import { shownFor, type ReadOperation } from '../operation';
import { refuseWrongWarehouse } from '../placeRefusal';
import { storePlace, warehousePlace, type PlaceOf } from '../places';
import { business, offerOptions, offerProperties, simplify, store } from '../properties';
import type { Place, Reading } from '../reading';
import { asksForItems, isSimple } from '../wishes';

/** What the balances are of. */
const readFrom: INodeProperties = {
	displayName: 'From',
	name: 'readFrom',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Store', value: 'store', description: 'Any store, also one whose stock the Market counts (FBY)' },
		{
			name: 'Warehouse',
			value: 'warehouse',
			description: 'One of a business without warehouse groups, to which balances are sent by warehouse',
		},
	],
	default: 'store',
};

/** Balances of a store or a warehouse: of all its offers, or of the SKUs of the input items. */
export const getManyStocks: ReadOperation = {
	resource: 'stock',
	option: {
		name: 'Get Many',
		value: 'getAll',
		description: 'Read how many units the Market shows as available, reserved and fit, by SKU',
		action: 'Get many stock balances',
	},
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

type Show = (stock: ShownStock) => IDataObject;

function openPlace(context: IExecuteFunctions): PlaceOf<Place> {
	return readParameter(context, readFrom) === 'warehouse' ? warehousePlace(context) : storePlace(context);
}

async function list(reading: Reading, placeOf: PlaceOf<Place>, show: Show): Promise<void> {
	await listAt(reading, {
		placeOf,
		read: (place, ports) => readAll(place, ports, reading),
		show: (stocks, place) => stocks.map((stock) => ({ sku: stock.sku, ...place, ...show(stock) })),
		nothing: (place) => `The Market shows no offers in ${nameOf(place)}.`,
	});
}

async function* readAll(place: Place, ports: Ports, reading: Reading): AsyncGenerator<ShownStock[]> {
	let isEmpty = true;
	for await (const stocks of listStocks(stockPlace(place), ports, reading.stats)) {
		isEmpty &&= stocks.length === 0;
		yield stocks;
	}
	if (isEmpty) await refuseWrongWarehouse(place, reading);
}

async function lookUp(reading: Reading, placeOf: PlaceOf<Place>, show: Show): Promise<void> {
	await answerItems(reading, {
		placeOf,
		find: async (place, skus, ports) => {
			const bySku = new Map<string, ShownStock[]>();
			for await (const stock of findStocks(stockPlace(place), skus, ports, reading.stats)) {
				bySku.set(stock.sku, [...(bySku.get(stock.sku) ?? []), stock]);
			}
			if (bySku.size === 0) await refuseWrongWarehouse(place, reading);
			return new Map(Array.from(bySku, ([sku, stocks]) => [sku, found(stocks, show)]));
		},
		missing: (place) => ({
			status: 'not in the catalogue',
			reason: `The Market shows no such SKU in ${nameOf(place)}: it is not in the catalogue there`,
			advice: 'Check that the SKU is written exactly as in the catalogue: 557722 and 0557722 are different.',
		}),
		unknown: (count) => `${count} items have a SKU that is not in the catalogue there.`,
	});
}

/**
 * The balance of a SKU. A store may show it in several warehouses (FBS beside the Market's warehouse for returns, FBY in
 * all of the Market's): the one that changed last stands for it, and the others are told beside it.
 */
function found(stocks: readonly ShownStock[], show: Show): IDataObject {
	const momentOf = ({ updatedAt }: ShownStock) => Date.parse(updatedAt ?? '') || 0;
	const [latest, ...others] = [...stocks].sort((a, b) => momentOf(b) - momentOf(a)) as [ShownStock, ...ShownStock[]];
	const json = { ...show(latest), status: 'found' };
	return others.length > 0 ? { ...json, otherWarehouses: others.map(show) } : json;
}

/** What the Market leaves out is none. */
function flat({ warehouseId, counts, updatedAt }: ShownStock): IDataObject {
	const units = (type: string) => counts.get(type) ?? 0;
	return {
		warehouseId: String(warehouseId),
		available: units('AVAILABLE'),
		fit: units('FIT'),
		freeze: units('FREEZE'),
		updatedAt: updatedAt ?? null,
	};
}

/** As the Market writes it. */
function raw({ warehouseId, sku, counts, updatedAt }: ShownStock): IDataObject {
	const stocks = Array.from(counts, ([type, count]) => ({ type, count }));
	return { warehouseId, offerId: sku, stocks, ...(updatedAt === undefined ? {} : { updatedAt }) };
}

function stockPlace({ store: campaignId = '', business: businessId, warehouse: warehouseId }: Place): StockPlace {
	return businessId && warehouseId ? { businessId, warehouseId } : { campaignId };
}

function nameOf({ store: id, warehouse: warehouseId }: Place): string {
	return id === undefined ? `warehouse ${warehouseId}` : `store ${id}`;
}
