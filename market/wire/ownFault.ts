import type { Refusal } from '../common/refusal';
import { withoutCodes } from './connection';

/** Something went wrong on our own side: n8n says why, and often what to do. */
export function ownFault(error: unknown): Refusal {
	const { message, description } = error as { message?: unknown; description?: unknown };
	return {
		reason: withoutCodes(typeof message === 'string' ? message.replace(/\.$/, '') : String(error)),
		advice:
			typeof description === 'string' && description !== ''
				? description
				: 'Check the credential, then run again.',
	};
}
