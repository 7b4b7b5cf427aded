import type { INodeProperties } from 'n8n-workflow';

/** Whether orders and returns come line by line. */
export const oneItemPerLine: INodeProperties = {
	displayName: 'One Item per Line',
	name: 'oneItemPerLine',
	type: 'boolean',
	default: false,
	description:
		'Whether to give one item for each SKU, with sku, count and held, instead of one with all lines',
};

/** Stores whose orders are wanted. */
export const orderStores: INodeProperties = {
	displayName: 'Stores',
	name: 'orderStores',
	type: 'string',
	default: '',
	placeholder: 'e.g. 21000001, 21000002',
	description:
		'Campaign IDs of the stores whose orders are wanted, separated by commas. Leave empty for all stores of the business.',
};
