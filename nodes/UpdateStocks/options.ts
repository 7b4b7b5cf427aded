import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Refusal } from '../../market/common/refusal';
import { MOST_OF_THEM, NOT_IN_INPUT } from '../../market/checks/unnamedOffers';
import { refusalError } from '../common/engine/nodeError';
import { isToolRun } from '../common/engine/toolRun';
import { readOptions, type CommonOptions } from '../common/input/options';
import { stockOptionProperties, type StockOptions } from '../common/stocks/stockOptions';

/** The options of Update Stocks, with their defaults filled in. */
export interface UpdateOptions extends CommonOptions, StockOptions {
	/** Whether the catalogue is asked for the SKUs before anything is sent. */
	checkCatalogue: boolean;
	/** What becomes of offers that have stock and are not in the input. */
	offersNotInInput: 'leave' | 'zero';
	/** The largest share of them that is let through, in percent of the offers that have stock. */
	mostNotInInput: number;
	/** The largest share of zero balances that is let through, in percent; absent if any share is. */
	zeroGuard?: number;
}

/** Those that hold for the whole run, beside the common ones. */
type RunOptions = Omit<UpdateOptions, keyof CommonOptions>;

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

export const updateOptionProperties: INodeProperties[] = [
	{
		displayName: 'Check Catalogue',
		name: 'checkCatalogue',
		type: 'boolean',
		default: false,
		description:
			'Whether to ask the Market first which SKUs its catalogue has. The others fail, each with the SKU that was probably meant: without this, the Market accepts them and ignores them.',
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
		displayName: 'Zero Guard (%)',
		name: 'zeroGuard',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 50,
		description:
			'Send nothing to a store or warehouse when more than this share of its balances is zero: a partial export would take it off sale',
	},
	...stockOptionProperties,
];

/** One call of an agent's tool is for one SKU: all others would be set to 0. */
const NOT_BY_AN_AGENT: Refusal = {
	reason: `${NOT_IN_INPUT} cannot be used by an AI agent: one call is for one SKU, and would take all others off sale`,
	advice: `Nothing was sent. Remove the option ${NOT_IN_INPUT} from the tool.`,
};

/**
 * Reads the options that hold for the whole run.
 *
 * @throws NodeOperationError if an option is not as declared, differs between items, or is not for an agent
 */
export async function readUpdateOptions(context: IExecuteFunctions): Promise<UpdateOptions> {
	const options = await readOptions<RunOptions>(context, updateOptionProperties);
	if (options.offersNotInInput === 'zero' && isToolRun(context))
		throw refusalError(context.getNode(), NOT_BY_AN_AGENT);
	return { ...options, mostNotInInput: options.mostNotInInput ?? Number(mostNotInInput.default) };
}
