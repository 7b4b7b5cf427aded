import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { namedSkusOf, type NamedSkus } from '../../../market/records/namedSkus';
import { planTargets, type Plan, type PlanRules } from '../../../market/records/plan';
import { SkuDoubts } from '../../../market/records/skuDoubts';
import {
	cleanStock,
	cleanWarehouseStock,
	type StockRecord,
	type StockRow,
	type WarehouseStockRecord,
	type WarehouseStockRow,
} from '../../../market/records/stockRecord';
import type { StockPlace } from '../../../market/read/stocks';
import type { Refusal } from '../../../market/common/refusal';
import { openBlankness, rowsToSkip, type Blankness } from '../../common/input/blankRows';
import { lineInFile } from '../../common/input/lineInFile';
import type { Place, ReadRow } from '../../common/input/places';
import { inTurns } from '../../common/engine/turns';
import { mergeRules } from '../../common/stocks/mergeRules';
import { openStocks, type StockReader } from '../../common/stocks/openStocks';
import { openStoreRows, openWarehouseRows, warehouseKeyOf } from '../../common/stocks/rows';
import type { StockOptions } from '../../common/stocks/stockOptions';
import { stockValues } from '../../common/stocks/values';
import { openWarehouseField } from '../../common/stocks/warehouses';
import type { PlaceIds, ReadRun } from '../reading/readRun';

/** The numbers of the input items behind a record. */
export type InputItems = readonly [number, ...number[]];

/** What the input says of one store or warehouse. */
export interface InputPlace {
	place: PlaceIds;
	/** Where its balances are read. */
	stocks: StockPlace;
	records: StockRecord[];
	/** The input items behind each record. */
	items: InputItems[];
	named: NamedHere;
}

/** The SKUs that items name for a place, also those of rows that were refused. */
export interface NamedHere {
	has(sku: string): boolean;
	all(): Iterable<string>;
	/** The first item whose SKU could not be read; undefined if there is none. */
	unreadable: number | undefined;
}

/** A row that cannot be compared. */
export interface InputRefusal {
	item: number;
	sku?: string;
	place: Place;
	refusal: Refusal;
}

/** What the input says, read as Update Stocks reads it. */
export interface InputSide {
	places: InputPlace[];
	/** What items name for any of these stores. */
	namedFor(stores: readonly string[]): NamedHere;
	refused: InputRefusal[];
	/** Blank rows, by the item's number. */
	skipped: ReadonlyMap<number, Refusal>;
	doubts: SkuDoubts;
	/** What the user should know about all that was read. */
	warnings: string[];
}

/** What differs between balances of stores and of warehouses. */
interface Way<S extends StockRow, R extends StockRecord> {
	rowOf(itemIndex: number): ReadRow<S>;
	blanknessOf(itemIndex: number): Blankness | undefined;
	finish: PlanRules<S, R>['finish'];
	keyOf(record: R): string;
	/** The places of the plan of one store or business. */
	placesOf(target: Plan<R>['targets'][number], named: NamedSkus): InputPlace[];
}

/**
 * Reads the items as balances of stores.
 *
 * @throws NodeOperationError if the parameters do not say where the balances are
 */
export async function readForStores(reading: ReadRun, options: StockOptions): Promise<InputSide> {
	return await readInput<StockRow, StockRecord>(reading, options, (context, items, stocks) => ({
		rowOf: openStoreRows(context, stocks),
		blanknessOf: openBlankness(context, items, stockValues),
		finish: (row) => cleanStock(row, options),
		keyOf: ({ sku }) => sku,
		placesOf: ({ targetId, records, items: firsts, together }, named) => [
			{
				place: { store: targetId },
				stocks: { campaignId: targetId },
				records,
				items: firsts.map((item, position) => behind(item, together.get(position))),
				named: namedAt(named, [targetId], (sku) => sku),
			},
		],
	}));
}

/**
 * Reads the items as balances in warehouses.
 *
 * @throws NodeOperationError if the parameters do not say where the balances are
 */
export async function readForWarehouses(
	reading: ReadRun,
	options: StockOptions,
): Promise<InputSide> {
	return await readInput<WarehouseStockRow, WarehouseStockRecord>(
		reading,
		options,
		(context, items, stocks) => ({
			rowOf: openWarehouseRows(context, items, stocks),
			blanknessOf: openBlankness(context, items, stockValues, openWarehouseField(context, items)),
			finish: (row) => cleanWarehouseStock(row, options),
			keyOf: warehouseKeyOf,
			placesOf: warehousesOf,
		}),
	);
}

function warehousesOf(
	{ targetId: business, records, items, together }: Plan<WarehouseStockRecord>['targets'][number],
	named: NamedSkus,
): InputPlace[] {
	const places = new Map<string, InputPlace>();
	records.forEach((record, position) => {
		const { warehouseId } = record;
		const one = places.get(warehouseId) ?? {
			place: { business, warehouse: warehouseId },
			stocks: { businessId: business, warehouseId },
			records: [],
			items: [],
			named: namedAt(named, [business], (sku) => warehouseKeyOf({ sku, warehouseId })),
		};
		places.set(warehouseId, one);
		one.records.push(record);
		one.items.push(behind(items[position] as number, together.get(position)));
	});
	return [...places.values()];
}

function behind(first: number, together: readonly number[] = [first]): InputItems {
	return together as InputItems;
}

function namedAt(
	named: NamedSkus,
	targetIds: readonly string[],
	keyOf: (sku: string) => string,
): NamedHere {
	return {
		has: (sku) => targetIds.some((id) => named.has(id, keyOf(sku), sku)),
		*all() {
			for (const id of targetIds) yield* named.skusOf(id);
		},
		unreadable: targetIds.map((id) => named.unreadable(id)).find((item) => item !== undefined),
	};
}

async function readInput<S extends StockRow, R extends StockRecord>(
	{ context, items, signal }: ReadRun,
	options: StockOptions,
	openWay: (
		context: IExecuteFunctions,
		items: readonly INodeExecutionData[],
		stocks: StockReader,
	) => Way<S, R>,
): Promise<InputSide> {
	const doubts = new SkuDoubts();
	const stocks = openStocks(context, items, options, doubts);
	const { rowOf, blanknessOf, finish, keyOf, placesOf } = openWay(context, items, stocks);
	const rows: Array<ReadRow<S>> = [];
	await inTurns(items, (_, index) => void rows.push(rowOf(index)), signal);
	const skipped = await rowsToSkip(rows, items, blanknessOf, signal);
	const read = skipped.size === 0 ? rows : rows.filter(({ index }) => !skipped.has(index));
	const rules = { ...mergeRules<S>(options), finish };
	const plan = await planTargets(read, rules, inTurns, (item) => lineInFile(items[item]));
	const named = await namedSkusOf(plan, keyOf, inTurns);
	const refused = Array.from(plan.refused, ([item, { sku, refusal }]) => ({
		item,
		sku,
		refusal,
		place: rows[item]?.place ?? {},
	}));
	return {
		places: plan.targets.flatMap((target) => placesOf(target, named)),
		namedFor: (stores) => namedAt(named, stores, (sku) => sku),
		refused,
		skipped,
		doubts,
		warnings: stocks.warnings(plan),
	};
}
