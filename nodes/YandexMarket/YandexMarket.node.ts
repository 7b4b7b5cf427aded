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
			'Reads stock balances, offers, hidden offers, stores and warehouses of a seller on Yandex Market, and what a token may do. Changes nothing. When an agent uses it as a tool, it gives at most 20 results at once, and a call that looks up a SKU is for one SKU: several SKUs take several calls.',
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
