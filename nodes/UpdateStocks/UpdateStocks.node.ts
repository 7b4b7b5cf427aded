import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeWrite } from '../common/write/execute';
import { searchBusinesses } from '../common/panel/pickers/searchBusinesses';
import { searchStores } from '../common/panel/pickers/searchStores';
import { searchWarehouses } from '../common/panel/pickers/searchWarehouses';
import { inputMode } from '../common/panel/inputMode';
import { refusalError } from '../common/engine/nodeError';
import { checkParameter } from '../common/input/parameters';
import {
	authentication,
	credentials,
	optionsProperty,
	skuProperties,
} from '../common/panel/properties';
import { readStockOptions, stockOptionProperties } from './options';
import { sendTo, targetProperties } from './targets';
import { storeJob } from './toStores';
import { warehouseJob } from './toWarehouses';
import { stockProperties, updatedAtProperties } from './values';

/** The store or the business, by its name where it was chosen from the list. */
const SUBTITLE =
	'={{ $parameter.sendTo === "warehouse" ? $parameter.business.cachedResultName || $parameter.business.value : ' +
	'$parameter.store.cachedResultName || $parameter.store.value }}';

export class UpdateStocks implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yandex Market: Update Stocks',
		name: 'updateStocks',
		icon: { light: 'file:updateStocks.svg', dark: 'file:updateStocks.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description:
			'Sends stock balances to Yandex Market: for each SKU the units available to order, which replace the number held before. Any number of items goes out in full requests, with an outcome for each. As a tool of an agent, one call is for one SKU: several SKUs take several calls.',
		defaults: { name: 'Update Stocks' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [
			authentication,
			...targetProperties,
			inputMode,
			...skuProperties,
			...stockProperties,
			...updatedAtProperties,
			optionsProperty(stockOptionProperties),
		],
	};

	methods = { listSearch: { searchBusinesses, searchStores, searchWarehouses } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const way = checkParameter<'store' | 'warehouse'>(this, sendTo);
		if (way.ok && way.value === 'warehouse') {
			return await executeWrite(this, async (items, startMs) => {
				const options = await readStockOptions(this);
				return { options, job: warehouseJob(this, items, options, startMs) };
			});
		}
		return await executeWrite(this, async (items, startMs) => {
			if (!way.ok) throw refusalError(this.getNode(), way.refusal);
			const options = await readStockOptions(this);
			return { options, job: storeJob(this, items, options, startMs) };
		});
	}
}
