import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { checkWarehouseId } from '../../market/records/ids';
import type { Checked } from '../../market/common/refusal';
import { business, store, warehouse } from '../common/panel/locators';
import { openLocator } from '../common/input/locators';
import { readParameter } from '../common/input/parameters';
import { openField, type Source } from '../common/input/sources';
import type { FieldNames } from '../common/panel/properties';

/** The field that holds the warehouse of each item. */
const warehouseValue: FieldNames = { label: 'Warehouse', field: 'warehouseField' };

const toStore = { sendTo: ['store'] };
const toWarehouse = { sendTo: ['warehouse'] };

/** Which of the two ways. */
export const sendTo: INodeProperties = {
	displayName: 'Send To',
	name: 'sendTo',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Store',
			value: 'store',
			description:
				'For businesses with warehouse groups: send for one store of each group, the others follow',
		},
		{
			name: 'Warehouse',
			value: 'warehouse',
			description:
				'For businesses without warehouse groups: one run may send to several warehouses',
		},
	],
	default: 'store',
};

/** Where the warehouse is given. */
const warehouseFrom: INodeProperties = {
	displayName: 'Warehouse From',
	name: 'warehouseFrom',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'List or ID',
			value: 'locator',
			description: 'The same for all items, unless an expression gives a different one',
		},
		{
			name: 'Field of the Items',
			value: 'field',
			description: 'A field of each item says which warehouse it is for',
		},
	],
	default: 'locator',
	displayOptions: { show: toWarehouse },
};

/** Send To, and what says which store or warehouse. */
export const targetProperties: INodeProperties[] = [
	sendTo,
	{ ...store, displayOptions: { show: toStore } },
	{ ...business, displayOptions: { show: toWarehouse } },
	warehouseFrom,
	{ ...warehouse, displayOptions: { show: { ...toWarehouse, warehouseFrom: ['locator'] } } },
	{
		displayName: 'Warehouse Field',
		name: 'warehouseField',
		type: 'string',
		requiresDataPath: 'single',
		required: true,
		// As the output and Warehouse: Get Many call it.
		default: 'warehouse',
		placeholder: 'e.g. warehouse',
		description:
			'Name of the field with the ID of the warehouse. The node Yandex Market lists the IDs: resource Warehouse, operation Get Many.',
		displayOptions: { show: { ...toWarehouse, warehouseFrom: ['field'] } },
	},
];

/**
 * The ID of the warehouse that each item is for.
 *
 * @throws NodeOperationError if the parameters do not say which
 */
export function openWarehouse(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): (itemIndex: number) => Checked<string> {
	const field = openWarehouseField(context, items);
	if (!field) return openLocator(context, 'warehouse');
	return (itemIndex) => {
		const raw = field.source(itemIndex);
		return raw.ok ? checkWarehouseId(raw.value) : raw;
	};
}

/**
 * The field of the items that holds the warehouse, and its label; undefined if no field does.
 *
 * @throws NodeOperationError if no field is named, or if its name is an expression
 */
export function openWarehouseField(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): { label: string; source: Source } | undefined {
	if (readParameter(context, warehouseFrom) !== 'field') return undefined;
	return { label: warehouseValue.label, source: openField(context, items, warehouseValue) };
}
