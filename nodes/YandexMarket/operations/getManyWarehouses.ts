import type { IDataObject } from 'n8n-workflow';

import { listPartnerWarehouses, listStoreWarehouses, type PartnerWarehouse } from '../../../market/reads/warehouses';
import { listAt } from '../listAt';
import type { ReadOperation } from '../operation';
import { refusalOf } from '../outcome';
import { businessPlace } from '../places';
import { business, limitProperties, onceForEachPlace } from '../properties';
import type { Reading } from '../reading';
import { describeWarehouses, type KnownWarehouse } from '../warehouses';

/** The warehouses of a cabinet with their group, stores and models, and how balances are sent to each. */
export const getManyWarehouses: ReadOperation = {
	resource: 'warehouse',
	option: {
		name: 'Get Many',
		value: 'getAll',
		description: 'Read the warehouses of a business with their stores, group and models, and how to send balances to each',
		action: 'Get many warehouses',
	},
	properties: [business, onceForEachPlace, ...limitProperties],
	async run(reading) {
		await listAt(reading, {
			placeOf: businessPlace(reading.context),
			read: (place) => readWarehouses(place.business, reading),
			show: (warehouses, place) => warehouses.map((warehouse): IDataObject => ({ ...place, ...warehouse })),
			nothing: (place) => `Business ${place.business} has no warehouses.`,
		});
	},
};

/** All of them at once: a warehouse of several stores comes several times, and whether there are groups is seen at the end. */
async function* readWarehouses(businessId: string, reading: Reading): AsyncGenerator<KnownWarehouse[]> {
	const { ports, stats } = reading;
	const ofStores = await all(listStoreWarehouses(businessId, { isImpatient: false }, ports, stats));
	const partners = await readPartners(businessId, reading);
	yield describeWarehouses(ofStores, partners);
}

/** The models of warehouses outside groups. That they are not told must not keep the rest back. */
async function readPartners(
	businessId: string,
	{ ports, stats, outcome }: Reading,
): Promise<PartnerWarehouse[] | undefined> {
	try {
		return await all(listPartnerWarehouses(businessId, { isImpatient: false }, ports, stats));
	} catch (error) {
		const { reason, advice } = refusalOf(error);
		outcome.hints.push(`The models of the warehouses are not known: ${reason}. ${advice}`);
		return undefined;
	}
}

async function all<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
	const list: T[] = [];
	for await (const page of pages) list.push(...page);
	return list;
}
