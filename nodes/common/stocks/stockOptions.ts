import type { INodeProperties } from 'n8n-workflow';

import type { CountRules } from '../../../market/records/count';
import type { DuplicateRule } from '../../../market/records/duplicates';
import type { DecimalSeparator } from '../../../market/records/units';
import type { OldUpdatedAt } from '../../../market/records/updatedAt';

/** The options that decide how balances are read, with their defaults filled in. */
export interface StockOptions extends CountRules {
	/** How a dot or a comma in a text is read. */
	decimalSeparator: DecimalSeparator;
	duplicateSkus: DuplicateRule;
	oldUpdatedAt: OldUpdatedAt;
	/** How moments without an offset are read: not at all, in the workflow's time zone, or in a named one. */
	updatedAtTimeZone: 'refuse' | 'workflow' | 'named';
	/** The named time zone, by its IANA name; absent if the user gave none. */
	timeZoneName?: string;
}

/** Those that hold for the whole run. (How much of a balance is shown may differ between items: see `terms.ts`.) */
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
];
