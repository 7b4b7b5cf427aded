const MINUTE_MS = 60_000;

/**
 * The time after which no quota is waited for, by our clock, in milliseconds since 1970; Infinity without Maximum Wait.
 */
export function deadlineOf({ maximumWait }: { maximumWait?: number }, startMs: number): number {
	return maximumWait === undefined ? Infinity : startMs + maximumWait * MINUTE_MS;
}
