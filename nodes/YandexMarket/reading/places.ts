import type { IExecuteFunctions } from 'n8n-workflow';

import { accepted, type Checked } from '../../../market/common/refusal';
import { openLocator } from '../../common/input/locators';
import { inTurns } from '../../common/engine/turns';
import type { PlaceIds, ReadRun } from './readRun';

/** The place of each input item. */
export type PlaceOf<P extends PlaceIds> = (item: number) => Checked<P>;

/** Input items for the same place, by their numbers. */
export interface AtPlace<P extends PlaceIds> {
	place: P;
	items: number[];
}

/** The parameter Store. */
export function storePlace(context: IExecuteFunctions): PlaceOf<{ store: string }> {
	const store = openLocator(context, 'store');
	return (item) => named(store(item), (id) => ({ store: id }));
}

/** The parameter Business. */
export function businessPlace(context: IExecuteFunctions): PlaceOf<{ business: string }> {
	const business = openLocator(context, 'business');
	return (item) => named(business(item), (id) => ({ business: id }));
}

/** The parameters Business and Warehouse. */
export function warehousePlace(
	context: IExecuteFunctions,
): PlaceOf<{ business: string; warehouse: string }> {
	const business = openLocator(context, 'business');
	const warehouse = openLocator(context, 'warehouse');
	return (item) => {
		const owner = business(item);
		return owner.ok
			? named(warehouse(item), (id) => ({ business: owner.value, warehouse: id }))
			: owner;
	};
}

/** Groups items by place, in the order in which the places first appear. Items whose place cannot be read fail. */
export async function groupByPlace<P extends PlaceIds>(
	{ items, output, signal }: ReadRun,
	placeOf: PlaceOf<P>,
): Promise<Array<AtPlace<P>>> {
	const groups = new Map<string, AtPlace<P>>();
	const sort = (_: unknown, item: number) => {
		const place = placeOf(item);
		if (!place.ok) return output.fail(item, place.refusal);
		const key = JSON.stringify(place.value);
		const known = groups.get(key);
		if (known) known.items.push(item);
		else groups.set(key, { place: place.value, items: [item] });
	};
	await inTurns(items, sort, signal);
	return [...groups.values()];
}

function named<P extends PlaceIds>(id: Checked<string>, place: (id: string) => P): Checked<P> {
	return id.ok ? accepted(place(id.value)) : id;
}
