import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { availableOf } from '../../../market/read/stocks';
import type { ComparedSku } from '../../../market/verify/inputComparison';
import { itemNumber } from '../../../market/common/text';
import { lineInFile } from '../../common/input/lineInFile';
import { readOptions, type OutputOptions } from '../../common/input/options';
import { readParameter } from '../../common/input/parameters';
import { inTurns } from '../../common/engine/turns';
import { passedOn } from '../../common/output/passedOn';
import { saidOnly } from '../../common/output/saidOnly';
import { inputModeProperties } from '../../common/panel/inputMode';
import { includeInputFields, maximumWait, skuProperties } from '../../common/panel/properties';
import { shownFor } from '../../common/panel/shownFor';
import { stockOptionProperties, type StockOptions } from '../../common/stocks/stockOptions';
import { termProperties } from '../../common/stocks/terms';
import { stockProperties, updatedAtProperties } from '../../common/stocks/values';
import { warehouseProperties } from '../../common/stocks/warehouses';
import { comparePlace, type PlaceComparison, type Unnamed } from '../comparing/comparePlace';
import {
	readForStores,
	readForWarehouses,
	type InputItems,
	type InputPlace,
	type InputSide,
} from '../comparing/inputSide';
import { matesOf } from '../comparing/mates';
import { some, summaryOf } from '../comparing/tally';
import type { ReadOperation } from '../reading/operation';
import { placeRefusal } from '../reading/placeRefusal';
import { business, readFrom, store } from '../reading/properties';
import type { PlaceIds, ReadRun } from '../reading/readRun';

/** What the output has. */
const show: INodeProperties = {
	displayName: 'Show',
	name: 'show',
	type: 'options',
	options: [
		{ name: 'All', value: 'all', description: 'One item for each SKU' },
		{
			name: 'Differences',
			value: 'differences',
			description: 'Nothing is put out for what is equal. If all is, the flow ends here.',
		},
	],
	default: 'differences',
	description: 'Which SKUs to put out',
};

/** Whether the whole list of stocks is read. */
const onlyAtMarket: INodeProperties = {
	displayName: 'Offers Only at the Market',
	name: 'onlyAtMarket',
	type: 'boolean',
	default: true,
	description:
		'Whether to look for offers that have stock and that no item names. Turn it off if the input is only a part of the catalogue: then only its SKUs are asked for, 500 in a request instead of 100.',
};

/** The options of this operation that hold for the whole run. */
interface CompareOptions extends StockOptions, OutputOptions {
	show: 'all' | 'differences';
	onlyAtMarket: boolean;
}

/** Compares the balances of the input items with those that the Market shows. */
export const compareStocks: ReadOperation = {
	resource: 'stock',
	option: {
		name: 'Compare',
		value: 'compare',
		description:
			'Read what the Market shows, and compare it with what Update Stocks would send for the input items',
		action: 'Get stock differences',
	},
	properties: [
		readFrom,
		...shownFor({ readFrom: ['store'] }, [store]),
		...shownFor({ readFrom: ['warehouse'] }, [business, ...warehouseProperties]),
		...inputModeProperties,
		...skuProperties,
		...stockProperties,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				...stockOptionProperties,
				...termProperties,
				...updatedAtProperties,
				includeInputFields,
				maximumWait,
				onlyAtMarket,
				show,
			].sort((a, b) => a.displayName.localeCompare(b.displayName)),
		},
	],
	done: 'compared',
	async run(reading) {
		const { context, output, signal } = reading;
		const options = await readCompareOptions(context);
		const isWarehouse = readParameter(context, readFrom) === 'warehouse';
		const input = await (isWarehouse ? readForWarehouses : readForStores)(reading, options);
		if (signal.aborted) return;
		output.hints.push(...input.warnings);
		await tellUnread(input, options, reading);
		await output.throwIfStopping();
		// An agent asks about one SKU: it is told even if nothing differs, and not of others.
		const isAll = options.onlyAtMarket && !reading.isTool;
		const wanted = reading.isTool ? { ...options, show: 'all' as const } : options;
		const unnamedAt = isAll ? await openUnnamed(input, reading) : () => undefined;
		let isSettled = input.refused.length === 0;
		for (const place of input.places) {
			try {
				const unnamed = unnamedAt(place);
				const comparison = await comparePlace(place, unnamed, reading);
				if (signal.aborted) return;
				isSettled &&= comparison.named.every(isKnown);
				await tell(comparison, place, wanted, reading);
				tellAbove(comparison, place, input.places.length > 1, unnamed, reading);
			} catch (error) {
				const refusal = await placeRefusal(error, place.place, reading);
				for (const [position, { sku }] of place.records.entries())
					for (const item of place.items[position] as InputItems)
						output.fail(item, refusal, { sku, place: place.place, isShared: true });
				isSettled = false;
				await output.throwIfStopping();
			}
			if (signal.aborted) return;
		}
		if (isSettled) input.doubts.settle();
		const lineOf = (item: number) => lineInFile(reading.items[item]);
		output.hints.push(...input.doubts.messages((item) => !input.skipped.has(item), lineOf));
	},
};

