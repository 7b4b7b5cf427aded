import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { MOST_OF_THEM, NOT_IN_INPUT } from '../../market/checks/unnamedOffers';
import type { CountRules } from '../../market/records/count';
import type { DuplicateRule } from '../../market/records/duplicates';
import type { DecimalSeparator } from '../../market/records/units';
import type { OldUpdatedAt } from '../../market/records/updatedAt';
import { readOptions, type CommonOptions } from '../common/input/options';

/** The options of Update Stocks, with their defaults filled in. */
export interface StockOptions extends CommonOptions, CountRules {
	/** Whether the catalogue is asked for the SKUs before anything is sent. */
	checkCatalogue: boolean;
	/** How a dot or a comma in a text is read. */
	decimalSeparator: DecimalSeparator;
	duplicateSkus: DuplicateRule;
	oldUpdatedAt: OldUpdatedAt;
	/** How moments without an offset are read: not at all, in the workflow's time zone, or in a named one. */
	updatedAtTimeZone: 'refuse' | 'workflow' | 'named';
	/** The named time zone, by its IANA name; absent if the user gave none. */
	timeZoneName?: string;
	/** What becomes of offers that have stock and are not in the input. */
	offersNotInInput: 'leave' | 'zero';
	/** The largest share of them that is let through, in percent of the offers that have stock. */
	mostNotInInput: number;
	/** The largest share of zero balances that is let through, in percent; absent if any share is. */
	zeroGuard?: number;
}

/** Those that hold for the whole run, beside the common ones. */
type RunOptions = Omit<StockOptions, keyof CommonOptions>;

/** The guard of Offers Not in the Input: it guards even if it is not added. */
const mostNotInInput: INodeProperties = {
	displayName: `${MOST_OF_THEM} (%)`,
	name: 'mostNotInInput',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 100 },
	default: 20,
	description:
		'Send nothing to a store or warehouse when the input does not name more than this share of its offers that have stock. 20 if not added.',
};

export const stockOptionProperties: INodeProperties[] = [
	{
		displayName: 'Check Catalogue',
		name: 'checkCatalogue',
		type: 'boolean',
		default: false,
		description:
			'Whether to ask the Market first which SKUs its catalogue has. The others fail, each with the SKU that was probably meant: without this, the Market accepts them and ignores them.',
	},
	{
		displayName: 'Decimal Separator',
		name: 'decimalSeparator',
		type: 'options',
		options: [
			{ name: 'Comma', value: 'comma', description: '12,000 is twelve, 12.000 is twelve thousand' },
			{ name: 'Dot', value: 'dot', description: '12.000 is twelve, 12,000 is twelve thousand' },
			{
				name: 'Refuse What Is Ambiguous',
				value: 'refuse',
				description: 'Unambiguous texts are read; 12.000 and 12,000 are refused',
			},
		],
		default: 'refuse',
		description:
			'How to read balances that come as texts, in the whole table. Numbers are never ambiguous.',
	},
	{
		displayName: 'Duplicate SKUs',
		name: 'duplicateSkus',
		type: 'options',
		options: [
			{
				name: 'Refuse When They Differ',
				value: 'refuse',
				description: 'Identical ones are merged',
			},
			{ name: 'Send the Last', value: 'last' },
			{
				name: 'Send the Newest',
				value: 'newest',
				description: 'The one with the latest Updated At',
			},
			{
				name: 'Send the Sum',
				value: 'sum',
				description: 'For sources with one row per shelf or warehouse',
			},
		],
		default: 'refuse',
		description: 'What to do when a SKU appears more than once for a store',
	},
	{
		displayName: 'Fractions',
		name: 'fractions',
		type: 'options',
		options: [
			{ name: 'Refuse', value: 'refuse' },
			{ name: 'Round Down', value: 'roundDown' },
		],
		default: 'refuse',
		description: 'What to do with a balance such as 12.5',
	},
	{
		displayName: 'Negatives',
		name: 'negatives',
		type: 'options',
		options: [
			{ name: 'Refuse', value: 'refuse' },
			{ name: 'Send Zero', value: 'zero' },
		],
		default: 'refuse',
		description: 'What to do with a balance below zero',
	},
	{
		displayName: NOT_IN_INPUT,
		name: 'offersNotInInput',
		type: 'options',
		options: [
			{ name: 'Leave as They Are', value: 'leave' },
			{
				name: 'Send Zero',
				value: 'zero',
				description:
					'The input is everything there is: what it does not name is sold out. Reads the stocks of the store or warehouse first.',
			},
		],
		default: 'leave',
		description:
			'What to do with offers that the Market shows in stock and no item names, such as those that a report leaves out when they are sold out',
	},
	mostNotInInput,
	{
		displayName: 'Old Updated At',
		name: 'oldUpdatedAt',
		type: 'options',
		options: [
			{ name: 'Refuse', value: 'refuse' },
			{ name: 'Send Run Time', value: 'runTime', description: 'For balances that are still true' },
		],
		default: 'refuse',
		description: 'What to do with an Updated At more than 24 hours old',
	},
	{
		displayName: 'Time Zone Name',
		name: 'timeZoneName',
		type: 'string',
		default: 'Europe/Moscow',
		placeholder: 'e.g. Europe/Moscow',
		description: 'The IANA name of the time zone, if Time Zone of Updated At is Named Zone',
	},
	{
		displayName: 'Time Zone of Updated At',
		name: 'updatedAtTimeZone',
		type: 'options',
		options: [
			{ name: 'Named Zone', value: 'named', description: 'The one in the option Time Zone Name' },
			{ name: 'Refuse Moments Without a Zone', value: 'refuse' },
			{
				name: "The Workflow's",
				value: 'workflow',
				description:
					'Timezone in the settings of the workflow. Look there first: n8n defaults to America/New_York.',
			},
		],
		default: 'refuse',
		description:
			"How to read a moment without a time zone, such as 25.11.2026 10:00 or a spreadsheet's date. One that has a zone keeps it.",
	},
	{
		displayName: 'Zero Guard (%)',
		name: 'zeroGuard',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 50,
		description:
			'Send nothing to a store or warehouse when more than this share of its balances is zero: a partial export would take it off sale',
	},
];

/**
 * Reads the options that hold for the whole run. (How much of a balance is shown may differ between items: see `terms.ts`.)
 *
 * @throws NodeOperationError if an option is not as declared, or differs between items
 */
export async function readStockOptions(context: IExecuteFunctions): Promise<StockOptions> {
	const options = await readOptions<RunOptions>(context, stockOptionProperties);
	return { ...options, mostNotInInput: options.mostNotInInput ?? Number(mostNotInInput.default) };
}
