import { listHiddenOffers } from '../../../market/read/hiddenOffers';
import { readVisibility } from '../../../market/read/visibility';
import { answerItems } from '../reading/answerItems';
import { listAt } from '../reading/listAt';
import { notInCatalogue } from '../reading/notInCatalogue';
import type { ReadOperation } from '../reading/operation';
import { storePlace } from '../reading/places';
import { offerOptions, offerProperties, store } from '../reading/properties';
import type { ReadRun } from '../reading/readRun';
import { asksForItems } from '../reading/wishes';

/** Offers that buyers do not see, however they were hidden: all of a store's, or those among the input items' SKUs. */
export const getManyHiddenOffers: ReadOperation = {
	resource: 'hiddenOffer',
	option: {
		name: 'Get Many',
		value: 'getAll',
		description: 'Read which SKUs of a store are hidden from buyers',
		action: 'Get many hidden offers',
	},
	properties: [store, ...offerProperties, offerOptions()],
	async run(reading) {
		if (asksForItems(reading)) await lookUp(reading);
		else await list(reading);
	},
};

async function list(reading: ReadRun): Promise<void> {
	await listAt(reading, {
		placeOf: storePlace(reading.context),
		read: (place, ports) => listHiddenOffers(place.store, 'none', ports),
		show: (skus, place) => skus.map((sku) => ({ sku, ...place, hidden: true })),
		nothing: (place) => `No offer is hidden in store ${place.store}.`,
	});
}

async function lookUp(reading: ReadRun): Promise<void> {
	await answerItems(reading, {
		placeOf: storePlace(reading.context),
		find: async (place, skus, ports) => {
			const { known, failed } = await readVisibility(place.store, skus, Infinity, 'none', ports);
			const [error] = failed.values();
			if (error !== undefined) throw error;
			const inCatalogue = [...known].filter(([, state]) => state !== 'absent');
			return new Map(
				inCatalogue.map(([sku, state]) => [sku, { hidden: state === 'hidden', status: 'found' }]),
			);
		},
		missing: notInCatalogue,
		unknown: (count) => `${count} items have a SKU that is not in the catalogue there.`,
	});
}
