import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

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
	subscription: 'auto',
};

/** Most minutes that the options Maximum Wait and Verify take: a day. */
export const MAX_MINUTES = 24 * 60;

/**
 * Reads the collection Options once for the run, with defaults for what the user has not added.
 *
 * @throws NodeOperationError where a number is not one that can be used
 */
export function readOptions<T extends object>(context: IExecuteFunctions, own: T): CommonOptions & T {
	const given = context.getNodeParameter('options', 0, {}) as Partial<CommonOptions & T>;
	if (given.maximumWait !== undefined) checkNumber(context, 'Maximum Wait (Minutes)', given.maximumWait, MAX_MINUTES);
	if (given.verify !== undefined) checkNumber(context, 'Verify (Minutes)', given.verify, MAX_MINUTES);
	return { ...DEFAULT_OPTIONS, ...own, ...given };
}

/** @throws NodeOperationError where an option is not a number from 0 to the most */
export function checkNumber(context: IExecuteFunctions, name: string, value: unknown, most: number): void {
	if (typeof value === 'number' && value >= 0 && value <= most) return;
	throw new NodeOperationError(context.getNode(), `${name} must be a number from 0 to ${most}`, {
		description: `Correct the option ${name}, or remove it.`,
	});
}
