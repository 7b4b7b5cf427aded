import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { testApiKey } from '../common/connection/testApiKey';
import { searchBusinesses } from '../common/panel/pickers/searchBusinesses';
import { searchStores } from '../common/panel/pickers/searchStores';
import { searchWarehouses } from '../common/panel/pickers/searchWarehouses';
import { READ_NODE_PAGE } from '../common/panel/documentation';
import { authentication } from '../common/panel/properties';
import { executeRead } from './execute';
import { operationProperties } from './registry';

export class YandexMarket implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yandex Market',
		name: 'yandexMarket',
		icon: { light: 'file:yandexMarket.svg', dark: 'file:yandexMarket.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Reads balances, offers, orders, returns, stores, warehouses and tokens. Only Warehouse: Switch Sales On/Off changes anything.',
		documentationUrl: READ_NODE_PAGE,
		defaults: { name: 'Yandex Market' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		// Written out, as n8n's linter looks for the test here. n8n wants it in one node only.
		credentials: [
			{
				name: 'yandexMarketApi',
				required: true,
				displayOptions: { show: { authentication: ['apiKey'] } },
				testedBy: 'testApiKey',
			},
			{
				name: 'yandexMarketOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		properties: [authentication, ...operationProperties],
	};

	methods = {
		listSearch: { searchStores, searchBusinesses, searchWarehouses },
		credentialTest: { testApiKey },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeRead(this);
	}
}
