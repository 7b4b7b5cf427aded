import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { addedOptions, readParameter } from './parameters';
import type { OutputOptions } from './present';
import { commonOptions } from './properties';
import type { WriteOptions } from './writeRun';

/** The options that every write node has, with their defaults. */
export interface CommonOptions extends WriteOptions, OutputOptions {}

/** What holds where the user has added no option. */
export const DEFAULT_OPTIONS: CommonOptions = {
	allOrNothing: false,
	dryRun: false,
	includeInputFields: false,
	output: 'items',
	subscription: 'auto',
};

/**
 * Reads the options that hold for the whole run, with defaults for what the user has not added.
 *
 * @param declared a node's own options of that kind
 * @param own their defaults; none for an option that is not in force unless it is added
 * @throws NodeOperationError where an option is not as it is declared, or differs between items
 */
export function readOptions<T extends object>(
	context: IExecuteFunctions,
	declared: readonly INodeProperties[],
	own: T,
): CommonOptions & T {
	const added = addedOptions(context);
	const wanted = [...commonOptions, ...declared].filter(({ name }) => added[name] !== undefined);
	const given = wanted.map((option) => [option.name, readParameter<unknown>(context, option, true)] as const);
	return { ...DEFAULT_OPTIONS, ...own, ...Object.fromEntries(given) };
}
