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
			description: 'Compute the values of each item. Slower.',
		},
	],
	default: 'fieldNames',
};
