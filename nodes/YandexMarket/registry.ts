import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { readParameter } from '../common/input/parameters';
import { shownFor } from '../common/panel/shownFor';
import type { ReadOperation, Resource } from './reading/operation';
import { compareStocks } from './operations/compareStocks';
import { getManyHiddenOffers } from './operations/getManyHiddenOffers';
import { getManyOffers } from './operations/getManyOffers';
import { getManyOrders } from './operations/getManyOrders';
import { getManyReturns } from './operations/getManyReturns';
import { getManyStocks } from './operations/getManyStocks';
import { getManyStores } from './operations/getManyStores';
import { getManyWarehouses } from './operations/getManyWarehouses';
import { getOrder } from './operations/getOrder';
import { getStore } from './operations/getStore';
import { getTokenInfo } from './operations/getTokenInfo';
import { switchSales } from './operations/switchSales';

/** All operations; within a resource, in the order of their names. */
const operations: readonly ReadOperation[] = [
	getManyHiddenOffers,
	getManyOffers,
	getOrder,
	getManyOrders,
	getManyReturns,
	compareStocks,
	getManyStocks,
	getStore,
	getManyStores,
	getTokenInfo,
	getManyWarehouses,
	switchSales,
];

const resources: Array<INodePropertyOptions & { value: Resource }> = [
	{ name: 'Hidden Offer', value: 'hiddenOffer', description: 'An offer that buyers do not see' },
	{ name: 'Offer', value: 'offer', description: 'An offer of a store, with its status and price' },
	{ name: 'Order', value: 'order', description: 'What a buyer has ordered, and what it takes' },
	{ name: 'Return', value: 'return', description: 'Units that come back from a buyer' },
	{ name: 'Stock', value: 'stock', description: 'The units of an offer in a store or warehouse' },
	{ name: 'Store', value: 'store', description: 'A store, which the Market calls a campaign' },
	{ name: 'Token', value: 'token', description: "The credential's Api-Key token" },
	{ name: 'Warehouse', value: 'warehouse', description: 'A warehouse of a business' },
];

const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: resources,
	default: 'stock',
};

const operationsByResource = new Map(resources.map(({ value }) => [value, operationsOf(value)]));

/** Resource, Operation, and the parameters of each operation. */
export const operationProperties: INodeProperties[] = [
	resourceProperty,
	...operationsByResource.values(),
	...operations.flatMap(({ resource, option, properties }) =>
		shownFor({ resource: [resource], operation: [option.value] }, properties),
	),
];

/**
 * The operation that the node's parameters name.
 *
 * @throws NodeOperationError if there is no such operation
 */
export function chosenOperation(context: IExecuteFunctions): ReadOperation {
	const resource = readParameter<Resource>(context, resourceProperty);
	const name = readParameter(context, operationsByResource.get(resource) as INodeProperties);
	return operations.find(
		(one) => one.resource === resource && one.option.value === name,
	) as ReadOperation;
}

function operationsOf(resource: Resource): INodeProperties {
	const own = operations.filter((operation) => operation.resource === resource);
	const [first] = own;
	const byDefault = (own.find(({ isDefault }) => isDefault) ?? first)?.option.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: own.map(({ option }) => option),
		default: byDefault,
		displayOptions: { show: { resource: [resource] } },
	};
}
