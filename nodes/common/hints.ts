import type { NodeExecutionHint } from 'n8n-workflow';

import type { SendStats } from '../../market/sender/exchange';
import type { WriteReport } from './fates';

/** Waits below this are not worth a word. */
const NOTABLE_WAIT_MS = 5_000;

/** What a user should see above the output of a run: how much was sent, refused, not confirmed, and waited for. */
export function hintsFor(report: WriteReport): NodeExecutionHint[] {
	const warnings = report.warnings.map((message) => ({ message, type: 'warning' as const, location: 'outputPane' as const }));
	return [...accountOf(report), ...warnings];
}

/** How long a run has waited, in words; undefined where that is not worth any. */
export function waitedFor(stats: SendStats, totalMs: number): string | undefined {
	// Requests wait side by side: their waits together may be longer than the run.
	const waitedMs = Math.min(stats.waitedMs, totalMs);
	return waitedMs >= NOTABLE_WAIT_MS ? `waited ${Math.round(waitedMs / 1_000)} s for quotas and retries` : undefined;
}

function accountOf({ fates, stats, totalMs }: WriteReport): NodeExecutionHint[] {
	const count = (status: string) => fates.filter((fate) => fate.status === status).length;
	const failed = count('failed');
	const skipped = count('skipped');
	const unknown = fates.filter((fate) => fate.status === 'failed' && fate.mayBeApplied).length;
	const unconfirmed = count('unconfirmed');
	const isDryRun = count('planned') > 0;
	const failing = isDryRun ? 'cannot' : failed === 1 ? 'was not' : 'were not';
	const waited = waitedFor(stats, totalMs);
	const facts = [
		`${fates.length - skipped - failed} of ${fates.length - skipped} items ${isDryRun ? 'can be sent' : 'were sent and accepted'}`,
		...(failed > 0 ? [`${failed} ${failing}: see reason and advice`] : []),
		...(unknown > 0 ? [`${unknown} of these may have reached the Market`] : []),
		...(unconfirmed > 0 ? [`${unconfirmed} of them not confirmed by the Market yet`] : []),
		...(skipped > 0 ? [`${skipped} blank ${skipped === 1 ? 'row' : 'rows'} skipped`] : []),
		...(waited === undefined ? [] : [waited]),
	];
	if (facts.length === 1) return [];
	const type = failed + unconfirmed > 0 ? 'warning' : 'info';
	return [{ message: `${facts.join('; ')}.`, type, location: 'outputPane' }];
}
