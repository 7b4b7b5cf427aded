import { MAX_ANSWER_MS, MAX_UNTIL_SHOWN_MS } from '../../../market/contract/bounds';
import { momentOf, type Clock } from '../../../market/wire/ports';
import type { WriteMethod } from '../../../market/write/methods';
import type { SentRecord } from '../output/fates';
import { lastAnswers } from '../connection/processMemory';
import type { Opposite, WriteRun } from './job';

/** Remembers whether requests of an API method to a store got no answer: the Market may yet carry them out. */
export function rememberAnswers<R extends SentRecord>(
	targetId: string,
	unanswered: number,
	run: WriteRun<R>,
): void {
	const nowMs = run.ports.clock.now();
	const key = keyOf(run.job.method, targetId, run);
	const isKnownLost = lastAnswers.recall(key, nowMs)?.lostMs !== undefined;
	// Later answers do not call back what went out before.
	if (unanswered > 0 || !isKnownLost) {
		lastAnswers.remember(key, { lostMs: unanswered > 0 ? nowMs : undefined }, nowMs);
	}
}

/**
 * Until when the Market may carry out a request of the opposite method that was sent before the run, in milliseconds
 * since 1970; -Infinity if there is none, because all such requests were answered. If one is known to have got no
 * answer, the user is told.
 */
export function undoneUntil<R extends SentRecord>(targetId: string, run: WriteRun<R>): number {
	const { opposite, startMs } = run.job;
	if (!opposite) return -Infinity;
	const known = lastAnswers.recall(keyOf(opposite.method, targetId, run), run.ports.clock.now());
	if (!known) return opposite.isExpected ? startMs + MAX_ANSWER_MS : -Infinity;
	if (known.lostMs === undefined) return -Infinity;
	run.alerts.push(lateWarning(opposite, targetId, known.lostMs, run.ports.clock));
	return known.lostMs + MAX_ANSWER_MS;
}

function lateWarning({ does }: Opposite, targetId: string, lostMs: number, clock: Clock): string {
	const shown = momentOf(lostMs + MAX_UNTIL_SHOWN_MS, clock);
	return (
		`An earlier request to ${does} offers of store ${targetId} got no answer. If the Market carries it out late, that will be ` +
		`seen by ${shown}: read the hidden offers again then.`
	);
}

function keyOf<R extends SentRecord>(
	{ apiMethod }: WriteMethod<never>,
	targetId: string,
	{ account }: WriteRun<R>,
): string {
	return JSON.stringify([account.apiUrl, apiMethod.name, targetId]);
}
