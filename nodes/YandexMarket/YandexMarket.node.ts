import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { searchBusinesses } from '../common/panel/pickers/searchBusinesses';
import { searchStores } from '../common/panel/pickers/searchStores';
import { searchWarehouses } from '../common/panel/pickers/searchWarehouses';
import { READ_NODE_PAGE } from '../common/panel/documentation';
import { authentication, credentials } from '../common/panel/properties';
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
			'Reads stock balances, offers, stores and warehouses, and what a token may do. Changes nothing.',
		documentationUrl: READ_NODE_PAGE,
		defaults: { name: 'Yandex Market' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [authentication, ...operationProperties],
	};

	methods = { listSearch: { searchStores, searchBusinesses, searchWarehouses } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeRead(this);
	}
}
