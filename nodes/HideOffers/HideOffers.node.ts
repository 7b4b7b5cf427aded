import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { hideOffers } from '../../market/methods';
import { executeOffers } from '../common/offersNode';
import { searchStores } from '../common/pickers/searchStores';
import {
	commonProperties,
	credentials,
	optionsProperty,
	skuProperties,
	subscriptionOption,
} from '../common/properties';

export class HideOffers implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yandex Market: Hide Offers',
		name: 'hideOffers',
		icon: { light: 'file:hideOffers.svg', dark: 'file:hideOffers.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter.store.cachedResultName || $parameter.store.value}}',
		description: 'Takes offers off the Yandex Market storefront until they are unhidden, in full batches with an outcome for each item',
		defaults: { name: 'Hide Offers' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [...commonProperties, ...skuProperties, optionsProperty([subscriptionOption])],
	};

	methods = { listSearch: { searchStores } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOffers(this, hideOffers);
	}
}
