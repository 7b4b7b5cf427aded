import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { checkWarehouseId } from '../../../market/records/ids';
import type { Checked } from '../../../market/common/refusal';
import { warehouse } from '../panel/locators';
import { shownFor } from '../panel/shownFor';
import { openLocator } from '../input/locators';
import { readParameter } from '../input/parameters';
import { openField, type Source } from '../input/sources';
import type { FieldNames } from '../panel/properties';
import { alsoReadFrom } from './sourceOf';

/** The field that holds the warehouse of each item. */
const warehouseValue: FieldNames = {
	label: 'Warehouse',
	field: 'warehouseField',
	instead: 'set Warehouse From to List or ID',
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
};

/** What says which warehouse each item is for. */
export const warehouseProperties: INodeProperties[] = [
	warehouseFrom,
	...shownFor({ warehouseFrom: ['locator'] }, [warehouse]),
	...shownFor({ warehouseFrom: ['field'] }, [
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
		},
	]),
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
 * @throws NodeOperationError if no field is named, if its name is an expression, or if the field is something else too
 */
export function openWarehouseField(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): { label: string; source: Source } | undefined {
	if (readParameter(context, warehouseFrom) !== 'field') return undefined;
	const source = openField(context, items, warehouseValue);
	refuseOtherField(context);
	return { label: warehouseValue.label, source };
}

/** @throws NodeOperationError if the warehouse's field is that of another value: an ID would count as units */
function refuseOtherField(context: IExecuteFunctions): void {
	const same = alsoReadFrom(context, warehouseValue.field);
	if (same === undefined) return;
	throw new NodeOperationError(
		context.getNode(),
		`${same} Field and Warehouse Field are the same field`,
		{ description: "Name the field with the warehouse's ID in Warehouse Field." },
	);
}
