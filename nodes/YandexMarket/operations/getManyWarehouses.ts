import type { IDataObject } from 'n8n-workflow';

import { collect, readAll } from '../../../market/read/read';
import {
	listPartnerWarehouses,
	listStoreWarehouses,
	type PartnerWarehouse,
	type StoreWarehouse,
} from '../../../market/read/warehouses';
import { listAt } from '../reading/listAt';
import type { ReadOperation } from '../reading/operation';
import { businessPlace } from '../reading/places';
import { business, limitProperties, onceForEachPlace, readingOptions } from '../reading/properties';
import type { ReadRun } from '../reading/readRun';
import { limitOf } from '../reading/wishes';
import { describeWarehouses, type KnownWarehouse } from '../reading/warehouses';

/** The warehouses of a business with their group, stores and models, and how balances are sent to each. */
export const getManyWarehouses: ReadOperation = {
	resource: 'warehouse',
	option: {
		name: 'Get Many',
		value: 'getAll',
		description:
			'Read the warehouses of a business with their stores, group and models, and how to send balances to each',
		action: 'Get many warehouses',
	},
	properties: [business, onceForEachPlace, ...limitProperties, readingOptions()],
	async run(reading) {
		await listAt(reading, {
			placeOf: businessPlace(reading.context),
			read: (place) => readWarehouses(place.business, reading),
			show: (warehouses, place) =>
				warehouses.map((warehouse): IDataObject => ({ ...place, ...warehouse })),
			nothing: (place) => `Business ${place.business} has no warehouses.`,
		});
	},
};

/**
 * All warehouses at once: a warehouse of several stores is listed several times, and only at the end is it clear
 * whether there are groups, which decide how each is sent to. The list with the models is read no further than the
 * user's Limit shows.
 */
async function* readWarehouses(
	businessId: string,
	reading: ReadRun,
): AsyncGenerator<KnownWarehouse[]> {
	const { ports, output } = reading;
	const { entries: ofStores, broken } = await readAll(
		listStoreWarehouses(businessId, { isImpatient: false }, ports),
	);
	if (broken) output.hints.push(`${broken.reason}. ${broken.advice}`);
	const pages = listPartnerWarehouses(businessId, { isImpatient: false }, ports);
	// If the Market does not give the models, the rest is still shown.
	const partners = await collect(asFarAsShown(pages, ofStores, limitOf(reading)));
	if (!partners.ok) {
		const { reason, advice } = partners.refusal;
		output.hints.push(`The models of the warehouses are not known: ${reason}. ${advice}`);
	}
	yield describeWarehouses(ofStores, partners.ok ? partners.value : undefined);
}

/** Pages of warehouses outside groups, until all those that are shown have come. */
async function* asFarAsShown(
	pages: AsyncIterable<PartnerWarehouse[]>,
	ofStores: readonly StoreWarehouse[],
	limit: number,
): AsyncGenerator<PartnerWarehouse[]> {
	const ids = new Set(ofStores.map(({ id }) => id));
	const grouped = new Set(ofStores.flatMap(({ id, groupInfo }) => (groupInfo ? [id] : [])));
	const wanted = new Set([...ids].slice(0, limit).filter((id) => !grouped.has(id)));
	const isAllShown = ids.size < limit;
	if (wanted.size === 0 && !isAllShown) return;
	for await (const page of pages) {
		yield page;
		for (const { id } of page) wanted.delete(id);
		if (wanted.size === 0 && !isAllShown) return;
	}
}
