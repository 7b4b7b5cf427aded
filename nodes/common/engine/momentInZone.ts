const SECOND_MS = 1_000;

/**
 * A moment, in milliseconds since 1970, by the clocks of a time zone, such as "2026-11-26 14:05:00 (Europe/Moscow)".
 * Rounded up: whoever is told to come back then must not come too early.
 */
export function momentInZone(ms: number, timeZone: string): string {
	try {
		// Sweden writes dates as ISO 8601 does.
		const format = new Intl.DateTimeFormat('sv-SE', {
			timeZone,
			dateStyle: 'short',
			timeStyle: 'medium',
		});
		return `${format.format(Math.ceil(ms / SECOND_MS) * SECOND_MS)} (${timeZone})`;
	} catch {
		// Intl throws if it does not know the name, which comes from the workflow's settings.
		return new Date(ms).toISOString();
	}
}
