import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Subscription } from '../../../market/contract/apiMethods';
import { addedOptions, readOption } from './parameters';
import { commonOptions, subscriptionOption } from '../panel/properties';

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

/** The options that every write node has. */
export interface CommonOptions extends WriteOptions, OutputOptions {}

/** Update Stocks does not offer the last one: its quota does not depend on the subscription. */
const known: readonly INodeProperties[] = [...commonOptions, subscriptionOption];

/** What applies if the user has added no option. */
export const DEFAULT_OPTIONS = unlessAdded<CommonOptions>(known);

/**
 * Reads the options that hold for the whole run, with defaults for those that the user has not added.
 *
 * @param declared a node's own options of that kind
 * @throws NodeOperationError if an option is not as declared, or differs between items
 */
export async function readOptions<T extends object>(
	context: IExecuteFunctions,
	declared: readonly INodeProperties[],
): Promise<CommonOptions & T> {
	const added = addedOptions(context);
	const all = [...known, ...declared];
	const given: Record<string, unknown> = {};
	for (const option of all)
		if (added[option.name] !== undefined) given[option.name] = await readOption(context, option);
	return { ...unlessAdded<CommonOptions & T>(all), ...given };
}

/** A choice or a switch that is not added is at its default; a number or a text does not apply then. */
function unlessAdded<T>(options: readonly INodeProperties[]): T {
	const always = options.filter(({ type }) => type === 'options' || type === 'boolean');
	return Object.fromEntries(always.map((option) => [option.name, option.default])) as T;
}
