import { BLANK_ROW } from '../input/blankRows';
import type { Fate, WriteReport } from './fates';
import { inTurns } from '../engine/turns';

/** How many items of a run ended in which way. */
export type Tally = Record<Fate['status'], number> & {
	/** All items: those of the input, and those that are not from it. */
	total: number;
	/** Of those that were sent or planned: how many are not from the input. */
	notInInput: number;
	/** Of the skipped ones: rows with nothing in them at all. */
	blank: number;
	/** Of the failed ones: how many went out without an answer. */
	mayBeHeld: number;
};

/**
 * How many items were sent and how many were not, in words.
 *
 * @param isDryRun whether they were only planned
 */
export function countsOf(
	{ total, failed, skipped }: Tally,
	isDryRun: boolean,
): { sent: string; unsent: string } {
	const sent = `${total - skipped - failed} of ${total - skipped} items`;
	if (isDryRun) return { sent: `${sent} can be sent`, unsent: `${failed} cannot` };
	const unsent = `${failed} ${failed === 1 ? 'was not' : 'were not'}`;
	return { sent: `${sent} were sent and accepted`, unsent };
}

/** Counts the items of a run, once for everything that is said about it. */
export async function tallyOf({
	fates,
	added,
}: Pick<WriteReport, 'fates' | 'added'>): Promise<Tally> {
	const fromInput = fates.length - added.length;
	const tally: Tally = {
		total: fates.length,
		notInInput: 0,
		accepted: 0,
		planned: 0,
		confirmed: 0,
		unconfirmed: 0,
		failed: 0,
		skipped: 0,
		blank: 0,
		mayBeHeld: 0,
	};
	await inTurns(fates, (fate, item) => {
		tally[fate.status] += 1;
		if (item >= fromInput && fate.status !== 'failed') tally.notInInput += 1;
		if (fate.refusal === BLANK_ROW) tally.blank += 1;
		if (fate.status === 'failed' && fate.mayBeApplied) tally.mayBeHeld += 1;
	});
	return tally;
}
