import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeWrite } from '../common/execute';
import { commonProperties, credentials, optionsProperty, skuProperties } from '../common/properties';
import { searchStores } from '../common/searchStores';
import { readStockOptions, stockOptionProperties } from './options';
import { storeJob } from './toStores';
import { stockProperties, updatedAtProperties } from './values';

export class UpdateStocks implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yandex Market: Update Stocks',
		name: 'updateStocks',
		icon: { light: 'file:updateStocks.svg', dark: 'file:updateStocks.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter.store.cachedResultName || $parameter.store.value}}',
		description: 'Sends stock balances to Yandex Market in full batches, with an outcome for each item',
		defaults: { name: 'Update Stocks' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [
			...commonProperties,
			...skuProperties,
			...stockProperties,
			...updatedAtProperties,
			optionsProperty(stockOptionProperties),
		],
	};

	methods = { listSearch: { searchStores } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeWrite(this, (items, startMs) => {
			const options = readStockOptions(this);
			return { options, job: storeJob(this, items, options, startMs) };
		});
	}
}
