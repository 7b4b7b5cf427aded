import type { IDataObject } from 'n8n-workflow';

import type { WriteReport } from './writeRun';

/** Most failures that a summary lists: enough to see a pattern, few enough for any run. */
const MAX_LISTED_FAILURES = 100;

/** One item for a whole run: totals, cost, and the first failures. */
export function summarize({ fates, stats, totalMs }: WriteReport): IDataObject {
	const count = (status: string) => fates.filter((fate) => fate.status === status).length;
	const failures: IDataObject[] = [];
	for (const [item, fate] of fates.entries()) {
		if (fate.status !== 'failed') continue;
		if (failures.length === MAX_LISTED_FAILURES) break;
		const { record, store, refusal } = fate;
		failures.push({ item, ...(record && { sku: record.sku }), ...(store && { store }), ...refusal });
	}
	return {
		total: fates.length,
		accepted: count('accepted'),
		failed: count('failed'),
		planned: count('planned'),
		requests: stats.requests,
		retries: stats.retries,
		waitedMs: Math.round(stats.waitedMs),
		totalMs: Math.round(totalMs),
		failures,
	};
}
