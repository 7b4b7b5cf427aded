import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { updateStocks } from '../../market/methods';
import { resolveDuplicates } from '../../market/records/duplicates';
import { shownRecord, type StockRecord } from '../../market/records/stockRecord';
import { refuseZeros } from '../../market/records/zeroGuard';
import { refuseStock } from '../../market/storeCheck';
import { compareStocks, type SentStock } from '../../market/verify/stocks';
import { executeWrite } from '../common/execute';
import { searchStores } from '../common/pickers/searchStores';
import { commonProperties, credentials, optionsProperty, skuProperties } from '../common/properties';
import type { WriteJob } from '../common/writeRun';
import { readStockOptions, stockOptionProperties } from './options';
import { openStocks } from './readStocks';
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
			const { duplicateSkus, reserve, maximumStock, zeroGuard } = options;
			const isAllShown = reserve === 0 && maximumStock === undefined;
			const job: WriteJob<StockRecord> = {
				method: updateStocks,
				startMs,
				refuseStore: refuseStock,
				readRecord: openStocks(this, items, options),
				refuseRun: zeroGuard === undefined ? undefined : (records) => refuseZeros(records, zeroGuard),
				readBack: async (campaignId, sent, skus, _subscription, ports, stats) =>
					await compareStocks(campaignId, skus.map((sku) => sent.get(sku) as SentStock), ports, stats),
				merge: (rows) => resolveDuplicates(rows, duplicateSkus),
				finish: isAllShown ? undefined : (record) => shownRecord(record, { reserve, maximum: maximumStock }),
			};
			return { job, options };
		});
	}
}
