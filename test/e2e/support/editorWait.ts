import { setTimeout as delay } from 'node:timers/promises';

/** For one step of a page, in milliseconds: well below a test's own limit, so that the message names the step. */
export const STEP_MS = 60_000;

const POLL_MS = 100;

/**
 * Makes the same check over and over until it passes.
 *
 * @throws what the check threw last, when the time for one step is over
 */
export async function eventually(check: () => Promise<void>): Promise<void> {
	const end = Date.now() + STEP_MS;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > end) throw error;
		}
		await delay(POLL_MS);
	}
}
