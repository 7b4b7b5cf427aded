import type { NodeExecutionHint } from 'n8n-workflow';

import type { SendStats } from '../../../market/pacing/runPorts';
import type { SentFate, WriteReport } from './fates';
import { asHtml } from './html';
import { countsOf, type Tally } from './tally';

/** Waits shorter than this are not worth a word. */
const NOTABLE_WAIT_MS = 5_000;

/**
 * What a user should see above the output of a run, first of all what became of the items: a green run says so too.
 *
 * @param isDryRun whether nothing was to be sent
 * @param leaves what the run leaves behind at the Market, in words
 */
export function hintsFor(
	report: WriteReport,
	tally: Tally,
	isDryRun: boolean,
	leaves: readonly string[] = [],
): NodeExecutionHint[] {
	const warnings = [...report.warnings, ...report.alerts];
	return [
		accountOf(report, tally, isDryRun),
		...warnings.map((warning) => outputHint(warning, 'warning')),
		...leaves.map((left) => outputHint(left, 'info')),
	];
}

/** A text above the output, whatever it holds: n8n shows it as HTML. */
export function outputHint(text: string, type?: NodeExecutionHint['type']): NodeExecutionHint {
	return { message: asHtml(text), location: 'outputPane', ...(type && { type }) };
}

/** How many offers a run of Hide Offers has taken off the storefront: they stay off until somebody shows them again. */
export function hiddenNow({ fates }: WriteReport): string[] {
	let [hidden, unknown] = [0, 0];
	fates.forEach((fate, item) => {
		if (fate.status === 'accepted' || fate.status === 'confirmed')
			hidden += isFirst(fate, item) ? 1 : 0;
		else if (fate.status === 'unconfirmed') unknown += isFirst(fate, item) ? 1 : 0;
		else if (fate.status === 'failed' && fate.mayBeApplied) unknown += 1;
	});
	if (hidden + unknown === 0) return [];
	const more = unknown > 0 ? `, and ${unknown} more may be` : '';
	const offers = hidden === 1 ? 'offer is' : 'offers are';
	return [
		`${hidden} ${offers} hidden now${more}: until Unhide Offers shows them, even if this flow is stopped before that.`,
	];
}

/** Whether it is the first of the items behind its record. */
function isFirst({ together }: SentFate, item: number): boolean {
	return (together?.[0] ?? item) === item;
}

/** How long a run has waited, in words; undefined if it is not worth a word. */
export function waitedFor(stats: SendStats, totalMs: number): string | undefined {
	// Requests wait side by side: their waits may add up to more than the run.
	const waitedMs = Math.min(stats.waitedMs, totalMs);
	return waitedMs >= NOTABLE_WAIT_MS
		? `waited ${Math.round(waitedMs / 1_000)} s for quotas and retries`
		: undefined;
}

function accountOf(
	{ stats, totalMs, writeRequests }: WriteReport,
	tally: Tally,
	isDryRun: boolean,
): NodeExecutionHint {
	const { total, notInInput, confirmed, failed, skipped, blank, unconfirmed, mayBeHeld } = tally;
	const unmapped = skipped - blank;
	const waited = waitedFor(stats, totalMs);
	const facts = [
		sentInWords(tally, writeRequests, isDryRun),
		...(notInInput > 0
			? [
					`${notInInput} of these ${notInInput === 1 ? 'is an offer' : 'are offers'} not in the input`,
				]
			: []),
		...(confirmed > 0
			? [confirmed + skipped === total ? 'all confirmed' : `${confirmed} confirmed`]
			: []),
		...(failed > 0 ? [`${countsOf(tally, isDryRun).unsent}: see reason and advice`] : []),
		...(mayBeHeld > 0 ? [`${mayBeHeld} of these may have reached the Market`] : []),
		...(unconfirmed > 0
			? [`${unconfirmed} of the accepted ${unconfirmed === 1 ? 'is' : 'are'} not confirmed`]
			: []),
		...(blank > 0 ? [`${blank} blank ${rows(blank)} skipped`] : []),
		...(unmapped > 0
			? [`${unmapped} ${rows(unmapped)} with nothing in the mapped fields skipped`]
			: []),
		...(waited === undefined ? [] : [waited]),
	];
	return outputHint(`${facts.join('; ')}.`, failed + unconfirmed > 0 ? 'warning' : 'info');
}

/** Such as "20 of 20 accepted by the Market, 1 request". */
function sentInWords(
	{ total, failed, skipped }: Tally,
	requests: number,
	isDryRun: boolean,
): string {
	const sent = `${total - skipped - failed} of ${total - skipped}`;
	const way = requests === 0 ? '' : `, ${requests} ${requests === 1 ? 'request' : 'requests'}`;
	return `${sent} ${isDryRun ? 'can be sent' : 'accepted by the Market'}${way}`;
}

function rows(count: number): string {
	return count === 1 ? 'row' : 'rows';
}
