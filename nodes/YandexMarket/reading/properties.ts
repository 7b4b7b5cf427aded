import type { INodeProperties } from 'n8n-workflow';

import { inputModeProperties } from '../../common/panel/inputMode';
import { business as anyBusiness, store as anyStore } from '../../common/panel/locators';
import { includeInputFields, maximumWait, skuProperties } from '../../common/panel/properties';
import { shownFor } from '../../common/panel/shownFor';

/** The store to read. */
export const store: INodeProperties = {
	...anyStore,
	description: 'The store to read. An expression may give a different store for each item.',
};

/** The business to read. */
export const business: INodeProperties = {
	...anyBusiness,
	description:
		'The seller cabinet, which the Market calls a business. An expression may give a different one for each item.',
};

/** What the balances belong to. */
export const readFrom: INodeProperties = {
	displayName: 'Read From',
	name: 'readFrom',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Store',
			value: 'store',
			description: 'Any store, including one whose stock the Market counts (FBY)',
		},
		{
			name: 'Warehouse',
			value: 'warehouse',
			description:
				'One of a business without warehouse groups, to which balances are sent by warehouse',
		},
	],
	default: 'store',
};

/** Whether a list is returned to its end. */
export const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

/** How much of a list is returned. */
export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

/** Most results that an agent gets from one call: more would fill up the memory of its conversation. */
export const MOST_FOR_TOOL = 20;

/** Return All and Limit. */
export const limitProperties: INodeProperties[] = [
	returnAll,
	limit,
	{
		displayName: `An agent gets at most ${MOST_FOR_TOOL} results from one call.`,
		name: 'toolLimitNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { '@tool': [true] } },
	},
];

/** Whether the output is flat. */
export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Says how often an operation runs if it does not look at its input items one by one. */
export const onceForEachPlace: INodeProperties = {
	displayName:
		'Each different store, business or warehouse is read once, however many input items name it, and up to the limit each. The output is linked to the first of these items.',
	name: 'onceNotice',
	type: 'notice',
	default: '',
};

/** Which offers are read: all of a place, or those that the input items name. */
export const offers: INodeProperties = {
	displayName: 'Offers',
	name: 'offers',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'All', value: 'all', description: 'A list, up to the limit' },
		{
			name: 'SKUs of the Input Items',
			value: 'input',
			description: 'One output item for each input item, by its SKU',
		},
	],
	default: 'all',
	description: 'Whether to list all offers, or to look up the SKU of each input item',
};

/** Parameters of an operation that lists offers or looks up SKUs. */
export const offerProperties: INodeProperties[] = [
	offers,
	...shownFor({ offers: ['all'] }, [onceForEachPlace, ...limitProperties]),
	...shownFor({ offers: ['input'] }, [...inputModeProperties, ...skuProperties]),
];

/** Whether offers come with their names. */
export const addNames: INodeProperties = {
	displayName: 'Add Names',
	name: 'addNames',
	type: 'boolean',
	default: false,
	description:
		"Whether to add the product's name from the catalogue. It takes one more request for every 100 offers.",
};

/** The collection Options of an operation: its own, and how long it may take. */
export function readingOptions(own: INodeProperties[] = []): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...own, maximumWait].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** The same for an operation that looks up SKUs. */
export function offerOptions(own: INodeProperties[] = []): INodeProperties {
	return readingOptions([...own, ...shownFor({ '/offers': ['input'] }, [includeInputFields])]);
}
