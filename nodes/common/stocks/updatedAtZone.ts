import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { findTimeZone, type TimeZone } from '../../../market/records/timeZone';
import type { StockOptions } from './stockOptions';

/**
 * The time zone in which moments without an offset are read; undefined if they are refused.
 *
 * @throws NodeOperationError if the options name no time zone
 */
export function updatedAtZone(
	context: IExecuteFunctions,
	{ updatedAtTimeZone, timeZoneName }: Pick<StockOptions, 'updatedAtTimeZone' | 'timeZoneName'>,
): TimeZone | undefined {
	if (updatedAtTimeZone === 'workflow') {
		return demand(
			context,
			context.getTimezone(),
			"Timezone of the workflow's settings",
			'Choose one there.',
		);
	}
	if (updatedAtTimeZone === 'named') {
		return demand(context, timeZoneName ?? '', 'Time Zone Name', 'Add the option and give it.');
	}
	return undefined;
}

function demand(
	context: IExecuteFunctions,
	name: unknown,
	where: string,
	advice: string,
): TimeZone {
	const zone = findTimeZone(name);
	if (zone.ok) return zone.value;
	const { refusal } = zone;
	throw new NodeOperationError(context.getNode(), `${where}: ${refusal.reason}`, {
		description: `${advice} ${refusal.advice}`,
	});
}
