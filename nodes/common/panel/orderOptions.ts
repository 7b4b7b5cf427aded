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

/** Whether orders that the Market serves from its own stock are wanted. */
export const includeFby: INodeProperties = {
	displayName: 'Include FBY Orders',
	name: 'includeFby',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether to give orders of FBY and LaaS too. They take nothing from your stock: held is 0.',
};

/** Whether orders that nobody has placed are wanted. */
export const includeTestOrders: INodeProperties = {
	displayName: 'Include Test Orders',
	name: 'includeTestOrders',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether to give test orders too. They take nothing from your stock: held is 0, and fake is true.',
};

/** Options of both triggers. */
export const triggerOptions: INodeProperties[] = [
	includeFby,
	includeTestOrders,
	{ ...oneItemPerLine, noDataExpression: true },
	orderStores,
];