async function readCompareOptions(context: IExecuteFunctions): Promise<CompareOptions> {
	return await readOptions<CompareOptions>(context, [...stockOptionProperties, onlyAtMarket, show]);
}

/** What is looked for in each place beside the SKUs of the items. Stores that hold one number count as one. */
async function openUnnamed(
	{ places, namedFor }: InputSide,
	reading: ReadRun,
): Promise<(one: InputPlace) => Unnamed> {
	const stores = places.flatMap(({ place }) => place.store ?? []);
	const mates = await matesOf(stores, reading);
	if (mates.refusal)
		reading.output.hints.push(
			'Whether stores hold one number could not be checked: what is said to be only at the Market may be named for ' +
				`another store. ${mates.refusal.reason}. ${mates.refusal.advice}`,
		);
	const found = new Map<unknown, Set<string>>();
	return ({ place: { store: campaignId }, named }) => {
		if (campaignId === undefined) return { named, found: new Set() };
		const together = mates.of(campaignId);
		const first = together[0];
		const ofMates = found.get(first) ?? new Set<string>();
		found.set(first, ofMates);
		return { named: namedFor(together), found: ofMates };
	};
}

/** Whether the catalogue is known to have the SKU. */
function isKnown({ status }: ComparedSku): boolean {
	return status !== 'not in the catalogue' && status !== 'unknown';
}

/** What is said of rows that are not compared. */
async function tellUnread(
	{ refused, skipped }: InputSide,
	options: CompareOptions,
	{ output }: ReadRun,
): Promise<void> {
	await inTurns(refused, ({ item, sku, place, refusal }) =>
		output.fail(item, refusal, { sku, place: { ...place } }),
	);
	if (skipped.size === 0) return;
	output.hints.push(`${skipped.size} blank ${skipped.size === 1 ? 'row' : 'rows'} skipped.`);
	if (options.show === 'differences') return;
	for (const [item, blank] of skipped)
		output.add(item, { status: 'skipped', ...passedOn(blank) }, options.includeInputFields);
}

async function tell(
	{ named, unnamed }: PlaceComparison,
	{ place, items }: InputPlace,
	{ show: wanted, includeInputFields: keepsInput }: CompareOptions,
	{ output, isTool }: ReadRun,
): Promise<void> {
	const describeHere = (one: ComparedSku) => {
		const json = describe(one, place);
		return isTool ? saidOnly(json) : json;
	};
	await inTurns(named, (one, position) => {
		if (wanted === 'differences' && one.status === 'equal') return;
		output.addFor(items[position] as InputItems, describeHere(one), keepsInput);
	});
	await inTurns(unnamed, (one) => output.addLoose(describeHere(one)));
}

function describe(
	{ sku, status, count, stock, isHidden, refusal }: ComparedSku,
	place: PlaceIds,
): IDataObject {
	const { reason = null, advice = null } = refusal ? passedOn(refusal) : {};
	const [meant, ...others] = refusal?.meant ?? [];
	return {
		sku,
		status,
		count: count ?? null,
		available: stock ? availableOf(stock) : null,
		reserved: stock ? (stock.counts.get('FREEZE') ?? 0) : null,
		updatedAt: stock?.updatedAt ?? null,
		...(place.store === undefined ? {} : { hidden: isHidden ?? null }),
		reason,
		advice,
		// Of several, none is known to be the one: the reason names them.
		meant: others.length === 0 ? (meant ?? null) : null,
		...place,
	};
}

/** What stands above the output. */
function tellAbove(
	comparison: PlaceComparison,
	{ place }: InputPlace,
	isOneOfSeveral: boolean,
	unnamed: Unnamed | undefined,
	{ items, output }: ReadRun,
): void {
	const { store: campaignId, warehouse } = place;
	const name = campaignId === undefined ? `Warehouse ${warehouse}` : `Store ${campaignId}`;
	output.hints.push(summaryOf(comparison, isOneOfSeveral ? name : undefined));
	const unreadable = unnamed?.named.unreadable;
	if (unreadable !== undefined) {
		const number = itemNumber(unreadable, lineInFile(items[unreadable]));
		output.hints.push(
			`${name}: item ${number} has no SKU that can be read and may be any offer, so nothing is said to be only at the Market.`,
		);
	}
	if (comparison.unclear > 0)
		output.hints.push(
			`${name}: its own number is not known of ${some(comparison.unclear, 'SKU')} that no item names, so nothing is said of them.`,
		);
	const { hiddenUnknown } = comparison;
	if (hiddenUnknown)
		output.hints.push(
			`${name}: whether offers are hidden could not be read of all. ${hiddenUnknown.reason}. ${hiddenUnknown.advice}`,
		);
}
