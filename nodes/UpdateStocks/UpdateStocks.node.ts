import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import type { Checked } from '../../market/common/refusal';
import { executeWrite } from '../common/write/execute';
import type { WriteJob } from '../common/write/job';
import type { SentRecord } from '../common/output/fates';
import type { Columns } from '../common/output/present';
import { searchBusinesses } from '../common/panel/pickers/searchBusinesses';
import { searchStores } from '../common/panel/pickers/searchStores';
import { searchWarehouses } from '../common/panel/pickers/searchWarehouses';
import { inputModeProperties } from '../common/panel/inputMode';
import { refusalError } from '../common/engine/nodeError';
import { checkParameter } from '../common/input/parameters';
import { WRITE_NODES_PAGE } from '../common/panel/documentation';
import {
	authentication,
	credentials,
	optionsProperty,
	skuProperties,
} from '../common/panel/properties';
import { chosenIn } from '../common/panel/subtitle';
import { readUpdateOptions, updateOptionProperties } from './options';
import { sendTo, targetProperties } from './targets';
import { termProperties } from '../common/stocks/terms';
import { storeJob } from './toStores';
import { warehouseJob } from './toWarehouses';
import { stockProperties, updatedAtProperties } from '../common/stocks/values';

/** The store or the business. */
const SUBTITLE = `={{ $parameter.sendTo === 'warehouse' ? ${chosenIn('business')} : ${chosenIn('store')} }}`;

export class UpdateStocks implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yandex Market: Update Stocks',
		name: 'updateStocks',
		icon: { light: 'file:updateStocks.svg', dark: 'file:updateStocks.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description:
			'Sends the units available to order of each SKU, which replace the number held before. As a tool, one call is for one SKU.',
		documentationUrl: WRITE_NODES_PAGE,
		defaults: { name: 'Update Stocks' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [
			authentication,
			...targetProperties,
			...inputModeProperties,
			...skuProperties,
			...stockProperties,
			optionsProperty([...updateOptionProperties, ...termProperties, ...updatedAtProperties]),
		],
	};

	methods = { listSearch: { searchBusinesses, searchStores, searchWarehouses } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const way = checkParameter<'store' | 'warehouse'>(this, sendTo);
		return way.ok && way.value === 'warehouse'
			? await update(this, way, 'warehouse', warehouseJob)
			: await update(this, way, 'store', storeJob);
	}
}

/** @param way fails all items if it was refused */
async function update<S, R extends SentRecord>(
	context: IExecuteFunctions,
	way: Checked<unknown>,
	goesTo: Columns['goesTo'],
	openJob: (...given: Parameters<typeof storeJob>) => WriteJob<S, R>,
): Promise<INodeExecutionData[][]> {
	return await executeWrite(context, { hasBalance: true, goesTo }, async (items, startMs) => {
		if (!way.ok) throw refusalError(context.getNode(), way.refusal);
		const options = await readUpdateOptions(context);
		const mayAdd = options.offersNotInInput === 'zero';
		return { options, job: openJob(context, items, options, startMs), mayAdd };
	});
}
