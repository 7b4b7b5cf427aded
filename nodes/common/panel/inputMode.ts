import type { INodeProperties } from 'n8n-workflow';

/** Whether values are read by field names or computed by expressions. */
export const inputMode: INodeProperties = {
	displayName: 'Read Items',
	name: 'inputMode',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'By Field Names',
			value: 'fieldNames',
			description:
				'Name the fields of the input items. Fast, even for hundreds of thousands of items.',
		},
		{
			name: 'By Expressions',
			value: 'expressions',
			description: 'Compute the values of each item. Slower, unless they only name a field.',
		},
	],
	default: 'fieldNames',
	displayOptions: { show: { '@tool': [false] } },
};

/**
 * Read Items, which a tool of an AI agent does not ask for: it has no input items whose fields could be named, and a
 * model would fill in a field's name as readily as a SKU.
 */
export const inputModeProperties: INodeProperties[] = [
	inputMode,
	{
		displayName: 'Read Items',
		name: 'inputMode',
		type: 'hidden',
		default: 'expressions',
		displayOptions: { show: { '@tool': [true] } },
	},
	{
		displayName:
			'Let the model fill in the values below, with the button beside each, or give expressions. One call is for one SKU.',
		name: 'toolNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { '@tool': [true] } },
	},
];
