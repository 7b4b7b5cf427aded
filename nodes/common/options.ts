import type { IExecuteFunctions } from 'n8n-workflow';

import type { OutputOptions } from './present';
import type { WriteOptions } from './writeRun';

/** The options that every write node has, with their defaults. */
export interface CommonOptions extends WriteOptions, OutputOptions {}

/** What holds where the user has added no option. */
export const DEFAULT_OPTIONS: CommonOptions = {
	allOrNothing: false,
	dryRun: false,
	includeInputFields: false,
	output: 'items',
};

/** Reads the collection Options once for the run, with defaults for what the user has not added. */
export function readOptions<T extends object>(context: IExecuteFunctions, own: T): CommonOptions & T {
	return { ...DEFAULT_OPTIONS, ...own, ...(context.getNodeParameter('options', 0, {}) as Partial<CommonOptions & T>) };
}
