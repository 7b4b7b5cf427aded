import type { INodeProperties } from 'n8n-workflow';

/** A regex for the editor, which says at once that a value is not an ID. A run checks again what passes it. */
const DIGITS = '^\\s*[1-9]\\d*\\s*$';

/** The parameter Store. */
export const store: INodeProperties = {
	displayName: 'Store',
	name: 'store',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The store to write to. An expression may give a different store for each item: one run then serves several stores.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a store...',
			typeOptions: { searchListMethod: 'searchStores', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			hint: 'The campaign ID from the seller cabinet, under API and modules. It is not the store number.',
			placeholder: 'e.g. 21000001',
			validation: [
				{
					type: 'regex',
					properties: { regex: DIGITS, errorMessage: 'A campaign ID consists of digits only' },
				},
			],
		},
	],
};

/** The parameter Business: the seller's business, whose warehouses are chosen next. */
export const business: INodeProperties = {
	displayName: 'Business',
	name: 'business',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The seller cabinet, which the Market calls a business. An expression may give a different one for each item.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a business...',
			typeOptions: { searchListMethod: 'searchBusinesses', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			hint: 'The business ID from the seller cabinet, under API and modules. It is not the campaign ID of a store.',
			placeholder: 'e.g. 1003',
			validation: [
				{
					type: 'regex',
					properties: { regex: DIGITS, errorMessage: 'A business ID consists of digits only' },
				},
			],
		},
	],
};

/** The parameter Warehouse: one of the chosen business that is in no warehouse group. */
export const warehouse: INodeProperties = {
	displayName: 'Warehouse',
	name: 'warehouse',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'A warehouse of the business that is in no warehouse group. An expression may give a different one for each item.',
	typeOptions: { loadOptionsDependsOn: ['business.value'] },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a warehouse...',
			typeOptions: { searchListMethod: 'searchWarehouses', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			hint: "The number in brackets in the list, or on the warehouse's page in the seller cabinet. It is not a campaign ID.",
			placeholder: 'e.g. 54000001',
			validation: [
				{
					type: 'regex',
					properties: { regex: DIGITS, errorMessage: 'A warehouse ID consists of digits only' },
				},
			],
		},
	],
};

/** The parameter Business of a trigger, which has no items. */
export const triggerBusiness: INodeProperties = {
	...business,
	description: 'The seller cabinet, which the Market calls a business. Its orders are read.',
};
