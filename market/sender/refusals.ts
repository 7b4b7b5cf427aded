import type { Refusal } from '../refusal';

const AGAIN = 'Run again: sending the same balances twice is safe.';

/** Why records are not sent, or not sent again. */
export interface Unsent {
	/** Goes on after "Not sent". */
	cause: string;
	advice: string;
}

/** Who may have stopped a run: n8n does not tell the one from the other. */
const STOPPERS = 'by Stop or by the timeout of the workflow';

/** The run was stopped before this was sent. */
export const STOPPED: Unsent = { cause: `: the run was stopped, ${STOPPERS}`, advice: AGAIN };

/** The run was stopped while the Market was asked. */
export const IN_FLIGHT: Refusal = {
	reason: `The run was stopped (${STOPPERS}) before the Market answered: it may have taken this`,
	advice: AGAIN,
};

/** An earlier request of the same store was refused in a way that no other request would escape. */
export function refusedBefore({ reason, advice }: Refusal): Unsent {
	return { cause: `, because an earlier request was refused. ${reason}`, advice };
}

/** The quota is used up for longer than the user wants to wait. */
export function tooLate(waitMs: number, nowMs: number): Unsent {
	const when = new Date(nowMs + waitMs).toISOString();
	return {
		cause: `: the Market's quota is used up until ${when}, which is longer than Maximum Wait allows`,
		advice: `Run again after ${when}, or raise the option Maximum Wait.`,
	};
}

/**
 * What a user is told of a record that is not sent.
 *
 * @param isAgain whether it went out before and its answer was lost: then it is not true that it was not sent
 */
export function notSent({ cause, advice }: Unsent, isAgain: boolean): Refusal {
	const reason = isAgain ? `The Market may have taken this: its answer was lost. Not sent again${cause}` : `Not sent${cause}`;
	return { reason, advice };
}

/** Sending itself went wrong on our own side: n8n says why, and often what to do. */
export function ownFault(error: unknown): Refusal {
	const { message, description } = error as { message?: unknown; description?: unknown };
	return {
		reason: typeof message === 'string' ? message.replace(/\.$/, '') : String(error),
		advice: typeof description === 'string' && description !== '' ? description : 'Check the credential, then run again.',
	};
}
