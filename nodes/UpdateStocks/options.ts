import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { MAX_COUNT } from '../../market/contract/bounds';
import type { CountRules } from '../../market/records/count';
import type { DuplicateRule } from '../../market/records/duplicates';
import type { DecimalSeparator } from '../../market/records/units';
import type { OldUpdatedAt } from '../../market/records/updatedAt';
import type { Checked } from '../../market/common/refusal';
import { readOptions, type CommonOptions } from '../common/input/options';
import { openOption } from '../common/input/parameters';

/** The options of Update Stocks, with their defaults filled in. */
export interface StockOptions extends CommonOptions, CountRules {
	/** How a dot or a comma in a text is read. */
	decimalSeparator: DecimalSeparator;
	duplicateSkus: DuplicateRule;
	oldUpdatedAt: OldUpdatedAt;
	/** How moments without an offset are read: not at all, in the workflow's time zone, or in a named one. */
	updatedAtTimeZone: 'refuse' | 'workflow' | 'named';
	/** The named time zone, by its IANA name; absent if the user gave none. */
	timeZoneName?: string;
	/** Units held back from the balance of an item. */
	reserveOf(itemIndex: number): Checked<number>;
	/** The most units shown of an item; undefined if all are shown. */
	maximumOf(itemIndex: number): Checked<number | undefined>;
	/** The largest share of zero balances that is let through, in percent; absent if any share is. */
	zeroGuard?: number;
}

/** Those that hold for the whole run, beside the common ones. */
type RunOptions = Omit<StockOptions, keyof CommonOptions | 'reserveOf' | 'maximumOf'>;

/** What is held back. */
const reserve: INodeProperties = {
	displayName: 'Reserve',
	name: 'reserve',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: MAX_COUNT, numberPrecision: 0 },
	default: 0,
	description:
		'Units held back from every balance, for sales elsewhere. A balance never goes below zero.',
};

/** The most that is shown. */
const maximumStock: INodeProperties = {
	displayName: 'Maximum Stock Shown',
	name: 'maximumStock',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: MAX_COUNT, numberPrecision: 0 },
	default: 100,
	description: 'The most units of any SKU to report to the Market',
};

export const stockOptionProperties: INodeProperties[] = [
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
	maximumStock,
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
	reserve,
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
 * Reads the options. Reserve and Maximum Stock Shown may differ between items.
 *
 * @throws NodeOperationError if an option is not as declared, or differs between items where it must not
 */
export async function readStockOptions(context: IExecuteFunctions): Promise<StockOptions> {
	const options = await readOptions<RunOptions>(context, stockOptionProperties.filter(isForTheRun));
	return {
		...options,
		reserveOf: openOption(context, reserve, 0),
		maximumOf: openOption<number | undefined>(context, maximumStock, undefined),
	};
}

function isForTheRun(option: INodeProperties): boolean {
	return option !== reserve && option !== maximumStock;
}
