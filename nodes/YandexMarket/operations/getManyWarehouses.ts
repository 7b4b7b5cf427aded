import type { IDataObject } from 'n8n-workflow';

import { collect } from '../../../market/read';
import { listPartnerWarehouses, listStoreWarehouses } from '../../../market/reads/warehouses';
import { listAt } from '../listAt';
import type { ReadOperation } from '../operation';
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
async function* readWarehouses(businessId: string, { ports, stats, outcome }: Reading): AsyncGenerator<KnownWarehouse[]> {
	const ofStores = await all(listStoreWarehouses(businessId, { isImpatient: false }, ports, stats));
	// That the Market does not tell the models must not keep the rest back.
	const partners = await collect(listPartnerWarehouses(businessId, { isImpatient: false }, ports, stats));
	if (!partners.ok) {
		const { reason, advice } = partners.refusal;
		outcome.hints.push(`The models of the warehouses are not known: ${reason}. ${advice}`);
	}
	yield describeWarehouses(ofStores, partners.ok ? partners.value : undefined);
}

/** @throws MarketReadRefused */
async function all<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
	const list: T[] = [];
	for await (const page of pages) list.push(...page);
	return list;
}
