import { getCampaign } from '../../../market/read/stores';
import { includeInputFields } from '../../common/panel/properties';
import type { ReadOperation } from '../reading/operation';
import { placeRefusal } from '../reading/placeRefusal';
import { groupByPlace, storePlace } from '../reading/places';
import { readingOptions, simplify, store } from '../reading/properties';
import { flatStore, rawStore } from '../reading/stores';
import { isOn, isSimple } from '../reading/wishes';

/** One store for each input item; each store is asked about once. */
export const getStore: ReadOperation = {
	resource: 'store',
	option: {
		name: 'Get',
		value: 'get',
		description:
			'Read one store: its name, business and placement, and whether balances can be sent to it',
		action: 'Get store',
	},
	properties: [store, simplify, readingOptions([includeInputFields])],
	async run(reading) {
		const { context, output, ports, signal } = reading;
		const keepsInput = await isOn(reading, includeInputFields);
		const show = isSimple(reading) ? flatStore : rawStore;
		const groups = await groupByPlace(reading, storePlace(context));
		if (signal.aborted) return;
		await output.throwIfStopping();
		for (const { place, items } of groups) {
			try {
				const json = show(await getCampaign(place.store, { isImpatient: false }, ports));
				for (const item of items) output.add(item, json, keepsInput);
			} catch (error) {
				const refusal = await placeRefusal(error, place, reading);
				for (const item of items) output.fail(item, refusal, { place, isShared: true });
				await output.throwIfStopping();
			}
			if (signal.aborted) return;
		}
	},
};
