import type { INodeProperties } from 'n8n-workflow';

import { skuValue, type SourceNames } from '../panel/properties';

/** The balance. */
export const stockValue: SourceNames = { label: 'Stock', field: 'stockField', expression: 'stock' };

/** What is taken off the balance. */
export const subtractValue: SourceNames = {
	label: 'Subtract',
	field: 'subtractField',
	expression: 'subtract',
};

/** When the balance was true. */
export const updatedAtValue: SourceNames = {
	label: 'Updated At',
	field: 'options.updatedAtField',
	expression: 'options.updatedAt',
};

/** All values that are read from an item. */
export const stockValues = [skuValue, stockValue, subtractValue, updatedAtValue];

export const stockProperties: INodeProperties[] = [
	{
		displayName: 'Stock Field',
		name: 'stockField',
		type: 'string',
		requiresDataPath: 'single',
		required: true,
		default: 'stock',
		placeholder: 'e.g. stock',
		description:
			'Name of the field with the units available to order: what is on hand less what is already ordered, on the Market and elsewhere',
		displayOptions: { show: { inputMode: ['fieldNames'] } },
	},
	{
		displayName: 'Stock',
		name: 'stock',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.stock }}',
		description:
			'Expression that gives the units available to order: what is on hand less what is already ordered, on the Market and elsewhere',
		displayOptions: { show: { inputMode: ['expressions'] } },
	},
	{
		displayName: 'Subtract Field',
		name: 'subtractField',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'e.g. ordered',
		description:
			'Name of a field with units to take off Stock, such as those already ordered. A blank in either is refused. Leave empty if Stock is what is available.',
		displayOptions: { show: { inputMode: ['fieldNames'] } },
	},
	{
		displayName: 'Subtract',
		name: 'subtract',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.ordered }}',
		description:
			'Expression that gives units to take off Stock, such as those already ordered. Unlike a minus in an expression, it refuses a blank in either. Leave empty if Stock is what is available.',
		displayOptions: { show: { inputMode: ['expressions'] } },
	},
];

/** Options, because few sources know the moment. */
export const updatedAtProperties: INodeProperties[] = [
	{
		displayName: 'Updated At Field',
		name: 'updatedAtField',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'e.g. updatedAt',
		description:
			'Name of the field with the moment at which the balance was true, in ISO 8601 with a time zone (or see the option Time Zone of Updated At). Leave empty to send the time of the run.',
		displayOptions: { show: { '/inputMode': ['fieldNames'] } },
	},
	{
		displayName: 'Updated At',
		name: 'updatedAt',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.updatedAt }}',
		description:
			'Expression that gives the moment at which the balance was true, in ISO 8601 with a time zone (or see the option Time Zone of Updated At). Leave empty to send the time of the run.',
		displayOptions: { show: { '/inputMode': ['expressions'] } },
	},
];
