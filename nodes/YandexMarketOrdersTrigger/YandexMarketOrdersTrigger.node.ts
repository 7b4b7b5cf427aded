import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { TRIGGERS_PAGE } from '../common/panel/documentation';
import { triggerBusiness } from '../common/panel/locators';
import { triggerOptions } from '../common/panel/orderOptions';
import { searchBusinesses } from '../common/panel/pickers/searchBusinesses';
import { authentication, credentials } from '../common/panel/properties';
import { chosenIn } from '../common/panel/subtitle';
import { pollOrders } from './pollOrders';
import { startFrom } from './startFrom';

export class YandexMarketOrdersTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yandex Market Orders Trigger',
		name: 'yandexMarketOrdersTrigger',
		icon: {
			light: 'file:yandexMarketOrdersTrigger.svg',
			dark: 'file:yandexMarketOrdersTrigger.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: `={{ ${chosenIn('business')} }}`,
		description:
			'Starts the workflow when orders have changed, by asking the Market every minute. Needs no public address.',
		documentationUrl: TRIGGERS_PAGE,
		defaults: { name: 'Yandex Market Orders Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [
			authentication,
			triggerBusiness,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [...triggerOptions, startFrom].sort((a, b) =>
					a.displayName.localeCompare(b.displayName),
				),
			},
		],
	};

	methods = { listSearch: { searchBusinesses } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollOrders(this);
	}
}
