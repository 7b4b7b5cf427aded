import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { hideOffers } from '../../market/write/methods';
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

export class HideOffers implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yandex Market: Hide Offers',
		name: 'hideOffers',
		icon: { light: 'file:hideOffers.svg', dark: 'file:hideOffers.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: `={{ ${chosenIn('store')} }}`,
		description:
			'Takes offers off the storefront by their SKUs, until they are unhidden. As a tool, one call is for one SKU.',
		documentationUrl: WRITE_NODES_PAGE,
		defaults: { name: 'Hide Offers' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [...offersProperties, ...skuProperties, optionsProperty([subscriptionOption])],
	};

	methods = { listSearch: { searchStores } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOffers(this, hideOffers);
	}
}
