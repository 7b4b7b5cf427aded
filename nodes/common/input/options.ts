import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Subscription } from '../../../market/contract/apiMethods';
import { addedOptions, readOption } from './parameters';
import { commonOptions } from '../panel/properties';

/** The options that concern a run as a whole. */
export interface WriteOptions {
	dryRun: boolean;
	allOrNothing: boolean;
	/** Longest time to wait for quotas, counted from the run's start, in minutes; absent if there is no limit. */
	maximumWait?: number;
	/** Longest time to wait until the Market shows what was sent, in minutes; absent if it is not read back. */
	verify?: number;
	subscription: Subscription | 'auto';
}

/** How the user wants to see the result. */
export interface OutputOptions {
	/** `items`: one output item per input item. `summary`: one for the whole run. */
	output: 'items' | 'summary';
	includeInputFields: boolean;
}

/** The options that every write node has, with their defaults. */
export interface CommonOptions extends WriteOptions, OutputOptions {}

/** What applies if the user has added no option. */
export const DEFAULT_OPTIONS: CommonOptions = {
	allOrNothing: false,
	dryRun: false,
	includeInputFields: false,
	output: 'items',
	subscription: 'auto',
};

/**
 * Reads the options that hold for the whole run, with defaults for those that the user has not added.
 *
 * @param declared a node's own options of that kind
 * @param own their defaults; none for an option that applies only if it is added
 * @throws NodeOperationError if an option is not as declared, or differs between items
 */
export async function readOptions<T extends object>(
	context: IExecuteFunctions,
	declared: readonly INodeProperties[],
	own: T,
): Promise<CommonOptions & T> {
	const added = addedOptions(context);
	const wanted = [...commonOptions, ...declared].filter(({ name }) => added[name] !== undefined);
	const given: Record<string, unknown> = {};
	for (const option of wanted) given[option.name] = await readOption(context, option);
	return { ...DEFAULT_OPTIONS, ...own, ...given };
}
