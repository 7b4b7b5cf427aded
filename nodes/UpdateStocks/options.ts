import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { MAX_COUNT } from '../../market/bounds';
import type { CountRules } from '../../market/records/count';
import type { DuplicateRule } from '../../market/records/duplicates';
import type { OldUpdatedAt } from '../../market/records/updatedAt';
import { accepted, type Checked } from '../../market/refusal';
import { checkNumber, readOptions, type CommonOptions } from '../common/options';

/** The options of Update Stocks, with their defaults filled in. */
export interface StockOptions extends CommonOptions, CountRules {
	duplicateSkus: DuplicateRule;
	oldUpdatedAt: OldUpdatedAt;
	/** Units held back from the balance of an item. */
	reserveOf(itemIndex: number): Checked<number>;
	/** The most units shown of an item; undefined where all are. */
	maximumOf(itemIndex: number): Checked<number | undefined>;
	/** The largest share of zero balances, in percent, that is let through; absent where any is. */
	zeroGuard?: number;
}

/** The options as the panel gives them. */
interface GivenOptions extends Omit<StockOptions, keyof CommonOptions | 'reserveOf' | 'maximumOf'> {
	reserve: number;
	maximumStock?: number;
}

export const stockOptionProperties: INodeProperties[] = [
	{
		displayName: 'Duplicate SKUs',
		name: 'duplicateSkus',
		type: 'options',
		options: [
			{ name: 'Refuse When They Differ', value: 'refuse', description: 'Identical ones are merged' },
			{ name: 'Send the Last', value: 'last' },
			{ name: 'Send the Newest', value: 'newest', description: 'The one with the latest Updated At' },
			{ name: 'Send the Sum', value: 'sum', description: 'For sources with one row per shelf or warehouse' },
		],
		default: 'refuse',
		description: 'What to do when a SKU comes more than once for a store',
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
		displayName: 'Maximum Stock Shown',
		name: 'maximumStock',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MAX_COUNT, numberPrecision: 0 },
		default: 100,
		description: 'The most units of any SKU that the Market is told of',
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
		description: 'What to do with an Updated At of more than 24 hours ago',
	},
	{
		displayName: 'Reserve',
		name: 'reserve',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MAX_COUNT, numberPrecision: 0 },
		default: 0,
		description: 'Units held back from every balance, for sales elsewhere. A balance never goes below zero.',
	},
	{
		displayName: 'Zero Guard (%)',
		name: 'zeroGuard',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 50,
		description:
			'Send nothing when more than this share of the balances is zero: a partial export would take a shop off sale',
	},
];

/** @throws NodeOperationError where a number is not one that can be used */
export function readStockOptions(context: IExecuteFunctions): StockOptions {
	const { reserve, maximumStock, ...options } = readOptions<GivenOptions>(context, {
		duplicateSkus: 'refuse',
		fractions: 'refuse',
		negatives: 'refuse',
		oldUpdatedAt: 'refuse',
		reserve: 0,
	});
	checkUnits(context, 'Reserve', reserve);
	if (maximumStock !== undefined) checkUnits(context, 'Maximum Stock Shown', maximumStock);
	if (options.zeroGuard !== undefined) checkNumber(context, 'Zero Guard (%)', options.zeroGuard, 100);
	const [held, most] = [accepted(reserve), accepted(maximumStock)];
	return { ...options, reserveOf: () => held, maximumOf: () => most };
}

function checkUnits(context: IExecuteFunctions, name: string, value: unknown): void {
	if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_COUNT) return;
	throw new NodeOperationError(context.getNode(), `${name} must be a whole number from 0 to ${MAX_COUNT}`, {
		description: `Correct the option ${name}, or remove it.`,
	});
}
