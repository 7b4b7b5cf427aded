import type { INodeProperties } from 'n8n-workflow';

import { MAX_CREATION_DAYS } from '../../market/contract/bounds';

/** How far back the first poll begins. */
export const startFrom: INodeProperties = {
	displayName: 'Start From (Hours Ago)',
	name: 'startFrom',
	type: 'number',
	noDataExpression: true,
	typeOptions: { minValue: 0, maxValue: MAX_CREATION_DAYS * 24 },
	default: 24,
	description:
		'Gives the orders that have changed in so many hours before the workflow is first published. Without this option, only those that change from then on are given.',
};
