import type { IDataObject } from 'n8n-workflow';

import { failuresOf, type WriteReport } from './fates';
import { passedOn } from './passedOn';
import type { Tally } from './tally';

/** Most failures that a summary lists: enough to see a pattern, few enough for any run. */
const MAX_LISTED_FAILURES = 100;

/**
 * One item for a whole run: totals, cost, and the first failures.
 *
 * @param marksAdded whether it says how many items are not from the input
 */
export async function summarize(
	report: WriteReport,
	tally: Tally,
	marksAdded: boolean,
): Promise<IDataObject> {
	const { places, added, stats, totalMs } = report;
	const fromInput = places.length - added.length;
	const failures = (await failuresOf(report))
		.slice(0, MAX_LISTED_FAILURES)
		.map(({ fate: { record, refusal, mayBeApplied }, item }) => ({
			...(item < fromInput ? { item } : { notInInput: true }),
			...(record && { sku: record.sku }),
			...places[item],
			...(mayBeApplied && { mayBeHeld: true }),
			...passedOn(refusal),
		}));
	return {
		total: tally.total,
		accepted: tally.accepted,
		failed: tally.failed,
		mayBeHeld: tally.mayBeHeld,
		skipped: tally.skipped,
		planned: tally.planned,
		confirmed: tally.confirmed,
		unconfirmed: tally.unconfirmed,
		...(marksAdded && { notInInput: tally.notInInput }),
		requests: stats.requests,
		retries: stats.retries,
		waitedSeconds: inSeconds(stats.waitedMs),
		totalSeconds: inSeconds(totalMs),
		failures,
	};
}

/** To a tenth. */
function inSeconds(ms: number): number {
	return Math.round(ms / 100) / 10;
}
