import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { addedOptions, readOption, readParameter } from '../../common/input/parameters';
import { maximumWait } from '../../common/panel/properties';
import { limit, MOST_FOR_TOOL, offers, returnAll, simplify } from './properties';
import type { ReadRun } from './readRun';

/** The user's Return All and Limit. @throws NodeOperationError if they are not as declared */
export function limitOf({ context, isTool }: ReadRun): number {
	const most = isTool ? MOST_FOR_TOOL : Infinity;
	if (readParameter(context, returnAll)) return most;
	return Math.min(readParameter<number>(context, limit), most);
}

/** Whether the SKUs of the input items are looked up. @throws NodeOperationError if Offers is not as declared */
export function asksForItems({ context }: ReadRun): boolean {
	return readParameter(context, offers) === 'input';
}

/** Whether the output should be flat. @throws NodeOperationError if Simplify is not as declared */
export function isSimple({ context, isTool }: ReadRun): boolean {
	return isTool || readParameter(context, simplify);
}

/** The option Maximum Wait, in minutes; undefined if not added. @throws NodeOperationError if it is not as declared */
export async function maximumWaitOf(context: IExecuteFunctions): Promise<number | undefined> {
	if (addedOptions(context)[maximumWait.name] === undefined) return undefined;
	return await readOption<number>(context, maximumWait);
}

/** Whether an option is on. @throws NodeOperationError if it is not as declared */
export async function isOn(
	{ context }: Pick<ReadRun, 'context'>,
	option: INodeProperties,
): Promise<boolean> {
	return await readOption(context, option);
}
