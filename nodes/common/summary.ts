import type { IDataObject } from 'n8n-workflow';

import { failuresOf, type WriteReport } from './fates';

/** Most failures that a summary lists: enough to see a pattern, few enough for any run. */
const MAX_LISTED_FAILURES = 100;

/** One item for a whole run: totals, cost, and the first failures. */
export function summarize(report: WriteReport): IDataObject {
	const { fates, places, stats, totalMs } = report;
	const count = (status: string) => fates.filter((fate) => fate.status === status).length;
	const failures = failuresOf(report)
		.slice(0, MAX_LISTED_FAILURES)
		.map(({ fate: { record, refusal, mayBeApplied }, item }) => ({
			item,
			...(record && { sku: record.sku }),
			...places[item],
			...(mayBeApplied && { mayBeHeld: true }),
			...refusal,
		}));
	return {
		total: fates.length,
		accepted: count('accepted'),
		failed: count('failed'),
		mayBeHeld: fates.filter((fate) => fate.status === 'failed' && fate.mayBeApplied).length,
		skipped: count('skipped'),
		planned: count('planned'),
		confirmed: count('confirmed'),
		unconfirmed: count('unconfirmed'),
		requests: stats.requests,
		retries: stats.retries,
		waitedMs: Math.round(stats.waitedMs),
		totalMs: Math.round(totalMs),
		failures,
	};
}
