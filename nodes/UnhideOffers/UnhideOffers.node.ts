import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { unhideOffers } from '../../market/write/methods';
import { executeOffers } from '../common/write/offers';
import { searchStores } from '../common/panel/pickers/searchStores';
import { WRITE_NODES_PAGE } from '../common/panel/documentation';
import {
	credentials,
	offersProperties,
	optionsProperty,
	skuProperties,
	subscriptionOption,
} from '../common/panel/properties';
import { chosenIn } from '../common/panel/subtitle';

export class UnhideOffers implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yandex Market: Unhide Offers',
		name: 'unhideOffers',
		icon: { light: 'file:unhideOffers.svg', dark: 'file:unhideOffers.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: `={{ ${chosenIn('store')} }}`,
		description:
			'Shows hidden offers on the storefront again, by their SKUs. As a tool, one call is for one SKU.',
		documentationUrl: WRITE_NODES_PAGE,
		defaults: { name: 'Unhide Offers' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [...offersProperties, ...skuProperties, optionsProperty([subscriptionOption])],
	};

	methods = { listSearch: { searchStores } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOffers(this, unhideOffers);
	}
}
