import type { Refusal } from '../common/refusal';
import { momentOf, type Clock } from '../wire/ports';

const AGAIN = 'Run again: sending the same balances twice is safe.';

/** Why records are not sent, or not sent again. */
export interface Unsent {
	/** Continues after "Not sent". */
	cause: string;
	advice: string;
}

/** Who may have stopped a run: n8n does not say which. */
const STOPPERS = 'by Stop or by the timeout of the workflow';

/** The run was stopped before this was sent. */
export const STOPPED: Unsent = { cause: `: the run was stopped, ${STOPPERS}`, advice: AGAIN };

/** An earlier request for the same store was refused in a way that no other request would escape. */
export function refusedBefore({ reason, advice }: Refusal): Unsent {
	return { cause: `, because an earlier request was refused. ${reason}`, advice };
}

/** The quota is used up for longer than the user is willing to wait. */
export function tooLate(waitMs: number, clock: Clock): Unsent {
	const when = momentOf(clock.now() + waitMs, clock);
	return {
		cause: `: the Market's quota is used up until ${when}, which is longer than Maximum Wait allows`,
		advice: `Run again after ${when}, or raise the option Maximum Wait.`,
	};
}

/** Other programs make as many concurrent requests for the store as the Market allows, for longer than a run pauses. */
export const NO_PLACE: Unsent = {
	cause:
		': other programs ask the Market for this store as much at once as it allows, and Maximum Wait is over',
	advice: 'Run again later, or raise the option Maximum Wait.',
};

/** Nothing was accepted, and this many records were refused on their own: the others will hardly fare better. */
export function refusedWithoutName(tried: number, { reason, advice }: Refusal): Unsent {
	return {
		cause: `: it was not tried alone, because ${tried} others from all over the run were, and each was refused. ${reason}`,
		advice,
	};
}

/** The search for refused records has used all it may. */
export function searchedEnough({ reason, advice }: Refusal): Unsent {
	return {
		cause: `: it was not tried alone, because the search for what the Market refuses has cost too much already. ${reason}`,
		advice: `${advice} Then send what was not tried again.`,
	};
}

/**
 * What to tell a user about a record that is not sent.
 *
 * @param isAgain whether it went out before and its answer was lost: then "not sent" would be untrue
 */
export function notSent({ cause, advice }: Unsent, isAgain: boolean): Refusal {
	return isAgain
		? mayBeHeld({ reason: `Not sent again${cause}`, advice })
		: { reason: `Not sent${cause}`, advice };
}

/** What to tell a user about a record that failed in the end, after an answer was lost: the Market may hold it. */
export function mayBeHeld({ reason, advice }: Refusal): Refusal {
	return { reason: `The Market may have taken this: its answer was lost. ${reason}`, advice };
}

const MORE_TIME =
	'Run again, with a longer Maximum Wait if it is over again: sending the same balances twice is safe.';

/** Maximum Wait was over before this was sent. */
export const TIME_UP: Unsent = { cause: ': Maximum Wait is over', advice: MORE_TIME };

/** Maximum Wait was over while the request was under way. */
export const OUT_OF_TIME: Refusal = {
	reason: 'Maximum Wait was over before the Market answered: it may have taken this',
	advice: MORE_TIME,
};

/** The run was stopped while the request was under way. */
export const IN_FLIGHT: Refusal = {
	reason: `The run was stopped (${STOPPERS}) before the Market answered: it may have taken this`,
	advice: AGAIN,
};
