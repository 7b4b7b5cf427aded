import { accepted } from '../../../market/common/refusal';
import { listCampaigns } from '../../../market/read/stores';
import { listAt } from '../reading/listAt';
import type { ReadOperation } from '../reading/operation';
import { limitProperties, onceForEachPlace, readingOptions, simplify } from '../reading/properties';
import { flatStore, rawStore } from '../reading/stores';
import { isSimple } from '../reading/wishes';

/** All stores that the credential opens. */
export const getManyStores: ReadOperation = {
	resource: 'store',
	option: {
		name: 'Get Many',
		value: 'getAll',
		description: 'Read the stores that the credential opens, with their business and placement',
		action: 'Get many stores',
	},
	properties: [
		{ ...onceForEachPlace, displayName: 'Runs once, however many input items there are.' },
		...limitProperties,
		simplify,
		readingOptions(),
	],
	async run(reading) {
		const show = isSimple(reading) ? flatStore : rawStore;
		const everywhere = accepted({});
		await listAt(reading, {
			placeOf: () => everywhere,
			read: () => listCampaigns({ isImpatient: false }, reading.ports),
			show: (campaigns) => campaigns.map(show),
			nothing: () => 'The credential opens no store.',
		});
	},
};
