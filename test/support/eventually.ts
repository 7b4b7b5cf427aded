import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 20;

/** Most looks: some ten seconds, which only a machine that hangs needs. */
const MOST_LOOKS = 500;

/**
 * Waits for something that nothing announces.
 *
 * @param what in words, for the message
 * @param look gives undefined as long as it is not there
 * @throws if it has not come after ten seconds
 */
export async function eventually<T>(
	what: string,
	look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
	for (let looks = 0; looks < MOST_LOOKS; looks++) {
		const found = await look();
		if (found !== undefined) return found;
		await delay(EVERY_MS);
	}
	throw new Error(`It has not come to pass: ${what}`);
}
