import type {
	IExecuteFunctions,
	INodeParameterResourceLocator,
	INodeProperties,
} from 'n8n-workflow';

import { checkBusinessId, checkCampaignId, checkWarehouseId } from '../../../market/records/ids';
import { refused, type Checked } from '../../../market/common/refusal';
import { mayVary } from '../input/fixedExpression';

/** A regex for the editor: it says at once that an ID is none. What is let through is checked again in a run. */
const DIGITS = '^\\s*[1-9]\\d*\\s*$';

/** The parameter Store. */
export const store: INodeProperties = {
	displayName: 'Store',
	name: 'store',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The store to write to. An expression may give another store for each item: one run then serves several stores.',
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

/** The parameter Business: the seller's cabinet, whose warehouses are chosen next. */
export const business: INodeProperties = {
	displayName: 'Business',
	name: 'business',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The seller cabinet, which the Market calls a business. An expression may give another one for each item.',
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
		'A warehouse of the business that is in no warehouse group. An expression may give another one for each item.',
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

/** What the value of each locator has to be. */
const locators = {
	store: { label: 'Store', idName: 'campaign ID', check: checkCampaignId },
	business: { label: 'Business', idName: 'business ID', check: checkBusinessId },
	warehouse: { label: 'Warehouse', idName: 'ID', check: checkWarehouseId },
};

/** The name of a parameter that is a locator. */
export type LocatorName = keyof typeof locators;

/** The ID that a locator gives for each item. Evaluated once, unless it is an expression that may vary. */
export function openLocator(
	context: IExecuteFunctions,
	name: LocatorName,
): (itemIndex: number) => Checked<string> {
	const raw = context.getNode().parameters[name] as
		INodeParameterResourceLocator | string | undefined;
	if (mayVary(typeof raw === 'object' ? raw.value : raw))
		return (itemIndex) => readLocator(context, name, itemIndex);
	const fixed = readLocator(context, name, 0);
	return () => fixed;
}

function readLocator(
	context: IExecuteFunctions,
	name: LocatorName,
	itemIndex: number,
): Checked<string> {
	const { label, idName, check } = locators[name];
	try {
		return check(context.getNodeParameter(name, itemIndex, '', { extractValue: true }));
	} catch (error) {
		return refused(
			`${label} could not be read: ${error instanceof Error ? error.message : String(error)}`,
			`Choose the ${name} from the list, or give its ${idName}.`,
		);
	}
}
